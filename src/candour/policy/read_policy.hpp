#pragma once
// Inside of load_policy. Not for other folders.

#include <candour/policy/policy.hpp>
#include <candour/policy/policy_keys.hpp>

#include <string>
#include <string_view>

namespace candour::policy {

/// Reads the text of a policy file; `file` is for the mistakes.
[[nodiscard]] base::ResultOrErrors<Policy> read_policy(std::string_view text, const std::string& file);

}  // namespace candour::policy
