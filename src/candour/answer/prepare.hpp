#pragma once
// The preparing of a case that is read already: where its questions came with an order, not from a case file.

#include <candour/answer/prepared_case.hpp>

namespace candour::answer {

/// As prepare_case.
[[nodiscard]] base::ResultOrErrors<PreparedCase> prepare(request::Case the_case, policy::Policy policy);
/// The policy that a case names, or the shipped one.
[[nodiscard]] base::ResultOrErrors<policy::Policy> policy_of(const request::Case& the_case);

}  // namespace candour::answer
