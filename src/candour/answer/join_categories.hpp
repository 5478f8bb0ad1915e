#pragma once
// Joining small categories for one answer, where the plans that can be made with them tell more.

#include <candour/answer/gather.hpp>
#include <candour/policy/policy.hpp>

#include <vector>

namespace candour::answer {

/// Puts table::join_categories in place of the given levels of a variable, one variable after another, as long as the margins without small counts tell more
/// together. Thresholds are 3 and 24 times the minimum frequency, so that no bound that goes out with the joined categories comes near to a small count.
///
/// Takes: variables that may be joined; each must be asked for at its finest level wherever it is asked for, and the period only where all questions cover all
/// of it: else it stays as it is. Cost: for each variable the cells of all margins.
void join_where_it_tells_more(GatheredPopulation& population, const std::vector<table::VariableIndex>& variables, const policy::Policy& policy,
                              const Pins& pins);

}  // namespace candour::answer
