#pragma once
// Before suppression of a plain system: cells that can only move together become one, cells that cannot move go, sums said twice are kept once.

#include <candour/protect/suppress/suppress.hpp>

#include <cstdint>
#include <vector>

namespace candour::protect {

/// A smaller system with the same moves, and the way back.
struct Condensed {
  table::AdditiveSystem system;
  truth::SystemTruth truth;
  std::int64_t loss_for_certain = 0;      ///< of cells that every safe pattern hides, since they move with a secret
  std::vector<std::uint32_t> place;       ///< by cell of the given system: where it went; `cell_count()` where it can never change
  std::vector<std::int8_t> sign;          ///< by cell: whether it changes as that cell does (1) or against it (-1)
  std::vector<table::SystemCell> member;  ///< by place, ascending: the given cells that went there
  std::vector<std::uint32_t> start;       ///< members of place p are [start[p], start[p + 1])
  std::vector<std::uint32_t> secret_of;   ///< by secret of the small truth: the given secret

  /// The same move in the given system, cells ascending. Cost: the members.
  [[nodiscard]] table::SystemMove expand(const table::SystemMove& move) const;
};

/// Merges the two cells of a sum that has no third one that may change (a pattern that hides one of them must hide the other), leaves out cells that can never
/// change (always shown, without room, or alone in a sum) and sums that repeat others; until nothing is left to do. Moves, and so the least loss, stay the
/// same: each pattern of the small system costs `loss_for_certain` more in the given one. A secret that asks for nothing is left out; one whose cell cannot
/// reach what is asked, whatever is hidden, is listed in `unprotectable`. Cost: a pass over the terms for each round; there are few.
[[nodiscard]] Condensed condense(const table::AdditiveSystem& system, const truth::SystemTruth& truth, std::vector<table::SystemCell>* unprotectable = nullptr);

}  // namespace candour::protect
