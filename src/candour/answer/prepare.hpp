#pragma once
// The preparing of a case that is read already: where its questions came with an order, not from a case file.

#include <candour/answer/prepared_case.hpp>
#include <candour/request/detail_wishes.hpp>

#include <vector>

namespace candour::answer {

/// As prepare_case, without check_before_records.
[[nodiscard]] base::ResultOrErrors<PreparedCase> prepare(request::Case the_case, policy::Policy policy, const std::vector<request::DetailWishes>& wishes,
                                                         const std::vector<EarlierRelease>& earlier);
/// What no record can mend: faults of the letter, said before a record is read.
[[nodiscard]] base::ResultOrErrors<base::Done> check_before_records(const request::Case& the_case);
/// The policy that a case names, or the shipped one.
[[nodiscard]] base::ResultOrErrors<policy::Policy> policy_of(const request::Case& the_case);

}  // namespace candour::answer
