#pragma once
// The bytes of the policy that a case names: what an order takes along.

#include <candour/base/result.hpp>
#include <candour/request/case.hpp>

#include <string>

namespace candour::cli {

/// The file's bytes, or those of the shipped policy; a policy with mistakes gives them all.
[[nodiscard]] base::ResultOrErrors<std::string> policy_bytes_of(const request::Case& the_case);

}  // namespace candour::cli
