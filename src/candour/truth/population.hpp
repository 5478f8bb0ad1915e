#pragma once
// The truth about a population: counts of atoms and who stands behind them. Only stages inside the wall include this.

#include <candour/table/atoms.hpp>
#include <candour/table/table_design.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace candour::truth {

using PersonIndex = std::uint32_t;

/// One person's records in one atom.
struct Contribution {
  table::AtomIndex atom = 0;
  PersonIndex person = 0;
  std::int64_t records = 0;
  bool operator==(const Contribution&) const = default;
};

/// Whether the holdings say who each record is about. Partly: some questions come from a tally that does not.
enum class PeopleKnown { known, partly, unknown };

/// Counts of all atoms of a space, in records, and the contributions behind them.
struct Population {
  std::shared_ptr<const table::AtomSpace> space;
  std::vector<std::int64_t> counts;  ///< one an atom
  PeopleKnown people = PeopleKnown::unknown;
  /// By atom, then person; positive records. Where an atom's contributions add up to less than its count, nobody knows who the other records are about:
  /// each then stands as a person of its own, in every reckoning.
  std::vector<Contribution> contributions;
  PersonIndex person_count = 0;
};

/// The contributions of one atom.
[[nodiscard]] std::span<const Contribution> contributions_of(const Population& population, table::AtomIndex atom);
/// Records in a set of atoms.
[[nodiscard]] std::int64_t records_in(const Population& population, std::span<const table::AtomIndex> atoms);
/// Distinct people in a set of atoms; each record of an unknown person counts as one.
[[nodiscard]] std::int64_t people_in(const Population& population, std::span<const table::AtomIndex> atoms);
/// Records of each person in a set of atoms, largest first; each record of an unknown person is a one.
[[nodiscard]] std::vector<std::int64_t> largest_contributions(const Population& population, std::span<const table::AtomIndex> atoms, std::size_t how_many);

}  // namespace candour::truth
