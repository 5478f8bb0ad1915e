#include <candour/protect/suppress/optimal.hpp>

#include <candour/base/stop.hpp>
#include <candour/protect/suppress/attack_cut.hpp>
#include <candour/protect/suppress/cut_rounding.hpp>
#include <candour/protect/suppress/independent_sums.hpp>
#include <candour/protect/suppress/plain_search.hpp>
#include <candour/solve/safe_bound.hpp>
#include <candour/solve/solver.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

namespace candour::protect {
namespace {

using solve::ColumnIndex;
using table::SystemCell;

constexpr double nearly = 1e-6;
constexpr std::size_t enough_cuts = 60;  // of attackers in one round: the master is solved faster than the attackers are asked

// A branch of the tree: cells said to be hidden or shown, and what no pattern below it can undercut.
struct Branch {
  std::vector<std::pair<SystemCell, bool>> fixed;
  double bound = 0;
};

class BranchAndCut {
 public:
  BranchAndCut(const table::AdditiveSystem& system, const truth::SystemTruth& truth, Suppression start, const OptimalOptions& options)
      : truth_(truth), options_(options), started_(std::chrono::steady_clock::now()), small_(condense(system, truth)), search_(small_),
        cutter_(small_.system, small_.truth), demands_(demands_of(small_.truth)) {
    outcome_.best = std::move(start);
    for (const std::int64_t loss : truth.loss) divisor_ = std::gcd(divisor_, loss);
    constexpr std::size_t a_large_system = 5000;
    const std::size_t cells = small_.truth.value.size();
    attackers_are_dear_ = cells > a_large_system || 3 * independent_sums(small_.system).size() >= 2 * cells;
    build_master();
  }

  OptimalOutcome run() {
    open_.push_back({});
    while (!open_.empty() && left() > 0 && !outcome_.is_optimal()) {
      const auto best = std::min_element(open_.begin(), open_.end(), [](const Branch& a, const Branch& b) { return a.bound < b.bound; });
      Branch branch = std::move(*best);
      open_.erase(best);
      explore(std::move(branch));
      raise_bound();
    }
    return std::move(outcome_);
  }

 private:
  [[nodiscard]] double passed() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count(); }
  [[nodiscard]] double left() const { return base::stop_asked() ? 0 : options_.seconds - passed(); }

  // Loss of secondary cells of the condensed system below which a pattern would be news.
  [[nodiscard]] double news() const { return static_cast<double>(outcome_.best.loss - small_.loss_for_certain - divisor_); }
  [[nodiscard]] bool is_hopeless(double bound) const { return bound > news() + nearly * (1 + std::abs(news())); }

  void build_master() {
    solve::LinearModel model;
    for (SystemCell c = 0; c < small_.truth.value.size(); ++c) {
      const bool primary = small_.truth.standing[c] == table::CellStanding::primary;
      lowest_.push_back(primary ? 1.0 : 0.0);
      highest_.push_back(1.0);
      model.columns.push_back({lowest_.back(), 1.0, primary ? 0.0 : static_cast<double>(small_.truth.loss[c]), solve::ColumnType::continuous});
    }
    columns_ = model.columns;
    master_ = std::make_unique<solve::WarmSolver>(model);
    std::vector<solve::Entry> objective;
    for (std::size_t c = 0; c < model.columns.size(); ++c) objective.push_back({static_cast<ColumnIndex>(c), model.columns[c].objective});
    master_->set_objective(objective, solve::Sense::minimise);
  }

  // The bound of everything is that of the worst open branch, or of one that could not be decided.
  void raise_bound() {
    double bound = closed_bound_;
    for (const Branch& branch : open_) bound = std::min(bound, branch.bound);
    bound = std::min(bound, static_cast<double>(outcome_.best.loss - small_.loss_for_certain));
    // The loss of a whole pattern is a multiple of the losses' common divisor, so a bound may be rounded up to one.
    const double step = static_cast<double>(divisor_), whole = (bound + static_cast<double>(small_.loss_for_certain)) / step;
    outcome_.lowest_loss = std::max(outcome_.lowest_loss, step * std::ceil(whole - nearly * (1 + std::abs(whole))));
  }

  void fix(const Branch& branch) {
    for (const auto& [cell, hidden] : branch.fixed) set_share(cell, hidden ? 1 : 0, hidden ? 1 : 0);
  }
  void release(const Branch& branch) {
    for (const auto& [cell, hidden] : branch.fixed) set_share(cell, lowest_[cell], highest_[cell]);
  }
  void set_share(SystemCell cell, double lowest, double highest) {
    columns_[cell].lowest = lowest, columns_[cell].highest = highest;
    master_->set_bounds(static_cast<ColumnIndex>(cell), lowest, highest);
  }

