#pragma once
// An intruder's worlds: the non-negative integer tables of atoms that agree with everything published.

#include <candour/table/draft.hpp>

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace candour::table {

constexpr std::int64_t no_upper_limit = std::numeric_limits<std::int64_t>::max();

/// lowest <= sum of the atoms <= highest. Where the figure came from: `source` (table in PublishedPopulation::tables order, then earlier_tables).
struct SumConstraint {
  std::vector<AtomIndex> atoms;  ///< ascending
  std::int64_t lowest = 0;
  std::int64_t highest = no_upper_limit;
  CellReference source;
};

/// p = round(ratio_scale(decimals) * numerator / denominator), half away from zero; denominator 0 fits nothing. An average of d decimals stands here as a
/// percentage of d - 2.
struct RatioConstraint {
  std::vector<AtomIndex> numerator;
  std::vector<AtomIndex> denominator;
  int decimals = 0;
  std::int64_t units = 0;
  std::uint32_t statement = 0;  ///< from statements.size() on: a ratio of an earlier release
};

/// At least one of the cells lies between 1 and highest: what a reader who knows the policy concludes from a connected set of hidden cells
/// (somebody there needed hiding), or from a sentence that says a finer table has small counts (design.md section 4, the choice is a message).
struct OneIsSmall {
  enum class Origin { hidden_cells, statement };
  std::vector<std::vector<AtomIndex>> cells;
  std::int64_t highest = 0;
  Origin origin = Origin::hidden_cells;
};

/// The worlds of one population. Built from published things only.
struct Worlds {
  AtomIndex atom_count = 0;
  std::vector<SumConstraint> sums;
  std::vector<RatioConstraint> ratios;
  std::vector<OneIsSmall> small;  ///< used by readers who know the policy's numbers (L2)
};

/// Gives the worlds of a population. `minimum_frequency`: the policy's T, for `small`; 0 leaves `small` empty (L1).
/// Repeated sums are kept once, with the tightest bounds. Cost: the number of atoms in all cells.
/// Errors: wrong_input "worlds.cell_count" if a table's cells do not match its design; "worlds.unknown_reference" for a statement about a missing cell;
/// "worlds.not_supported" for an amounts or people table.
[[nodiscard]] base::Result<Worlds> worlds_of(const PublishedPopulation& published, std::int64_t minimum_frequency);

/// The atoms of an earlier figure, ascending. Cost: the atoms of the space.
[[nodiscard]] std::vector<AtomIndex> atoms_of(const AtomSpace& space, const EarlierAtoms& atoms);

/// Says whether a cell with this leaf range of every variable counts just what an earlier figure does. Cost: the leaves.
[[nodiscard]] bool is_same_count(const AtomSpace& space, QuestionIndex question, std::span<const LeafRange> box, const EarlierAtoms& atoms);

/// Says whether a table of atoms (all of them, in order) is one of the worlds.
[[nodiscard]] bool fits(const Worlds& worlds, std::span<const std::int64_t> counts);
/// 100 * 10^decimals; decimals of at least -2.
[[nodiscard]] std::int64_t ratio_scale(int decimals);
/// Says whether published percentage `units` (with `decimals`) is the rounding of numerator / denominator.
[[nodiscard]] bool ratio_fits(std::int64_t numerator, std::int64_t denominator, int decimals, std::int64_t units);
[[nodiscard]] std::int64_t sum_over(std::span<const AtomIndex> atoms, std::span<const std::int64_t> counts);

/// Groups the suppressed cells of all tables: two are connected when a published sum or a shared set of atoms joins them.
[[nodiscard]] std::vector<std::vector<CellReference>> hidden_components(const PublishedPopulation& published);

}  // namespace candour::table
