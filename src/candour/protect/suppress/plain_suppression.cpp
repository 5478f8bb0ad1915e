#include <candour/protect/suppress/plain_suppression.hpp>

#include <candour/protect/suppress/plain_cells.hpp>
#include <candour/solve/solver.hpp>

#include <algorithm>
#include <cmath>

namespace candour::protect {
namespace {

enum class Replay { asked_for, left_out };

class PlainSuppressor {
 public:
  PlainSuppressor(const PlainSuppressionTask& task, const DerivedSumsPass& pass) : task_(task), pass_(pass), cells_(task) {}

  PlainSuppression run(std::size_t exact_up_to) {
    PlainSuppression result;
    result.primary_count = static_cast<std::int64_t>(cells_.primary().size());
    Chosen chosen(cells_.size(), false);
    for (const std::size_t cell : cells_.primary()) chosen[cell] = true;
    if (cells_.needs_hiding_elsewhere()) return result;
    if (hides_too_much(chosen)) {
      result.standing = SuppressionStanding::recoding_is_honest;
      return result;
    }
    result.is_optimal = cells_.size() <= exact_up_to;
    const auto pattern = result.is_optimal ? cheapest(chosen) : grown(chosen);
    result.searches = searches_;
    if (!pattern) {
      result.standing = gave_up_ ? SuppressionStanding::recoding_is_honest : SuppressionStanding::not_found;
      result.is_optimal = false;
      return result;
    }
    result.hidden = cells_.pattern(*pattern);
    result.loss = loss_of(*pattern);
    result.standing = hides_too_much(*pattern) ? SuppressionStanding::recoding_is_honest : SuppressionStanding::is_protected;
    return result;
  }

 private:
  using Chosen = std::vector<bool>;

  [[nodiscard]] table::PublishedPopulation published(const Chosen& chosen) const {
    return publish(*task_.truth, task_.designs, cells_.pattern(chosen), *task_.coverage, task_.policy->convention);
  }

  // The first secret that is not shown, or nothing if all are; a failing residual counts as a secret of its own.
  [[nodiscard]] std::optional<std::vector<table::AtomIndex>> failing(const Chosen& chosen, Replay replay) const {
    if (++searches_ > task_.most_searches) return std::vector<table::AtomIndex>{};
    if (auto residual = cells_.failing_residual(chosen)) return residual;
    const table::PublishedPopulation draft = published(chosen);
    const auto worlds = table::worlds_of(draft, replay == Replay::asked_for ? task_.policy->minimum_frequency.minimum : 0);
    if (!worlds) return std::vector<table::AtomIndex>{};
    const EvidenceSearch found = find_evidence(*task_.truth, *worlds, *task_.secrets, *task_.policy, StopAt::first_unprotected);
    if (found.unprotected.empty()) return std::nullopt;
    const auto secret =
        std::find_if(task_.secrets->begin(), task_.secrets->end(), [&](const truth::Secret& s) { return s.id == found.unprotected.front().secret; });
    return secret->atoms;
  }

  [[nodiscard]] bool stands(const Chosen& chosen) const { return !failing(chosen, Replay::asked_for) && pass_(published(chosen)); }

  [[nodiscard]] bool hides_too_much(const Chosen& chosen) const {
    return 2 * static_cast<std::size_t>(std::count(chosen.begin(), chosen.end(), true)) > cells_.size();
  }

  [[nodiscard]] std::int64_t loss_of(const Chosen& chosen) const {
    std::int64_t loss = 0;
    for (std::size_t cell = 0; cell < cells_.size(); ++cell)
      if (chosen[cell] && !cells_.is_primary(cell)) loss += cells_.loss(cell);
    return loss;
  }

  // Hides the cheapest cell beside the secret that fails, until none fails; then shows again what no secret needs, dearest first.
  std::optional<Chosen> grown(Chosen chosen) {
    while (const auto secret = failing(chosen, Replay::asked_for)) {
      if (out_of_searches()) return std::nullopt;
      const auto next = cells_.cheapest_beside(chosen, *secret);
      if (!next || hides_too_much(chosen)) {
        gave_up_ = next.has_value();
        return std::nullopt;
      }
      chosen[*next] = true;
    }
    if (!pass_(published(chosen))) return std::nullopt;
    // More than one pass: under the replay rule a cell may become showable once another is shown.
    bool shown_one = true;
    while (shown_one) {
      shown_one = false;
      for (const std::size_t cell : cells_.dearest_first()) {
        if (!chosen[cell] || cells_.is_primary(cell) || out_of_searches()) continue;
        chosen[cell] = false;
        if (!out_of_searches() && stands(chosen)) shown_one = true;
        else chosen[cell] = true;
      }
    }
    return chosen;
  }