  // What the multipliers of the cuts prove, as the shares are bounded now.
  [[nodiscard]] solve::SafeBound proved_by(const solve::SolveOutcome& relaxed) const {
    std::vector<const solve::Row*> rows;
    for (const Cut& cut : cuts_) rows.push_back(&cut.row);
    return solve::safe_bound(columns_, rows, relaxed.row_duals);
  }

  void explore(Branch branch) {
    ++outcome_.branches;
    const bool is_root = branch.fixed.empty();
    fix(branch);
    const std::optional<std::vector<double>> share = tighten(branch, is_root);
    release(branch);
    if (!share) return;
    split(std::move(branch), *share);
  }

  // Rounds of cuts below a branch. Gives the last fractional pattern if the branch must be split; else the branch is decided (or put back, out of time).
  std::optional<std::vector<double>> tighten(Branch& branch, bool is_root) {
    double last = -1;
    int idle = 0;
    while (true) {
      if (left() <= 0) return open_.push_back(branch), std::nullopt;
      const solve::SolveOutcome relaxed = master_->solve({std::max(0.1, left()), 1});
      if (relaxed.status == solve::SolveStatus::infeasible) return std::nullopt;
      if (relaxed.status != solve::SolveStatus::optimal) return open_.push_back(branch), std::nullopt;
      const solve::SafeBound proved = proved_by(relaxed);
      branch.bound = std::max(branch.bound, proved.bound);
      if (is_root) closed_bound_root(branch.bound);
      if (is_hopeless(branch.bound)) return std::nullopt;
      if (is_root) fix_by_reduced_costs(proved);
      ++outcome_.rounds;
      const auto found = separate(relaxed.solution);
      if (!found) return open_.push_back(branch), std::nullopt;
      const bool whole = is_whole(relaxed.solution);
      if (*found == 0) {
        if (!whole) return relaxed.solution;
        take(relaxed.solution, branch.bound);
        return std::nullopt;
      }
      drop_idle_cuts();
      if (is_root && outcome_.rounds % 8 == 0) seek_pattern(relaxed.solution);
      idle = relaxed.objective > last * (1 + 2e-4) + 1e-9 ? 0 : idle + 1;
      last = relaxed.objective;
      if (!whole && idle >= (is_root ? 12 : 3)) return relaxed.solution;
    }
  }

  void closed_bound_root(double bound) {
    open_.push_back({{}, bound});
    raise_bound();
    open_.pop_back();
  }

  [[nodiscard]] static bool is_whole(const std::vector<double>& share) {
    return std::all_of(share.begin(), share.end(), [](double z) { return std::abs(z - std::round(z)) < 1e-5; });
  }

  // Asks attackers about a (fractional) pattern, in turn, until there are enough cuts; all of them before it says that there is none. Gives the number of new
  // cuts, or nothing if the time ran out.
  std::optional<std::size_t> separate(const std::vector<double>& share) {
    // What follows from sums and known cuts costs next to nothing. Where attackers are dear they are asked only when it brings no more.
    std::size_t found = separate_bridges(share) + round_known_cuts(share);
    if (found > 0 && attackers_are_dear_) return outcome_.cuts += found, found;
    cutter_.set_pattern(share);
    std::optional<SystemCell> just_cut;
    std::set<std::vector<std::pair<ColumnIndex, double>>> seen;
    for (std::size_t asked = 0; asked < demands_.size() && seen.size() < enough_cuts; ++asked) {
      const std::size_t n = next_demand_;
      next_demand_ = (next_demand_ + 1) % demands_.size();
      if (left() <= 0) return std::nullopt;
      // Whoever is short upwards is mostly short downwards by the same cut.
      if (just_cut && *just_cut == demands_[n].cell) continue;
      solve::Row cut;
      const CutFinder::Verdict verdict = cutter_.ask(n, demands_[n], std::max(0.1, left()), cut);
      if (verdict == CutFinder::Verdict::failed) undecided_ = true;
      if (verdict != CutFinder::Verdict::cut) continue;
      just_cut = demands_[n].cell;
      std::vector<std::pair<ColumnIndex, double>> key;
      for (const solve::Entry& entry : cut.entries) key.emplace_back(entry.column, entry.coefficient);
      if (!seen.insert(std::move(key)).second) continue;
      if (auto stronger = round_cut(cut, share)) {
        add(*stronger);
        ++found;
      }
      add(std::move(cut));
      ++found;
    }
    if (found < enough_cuts / 3) found += separate_lonely(share);
    outcome_.cuts += found;
    return found;
  }

