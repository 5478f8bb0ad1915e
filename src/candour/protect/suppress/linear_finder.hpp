#pragma once
// Inside suppression: witnesses by linear programs, for systems without axes and for what product moves cannot reach.

#include <candour/protect/suppress/witness_book.hpp>
#include <candour/solve/solver.hpp>

#include <memory>
#include <vector>

namespace candour::protect {

/// Finds the move of least loss for a need over a neighbourhood of its cell, or over the whole system. Only whole moves that are checked exactly count.
class LinearFinder {
 public:
  explicit LinearFinder(WitnessBook& book);
  /// Looks at the `most_cells` usable cells nearest to the need's cell (hidden ones only, if nothing may be spent).
  bool satisfy(std::uint32_t need, Spending spending, std::size_t most_cells, std::vector<table::SystemCell>& newly_hidden);
  /// Looks at the usable cells among those given (in any order, each as often as one likes).
  bool satisfy_in(std::uint32_t need, Spending spending, std::vector<table::SystemCell> cells, std::vector<table::SystemCell>& newly_hidden);
  /// About `most` hidden cells around one, and the cheapest shown ones of the nearest sums.
  [[nodiscard]] std::vector<table::SystemCell> cells_beside(table::SystemCell cell, std::size_t most);

 private:
  struct Program {
    std::vector<table::SystemCell> cells;  ///< the need's cell first
    solve::LinearModel model;              ///< columns 2i: up, 2i + 1: down
  };
  [[nodiscard]] bool usable(table::SystemCell cell, Spending spending) const;
  [[nodiscard]] std::vector<table::SystemCell> cells_around(table::SystemCell cell, Spending spending, std::size_t most);
  template <class Choose>
  bool satisfy_within(std::uint32_t need, Spending spending, std::vector<table::SystemCell>& newly_hidden, Choose&& choose);
  [[nodiscard]] static table::SystemMove move_of(const Program& program, const std::vector<double>& solution);
  [[nodiscard]] static std::vector<double> price_again(const Program& program, std::vector<double> solution, std::int64_t amount);
  [[nodiscard]] Program program_of(std::vector<table::SystemCell> cells);
  [[nodiscard]] table::SystemMove solve(Program& program, std::int64_t amount, Spending spending);
  bool accept(std::uint32_t need, table::SystemMove move, std::vector<table::SystemCell>& newly_hidden);

  WitnessBook& book_;
  std::vector<std::uint32_t> place_;
  std::vector<std::uint32_t> equation_mark_;
  std::uint32_t mark_ = 0;
};

/// Says whether a move keeps every equation and every bound of the truth. Cost: the equations that it touches.
[[nodiscard]] bool is_valid_move(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const table::SystemMove& move);

}  // namespace candour::protect
