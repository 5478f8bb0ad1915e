#pragma once
// Inside suppression: every move of a system, said by the changes of a few free cells.

#include <candour/solve/linear_model.hpp>
#include <candour/table/additive_system.hpp>

#include <cstdint>
#include <vector>

namespace candour::protect {

/// A cell's change is the sum of coefficient * change of a free cell, over its terms; a free cell has itself as its only term. Deep and linked hierarchies say
/// so much more than once that few cells are free: 126 of 2,020 on one of the instances. Programs over the free cells have so many rows, not one a sum.
struct MoveBasis {
  struct Term {
    std::uint32_t free = 0;  ///< place in `free`
    std::int64_t coefficient = 0;
  };
  using Terms = std::vector<Term>;  ///< free cells ascending, no zero coefficients
  struct Part {
    table::SystemCell cell = 0;
    std::int64_t coefficient = 0;
  };
  using Column = std::vector<Part>;     ///< cells ascending
  std::vector<table::SystemCell> free;  ///< ascending
  std::vector<Terms> of;                ///< by cell
  std::vector<Terms> ties;              ///< further sums over the free cells that must be 0: what could not be solved for a cell in whole numbers

  /// The change of a cell, where free cells change as given.
  [[nodiscard]] double change(table::SystemCell cell, const std::vector<double>& of_free) const;
};

/// By free cell: the cells that change with it.
[[nodiscard]] std::vector<MoveBasis::Column> columns_of(const MoveBasis& basis);

/// Each sum is solved for the largest cell that has the coefficient 1 or -1 in it, so that totals follow from their parts. `size`: by cell, how large it is.
/// Exact, in whole numbers. Cost: the fill of the elimination; on tables each total ends with as many terms as it has finest parts. A sum that would make it
/// grow beyond bounds becomes a tie.
[[nodiscard]] MoveBasis basis_of_moves(const table::AdditiveSystem& system, const std::vector<std::int64_t>& size);

/// The multipliers of cells that give zero on every move: one row a free cell, for each cell c the columns 2c and 2c + 1 (its multiplier, above and below
/// zero), with coefficients 1 and -1 times the cell's terms; then a free column a tie. Columns have no upper bound and no price. The row duals of a solution
/// are changes of the free cells: with the room of each cell as the price of its multiplier, they make a move within the rooms.
[[nodiscard]] solve::LinearModel dual_model(const MoveBasis& basis);

}  // namespace candour::protect
