#include <candour/policy/policy.hpp>

#include <candour/base/check.hpp>
#include <candour/policy/read_policy.hpp>

namespace candour::policy {

Policy shipped_policy() {
  auto policy = read_policy(shipped_policy_text, "policies/default.toml");
  CANDOUR_CHECK(policy.has_value(), "the shipped policy is a right one");
  return std::move(policy).value();
}

}  // namespace candour::policy
