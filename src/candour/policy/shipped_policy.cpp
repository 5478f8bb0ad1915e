#include <candour/policy/policy.hpp>

namespace candour::policy {

Policy shipped_policy() {
  Policy policy;
  policy.name = "Candour default";
  policy.version = "1";
  policy.intruders = {{"the public", IntruderKind::the_public, 0},
                      {"someone who knows that a person is in the data", IntruderKind::knows_presence, 0},
                      {"a person in the data", IntruderKind::person_in_the_data, 1},
                      {"two people in the data who compare notes", IntruderKind::people_in_the_data, 2}};
  policy.digest = base::digest_of("candour-default-policy 1");
  return policy;
}

}  // namespace candour::policy