  // The same as below for everything that follows from the sums together, for some cells in turn.
  std::size_t separate_lonely(const std::vector<double>& share) {
    constexpr std::size_t most_asked = 40;
    std::size_t found = 0, asked = 0;
    for (std::size_t i = 0; i < share.size() && asked < most_asked; ++i) {
      const SystemCell c = next_lonely_;
      next_lonely_ = (next_lonely_ + 1) % static_cast<SystemCell>(share.size());
      if (share[c] < 0.1 || small_.truth.standing[c] == table::CellStanding::primary) continue;
      if (left() <= 0) break;
      ++asked;
      solve::Row cut;
      if (cutter_.ask_for_company(demands_.size() + c, c, std::max(0.1, left()), cut) != CutFinder::Verdict::cut) continue;
      add(std::move(cut));
      ++found;
    }
    return found;
  }

  // A cell hidden alone in a sum follows from it, and might as well be shown: the cheapest pattern hides another one there.
  std::size_t separate_bridges(const std::vector<double>& share) {
    std::size_t found = 0;
    for (table::SystemEquation e = 0; e < small_.system.equation_count(); ++e) {
      double all = 0;
      for (const table::SystemTerm& term : small_.system.terms(e)) all += share[term.cell];
      for (const table::SystemTerm& own : small_.system.terms(e)) {
        if (share[own.cell] <= all - share[own.cell] + 0.02) continue;
        solve::Row cut;
        for (const table::SystemTerm& term : small_.system.terms(e))
          cut.entries.push_back({static_cast<ColumnIndex>(term.cell), term.cell == own.cell ? -1.0 : 1.0});
        cut.highest = solve::infinity;
        add(std::move(cut));
        ++found;
      }
    }
    return found;
  }

  // Cuts that are met may still be missed once their cells are whole.
  std::size_t round_known_cuts(const std::vector<double>& share) {
    constexpr std::size_t most = 200;
    std::vector<solve::Row> made;
    for (const Cut& cut : cuts_)
      if (auto stronger = cut.idle == 0 && made.size() < most ? round_cut(cut.row, share) : std::nullopt) made.push_back(std::move(*stronger));
    for (solve::Row& row : made) add(std::move(row));
    return made.size();
  }

  void add(solve::Row cut) {
    master_->add_row(cut);
    cuts_.push_back({std::move(cut), 0});
  }

  // Cuts that were slack many rounds in a row go; they are found again when they matter.
  void drop_idle_cuts() {
    constexpr int patience = 12;
    const std::vector<double> activity = master_->row_activities();
    std::vector<std::size_t> idle;
    for (std::size_t r = 0; r < cuts_.size() && r < activity.size(); ++r) {
      cuts_[r].idle = activity[r] > cuts_[r].row.lowest + 0.01 ? cuts_[r].idle + 1 : 0;
      if (cuts_[r].idle > patience) idle.push_back(r);
    }
    if (idle.size() < 50 || idle.size() < cuts_.size() / 10) return;
    master_->remove_rows(idle);
    std::vector<Cut> kept;
    for (std::size_t r = 0; r < cuts_.size(); ++r)
      if (cuts_[r].idle <= patience) kept.push_back(std::move(cuts_[r]));
    cuts_ = std::move(kept);
  }

  // At the root: whatever would cost more than the best pattern is settled for good.
  void fix_by_reduced_costs(const solve::SafeBound& proved) {
    for (SystemCell c = 0; c < lowest_.size(); ++c) {
      if (lowest_[c] == highest_[c]) continue;
      if (!is_hopeless(proved.bound + std::abs(proved.reduced[c]) - proved.error)) continue;
      if (proved.reduced[c] > 0) highest_[c] = 0;
      else lowest_[c] = 1;
      set_share(c, lowest_[c], highest_[c]);
      ++outcome_.settled;
    }
  }

  // What the relaxation hides is cheap to use: the constructive search follows it.
  void seek_pattern(const std::vector<double>& share) {
    constexpr double share_of_time = 0.3;
    if (sought_ > share_of_time * passed() + 0.05 * options_.seconds) return;
    const double before = passed();
    std::vector<double> favour;
    for (const double z : share) favour.push_back(std::max(0.02, 1 - z));
    const double most = 0.2 * options_.seconds;
    const auto has_time = [&] { return left() > 0 && passed() - before < most; };
    if (search_.build(std::move(favour), has_time)) {
      search_.clean_up(has_time);
      keep();
      if (const double more = std::min(left(), std::min(most, 2 * (passed() - before)) - (passed() - before)); more > 0)
        search_.improve(more, 0, outcome_.branches + outcome_.rounds);
      keep();
    }
    sought_ += passed() - before;
  }

