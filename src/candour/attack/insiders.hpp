#pragma once
// Hypothetical insiders: at each place where a person could be, what would their own records add to the figures?

#include <candour/attack/search.hpp>
#include <candour/attack/targets.hpp>

#include <optional>

namespace candour::attack {

struct InsiderFinding {
  std::optional<Insider> insider;  ///< none: the own records lie anywhere in sum `high` of a group
  std::int64_t own_records = 0;
  Standing standing = Standing::proved;  ///< proved or undecided
};

/// Looks for an insider, with 1 to `coalition_size` records of their own in one column, who proves that the rest of sum `low` (their own records off) is above
/// 0 and that sum `high` stays below `high_end` (a count: of the whole; a group: of the rest). Gives the first, with the fewest records. Columns of components
/// that the sums do not touch add nothing and are passed over. In components of more than 128 columns only those are tried that share a published sum of at
/// most 32 open columns with the target: elsewhere the alarm may stay silent, and only the certificate, which knows who is there, decides.
[[nodiscard]] std::optional<InsiderFinding> insider_who_proves(Search& search, TargetKind kind, const SplitSum& low, const SplitSum& high,
                                                               std::int64_t high_end, std::int64_t coalition_size);

}  // namespace candour::attack
