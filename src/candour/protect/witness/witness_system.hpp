#pragma once
// The worlds around the truth, laid out for local search: which limits each atom stands in, and how much room they leave.

#include <candour/table/draft.hpp>
#include <candour/table/worlds.hpp>
#include <candour/truth/population.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace candour::protect {

using LimitIndex = std::uint32_t;

/// lowest <= sum of atoms <= highest, and what the sum is in truth.
struct Limit {
  std::int64_t lowest = 0;
  std::int64_t highest = table::no_upper_limit;
  std::int64_t value = 0;
};

/// All limits of the worlds that do not follow from smaller exact ones, by atom and by limit.
class WitnessSystem {
 public:
  WitnessSystem(const truth::Population& truth, const table::Worlds& worlds);

  [[nodiscard]] const table::Worlds& worlds() const { return *worlds_; }
  [[nodiscard]] const truth::Population& truth() const { return *truth_; }
  [[nodiscard]] std::int64_t count(table::AtomIndex atom) const { return truth_->counts[atom]; }
  [[nodiscard]] std::size_t limit_count() const { return limits_.size(); }
  [[nodiscard]] const Limit& limit(LimitIndex limit) const { return limits_[limit]; }
  [[nodiscard]] std::span<const LimitIndex> limits_of(table::AtomIndex atom) const {
    return {limits_of_atom_.data() + first_limit_[atom], limits_of_atom_.data() + first_limit_[atom + 1]};
  }
  [[nodiscard]] std::span<const table::AtomIndex> atoms_of(LimitIndex limit) const;
  /// Those atoms of a limit that hold records.
  [[nodiscard]] std::span<const table::AtomIndex> filled_atoms_of(LimitIndex limit) const;
  /// Says whether the truth itself is one of the worlds; if not, nothing can be shown.
  [[nodiscard]] bool truth_fits() const { return truth_fits_; }
  /// Says whether the truth with a move added is one of the worlds. Cost: the limits of the changed atoms; replay conditions as far as they are touched.
  [[nodiscard]] bool fits(const table::Move& move) const;
  /// Says whether a cell of a replay condition, left as it truly is, meets it for its few people (truth/replay.hpp).
  [[nodiscard]] bool needs_hiding_for_people(std::size_t condition, std::uint32_t cell) const;

 private:
  void keep_limits();
  void index_limits();
  [[nodiscard]] bool is_met_by(std::size_t condition, std::uint32_t cell, const table::Move& move) const;
  [[nodiscard]] bool stays_small(const table::Move& move) const;
  [[nodiscard]] bool keeps_ratios(const table::Move& move) const;

  const truth::Population* truth_;
  const table::Worlds* worlds_;
  std::vector<Limit> limits_;
  std::vector<std::uint32_t> source_;  ///< the sum in worlds_ that a limit is
  std::vector<std::uint32_t> first_limit_;
  std::vector<LimitIndex> limits_of_atom_;
  std::vector<std::vector<table::AtomIndex>> filled_;
  std::vector<std::vector<std::uint32_t>> small_cells_;  ///< by replay condition: the cells that meet it in truth
  bool truth_fits_ = false;
};

}  // namespace candour::protect
