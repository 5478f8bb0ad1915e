#pragma once
// Inside the auditor: whole moves found by a walk from one sum to the next, without a solver.

#include <candour/attack/audit_reduced.hpp>

#include <cstdint>
#include <vector>

namespace candour::attack::inside {

/// Searches moves that change one column by a given amount: sums put out of balance are repaired one after the other, the one with the fewest ways first,
/// by the column that leaves the fewest sums out of balance; steps back where there is no way, up to a number of tries.
class MoveWalk {
 public:
  explicit MoveWalk(const Reduced& s);

  struct Change {
    std::uint32_t column;
    std::int64_t change;
  };
  /// Gives a move (each column once, all sums kept, all bounds kept from the starting table on) that changes `column` by at least `amount` in its direction,
  /// put together from up to a few single walks; empty if none was found.
  [[nodiscard]] const std::vector<Change>& find(std::uint32_t column, std::int64_t amount, int tries);

 private:
  bool walk(std::uint32_t column, std::int64_t amount, int tries);
  bool repair(int depth);
  void change(std::uint32_t column, std::int64_t by);
  [[nodiscard]] bool has_room(std::uint32_t column, std::int64_t by) const;
  void undo_to(std::size_t size);

  const Reduced& s_;
  std::vector<std::int64_t> start_;
  std::vector<std::int64_t> moved_;  // by earlier walks of the same search
  std::vector<std::int64_t> now_;    // by the present walk
  std::vector<std::int64_t> out_of_balance_;
  std::vector<std::uint32_t> open_rows_;
  std::vector<std::uint32_t> open_place_;
  std::vector<Change> trail_;
  std::vector<std::uint32_t> touched_;
  std::vector<Change> result_;
  int tries_left_ = 0;
};

}  // namespace candour::attack::inside
