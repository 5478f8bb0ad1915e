#pragma once
// Inside suppression: one program over all cells of a system, kept in memory, that finds the move of least loss for one secret after the other.

#include <candour/protect/suppress/move_basis.hpp>
#include <candour/protect/suppress/move_pool.hpp>
#include <candour/protect/suppress/witness_book.hpp>
#include <candour/solve/solver.hpp>

#include <vector>

namespace candour::protect {

/// The program of all moves of a system: columns 2c (cell c up) and 2c + 1 (down), all fixed at 0 and free of price, one row for each of the sums given.
[[nodiscard]] solve::LinearModel model_of_moves(const table::AdditiveSystem& system, const std::vector<table::SystemEquation>& sums);

/// Each search starts from the move that changes nothing, whatever the last one found: a solution has few cells, so that is nearer than the last one's corner.
class LeastMoveFinder {
 public:
  /// Looks into the pool first and gives it what the program finds; `pool` must outlive this.
  LeastMoveFinder(WitnessBook& book, MovePool& pool);

  /// Finds and stores a witness in whole numbers; may hide more cells if spending allows it, and lists them.
  bool satisfy(std::uint32_t need, Spending spending, std::vector<table::SystemCell>& newly_hidden);

  /// Multiplies what hiding each cell costs in the program, one factor a cell (1: its own loss), so that another answer may guide the search.
  void set_favour(std::vector<double> factor) { favour_ = std::move(factor); }

  /// Whether a corner that is not whole may be rounded where that hides more than twice as much, or searched in whole numbers.
  bool dear_roundings = true;

  std::uint64_t programs = 0, roundings = 0, whole_programs = 0;  ///< solved so far

 private:
  using Changes = std::vector<double>;  ///< by cell
  void set_cells(Spending spending);
  [[nodiscard]] table::SystemMove find(table::SystemCell cell, std::int64_t amount, Spending spending);
  [[nodiscard]] table::SystemMove whole_move(const Changes& changes, table::SystemCell cell, std::int64_t amount) const;
  [[nodiscard]] table::SystemMove by_whole_numbers(const std::vector<double>& solution, table::SystemCell cell, std::int64_t amount);
  [[nodiscard]] table::SystemMove round_corner(const Changes& changes, table::SystemCell cell, std::int64_t amount);
  [[nodiscard]] double loss_of(const table::SystemMove& move) const;
  [[nodiscard]] double loss_of(const Changes& changes) const;
  [[nodiscard]] std::vector<double> price_again(std::vector<double> solution, std::int64_t amount);
  [[nodiscard]] double price(table::SystemCell cell) const;

  WitnessBook& book_;
  MovePool& pool_;
  MoveBasis basis_;
  std::vector<MoveBasis::Column> columns_;
  solve::LinearModel model_;  ///< columns 2c: up, 2c + 1: down
  solve::WarmSolver solver_;
  std::vector<double> price_, highest_;  ///< as the solver has them now
  std::vector<double> favour_;
};

}  // namespace candour::protect
