#include <candour/protect/suppress/plain_suppression.hpp>

#include <candour/protect/suppress/plain_cells.hpp>
#include <candour/solve/solver.hpp>
#include <candour/truth/replay.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace candour::protect {
namespace {

enum class Replay { asked_for, left_out };
constexpr std::size_t most_hidden_in_a_round = 12;
constexpr std::size_t few_cells = 60;
constexpr std::size_t few_open = 20;  // so few secrets are worth an integer program each: local searches know nothing of the replay rule

class PlainSuppressor {
 public:
  PlainSuppressor(const PlainSuppressionTask& task, const DerivedSumsPass& pass) : task_(task), pass_(pass), cells_(task) {}

  PlainSuppression run(std::size_t exact_up_to) {
    PlainSuppression result;
    result.primary_count = static_cast<std::int64_t>(cells_.primary().size());
    Chosen chosen(cells_.size(), false);
    for (const std::size_t cell : cells_.primary()) chosen[cell] = true;
    for (std::size_t cell = 0; cell < cells_.size(); ++cell)
      if (task_.hidden_before.contains(cells_.atoms(cell))) chosen[cell] = true;
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
    for (std::size_t cell = 0; cell < cells_.size(); ++cell)
      if ((*pattern)[cell]) result.hidden_sums.insert(cells_.atoms(cell));
    result.loss = loss_of(*pattern);
    result.standing = hides_too_much(*pattern) ? SuppressionStanding::recoding_is_honest : SuppressionStanding::is_protected;
    return result;
  }

  // Few cells follow from others, so that each is looked at with all effort.
  std::optional<HiddenPattern> without_what_follows() const {
    Chosen chosen(cells_.size(), false);
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) chosen[cell] = task_.hidden_before.contains(cells_.atoms(cell));
    bool any = false;
    for (bool shown_one = true; shown_one;) {
      shown_one = false;
      for (const std::size_t cell : cells_.dearest_first()) {
        if (!chosen[cell] || cells_.is_primary(cell) || !cells_.follows(chosen, cell)) continue;
        chosen[cell] = false;
        if (passes(chosen, Effort::thorough)) any = shown_one = true;
        else chosen[cell] = true;
      }
    }
    return any ? std::optional(cells_.pattern(chosen)) : std::nullopt;
  }

 private:
  using Chosen = std::vector<bool>;

