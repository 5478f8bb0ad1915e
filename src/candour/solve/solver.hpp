#pragma once
// Clp and Cbc behind one plain door. Every outcome is handled by name.

#include <candour/solve/linear_model.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace candour::solve {

enum class SolveStatus {
  optimal,
  infeasible,
  unbounded,
  limit_reached,  ///< nodes, iterations or seconds; `solution` may hold the best found so far, `bound` what is proved
  failed,         ///< numerical trouble: nothing is known
};

/// What a solver says. Solutions and duals are floating point: whoever proves something with them re-adds it in integers.
struct SolveOutcome {
  SolveStatus status = SolveStatus::failed;
  double objective = 0;          ///< of `solution`, in the model's own sense
  double bound = 0;              ///< best proven bound (equals objective where optimal)
  std::vector<double> solution;  ///< by column; empty if none was found
  /// Linear programs only, by row, in the model's own sense: objective = sum of dual * row activity + sum of reduced cost * column.
  std::vector<double> row_duals;
  std::vector<double> column_duals;  ///< reduced costs, likewise
};

struct SolveLimits {
  double seconds = 0;           ///< 0: none; a wall-clock limit marks the result not reproducible
  std::int64_t nodes = 100000;  ///< integer programs
};

/// Solves once. Integer columns make it an integer program (Cbc), else Clp. Quiet, one thread, the same answer on every run.
[[nodiscard]] SolveOutcome solve_once(const LinearModel& model, const SolveLimits& limits = {});

/// A linear program kept warm while objective and bounds change: each solve starts from the last basis.
class WarmSolver {
 public:
  /// Takes the rows and column bounds; integer marks are ignored.
  explicit WarmSolver(const LinearModel& model);
  ~WarmSolver();
  WarmSolver(const WarmSolver&) = delete;
  WarmSolver& operator=(const WarmSolver&) = delete;
  void set_objective(const std::vector<Entry>& entries, Sense sense);  ///< all others become 0
  void set_price(ColumnIndex column, double coefficient);              ///< of one column, in the sense that was set last
  void set_bounds(ColumnIndex column, double lowest, double highest);
  /// Where the last solve ended, to start from there once more when much else was solved meanwhile. Only for the same rows and columns.
  using Basis = std::vector<std::uint8_t>;
  [[nodiscard]] Basis basis() const;
  void set_basis(const Basis& basis);
  void forget_basis();  ///< the next solve starts from all columns at the bound nearest to zero
  void set_row_bounds(std::size_t row, double lowest, double highest);
  /// A row for one question: added last, and taken off again with `remove_last_row`.
  void add_row(const Row& row);
  void remove_last_row();
  void remove_rows(const std::vector<std::size_t>& rows);
  [[nodiscard]] std::vector<double> row_activities() const;  ///< of the last solution
  /// `from`: what is known of the last basis; usually it is clear from what was changed since.
  enum class From { what_changed, a_feasible_solution };
  [[nodiscard]] SolveOutcome solve(const SolveLimits& limits = {}, From from = From::what_changed);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace candour::solve
