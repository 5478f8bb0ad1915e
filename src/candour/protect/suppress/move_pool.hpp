#pragma once
// Inside suppression: every move found so far, for whoever else it serves.

#include <candour/protect/suppress/witness_book.hpp>

#include <cstdint>
#include <vector>

namespace candour::protect {

/// Moves by the secret cells that they change. One program often finds what several secrets need: a move, its reverse or a multiple of it.
class MovePool {
 public:
  explicit MovePool(WitnessBook& book);
  /// Remembers a move of the book; only what it does to cells of needs is indexed.
  void add(const table::SystemMove& move);
  /// Gives the need a remembered move all of whose cells are hidden and not barred, if there is one. Looks at the latest few that change the cell.
  bool adopt(std::uint32_t need);

 private:
  [[nodiscard]] std::int64_t multiple_for(const Need& need, const table::SystemMove& move, std::int64_t change) const;
  WitnessBook& book_;
  std::vector<table::SystemMove> moves_;
  struct Use {
    std::uint32_t move;
    std::int64_t change;
  };
  std::vector<std::vector<Use>> uses_;  ///< by cell; empty for cells without a need
  std::vector<std::uint8_t> wanted_;
};

}  // namespace candour::protect
