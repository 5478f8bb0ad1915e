#pragma once
// Hypothetical insiders: at each place where a person could be, what would their own records add to the figures?

#include <candour/attack/search.hpp>
#include <candour/attack/targets.hpp>

#include <vector>

namespace candour::attack {

struct InsiderFinding {
  Insider insider;
  Standing standing = Standing::proved;  ///< proved or undecided
};

/// Lists the insiders, one a column with 1 to `coalition_size` records of their own, who prove that the rest of sum `low` (their own records off) is above 0
/// and sum `high` stays below `high_end` (a count: of the whole; a group: of the rest). At most one finding a target: the first, with the fewest records.
/// Columns of components that the sums do not touch add nothing and are passed over.
[[nodiscard]] std::vector<InsiderFinding> insiders_who_prove(Search& search, TargetKind kind, const SplitSum& low, const SplitSum& high, std::int64_t high_end,
                                                             std::int64_t coalition_size);

}  // namespace candour::attack