  // A cut: cells of which at least `least` must differ from the pattern as stated.
  struct Cut {
    std::vector<std::pair<std::size_t, bool>> literals;  ///< cell, and whether hiding it (else showing it) meets the cut
  };

  std::optional<Chosen> cheapest(const Chosen& primary) {
    std::vector<Cut> cuts;
    while (!out_of_searches()) {
      const auto chosen = solve(primary, cuts);
      if (!chosen) return std::nullopt;
      if (failing(*chosen, Replay::left_out)) {
        if (out_of_searches()) return std::nullopt;
        cuts.push_back(outside(widest_failing(*chosen)));
        if (cuts.back().literals.empty()) return std::nullopt;
      } else if (stands(*chosen)) {
        return chosen;
      } else {
        cuts.push_back(anything_but(*chosen));
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool out_of_searches() const { return searches_ >= task_.most_searches; }

  // Hiding more never shows less: what fails with more hidden fails with less, so the widest failing pattern makes the strongest cut.
  [[nodiscard]] Chosen widest_failing(Chosen chosen) const {
    for (const std::size_t cell : cells_.dearest_first()) {
      if (chosen[cell]) continue;
      chosen[cell] = true;
      if (!failing(chosen, Replay::left_out)) chosen[cell] = false;
    }
    return chosen;
  }

  static Cut outside(const Chosen& chosen) {
    Cut cut;
    for (std::size_t cell = 0; cell < chosen.size(); ++cell)
      if (!chosen[cell]) cut.literals.emplace_back(cell, true);
    return cut;
  }
  static Cut anything_but(const Chosen& chosen) {
    Cut cut;
    for (std::size_t cell = 0; cell < chosen.size(); ++cell) cut.literals.emplace_back(cell, !chosen[cell]);
    return cut;
  }

  [[nodiscard]] std::optional<Chosen> solve(const Chosen& primary, const std::vector<Cut>& cuts) const {
    solve::LinearModel model;
    for (std::size_t cell = 0; cell < cells_.size(); ++cell)
      model.columns.push_back({primary[cell] ? 1.0 : 0.0, 1, static_cast<double>(cells_.loss(cell)), solve::ColumnType::integer});
    for (const Cut& cut : cuts) {
      solve::Row row{{}, 1, solve::infinity};
      for (const auto& [cell, hide] : cut.literals) {
        row.entries.push_back({static_cast<solve::ColumnIndex>(cell), hide ? 1.0 : -1.0});
        if (!hide) row.lowest -= 1;
      }
      model.rows.push_back(std::move(row));
    }
    const solve::SolveOutcome outcome = solve::solve_once(model);
    if (outcome.status != solve::SolveStatus::optimal) return std::nullopt;
    Chosen chosen;
    for (const double y : outcome.solution) chosen.push_back(y > 0.5);
    return chosen;
  }

  const PlainSuppressionTask& task_;
  const DerivedSumsPass& pass_;
  PlainCells cells_;
  bool gave_up_ = false;
  mutable std::int64_t searches_ = 0;
};

}  // namespace

std::optional<HiddenPattern> primary_pattern(const PlainSuppressionTask& task) {
  const PlainCells cells(task);
  if (cells.needs_hiding_elsewhere() || 2 * cells.primary().size() > cells.size()) return std::nullopt;
  std::vector<bool> chosen(cells.size(), false);
  for (const std::size_t cell : cells.primary()) chosen[cell] = true;
  return cells.pattern(chosen);
}

PlainSuppression suppress_plainly(const PlainSuppressionTask& task, const DerivedSumsPass& pass, std::size_t exact_up_to) {
  return PlainSuppressor(task, pass).run(exact_up_to);
}

}  // namespace candour::protect
