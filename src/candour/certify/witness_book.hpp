#pragma once
// The witnesses of one population, checked once and asked often.

#include <candour/policy/policy.hpp>
#include <candour/table/worlds.hpp>
#include <candour/truth/population.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace candour::certify {

using WitnessIndex = std::uint32_t;

/// One person's, or several people's, own records by atom.
using OwnRecords = std::map<table::AtomIndex, std::int64_t>;

/// The truth (witness 0) and each move of the evidence (witness i + 1).
class WitnessBook {
 public:
  /// Takes a truth with counts for every atom and contributions by atom.
  WitnessBook(const truth::Population& truth, const table::Worlds& worlds, const std::vector<table::Move>& moves);

  [[nodiscard]] std::size_t size() const { return changes_.size(); }
  /// Says why a witness is not a world, or nothing if it is one.
  [[nodiscard]] std::optional<std::string> fault_of(WitnessIndex witness) const;
  /// The sum of some atoms in a witness.
  [[nodiscard]] std::int64_t sum(WitnessIndex witness, const std::vector<table::AtomIndex>& atoms, std::int64_t true_sum) const;
  /// x(a) >= top_k(a) at every atom that the witness lowers: no coalition of k people can refute it.
  [[nodiscard]] bool stands_against_all(WitnessIndex witness, std::int64_t coalition_size) const;
  [[nodiscard]] bool is_refuted_by(WitnessIndex witness, const OwnRecords& own) const;
  /// Groups of identifying leaves that truly have a member and in the witness have none.
  [[nodiscard]] const std::vector<std::uint64_t>& emptied_groups(WitnessIndex witness) const { return emptied_groups_[witness]; }
  /// Atoms that the witness lowers.
  [[nodiscard]] std::vector<table::AtomIndex> lowered(WitnessIndex witness) const;

 private:
  [[nodiscard]] std::int64_t top(table::AtomIndex atom, std::int64_t coalition_size) const;
  [[nodiscard]] std::uint64_t group_of(table::AtomIndex atom) const;
  void find_emptied_groups();

  const truth::Population& truth_;
  const table::Worlds& worlds_;
  std::vector<table::Move> changes_;                      ///< 0: the truth, no change
  std::vector<std::vector<std::uint32_t>> sums_of_atom_;  ///< indexes into worlds_.sums
  std::vector<std::int64_t> true_sums_;                   ///< of worlds_.sums
  std::vector<std::vector<std::uint64_t>> emptied_groups_;
};

}  // namespace candour::certify