  void keep() {
    if (search_.loss() < outcome_.best.loss) outcome_.best = search_.expanded(truth_);
  }

  // A whole pattern that no attacker objects to, over the reals; it counts with whole witnesses only.
  void take(const std::vector<double>& share, double bound) {
    std::vector<SystemCell> secondaries;
    for (SystemCell c = 0; c < share.size(); ++c)
      if (share[c] > 0.5 && small_.truth.standing[c] != table::CellStanding::primary) secondaries.push_back(c);
    const bool proved = !undecided_ && search_.take_pattern(secondaries, [] { return true; });
    if (proved) keep();
    if (!proved || search_.loss() - small_.loss_for_certain > static_cast<std::int64_t>(std::ceil(bound + nearly * (1 + bound))))
      closed_bound_ = std::min(closed_bound_, bound);
    undecided_ = false;
  }

  // On the cell whose two answers both raise the bound the most, of the few that look best.
  void split(Branch branch, const std::vector<double>& share) {
    constexpr std::size_t most_tried = 8;
    std::vector<std::pair<double, SystemCell>> candidates;
    for (SystemCell c = 0; c < share.size(); ++c) {
      const double part = std::min(share[c], 1 - share[c]);
      if (part > 1e-5) candidates.emplace_back(-part * std::sqrt(static_cast<double>(small_.truth.loss[c])), c);
    }
    std::sort(candidates.begin(), candidates.end());
    if (candidates.size() > most_tried) candidates.resize(most_tried);
    fix(branch);
    double best = -1;
    SystemCell chosen = candidates.front().second;
    double bounds[2] = {branch.bound, branch.bound};
    for (const auto& [score, c] : candidates) {
      double bound[2];
      for (const int hidden : {0, 1}) {
        set_share(c, hidden, hidden);
        const solve::SolveOutcome outcome = master_->solve({std::max(0.1, left()), 1});
        bound[hidden] = outcome.status == solve::SolveStatus::optimal      ? std::max(branch.bound, proved_by(outcome).bound)
                        : outcome.status == solve::SolveStatus::infeasible ? solve::infinity
                                                                           : branch.bound;
      }
      set_share(c, lowest_[c], highest_[c]);
      const double gain = (std::min(bound[0], 1e15) - branch.bound + 1e-3) * (std::min(bound[1], 1e15) - branch.bound + 1e-3);
      if (gain <= best) continue;
      best = gain, chosen = c, bounds[0] = bound[0], bounds[1] = bound[1];
      if (left() <= 0) break;
    }
    release(branch);
    for (const int hidden : {0, 1}) {
      if (is_hopeless(bounds[hidden])) continue;
      Branch child{branch.fixed, bounds[hidden]};
      child.fixed.emplace_back(chosen, hidden == 1);
      open_.push_back(std::move(child));
    }
    if (outcome_.branches % 5 == 0) seek_pattern(share);
  }

  const truth::SystemTruth& truth_;
  OptimalOptions options_;
  std::chrono::steady_clock::time_point started_;
  Condensed small_;
  PlainSearch search_;
  CutFinder cutter_;
  std::vector<Demand> demands_;
  std::unique_ptr<solve::WarmSolver> master_;
  std::vector<solve::Column> columns_;    // of the master, as bounded now
  std::vector<double> lowest_, highest_;  // of the master's columns, as settled at the root
  struct Cut {
    solve::Row row;
    int idle = 0;
  };
  std::vector<Cut> cuts_;
  std::vector<Branch> open_;
  double closed_bound_ = solve::infinity;  // of patterns that were found safe over the reals, but got no whole witnesses
  bool undecided_ = false;
  bool attackers_are_dear_ = false;  // many cells, or most of them follow from others
  double sought_ = 0;
  std::size_t next_demand_ = 0;
  SystemCell next_lonely_ = 0;
  std::int64_t divisor_ = 0;
  OptimalOutcome outcome_;
};

}  // namespace

OptimalOutcome suppress_optimally(const table::AdditiveSystem& system, const truth::SystemTruth& truth, Suppression start, const OptimalOptions& options) {
  if (options.seconds <= 0) {
    OptimalOutcome outcome;
    outcome.best = std::move(start);
    return outcome;
  }
  return BranchAndCut(system, truth, std::move(start), options).run();
}

}  // namespace candour::protect
