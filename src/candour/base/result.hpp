#pragma once
// Result<T>: a value, or the Error that says why there is none. Never ignored.

#include <candour/base/error.hpp>

#include <tl/expected.hpp>

#include <utility>

namespace candour::base {

template <class T>
using Result = tl::expected<T, Error>;

/// A value, or all the mistakes found in one reading of the input.
template <class T>
using ResultOrErrors = tl::expected<T, Errors>;

/// Returned where there is nothing to give back but success.
struct Done {};

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

}  // namespace candour::base

/// CANDOUR_TRY(name, expression): binds the value, or returns the error from the enclosing function.
#define CANDOUR_TRY_JOIN_(a, b) a##b
#define CANDOUR_TRY_JOIN(a, b) CANDOUR_TRY_JOIN_(a, b)
#define CANDOUR_TRY_NAMED_(temporary, name, ...)                              \
  auto temporary = (__VA_ARGS__);                                             \
  if (!temporary) return ::tl::make_unexpected(std::move(temporary).error()); \
  auto name = std::move(temporary).value()
#define CANDOUR_TRY(name, ...) CANDOUR_TRY_NAMED_(CANDOUR_TRY_JOIN(candour_try_, __LINE__), name, __VA_ARGS__)

/// CANDOUR_TRY_DONE(expression): goes on, or returns the error from the enclosing function.
#define CANDOUR_TRY_DONE(...)                                                                                                     \
  do {                                                                                                                            \
    if (auto candour_outcome = (__VA_ARGS__); !candour_outcome) return ::tl::make_unexpected(std::move(candour_outcome).error()); \
  } while (false)
