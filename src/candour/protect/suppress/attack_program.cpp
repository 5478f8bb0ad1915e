#include <candour/protect/suppress/attack_program.hpp>

#include <candour/protect/suppress/independent_sums.hpp>
#include <candour/protect/suppress/least_move.hpp>
#include <candour/protect/suppress/move_basis.hpp>
#include <candour/solve/solver.hpp>

#include <algorithm>
#include <cmath>

namespace candour::protect {
namespace {

using solve::ColumnIndex;
using solve::WarmSolver;
using table::SystemCell;

constexpr double nothing = 1e-9;

// In parts; sums of whole numbers of parts are exact.
double plain(double multiplier, double tolerance) {
  const double near = std::round(multiplier * AttackProgram::parts);
  return std::abs(near - multiplier * AttackProgram::parts) < tolerance ? near : multiplier * AttackProgram::parts;
}

ColumnIndex index(std::size_t side) { return static_cast<ColumnIndex>(side); }
std::size_t side_asked(const Demand& demand) { return 2 * static_cast<std::size_t>(demand.cell) + (demand.upwards ? 0 : 1); }

// Columns are sides, rows independent sums; the duals are the sums' multipliers.
class OverSums : public AttackProgram {
 public:
  OverSums(const table::AdditiveSystem& system, std::vector<table::SystemEquation> sums)
      : system_(system), sums_(std::move(sums)), solver_(model_of_moves(system, sums_)), highest_(2 * system.cell_count(), 0) {
    for (std::size_t side = 0; side < highest_.size(); ++side) solver_.set_price(index(side), step_price);
  }

  Answer ask(std::size_t, const Demand& demand, const std::vector<double>& capacity, double seconds) override {
    const std::size_t own = side_asked(demand);
    for (std::size_t side = 0; side < highest_.size(); ++side) {
      const double highest = side == own ? 1 : side == (own ^ 1) ? 0 : capacity[side];
      if (highest != highest_[side]) solver_.set_bounds(index(side), 0, highest_[side] = highest);
    }
    solver_.set_price(index(own), -1);
    solver_.forget_basis();
    const solve::SolveOutcome outcome = solver_.solve({seconds, 1});
    solver_.set_price(index(own), step_price);
    if (outcome.status != solve::SolveStatus::optimal) return {};
    if (outcome.solution[own] < 1 - least_gap) return duals_ = outcome.row_duals, Answer{Verdict::is_short, {}};
    Answer answer{Verdict::reached, {}};
    for (std::size_t side = 0; side < highest_.size(); ++side)
      if (side / 2 != demand.cell && outcome.solution[side] > nothing) answer.flow.emplace_back(side, outcome.solution[side]);
    return answer;
  }

  // The program minimises minus the secret's change, so a dual is minus the multiplier of the change, and a cell's multiplier minus what its sums say.
  [[nodiscard]] std::vector<double> multipliers(double tolerance) const override {
    std::vector<double> made(system_.cell_count(), 0.0);
    for (std::size_t r = 0; r < sums_.size(); ++r)
      if (const double multiplier = plain(duals_[r], tolerance); multiplier != 0)
        for (const table::SystemTerm& term : system_.terms(sums_[r])) made[term.cell] += multiplier * term.coefficient;
    return made;
  }

 private:
  static constexpr double step_price = 1e-4;  // makes the best move unique and short; far below the 1 for a unit of the secret
  const table::AdditiveSystem& system_;
  std::vector<table::SystemEquation> sums_;
  WarmSolver solver_;
  std::vector<double> highest_, duals_;
};

// Columns are multipliers of cells (above and below zero), priced by the capacities; the duals are the changes of the free cells.
class OverFreeCells : public AttackProgram {
 public:
  explicit OverFreeCells(MoveBasis basis)
      : basis_(std::move(basis)), is_free_(basis_.of.size(), false), solver_(dual_model(basis_)), price_(2 * basis_.of.size(), 0) {
    for (const SystemCell c : basis_.free) is_free_[c] = true;
  }

  Answer ask(std::size_t number, const Demand& demand, const std::vector<double>& capacity, double seconds) override {
    for (std::size_t side = 0; side < price_.size(); ++side)
      if (const double price = capacity[side] + faint; price != price_[side]) solver_.set_price(index(side), price_[side] = price);
    // The secret's own multiplier is 1 at most, worth all that is asked; nothing else may be gained by it.
    const std::size_t other = side_asked(demand), own = other ^ 1;
    solver_.set_bounds(index(own), 0, 1);
    solver_.set_price(index(own), price_[own] = -1);
    solver_.set_bounds(index(other), 0, 0);
    if (start_.size() <= number) start_.resize(number + 1);
    if (start_[number].empty()) solver_.forget_basis();
    else solver_.set_basis(start_[number]);
    const solve::SolveOutcome outcome = solver_.solve({seconds, 1}, WarmSolver::From::a_feasible_solution);
    for (const std::size_t side : {own, other}) solver_.set_bounds(index(side), 0, solve::infinity);
    if (outcome.status != solve::SolveStatus::optimal) return start_[number].clear(), Answer{};
    start_[number] = solver_.basis();
    if (outcome.objective < -least_gap) {
      solution_ = outcome.solution, own_ = demand.cell, sign_ = demand.upwards ? -1 : 1;
      return {Verdict::is_short, {}};
    }
    Answer answer{Verdict::reached, {}};
    for (SystemCell c = 0; c < is_free_.size(); ++c) {
      const double change = basis_.change(c, outcome.row_duals);
      if (c != demand.cell && std::abs(change) > nothing) answer.flow.emplace_back(2 * c + (change > 0 ? 0 : 1), std::abs(change));
    }
    return answer;
  }

  // Those of free cells follow from the others, exactly.
  [[nodiscard]] std::vector<double> multipliers(double tolerance) const override {
    std::vector<double> made(is_free_.size(), 0.0), of_free(basis_.free.size(), 0.0);
    const auto spread = [&](const MoveBasis::Terms& terms, double times) {
      for (const MoveBasis::Term& term : terms) of_free[term.free] -= times * static_cast<double>(term.coefficient);
    };
    for (SystemCell c = 0; c < is_free_.size(); ++c) {
      if (is_free_[c]) continue;
      made[c] = c == own_ ? sign_ * parts : plain(solution_[2 * c] - solution_[2 * c + 1], tolerance);
      if (made[c] != 0) spread(basis_.of[c], made[c]);
    }
    for (std::size_t t = 0; t < basis_.ties.size(); ++t) spread(basis_.ties[t], plain(solution_[2 * is_free_.size() + t], tolerance));
    for (std::size_t f = 0; f < basis_.free.size(); ++f) made[basis_.free[f]] = of_free[f];
    return made;
  }

 private:
  static constexpr double faint = 1e-5;  // priced on every cell, so that a cut names few of those that are not hidden at all
  MoveBasis basis_;
  std::vector<bool> is_free_;
  WarmSolver solver_;
  std::vector<double> price_;             ///< by side
  std::vector<WarmSolver::Basis> start_;  ///< by number of the demand: where its last program ended
  std::vector<double> solution_;
  SystemCell own_ = 0;
  double sign_ = 1;
};

}  // namespace

std::unique_ptr<AttackProgram> make_attack_program(const table::AdditiveSystem& system, const std::vector<std::int64_t>& size) {
  std::vector<table::SystemEquation> sums = independent_sums(system);
  if (2 * sums.size() <= system.cell_count()) return std::make_unique<OverSums>(system, std::move(sums));
  return std::make_unique<OverFreeCells>(basis_of_moves(system, size));
}

}  // namespace candour::protect
