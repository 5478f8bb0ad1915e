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
  /// An atom that a witness lowers so far that a coalition could own more there than is left.
  struct Doubtful {
    table::AtomIndex atom = 0;
    std::int64_t left = 0;
  };

  /// Takes a truth with counts for every atom and contributions by atom; the size of the largest coalition that will be asked about.
  WitnessBook(const truth::Population& truth, const table::Worlds& worlds, const std::vector<table::Move>& moves, std::int64_t largest_coalition);

  [[nodiscard]] std::size_t size() const { return changes_.size(); }
  /// Says why a witness is not a world, or nothing if it is one.
  [[nodiscard]] std::optional<std::string> fault_of(WitnessIndex witness) const;
  /// The sum of some atoms in a witness.
  [[nodiscard]] std::int64_t sum(WitnessIndex witness, const std::vector<table::AtomIndex>& atoms, std::int64_t true_sum) const;
  /// Every atom a that the witness lowers to x(a) < top_k(a). Only whoever has records in one of them can refute the witness, and k people refute it exactly
  /// if in one of them they own more than x(a) together. Takes k from 1 to the largest coalition; the witness is a world.
  [[nodiscard]] const std::vector<Doubtful>& doubtful(WitnessIndex witness, std::int64_t coalition_size) const {
    return doubtful_[static_cast<std::size_t>(coalition_size - 1)][witness];
  }
  /// Groups of identifying leaves that truly have a member and in the witness have none.
  [[nodiscard]] const std::vector<std::uint64_t>& emptied_groups(WitnessIndex witness) const { return emptied_groups_[witness]; }

 private:
  void find_doubtful(std::int64_t largest_coalition);
  [[nodiscard]] std::uint64_t group_of(table::AtomIndex atom) const;
  void find_emptied_groups();

  const truth::Population& truth_;
  const table::Worlds& worlds_;
  std::vector<table::Move> changes_;                      ///< 0: the truth, no change
  std::vector<std::vector<std::uint32_t>> sums_of_atom_;  ///< indexes into worlds_.sums
  std::vector<std::int64_t> true_sums_;                   ///< of worlds_.sums
  std::vector<std::vector<std::uint64_t>> emptied_groups_;
  std::vector<std::vector<std::vector<Doubtful>>> doubtful_;  ///< by size of the coalition less 1, then by witness
};

}  // namespace candour::certify
