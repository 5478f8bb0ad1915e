#pragma once
// Inside suppression: witnesses among the hidden cells by mending one sum after the other, for what product moves cannot reach.

#include <candour/protect/suppress/witness_book.hpp>

#include <cstdint>
#include <vector>

namespace candour::protect {

/// Changes the need's cell, then mends each sum that no longer holds, the one with the fewest ways first, by the cell that leaves the fewest sums to mend; a
/// cell without room for the whole takes a part. Steps back where there is no way, up to a number of tries. Works in whole numbers, so what it finds is a move.
class RepairWalk {
 public:
  explicit RepairWalk(WitnessBook& book);
  /// Finds a witness for a need and stores it; it may hide cells of up to `most_loss` together (0: none), which are added to `newly_hidden`.
  /// Cost: `tries` steps at most for each way and part of the amount.
  bool satisfy(std::uint32_t need, int tries, float most_loss, std::vector<table::SystemCell>& newly_hidden);

 private:
  struct Way {
    table::SystemCell cell;
    std::int64_t by;
    float score;
  };
  struct Ways;
  struct Step {
    table::SystemCell cell;
    std::int64_t by;
  };
  bool reach(table::SystemCell cell, std::int64_t amount, int tries);
  bool walk(table::SystemCell cell, std::int64_t amount, int tries);
  bool mend(int depth);
  void change(table::SystemCell cell, std::int64_t by);
  void undo_to(std::size_t length);
  void forget();
  [[nodiscard]] std::int64_t room(table::SystemCell cell, std::int64_t by) const;
  [[nodiscard]] int sums_left_open(table::SystemCell cell, std::int64_t by) const;
  void list_ways(table::SystemEquation equation, Ways& ways) const;
  [[nodiscard]] float loss_of(table::SystemCell cell) const;

  WitnessBook& book_;
  std::vector<std::int64_t> missing_;  ///< by equation: what the changes so far put it out by
  std::vector<std::uint32_t> place_;   ///< by equation: where it stands in `open_`
  std::vector<table::SystemEquation> open_;
  std::vector<std::int64_t> now_;  ///< by cell: changes of the present walk; earlier ones of the same witness are in the book's state
  std::vector<Step> steps_;
  std::vector<table::SystemCell> fresh_;  ///< cells that the witness under work would newly hide
  table::SystemCell own_ = 0;
  int tries_left_ = 0;
  float loss_left_ = 0;
};

}  // namespace candour::protect
