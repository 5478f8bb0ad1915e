#pragma once
// Inside the auditor: linear and integer programs over a part of the system.

#include <candour/attack/audit_reduced.hpp>
#include <candour/solve/solver.hpp>

#include <memory>
#include <vector>

namespace candour::attack::inside {

/// Reusable marks for walks over the system; one a thread.
struct Scratch {
  std::vector<std::uint32_t> local;  ///< column -> place in the ball or not_open
  std::vector<std::uint32_t> row_mark;
  std::uint32_t mark = 0;
  explicit Scratch(const Reduced& s) : local(s.columns(), not_open), row_mark(s.rows(), 0) {}
};

/// Open columns around a seed, in the order of a breadth-first walk over shared rows; at most `most` of them.
[[nodiscard]] std::vector<std::uint32_t> ball_around(const Reduced& s, std::uint32_t seed, std::size_t most, Scratch& scratch);

/// Marks the columns whose change belongs to a whole-numbered move: a change splits into parts that share no row, and each part alone is a move.
[[nodiscard]] std::vector<char> whole_parts(const Reduced& s, const std::vector<std::uint32_t>& columns, const std::vector<double>& change, Scratch& scratch);

/// Which rows bind a part of the system.
enum class RowsKept {
  touching,  ///< all rows; columns outside are held at the starting table: every solution is a table that fits
  inside,    ///< only rows wholly inside: every table that fits is a solution (an outer bound)
};

/// A program over some columns, written as changes away from the starting table.
class BallProgram {
 public:
  BallProgram(const Reduced& s, std::vector<std::uint32_t> columns, RowsKept rows, solve::ColumnType type, Scratch& scratch);
  [[nodiscard]] const std::vector<std::uint32_t>& columns() const { return columns_; }
  /// Optimises the sum of weight * change; places are those of `columns()`.
  [[nodiscard]] solve::SolveOutcome optimise(const std::vector<solve::Entry>& objective, solve::Sense sense, double seconds);

 private:
  std::vector<std::uint32_t> columns_;
  solve::LinearModel model_;
  solve::ColumnType type_;
  std::unique_ptr<solve::WarmSolver> warm_;
};

/// Searches the smallest move (sum of absolute changes) over a ball that changes one of its columns by a given amount. Such moves have few cells and are
/// nearly always whole, unlike the corners that a far objective runs into.
class SmallestMove {
 public:
  SmallestMove(const Reduced& s, std::vector<std::uint32_t> columns, Scratch& scratch);
  [[nodiscard]] const std::vector<std::uint32_t>& columns() const { return columns_; }
  /// Gives the change of every column, or nothing where there is none (or the solver gave up).
  [[nodiscard]] std::vector<double> change(std::size_t place, double amount);
  /// The same in whole numbers: broken changes of the smallest move are fixed one after the other at a whole number, the least broken first; where that ends
  /// nowhere, an integer program of at most so many seconds. Gives nothing where neither finds one, which proves nothing.
  [[nodiscard]] std::vector<double> whole_change(std::size_t place, double amount, double seconds);

 private:
  void bound(std::size_t column, double lowest, double highest);
  void ask_for(std::size_t place, double amount);
  void ask_for_nothing(std::size_t place);
  [[nodiscard]] std::vector<double> changes_of(const std::vector<double>& solution) const;
  [[nodiscard]] std::vector<double> dive();
  [[nodiscard]] std::vector<double> by_integers(std::size_t place, double amount, double seconds) const;

  std::vector<std::uint32_t> columns_;
  std::vector<double> room_;
  solve::LinearModel model_;  ///< columns 2i: up, 2i + 1: down
  std::unique_ptr<solve::WarmSolver> warm_;
};

}  // namespace candour::attack::inside
