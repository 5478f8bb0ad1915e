#pragma once
// Zero is a claim that somebody looked and counted none.

#include <candour/answer/gather.hpp>

namespace candour::answer {

/// Refuses what would be published as nought though nobody looked:
///
/// - a month that began after the holding was drawn from its system: "answer.period_after_extract";
/// - a question whose records, all together, count nothing: a misspelt text in its conditions does that; "answer.claim_of_zero";
/// - a period in which a question that is fed by a table of counts counts nothing: the table may have begun later, or the operation did not run; the same.
///
/// Coverage of the question excuses a period; a finding of kind "nothing-counted" says that somebody looked, and excuses the second and third.
/// Errors wrong_input, naming question and period or holding.
[[nodiscard]] base::Result<base::Done> check_claims_of_zero(const request::Case& the_case, const GatheredPopulation& population);

}  // namespace candour::answer
