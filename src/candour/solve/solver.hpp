#pragma once
// Clp and Cbc behind one plain door. Every outcome is handled by name.

#include <candour/solve/linear_model.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace candour::solve {

enum class SolveStatus { optimal, infeasible, unbounded, limit_reached, failed };

struct SolveOutcome {
  SolveStatus status = SolveStatus::failed;
  double objective = 0;
  double bound = 0;                 ///< best proven bound (equals objective where optimal)
  std::vector<double> solution;     ///< by column; empty if none was found
  std::vector<double> row_duals;    ///< linear programs only
};

struct SolveLimits {
  double seconds = 0;               ///< 0: none; a wall-clock limit marks the result not reproducible
  std::int64_t nodes = 100000;      ///< integer programs
};

/// Solves once. Integer columns make it an integer program (Cbc), else Clp.
[[nodiscard]] SolveOutcome solve_once(const LinearModel& model, const SolveLimits& limits = {});

/// A linear program kept warm while objective and column bounds change.
class WarmSolver {
 public:
  explicit WarmSolver(const LinearModel& model);
  ~WarmSolver();
  WarmSolver(const WarmSolver&) = delete;
  WarmSolver& operator=(const WarmSolver&) = delete;
  void set_objective(const std::vector<Entry>& entries, Sense sense);  ///< all others become 0
  void set_bounds(ColumnIndex column, double lowest, double highest);
  [[nodiscard]] SolveOutcome solve(const SolveLimits& limits = {});

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace candour::solve
