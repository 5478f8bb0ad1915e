#pragma once
// Inside suppression: every move found so far, for whoever else it serves.

#include <candour/protect/suppress/witness_book.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace candour::protect {

/// Moves by the secret cells that they change. One program often finds what several secrets need: a move, its reverse or a multiple of it; and small moves
/// that do not crowd each other add up to a large one. Holds the latest few of each cell.
class MovePool {
 public:
  explicit MovePool(WitnessBook& book);
  /// Remembers a move of the book; only what it does to cells of needs is indexed.
  void add(const table::SystemMove& move);
  /// Gives the need a remembered move, or a sum of some, all of whose cells are hidden and not barred, if there is one.
  bool adopt(std::uint32_t need);
  /// Adds to the witness under work remembered moves that bring a cell nearer to what remains, as far as the bounds allow, and lessens `remaining`.
  void take_parts(table::SystemCell cell, std::int64_t& remaining);

 private:
  struct Use {
    std::shared_ptr<const table::SystemMove> move;
    std::int64_t change;
  };
  [[nodiscard]] std::int64_t most_multiple(const table::SystemMove& move, bool forward, std::int64_t wanted) const;
  bool compose(table::SystemCell cell, std::int64_t amount);
  WitnessBook& book_;
  std::vector<std::vector<Use>> uses_;  ///< by cell, the latest at `next_` less one; empty for cells without a need
  std::vector<std::uint8_t> wanted_, next_;
};

}  // namespace candour::protect