  [[nodiscard]] table::PublishedPopulation published(const Chosen& chosen) const {
    table::PublishedPopulation published = publish(*task_.truth, task_.designs, cells_.pattern(chosen), *task_.coverage, task_.policy->convention);
    if (task_.statements_beside) published.statements = task_.statements_beside(published);
    return published;
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

  // Hides the cheapest cell beside each secret that is open, round by round, until none is; then shows again what no secret needs, dearest first.
  std::optional<Chosen> grown(Chosen chosen) {
    while (true) {
      if (out_of_searches() || !mend_sums(chosen)) return std::nullopt;
      if (hide_what_caps(chosen)) {
        if ((gave_up_ = hides_too_much(chosen))) return std::nullopt;
        continue;
      }
      if (task_.worth_having && !task_.worth_having(published(chosen))) return std::nullopt;
      std::vector<std::string> open = open_secrets(chosen, StopAt::some_unprotected, Effort::local_only);
      if (!open.empty() && open.size() < few_open) open = open_secrets(chosen, StopAt::some_unprotected, Effort::thorough);
      if (open.empty()) break;
      if (open.front().empty()) return std::nullopt;
      if (!hide_beside_each(chosen, open)) return std::nullopt;
    }
    if (!pass_(published(chosen))) return std::nullopt;
    show_again(chosen);
    return chosen;
  }

  // Sums that follow from what is shown: one more cell of each that fails, until none does. Says whether that could be done.
  bool mend_sums(Chosen& chosen) {
    while (true) {
      std::set<std::size_t> next;
      if (const auto residual = cells_.failing_residual(chosen)) {
        if (const auto cell = cells_.cheapest_beside(chosen, *residual)) next.insert(*cell);
      } else if (task_.failing_sums) {
        const auto failing = task_.failing_sums(published(chosen));
        if (failing.empty()) return true;
        for (const auto& places : failing)
          if (next.size() < most_hidden_in_a_round) hide_one_of(places, chosen, next);
      } else {
        return true;
      }
      gave_up_ = !next.empty() && hides_too_much(chosen);
      if (next.empty() || gave_up_) return false;
      for (const std::size_t cell : next) chosen[cell] = true;
    }
  }

  // The cheapest of the cells, unless one of them is hidden already.
  void hide_one_of(const std::vector<table::CellReference>& places, const Chosen& chosen, std::set<std::size_t>& next) const {
    std::optional<std::size_t> cheapest;
    for (const table::CellReference& place : places) {
      const auto cell = cells_.at(place);
      if (!cell) continue;
      if (chosen[*cell] || next.contains(*cell)) return;
      if (!cheapest || cells_.loss(*cell) < cells_.loss(*cheapest)) cheapest = cell;
    }
    if (cheapest) next.insert(*cheapest);
  }

  // Secrets, by name, for which no witnesses were found. An empty name: the pattern itself cannot stand, for a reader who knows the policy would expect a small
  // count among the hidden ones, and there is none.
  [[nodiscard]] std::vector<std::string> open_secrets(const Chosen& chosen, StopAt stop, Effort effort) const {
    ++searches_;
    const auto worlds = table::worlds_of(published(chosen), task_.policy->minimum_frequency.minimum);
    if (!worlds || !truth::fits_with_people(*task_.truth, *worlds, task_.truth->counts)) return {{}};
    Experience none;
    Experience& experience = task_.experience != nullptr ? *task_.experience : none;
    std::vector<std::string> open;
    for (const Unprotected& secret : find_evidence(*task_.truth, *worlds, *task_.secrets, *task_.policy, stop, experience, effort).unprotected)
      open.push_back(secret.secret);
    return open;
  }

  // Hides the sums that alone keep a secret from reaching far enough. Says whether there were any that may be hidden.
  bool hide_what_caps(Chosen& chosen) const {
    const auto worlds = table::worlds_of(published(chosen), task_.policy->minimum_frequency.minimum);
    if (!worlds) return false;
    Experience none;
    bool hid = false;
    for (const Unprotected& secret :
         find_evidence(*task_.truth, *worlds, *task_.secrets, *task_.policy, StopAt::every_secret, none, Effort::caps_only).unprotected)
      if (const auto cell = cells_.with_atoms(secret.capped_by); cell && !chosen[*cell]) hid = chosen[*cell] = true;
    return hid;
  }

  bool hide_beside_each(Chosen& chosen, const std::vector<std::string>& open) {
    const std::set<std::string> names(open.begin(), open.end());
    std::set<std::size_t> found;
    for (const truth::Secret& secret : *task_.secrets) {
      if (found.size() >= most_hidden_in_a_round) break;
      if (!names.contains(secret.id)) continue;
      const auto next = cells_.cheapest_beside(chosen, secret.atoms);
      if (next) found.insert(*next);
    }
    if (found.empty()) return false;
    for (const std::size_t cell : found) chosen[cell] = true;
    gave_up_ = hides_too_much(chosen);
    return !gave_up_;
  }

  // More than one pass where there are few cells: under the replay rule a cell may become showable once another is shown.
  void show_again(Chosen& chosen) {
    bool shown_one = true;
    while (shown_one) {
      shown_one = false;
      for (const std::size_t cell : cells_.dearest_first()) {
        if (!chosen[cell] || cells_.is_primary(cell)) continue;
        chosen[cell] = false;
        if (cells_.failing_residual(chosen) || out_of_searches() || !passes(chosen, usual_effort())) chosen[cell] = true;
        else shown_one = cells_.size() <= few_cells;
      }
    }
  }

  [[nodiscard]] Effort usual_effort() const { return cells_.size() <= few_cells ? Effort::thorough : Effort::local_only; }

  [[nodiscard]] bool passes(const Chosen& chosen, Effort effort) const {
    return pass_(published(chosen)) && open_secrets(chosen, StopAt::first_unprotected, effort).empty();
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

std::optional<HiddenPattern> without_what_follows(const PlainSuppressionTask& task, const DerivedSumsPass& pass) {
  return PlainSuppressor(task, pass).without_what_follows();
}

PlainSuppression suppress_plainly(const PlainSuppressionTask& task, const DerivedSumsPass& pass, std::size_t exact_up_to) {
  return PlainSuppressor(task, pass).run(exact_up_to);
}

}  // namespace candour::protect
