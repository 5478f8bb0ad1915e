#include <candour/protect/suppress/optimal.hpp>

#include <candour/base/stop.hpp>

#include <candour/solve/solver.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace candour::protect {
namespace {

using solve::ColumnIndex;
using table::SystemCell;

constexpr double nearly_none = 1e-7;
constexpr double bridge_violation = 0.01;
constexpr double violation = 1e-4;  // share of the protection asked that must be missing before a cut is worth it

// Any multipliers give a valid cut; plain fractions leave no noise, which would count in full for cells with wide bounds.
double plain(double multiplier) {
  constexpr double parts = 60;
  const double near = std::round(multiplier * parts) / parts;
  return std::abs(near - multiplier) < 1e-6 ? near : multiplier;
}

class CutMaster {
 public:
  CutMaster(const table::AdditiveSystem& system, const truth::SystemTruth& truth, Suppression start, const OptimalOptions& options)
      : system_(system), truth_(truth), options_(options), started_(std::chrono::steady_clock::now()) {
    outcome_.best = std::move(start);
    build_columns();
    build_attacker();
  }

  OptimalOutcome run() {
    relax();
    while (left() > 0 && !outcome_.is_optimal() && integer_round()) {
    }
    return std::move(outcome_);
  }

 private:
  [[nodiscard]] double left() const {
    return base::stop_asked() ? 0 : options_.seconds - std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  }

  // Attacker columns are all cells that may ever be hidden; master columns those of them that are not primary.
  void build_columns() {
    place_.assign(system_.cell_count(), -1);
    for (SystemCell c = 0; c < system_.cell_count(); ++c) {
      if (truth_.standing[c] == table::CellStanding::always_shown) continue;
      divisor_ = std::gcd(divisor_, truth_.loss[c]);
      place_[c] = static_cast<ColumnIndex>(cells_.size());
      cells_.push_back(c);
      master_.columns.push_back({truth_.standing[c] == table::CellStanding::primary ? 1.0 : 0.0, 1.0,
                                 truth_.standing[c] == table::CellStanding::primary ? 0.0 : static_cast<double>(truth_.loss[c]),
                                 solve::ColumnType::continuous});
      up_.push_back(static_cast<double>(truth_.highest[c] - truth_.value[c]));
      down_.push_back(static_cast<double>(truth_.value[c] - truth_.lowest[c]));
    }
  }

  void build_attacker() {
    for (std::size_t i = 0; i < cells_.size(); ++i) attacker_model_.columns.push_back({0, 0, 0, solve::ColumnType::continuous});
    for (table::SystemEquation e = 0; e < system_.equation_count(); ++e) {
      solve::Row row;
      for (const table::SystemTerm& term : system_.terms(e))
        if (place_[term.cell] >= 0) row.entries.push_back({place_[term.cell], static_cast<double>(term.coefficient)});
      if (!row.entries.empty()) attacker_model_.rows.push_back(std::move(row));
    }
    attacker_ = std::make_unique<solve::WarmSolver>(attacker_model_);
  }

  // Any multipliers of the sums bound the secret's change by what the hidden cells' bounds allow; too small a bound is a cut.
  std::optional<solve::Row> cut_from(const std::vector<double>& duals, ColumnIndex own, double sign, double asked, const std::vector<double>& z) const {
    std::vector<double> reduced(cells_.size(), 0.0);
    reduced[static_cast<std::size_t>(own)] = sign;
    for (std::size_t r = 0; r < attacker_model_.rows.size(); ++r) {
      const double multiplier = plain(duals[r]);
      if (multiplier == 0) continue;
      for (const solve::Entry& entry : attacker_model_.rows[r].entries) reduced[static_cast<std::size_t>(entry.column)] -= multiplier * entry.coefficient;
    }
    double right = asked;
    std::vector<solve::Entry> entries;
    for (std::size_t i = 0; i < reduced.size(); ++i) {
      if (std::abs(reduced[i]) < 1e-12) reduced[i] = 0;  // what is left of sums of plain fractions
      const double capacity = std::max(0.0, reduced[i]) * up_[i] + std::max(0.0, -reduced[i]) * down_[i];
      if (capacity <= 0) continue;
      if (truth_.standing[cells_[i]] == table::CellStanding::primary) right -= capacity;
      else entries.push_back({static_cast<ColumnIndex>(i), capacity});
    }
    if (right <= 1e-6 * asked) return std::nullopt;
    double reached = 0, given = 0;
    solve::Row cut;
    for (const solve::Entry& entry : entries) {
      const double coefficient = std::min(1.0, entry.coefficient / right);
      if (coefficient < 1e-9) {
        given += coefficient;  // too small for the solver: counted as reached in full, which keeps the cut valid
        continue;
      }
      cut.entries.push_back({entry.column, coefficient});
      reached += coefficient * z[static_cast<std::size_t>(entry.column)];
    }
    if (reached + given >= 1 - violation) return std::nullopt;
    cut.lowest = 1 - given - 1e-7;
    cut.highest = solve::infinity;
    return cut;
  }

  // A whole cell gives all that its bounds allow. A part of a cell gives a part of what is asked at most: in a cut no cell counts for more than the whole, and
  // with bounds far beyond what is asked the least part of a cell would otherwise seem to be enough.
  void set_pattern(const std::vector<double>& z) {
    parts_.clear();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const double share = z[i] < nearly_none ? 0.0 : z[i] > 1 - nearly_none ? 1.0 : z[i];
      attacker_->set_bounds(static_cast<ColumnIndex>(i), -down_[i] * share, up_[i] * share);
      if (share > 0 && share < 1) parts_.emplace_back(i, share);
    }
  }

