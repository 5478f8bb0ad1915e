#pragma once
// Zero is a claim that somebody looked and counted none.

#include <candour/answer/gather.hpp>

namespace candour::answer {

/// Refuses a question that is fed by a table of counts and counts nothing at all in a period that the case calls available: the table may have begun later, or
/// the operation did not run. A finding of kind "nothing-counted" says that somebody looked.
///
/// Errors wrong_input "answer.claim_of_zero", naming question and period.
[[nodiscard]] base::Result<base::Done> check_claims_of_zero(const request::Case& the_case, const GatheredPopulation& population);

}  // namespace candour::answer
