#pragma once
// Every key of case.toml and requester.toml, once: the reader checks against it and the manual is written from it.

#include <candour/base/settings.hpp>

#include <span>

namespace candour::request {

[[nodiscard]] std::span<const base::KeyTable> case_keys();
[[nodiscard]] std::span<const base::KeyTable> requester_keys();
/// The keys of an authority's file of wording.
[[nodiscard]] std::span<const base::KeyTable> wording_keys();

}  // namespace candour::request