  void set_parts(double asked) {
    for (const auto& [i, share] : parts_)
      attacker_->set_bounds(static_cast<ColumnIndex>(i), -std::min(down_[i], asked) * share, std::min(up_[i], asked) * share);
  }

  void add_cut(solve::Row row) {
    if (relaxed_) relaxed_->add_row(row);
    master_.rows.push_back(std::move(row));
  }

  // A cell hidden alone in a sum follows from it, and might as well be shown: the cheapest pattern hides another one there. Holds for every cell of every sum.
  std::size_t separate_bridges(const std::vector<double>& z) {
    std::size_t found = 0;
    for (const solve::Row& sum : attacker_model_.rows) {
      double all = 0;
      for (const solve::Entry& entry : sum.entries) all += z[static_cast<std::size_t>(entry.column)];
      for (const solve::Entry& own : sum.entries) {
        const double z_own = z[static_cast<std::size_t>(own.column)];
        if (z_own <= all - z_own + bridge_violation) continue;
        solve::Row cut;
        for (const solve::Entry& entry : sum.entries) cut.entries.push_back({entry.column, entry.column == own.column ? -1.0 : 1.0});
        cut.highest = solve::infinity;
        add_cut(std::move(cut));
        ++found;
      }
    }
    return found;
  }

  // Asks every attacker about a (fractional) pattern. Gives the number of new cuts, or nothing if the time ran out.
  std::optional<std::size_t> separate(const std::vector<double>& z) {
    std::size_t found = separate_bridges(z);
    set_pattern(z);
    for (const truth::SystemSecret& secret : truth_.secrets) {
      const std::int64_t x = truth_.value[secret.cell];
      for (const double sign : {1.0, -1.0}) {
        const auto asked = static_cast<double>(sign > 0 ? secret.reach_up - x : x - secret.reach_down);
        if (asked <= 0) continue;
        if (left() <= 0) return std::nullopt;
        set_parts(asked);
        attacker_->set_objective({{place_[secret.cell], sign}}, solve::Sense::maximise);
        const solve::SolveOutcome outcome = attacker_->solve({std::max(0.1, left()), 1});
        if (outcome.status != solve::SolveStatus::optimal) return std::nullopt;
        if (outcome.objective >= asked * (1 - violation)) continue;
        if (auto cut = cut_from(outcome.row_duals, place_[secret.cell], sign, asked, z)) {
          add_cut(std::move(*cut));
          ++found;
        }
      }
    }
    outcome_.cuts += found;
    ++outcome_.rounds;
    return found;
  }

  // The loss of a whole pattern is a multiple of the losses' common divisor, so a bound may be rounded up to one.
  void raise_bound(double bound) {
    const auto step = static_cast<double>(divisor_);
    outcome_.lowest_loss = std::max(outcome_.lowest_loss, step * std::ceil(bound / step - 1e-6 * (1 + std::abs(bound / step))));
  }

  void relax() {
    double last = -1;
    int idle = 0;
    const double until = options_.seconds * 0.4;
    relaxed_ = std::make_unique<solve::WarmSolver>(master_);
    std::vector<solve::Entry> objective;
    for (std::size_t i = 0; i < cells_.size(); ++i) objective.push_back({static_cast<ColumnIndex>(i), master_.columns[i].objective});
    relaxed_->set_objective(objective, solve::Sense::minimise);
    while (left() > until && idle < 25) {
      const solve::SolveOutcome relaxed = relaxed_->solve({left(), 1});
      if (relaxed.status != solve::SolveStatus::optimal) return;
      raise_bound(relaxed.objective);
      const auto found = separate(relaxed.solution);
      if (!found || *found == 0) return;
      idle = relaxed.objective > last * 1.0005 + 1e-9 ? 0 : idle + 1;
      last = relaxed.objective;
    }
  }

  // False when nothing more can be learnt.
  bool integer_round() {
    relaxed_.reset();
    solve::LinearModel model = master_;
    for (std::size_t i = 0; i < cells_.size(); ++i)
      if (truth_.standing[cells_[i]] != table::CellStanding::primary) model.columns[i].type = solve::ColumnType::integer;
    const solve::SolveOutcome outcome = solve::solve_once(model, {left(), 1'000'000});
    if (outcome.status == solve::SolveStatus::optimal || outcome.status == solve::SolveStatus::limit_reached) raise_bound(outcome.bound);
    if (outcome.solution.empty()) return false;
    const auto found = separate(outcome.solution);
    if (!found) return false;
    if (*found > 0) return true;
    if (outcome.status != solve::SolveStatus::optimal) return false;
    std::vector<SystemCell> secondaries;
    for (std::size_t i = 0; i < cells_.size(); ++i)
      if (outcome.solution[i] > 0.5 && truth_.standing[cells_[i]] != table::CellStanding::primary) secondaries.push_back(cells_[i]);
    if (auto better = witnesses_of_pattern(system_, truth_, secondaries); better && better->loss < outcome_.best.loss) outcome_.best = std::move(*better);
    return false;
  }

  const table::AdditiveSystem& system_;
  const truth::SystemTruth& truth_;
  OptimalOptions options_;
  std::chrono::steady_clock::time_point started_;
  std::vector<SystemCell> cells_;
  std::vector<ColumnIndex> place_;
  std::vector<double> up_, down_;
  std::int64_t divisor_ = 0;
  solve::LinearModel master_, attacker_model_;
  std::unique_ptr<solve::WarmSolver> attacker_, relaxed_;
  std::vector<std::pair<std::size_t, double>> parts_;  // columns of cells hidden in part
  OptimalOutcome outcome_;
};

}  // namespace

OptimalOutcome suppress_optimally(const table::AdditiveSystem& system, const truth::SystemTruth& truth, Suppression start, const OptimalOptions& options) {
  return CutMaster(system, truth, std::move(start), options).run();
}

}  // namespace candour::protect
