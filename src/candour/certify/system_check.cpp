#include <candour/certify/system_check.hpp>

#include <candour/base/wide.hpp>
#include <candour/certify/move_check.hpp>

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <thread>

namespace candour::certify {
namespace {

using base::Wide;
using table::CellStanding;

class Checker {
 public:
  Checker(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SystemEvidence& evidence, const SystemCheckOptions& options)
      : system_(system), truth_(truth), evidence_(evidence), options_(options) {}

  SystemCheck run() {
    if (!table::adds_up(system_, truth_.value)) fault(SystemFaultKind::not_additive, 0);
    check_pattern();
    const MoveCheck moves(system_, truth_, evidence_, options_);
    const std::vector<SystemFault> of_moves = moves.run();
    const auto is_of_replay = [](const SystemFault& fault) { return fault.kind == SystemFaultKind::nothing_to_hide; };
    std::copy_if(of_moves.begin(), of_moves.end(), std::back_inserter(result_.faults), std::not_fn(is_of_replay));
    if (options_.singles == SystemCheckOptions::Singles::checked) list_singles();
    if (options_.singles == SystemCheckOptions::Singles::checked && system_.product()) finest_of_single_ = finest_of_singles();
    check_secrets();
    if (options_.threshold > 0) check_residuals();
    std::copy_if(of_moves.begin(), of_moves.end(), std::back_inserter(result_.faults), is_of_replay);
    result_.changes = moves.changes();
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

  [[nodiscard]] std::int64_t change_of(std::uint32_t m, table::SystemCell cell) const {
    const table::SystemMove& move = evidence_.moves[m];
    const auto found =
        std::lower_bound(move.begin(), move.end(), cell, [](const table::SystemChange& part, table::SystemCell wanted) { return part.cell < wanted; });
    return found == move.end() || found->cell != cell ? 0 : found->change;
  }

  void list_singles() {
    single_.assign(system_.cell_count(), 0);
    if (truth_.largest.empty()) return;
    for (table::SystemCell c = 0; c < single_.size(); ++c) single_[c] = truth_.value[c] > 0 && truth_.largest[c] == truth_.value[c];
  }
  [[nodiscard]] bool is_single(table::SystemCell c) const { return single_[c] != 0; }

  // Each thread takes a run of secrets, so that the faults stand in their order.
  void check_secrets() {
    const std::size_t count = truth_.secrets.size(), threads = std::clamp<std::size_t>(count / 1000, 1, std::max(1u, options_.threads));
    std::vector<std::vector<SystemFault>> found(threads);
    const auto take_run = [&](std::size_t t) {
      std::vector<table::SystemCell> common;
      for (std::size_t s = count * t / threads; s < count * (t + 1) / threads; ++s) check_secret(static_cast<std::uint32_t>(s), found[t], common);
    };
    {
      std::vector<std::jthread> others;
      for (std::size_t t = 1; t < threads; ++t) others.emplace_back(take_run, t);
      take_run(0);
    }
    for (const std::vector<SystemFault>& own : found) result_.faults.insert(result_.faults.end(), own.begin(), own.end());
  }

  void check_secret(std::uint32_t s, std::vector<SystemFault>& faults, std::vector<table::SystemCell>& common) const {
    const truth::SystemSecret& secret = truth_.secrets[s];
    const std::int64_t x = truth_.value[secret.cell];
    std::int64_t lowest = x, highest = x;
    if (s < evidence_.moves_of.size())
      for (const std::uint32_t m : evidence_.moves_of[s]) {
        if (m >= evidence_.moves.size()) continue;
        const std::int64_t y = x + change_of(m, secret.cell);
        lowest = std::min(lowest, y), highest = std::max(highest, y);
      }
    if (lowest > secret.reach_down || highest < secret.reach_up || highest - lowest < secret.width)
      faults.push_back({SystemFaultKind::not_protected, secret.cell});
    if (options_.singles == SystemCheckOptions::Singles::checked && s < evidence_.moves_of.size()) check_singles(s, faults, common);
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
  void check_singles(std::uint32_t s, std::vector<SystemFault>& faults, std::vector<table::SystemCell>& common) const {
    const table::SystemCell own = truth_.secrets[s].cell;
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
    if (!common.empty()) faults.push_back({SystemFaultKind::known_to_single, own});
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

  const table::AdditiveSystem& system_;
  const truth::SystemTruth& truth_;
  const SystemEvidence& evidence_;
  const SystemCheckOptions& options_;
  std::vector<std::uint8_t> single_;
  std::vector<table::SystemCell> finest_of_single_;
  SystemCheck result_;
};

}  // namespace

std::string word_of(SystemFaultKind kind) {
  switch (kind) {
    case SystemFaultKind::not_additive: return "not-additive";
    case SystemFaultKind::primary_shown: return "primary-shown";
    case SystemFaultKind::forbidden_hidden: return "forbidden-hidden";
    case SystemFaultKind::touches_shown: return "touches-shown";
    case SystemFaultKind::breaks_sum: return "breaks-sum";
    case SystemFaultKind::leaves_bounds: return "leaves-bounds";
    case SystemFaultKind::not_protected: return "not-protected";
    case SystemFaultKind::known_to_single: return "known-to-single";
    case SystemFaultKind::small_residual: return "small-residual";
    case SystemFaultKind::nothing_to_hide: return "nothing-to-hide";
  }
  return "unknown";
}

SystemCheck check_system(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SystemEvidence& evidence,
                         const SystemCheckOptions& options) {
  return Checker(system, truth, evidence, options).run();
}

}  // namespace candour::certify
