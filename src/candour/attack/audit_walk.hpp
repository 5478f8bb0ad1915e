#pragma once
// Inside the auditor: whole moves found by a walk from one sum to the next, without a solver.

#include <candour/attack/audit_reduced.hpp>

#include <cstdint>
#include <vector>

namespace candour::attack::inside {

/// Searches moves that change one column by a given amount: sums put out of balance are repaired one after the other, the one with the fewest ways first, by
/// the column that leaves the fewest sums out of balance, by lot among equals. A walk that comes to a sum without a way begins again.
/// One a thread; the lots depend on the seed of each search alone, so a search gives the same move on every run.
class MoveWalk {
 public:
  explicit MoveWalk(const Reduced& s);

  struct Change {
    std::uint32_t column;
    std::int64_t change;
  };
  /// Gives a move (each column once, all sums kept, all bounds kept from the starting table on) that changes `column` by `amount`, put together from up to a
  /// few walks; empty if none was found. Stands until the next search. Cost: at most eight times `attempts` walks of at most 100 steps.
  [[nodiscard]] const std::vector<Change>& find(std::uint32_t column, std::int64_t amount, int attempts);

  /// How many times a move can be made from the starting table on, and how many times its reverse.
  struct Repeats {
    std::int64_t forwards = 0, backwards = 0;
  };
  [[nodiscard]] Repeats repeats(const std::vector<Change>& move) const;

 private:
  bool walk(std::uint32_t column, std::int64_t amount, int attempts);
  bool attempt(std::uint32_t column, std::int64_t amount);
  void change(std::uint32_t column, std::int64_t by);
  void clear_walk();
  [[nodiscard]] std::int64_t usable(std::uint32_t row, RowTerm term) const;
  [[nodiscard]] std::uint32_t tightest_row() const;
  [[nodiscard]] Change best_way(std::uint32_t row);
  [[nodiscard]] int sums_opened(std::uint32_t column, std::int64_t by) const;
  std::uint64_t lot();

  const Reduced& s_;
  std::vector<std::int64_t> room_up_, room_down_;  // what is left of it, after the moves made so far
  std::vector<std::int64_t> moved_;                // by the walks of this search
  std::vector<std::int64_t> now_;                  // by the present walk
  std::vector<std::int64_t> out_of_balance_;
  std::vector<std::uint32_t> open_rows_, open_place_;
  std::vector<std::uint32_t> trail_, touched_;
  std::vector<Change> result_;
  std::uint32_t source_ = not_open;
  std::uint64_t lots_ = 1;
  int attempts_left_ = 0;
};

}  // namespace candour::attack::inside
