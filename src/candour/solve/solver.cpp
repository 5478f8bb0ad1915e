#include <candour/solve/solver.hpp>

#include <candour/base/check.hpp>
#include <candour/base/solver_failures.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
#pragma GCC diagnostic ignored "-Woverloaded-virtual"
#include <CbcModel.hpp>
#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
#pragma GCC diagnostic pop

#include <algorithm>

namespace candour::solve {
namespace {

constexpr int most_iterations = 5'000'000;

double coin(double bound) {
  if (bound == infinity) return COIN_DBL_MAX;
  if (bound == -infinity) return -COIN_DBL_MAX;
  return bound;
}

// Everything is minimised inside; maximising turns the signs here and back in the outcome.
double sign_of(Sense sense) { return sense == Sense::minimise ? 1.0 : -1.0; }

void load(ClpSimplex& clp, const LinearModel& model) {
  const int columns = static_cast<int>(model.columns.size());
  CoinPackedMatrix matrix(false, 0.0, 0.0);
  matrix.setDimensions(0, columns);
  std::vector<double> row_lowest, row_highest;
  std::vector<CoinBigIndex> starts{0};
  std::vector<int> indexes;
  std::vector<double> values;
  for (const Row& row : model.rows) {
    for (const Entry& entry : row.entries) {
      CANDOUR_CHECK(entry.column >= 0 && entry.column < columns, "a row names a column that is not there");
      indexes.push_back(entry.column);
      values.push_back(entry.coefficient);
    }
    starts.push_back(static_cast<CoinBigIndex>(indexes.size()));
    row_lowest.push_back(coin(row.lowest));
    row_highest.push_back(coin(row.highest));
  }
  if (!model.rows.empty()) matrix.appendRows(static_cast<int>(model.rows.size()), starts.data(), indexes.data(), values.data(), columns);
  std::vector<double> lowest, highest, objective;
  for (const Column& column : model.columns) {
    lowest.push_back(coin(column.lowest));
    highest.push_back(coin(column.highest));
    objective.push_back(sign_of(model.sense) * column.objective);
  }
  clp.setLogLevel(0);
  clp.loadProblem(matrix, lowest.data(), highest.data(), objective.data(), row_lowest.data(), row_highest.data());
  clp.setMaximumIterations(most_iterations);
}

SolveStatus status_of(const ClpSimplex& clp) {
  switch (clp.status()) {
    case 0: return SolveStatus::optimal;
    case 1: return SolveStatus::infeasible;
    case 2: return SolveStatus::unbounded;
    case 3: return SolveStatus::limit_reached;
    default: return SolveStatus::failed;
  }
}

SolveOutcome outcome_of(const ClpSimplex& clp, double sign) {
  SolveOutcome outcome;
  outcome.status = status_of(clp);
  if (outcome.status != SolveStatus::optimal) return outcome;
  outcome.objective = outcome.bound = sign * clp.objectiveValue();
  outcome.solution.assign(clp.primalColumnSolution(), clp.primalColumnSolution() + clp.numberColumns());
  outcome.row_duals.assign(clp.dualRowSolution(), clp.dualRowSolution() + clp.numberRows());
  for (double& dual : outcome.row_duals) dual *= sign;
  outcome.column_duals.assign(clp.dualColumnSolution(), clp.dualColumnSolution() + clp.numberColumns());
  for (double& dual : outcome.column_duals) dual *= sign;
  return outcome;
}

SolveOutcome counted(SolveOutcome outcome) {
  if (outcome.status == SolveStatus::failed) base::note_solver_failure();
  return outcome;
}

// Crossed bounds are an answer, not a fault of the caller: the intruder's bounds may contradict each other.
bool has_crossed_bounds(const LinearModel& model) {
  const auto crossed = [](const auto& range) { return range.lowest > range.highest; };
  return std::any_of(model.columns.begin(), model.columns.end(), crossed) || std::any_of(model.rows.begin(), model.rows.end(), crossed);
}

SolveOutcome solve_integer(const LinearModel& model, const SolveLimits& limits) {
  ClpSimplex clp;
  load(clp, model);
  OsiClpSolverInterface osi(&clp);
  osi.messageHandler()->setLogLevel(0);
  osi.setHintParam(OsiDoReducePrint, true, OsiHintTry);
  for (int c = 0; c < static_cast<int>(model.columns.size()); ++c)
    if (model.columns[static_cast<std::size_t>(c)].type == ColumnType::integer) osi.setInteger(c);
  CbcModel cbc(osi);
  cbc.setLogLevel(0);
  cbc.messageHandler()->setLogLevel(0);
  cbc.solver()->messageHandler()->setLogLevel(0);
  cbc.setMaximumNodes(static_cast<int>(std::min<std::int64_t>(limits.nodes, 1'000'000'000)));
  cbc.setUseElapsedTime(true);
  if (limits.seconds > 0) cbc.setMaximumSeconds(limits.seconds);
  cbc.setAllowableGap(1e-9);
  cbc.initialSolve();
  SolveOutcome outcome;
  if (cbc.solver()->isProvenPrimalInfeasible()) return outcome.status = SolveStatus::infeasible, outcome;
  if (cbc.solver()->isProvenDualInfeasible()) return outcome.status = SolveStatus::unbounded, outcome;
  if (!cbc.solver()->isProvenOptimal()) return outcome;
  cbc.branchAndBound();
  const double sign = sign_of(model.sense);
  if (cbc.isProvenInfeasible()) outcome.status = SolveStatus::infeasible;
  else if (cbc.isProvenOptimal()) outcome.status = SolveStatus::optimal;
  else if (cbc.isNodeLimitReached() || cbc.isSecondsLimitReached()) outcome.status = SolveStatus::limit_reached;
  outcome.bound = sign * cbc.getBestPossibleObjValue();
  if (const double* best = cbc.bestSolution(); best != nullptr) {
    outcome.solution.assign(best, best + model.columns.size());
    outcome.objective = sign * cbc.getObjValue();
  }
  return outcome;
}

}  // namespace

SolveOutcome solve_once(const LinearModel& model, const SolveLimits& limits) {
  if (base::solver_failure_is_planted()) return counted({});
  if (has_crossed_bounds(model)) return {SolveStatus::infeasible, 0, 0, {}, {}, {}};
  const bool integer = std::any_of(model.columns.begin(), model.columns.end(), [](const Column& c) { return c.type == ColumnType::integer; });
  if (integer) return counted(solve_integer(model, limits));
  ClpSimplex clp;
  load(clp, model);
  if (limits.seconds > 0) clp.setMaximumSeconds(limits.seconds);
  clp.dual();
  return counted(outcome_of(clp, sign_of(model.sense)));
}

struct WarmSolver::Inside {
  ClpSimplex clp;
  double sign = 1;
  bool bounds_changed = true;
};

WarmSolver::WarmSolver(const LinearModel& model) : inside_(std::make_unique<Inside>()) {
  load(inside_->clp, model);
  inside_->sign = sign_of(model.sense);
}

WarmSolver::~WarmSolver() = default;

void WarmSolver::set_objective(const std::vector<Entry>& entries, Sense sense) {
  ClpSimplex& clp = inside_->clp;
  inside_->sign = sign_of(sense);
  std::vector<double> objective(static_cast<std::size_t>(clp.numberColumns()), 0.0);
  for (const Entry& entry : entries) objective[static_cast<std::size_t>(entry.column)] += inside_->sign * entry.coefficient;
  for (int c = 0; c < clp.numberColumns(); ++c) clp.setObjectiveCoefficient(c, objective[static_cast<std::size_t>(c)]);
}

void WarmSolver::set_price(ColumnIndex column, double coefficient) { inside_->clp.setObjectiveCoefficient(column, inside_->sign * coefficient); }

void WarmSolver::forget_basis() {
  inside_->clp.allSlackBasis(true);
  inside_->bounds_changed = true;
}

WarmSolver::Basis WarmSolver::basis() const {
  const ClpSimplex& clp = inside_->clp;
  const unsigned char* status = clp.statusArray();
  return {status, status + clp.numberRows() + clp.numberColumns()};
}

void WarmSolver::set_basis(const Basis& basis) {
  CANDOUR_CHECK(basis.size() == static_cast<std::size_t>(inside_->clp.numberRows() + inside_->clp.numberColumns()), "a basis is of the same rows and columns");
  inside_->clp.copyinStatus(basis.data());
  inside_->bounds_changed = true;
}

void WarmSolver::set_bounds(ColumnIndex column, double lowest, double highest) {
  inside_->clp.setColumnBounds(column, coin(lowest), coin(highest));
  inside_->bounds_changed = true;
}

void WarmSolver::set_row_bounds(std::size_t row, double lowest, double highest) {
  inside_->clp.setRowBounds(static_cast<int>(row), coin(lowest), coin(highest));
  inside_->bounds_changed = true;
}

void WarmSolver::add_row(const Row& row) {
  std::vector<int> indexes;
  std::vector<double> values;
  for (const Entry& entry : row.entries) {
    indexes.push_back(entry.column);
    values.push_back(entry.coefficient);
  }
  inside_->clp.addRow(static_cast<int>(indexes.size()), indexes.data(), values.data(), coin(row.lowest), coin(row.highest));
  inside_->bounds_changed = true;
}

void WarmSolver::remove_last_row() {
  CANDOUR_CHECK(inside_->clp.numberRows() > 0, "there is a row to take off");
  const int last = inside_->clp.numberRows() - 1;
  inside_->clp.deleteRows(1, &last);
  inside_->bounds_changed = true;
}

void WarmSolver::remove_rows(const std::vector<std::size_t>& rows) {
  std::vector<int> which;
  for (const std::size_t row : rows) which.push_back(static_cast<int>(row));
  inside_->clp.deleteRows(static_cast<int>(which.size()), which.data());
  inside_->bounds_changed = true;
}

std::vector<double> WarmSolver::row_activities() const {
  const ClpSimplex& clp = inside_->clp;
  return {clp.primalRowSolution(), clp.primalRowSolution() + clp.numberRows()};
}

SolveOutcome WarmSolver::solve(const SolveLimits& limits, From from) {
  if (base::solver_failure_is_planted()) return counted({});
  ClpSimplex& clp = inside_->clp;
  clp.setMaximumSeconds(limits.seconds > 0 ? limits.seconds : -1);
  // After a change of bounds the last basis is still dual feasible; after a change of objective it is still primal feasible.
  if (inside_->bounds_changed && from == From::what_changed) clp.dual();
  else clp.primal();
  inside_->bounds_changed = false;
  return counted(outcome_of(clp, inside_->sign));
}

}  // namespace candour::solve
