#pragma once
// The attack on a table whose counts were rounded or changed by noise: what each published figure leaves possible, and what all of them together do.

#include <candour/attack/audit.hpp>
#include <candour/base/result.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/table/change.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace candour::attack {

/// The counts that one published figure leaves possible, whatever the others say. Empty (highest below lowest) where no count gives the figure.
struct PossibleCounts {
  std::int64_t lowest = 0, highest = 0;
};
[[nodiscard]] PossibleCounts possible_counts(const table::Change& change, std::int64_t published, table::Place place);

/// A cell that is shown to hold a small count.
struct ShownSmall {
  table::SystemCell cell = 0;
  double lowest = 0, highest = 0;  ///< proved
};
struct ChangedTableReport {
  std::vector<ShownSmall> shown_small;       ///< every count that fits lies from 1 to the minimum less 1
  std::vector<table::SystemCell> undecided;  ///< counts as unsafe
  std::uint64_t asked = 0;                   ///< cells whose figure alone could be a small count
  std::uint64_t linear_programs = 0;
};

/// Finds every cell of which the figures together show that it holds from 1 to `minimum` - 1: one that can be neither 0 (or less) nor the minimum or more. Its
/// true sums hold, so a total that was changed apart from its parts narrows them. Takes a cube and its published figures; options as `audit`, with a starting
/// table only where one is known to fit. Errors: "audit.inconsistent" where no counts fit the figures; "audit.starting_table".
[[nodiscard]] base::Result<ChangedTableReport> attack_changed_table(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& published,
                                                                    const table::Change& change, std::int64_t minimum, const AuditOptions& options);

/// What averaging does: a count is also the sum of its parts, along each variable and level, and each of these sums carries noise of its own.
struct Averaged {
  table::SystemCell cell = 0;    ///< the cell that is estimated best
  double deviation = 0;          ///< of its best unbiased estimate
  double exact_probability = 0;  ///< that the estimate, rounded, is the true count
};
/// For noise that is drawn for each cell alone (cell key): the cell with the most independent re-expressions in this one table.
/// Weights are those of the smallest variance; noise is taken as normal for the probability. Source: Asghar and Kaafar 2020. Cost: linear in cells times axes
/// times levels.
[[nodiscard]] std::optional<Averaged> best_average(const table::AdditiveSystem& cube, double variance);

}  // namespace candour::attack
