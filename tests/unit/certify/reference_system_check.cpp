#include "reference_system_check.hpp"

#include <candour/base/wide.hpp>

#include <algorithm>
#include <numeric>

namespace candour::certify::reference {
namespace {

using base::Wide;
using table::CellStanding;

class Checker {
 public:
  Checker(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SystemEvidence& evidence, const SystemCheckOptions& options)
      : system_(system), truth_(truth), evidence_(evidence), options_(options), sum_(system.equation_count(), 0) {}

  SystemCheck run() {
    if (!table::adds_up(system_, truth_.value)) fault(SystemFaultKind::not_additive, 0);
    check_pattern();
    for (std::uint32_t m = 0; m < evidence_.moves.size(); ++m) check_move(m);
    if (options_.singles == SystemCheckOptions::Singles::checked && system_.product()) finest_of_single_ = finest_of_singles();
    for (std::uint32_t s = 0; s < truth_.secrets.size(); ++s) check_secret(s);
    if (options_.threshold > 0) check_residuals();
    if (options_.replay == SystemCheckOptions::Replay::checked) check_replay();
    result_.secrets = truth_.secrets.size();
    result_.moves = evidence_.moves.size();
    return result_;
  }

 private:
  void fault(SystemFaultKind kind, std::uint64_t where) { result_.faults.push_back({kind, where}); }

  void check_pattern() {
    for (table::SystemCell c = 0; c < system_.cell_count(); ++c) {
      const bool hidden = table::is_hidden(evidence_.standing[c]);
      if (truth_.standing[c] == CellStanding::primary && !hidden) fault(SystemFaultKind::primary_shown, c);
      if (truth_.standing[c] == CellStanding::always_shown && hidden) fault(SystemFaultKind::forbidden_hidden, c);
    }
  }

  void check_move(std::uint32_t m) {
    const table::SystemMove& move = evidence_.moves[m];
    bool shown = false, outside = false, broken = false;
    for (std::size_t i = 1; i < move.size(); ++i) broken = broken || move[i - 1].cell >= move[i].cell;  // each cell once, ascending
    for (const table::SystemChange& change : move) {
      shown = shown || !table::is_hidden(evidence_.standing[change.cell]);
      const Wide x = static_cast<Wide>(truth_.value[change.cell]) + change.change;
      outside = outside || x < truth_.lowest[change.cell] || x > truth_.highest[change.cell];
      for (const table::CellEquation& e : system_.equations(change.cell)) sum_[e.equation] += static_cast<Wide>(e.coefficient) * change.change;
    }
    for (const table::SystemChange& change : move)
      for (const table::CellEquation& e : system_.equations(change.cell)) {
        broken = broken || sum_[e.equation] != 0;
        sum_[e.equation] = 0;  // seen once is enough, and ready for the next move
      }
    if (shown) fault(SystemFaultKind::touches_shown, m);
    if (outside) fault(SystemFaultKind::leaves_bounds, m);
    if (broken) fault(SystemFaultKind::breaks_sum, m);
    result_.changes += move.size();
  }

  [[nodiscard]] std::int64_t change_of(std::uint32_t m, table::SystemCell cell) const {
    const table::SystemMove& move = evidence_.moves[m];
    const auto found =
        std::lower_bound(move.begin(), move.end(), cell, [](const table::SystemChange& part, table::SystemCell wanted) { return part.cell < wanted; });
    return found == move.end() || found->cell != cell ? 0 : found->change;
  }

  [[nodiscard]] bool is_single(table::SystemCell c) const { return truth_.value[c] > 0 && !truth_.largest.empty() && truth_.largest[c] == truth_.value[c]; }

  void check_secret(std::uint32_t s) {
    const truth::SystemSecret& secret = truth_.secrets[s];
    const std::int64_t x = truth_.value[secret.cell];
    std::int64_t lowest = x, highest = x;
    if (s < evidence_.moves_of.size())
      for (const std::uint32_t m : evidence_.moves_of[s]) {
        if (m >= evidence_.moves.size()) continue;
        const std::int64_t y = x + change_of(m, secret.cell);
        lowest = std::min(lowest, y), highest = std::max(highest, y);
      }
    if (lowest > secret.reach_down || highest < secret.reach_up || highest - lowest < secret.width) fault(SystemFaultKind::not_protected, secret.cell);
    if (options_.singles == SystemCheckOptions::Singles::checked && s < evidence_.moves_of.size()) check_singles(s);
  }

  // The finest cell in which the one contributor of each single's cell stands (cubes only); for the others the cell itself.
  [[nodiscard]] std::vector<table::SystemCell> finest_of_singles() const {
    const table::ProductShape& shape = *system_.product();
    std::vector<table::SystemCell> finest(system_.cell_count());
    std::iota(finest.begin(), finest.end(), 0u);
    for (table::SystemCell c = 0; c < finest.size(); ++c) {
      if (!is_single(c)) continue;
      std::uint64_t at = c;
      for (std::size_t k = 0; k < shape.axes.size(); ++k) {
        const table::SystemAxis& axis = shape.axes[k];
        std::uint32_t node = shape.node(static_cast<table::SystemCell>(at), k);
        while (!axis.is_leaf(node)) {
          const std::uint64_t origin = at - node * shape.stride[k];
          const auto child = std::find_if(axis.children[node].begin(), axis.children[node].end(),
                                          [&](std::uint32_t n) { return truth_.value[origin + n * shape.stride[k]] > 0; });
          if (child == axis.children[node].end()) break;
          node = *child;
          at = origin + node * shape.stride[k];
        }
      }
      finest[c] = static_cast<table::SystemCell>(at);
    }
    return finest;
  }

