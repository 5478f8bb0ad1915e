#include <candour/cli/policy_bytes.hpp>

#include <candour/base/files.hpp>
#include <candour/cli/command.hpp>
#include <candour/policy/policy.hpp>
#include <candour/policy/policy_keys.hpp>

namespace candour::cli {

base::ResultOrErrors<std::string> policy_bytes_of(const request::Case& the_case) {
  if (the_case.policy_file.empty()) return std::string(policy::shipped_policy_text);
  CANDOUR_TRY(policy, policy::load_policy(the_case.policy_file));
  return with_errors(base::read_file(the_case.policy_file));
}

}  // namespace candour::cli