  // Whether the one contributor of a single's cell is counted in `cell` too (cubes only): then there is nothing of another to learn there.
  [[nodiscard]] bool shares_contributor(table::SystemCell single, table::SystemCell cell) const {
    if (!system_.product()) return false;
    const table::ProductShape& shape = *system_.product();
    for (std::size_t k = 0; k < shape.axes.size(); ++k) {
      const std::uint32_t wanted = shape.node(cell, k);
      std::uint32_t node = shape.node(finest_of_single_[single], k);
      while (node > wanted) node = shape.axes[k].parent[node];
      if (node != wanted) return false;
    }
    return true;
  }

  // Whoever is alone in a cell knows its value and discards every move that changes it; some move that changes the secret must be left.
  void check_singles(std::uint32_t s) {
    const table::SystemCell own = truth_.secrets[s].cell;
    std::vector<table::SystemCell>& common = common_;
    common.clear();
    bool first = true;
    for (const std::uint32_t m : evidence_.moves_of[s]) {
      if (m >= evidence_.moves.size() || change_of(m, own) == 0) continue;
      const table::SystemMove& move = evidence_.moves[m];
      if (first) {
        for (const table::SystemChange& part : move)
          if (part.cell != own && is_single(part.cell) && !shares_contributor(part.cell, own)) common.push_back(part.cell);
      } else {
        common.erase(std::remove_if(common.begin(), common.end(), [&](table::SystemCell c) { return change_of(m, c) == 0; }), common.end());
      }
      first = false;
      if (common.empty()) return;
    }
    if (!common.empty()) fault(SystemFaultKind::known_to_single, own);
  }

  // With the total of a sum shown, its hidden parts add up to a published number.
  void check_residuals() {
    for (table::SystemEquation e = 0; e < system_.equation_count(); ++e) {
      Wide residual = 0;
      bool one_sign = true;
      int sign = 0;
      for (const table::SystemTerm& term : system_.terms(e)) {
        if (!table::is_hidden(evidence_.standing[term.cell])) continue;
        const int own = term.coefficient > 0 ? 1 : -1;
        one_sign = one_sign && (sign == 0 || sign == own);
        sign = own;
        residual += static_cast<Wide>(term.coefficient) * truth_.value[term.cell];
      }
      if (residual < 0) residual = -residual;
      if (one_sign && residual > 0 && residual < options_.threshold) fault(SystemFaultKind::small_residual, e);
    }
  }

  std::uint32_t root(std::vector<std::uint32_t>& up, std::uint32_t c) const {
    while (up[c] != c) c = up[c] = up[up[c]];
    return c;
  }

  // A connected set of hidden cells without a small count would not have been hidden: whoever knows the method discards such a table.
  void check_replay() {
    std::vector<std::uint32_t> up(system_.cell_count());
    std::iota(up.begin(), up.end(), 0u);
    for (table::SystemEquation e = 0; e < system_.equation_count(); ++e) {
      std::uint32_t first = system_.cell_count();
      for (const table::SystemTerm& term : system_.terms(e)) {
        if (!table::is_hidden(evidence_.standing[term.cell])) continue;
        if (first == system_.cell_count()) first = term.cell;
        else up[root(up, term.cell)] = root(up, first);
      }
    }
    for (table::SystemCell c = 0; c < up.size(); ++c) up[c] = root(up, c);
    const auto small = [&](std::int64_t x) { return x >= 1 && x < options_.threshold; };
    std::vector<std::int64_t> small_in(system_.cell_count(), 0);
    for (table::SystemCell c = 0; c < system_.cell_count(); ++c)
      if (table::is_hidden(evidence_.standing[c]) && small(truth_.value[c])) ++small_in[up[c]];
    for (std::uint32_t m = 0; m < evidence_.moves.size(); ++m) {
      for (const table::SystemChange& part : evidence_.moves[m])
        small_in[up[part.cell]] += small(truth_.value[part.cell] + part.change) - small(truth_.value[part.cell]);
      bool empty = false;
      for (const table::SystemChange& part : evidence_.moves[m]) empty = empty || small_in[up[part.cell]] <= 0;
      if (empty) fault(SystemFaultKind::nothing_to_hide, m);
      for (const table::SystemChange& part : evidence_.moves[m])
        small_in[up[part.cell]] -= small(truth_.value[part.cell] + part.change) - small(truth_.value[part.cell]);
    }
  }

  const table::AdditiveSystem& system_;
  const truth::SystemTruth& truth_;
  const SystemEvidence& evidence_;
  const SystemCheckOptions& options_;
  std::vector<Wide> sum_;
  std::vector<table::SystemCell> finest_of_single_, common_;
  SystemCheck result_;
};

}  // namespace

SystemCheck check_system(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SystemEvidence& evidence,
                         const SystemCheckOptions& options) {
  return Checker(system, truth, evidence, options).run();
}

}  // namespace candour::certify::reference
