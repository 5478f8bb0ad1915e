#include <candour/assess/cell_rules.hpp>

#include <candour/base/check.hpp>
#include <candour/base/wide.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <queue>

namespace candour::assess {
namespace {

using table::CellStanding;
using table::SystemCell;

base::Error wrong(std::string code, std::string sentence, std::string hint = {}) {
  return {base::Cause::wrong_input, std::move(code), {}, std::move(sentence), std::move(hint)};
}

std::int64_t per_cent_of(std::int64_t value, std::int64_t percent) { return static_cast<std::int64_t>((static_cast<base::Wide>(value) * percent + 99) / 100); }

truth::MagnitudeTable magnitudes(const CellFacts& facts) {
  truth::MagnitudeTable table{0, facts.value, {}, facts.largest};
  for (std::size_t c = 0; c < facts.value.size(); ++c)
    table.contributor_counts.push_back(!facts.contributors.empty() ? facts.contributors[c]
                                       : !facts.records.empty()    ? facts.records[c]
                                                                   : static_cast<std::int64_t>(facts.largest[c].size()));
  return table;
}

// The widest of what the rules ask of each cell.
base::Result<std::vector<std::int64_t>> widest_shortfalls(const CellFacts& facts, const AmountRules& rules) {
  std::vector<std::int64_t> widest(facts.value.size(), 0);
  const auto widen = [&](const std::vector<std::int64_t>& by) {
    for (std::size_t c = 0; c < by.size(); ++c) widest[c] = std::max(widest[c], by[c]);
  };
  if (rules.p_percent || rules.prior_posterior || rules.dominance) {
    if (facts.largest.empty())
      return base::fail(wrong("rule.contributions_missing", "the rule looks at the largest contributions, which this table does not hold",
                              "give records, or columns largest_1, largest_2, ..."));
    const truth::MagnitudeTable table = magnitudes(facts);
    if (rules.p_percent) {
      CANDOUR_TRY(by, shortfalls(*rules.p_percent, table));
      widen(by);
    }
    if (rules.prior_posterior) {
      CANDOUR_TRY(by, shortfalls(*rules.prior_posterior, table));
      widen(by);
    }
    if (rules.dominance) {
      CANDOUR_TRY(by, shortfalls(*rules.dominance, table));
      widen(by);
    }
  }
  if (rules.minimum_records > 0) {
    if (facts.records.empty() && facts.people.empty() && facts.contributors.empty())
      return base::fail(
          wrong("rule.contributions_missing", "the minimum counts records or contributors, which this table does not hold", "give a column records"));
    for (std::size_t c = 0; c < facts.value.size(); ++c) {
      std::int64_t fewest = rules.minimum_records;
      for (const auto* counts : {&facts.records, &facts.people, &facts.contributors})
        if (!counts->empty()) fewest = std::min(fewest, (*counts)[c]);
      if (facts.value[c] > 0 && fewest < rules.minimum_records)
        widest[c] = std::max({widest[c], std::int64_t{1}, per_cent_of(facts.value[c], rules.range_percent)});
    }
  }
  return widest;
}

}  // namespace

base::Result<truth::SystemTruth> truth_of(const table::AdditiveSystem& cube, const CellFacts& facts, const CountRules& rules) {
  truth::SystemTruth truth = truth_of_counts(cube, facts.value, rules.frequency);
  if (rules.minimum_people <= 0) return truth;
  if (facts.people.empty())
    return base::fail(wrong("rule.people_missing", "a minimum of people needs a column that tells people apart", "name it: --people COLUMN"));
  for (SystemCell c = 0; c < cube.cell_count(); ++c) {
    const std::int64_t records = facts.value[c], people = facts.people[c];
    if (people <= 0 || people >= rules.minimum_people || truth.standing[c] == CellStanding::primary) continue;
    const std::int64_t away = std::max<std::int64_t>(1, per_cent_of(records - people + 1, rules.p_percent));
    truth.standing[c] = CellStanding::primary;
    truth.secrets.push_back({c, std::max<std::int64_t>(truth.lowest[c], records - away), records + away, 0});
    if (people == 1) truth.largest[c] = records;
  }
  std::sort(truth.secrets.begin(), truth.secrets.end(), [](const truth::SystemSecret& a, const truth::SystemSecret& b) { return a.cell < b.cell; });
  return truth;
}

base::Result<truth::SystemTruth> truth_of(const table::AdditiveSystem& system, const CellFacts& facts, const AmountRules& rules) {
  CANDOUR_TRY(away, widest_shortfalls(facts, rules));
  truth::SystemTruth truth;
  truth.value = facts.value;
  truth.loss = losses_of(rules.loss, facts.value);
  const std::int64_t most = *std::max_element(facts.value.begin(), facts.value.end());
  for (SystemCell c = 0; c < system.cell_count(); ++c) {
    const std::int64_t x = facts.value[c];
    truth.lowest.push_back(0);
    truth.highest.push_back(2 * std::max<std::int64_t>(most, rules.zero_range));
    truth.largest.push_back(facts.largest.empty() || facts.largest[c].empty() ? 0 : facts.largest[c].front());
    const bool zero_is_sensitive = x == 0 && rules.zeros == AmountRules::Zeros::sensitive;
    truth.standing.push_back(away[c] > 0 || zero_is_sensitive                     ? CellStanding::primary
                             : x == 0 && rules.zeros == AmountRules::Zeros::shown ? CellStanding::always_shown
                                                                                  : CellStanding::shown);
    if (zero_is_sensitive) truth.secrets.push_back({c, 0, rules.zero_range, 0});
    else if (away[c] > 0) truth.secrets.push_back({c, std::max<std::int64_t>(0, x - away[c]), x + away[c], 0});
  }
  return truth;
}

base::Result<MarkOutcome> apply_marks(truth::SystemTruth& truth, const std::vector<CellMark>& marks, std::int64_t percent) {
  MarkOutcome outcome;
  for (const CellMark& mark : marks) {
    if (mark.reason.empty()) return base::fail(wrong("mark.reason", fmt::format("the mark of cell {} gives no reason", mark.cell), "say in a few words why"));
    const auto secret = std::find_if(truth.secrets.begin(), truth.secrets.end(), [&](const truth::SystemSecret& s) { return s.cell == mark.cell; });
    const std::int64_t x = truth.value[mark.cell];
    switch (mark.kind) {
      case CellMark::Kind::sensitive: {
        if (x < truth.lowest[mark.cell])
          return base::fail(wrong("mark.zero", fmt::format("cell {} is zero, and zeros are always shown where hidden cells are at least 1", mark.cell),
                                  "let hidden cells be zero: --hidden may-be-zero"));
        const std::int64_t usual = std::max<std::int64_t>(1, per_cent_of(x, percent));
        const truth::SystemSecret own{mark.cell, std::max(std::min(x, truth.lowest[mark.cell]), x - mark.lower.value_or(usual)), x + mark.upper.value_or(usual),
                                      0};
        truth.standing[mark.cell] = CellStanding::primary;
        if (secret == truth.secrets.end()) truth.secrets.push_back(own);
        else secret->reach_down = std::min(secret->reach_down, own.reach_down), secret->reach_up = std::max(secret->reach_up, own.reach_up);
        ++outcome.made_sensitive;
        break;
      }
      case CellMark::Kind::must_show:
        if (secret != truth.secrets.end())
          return base::fail({base::Cause::refused,
                             "mark.sensitive",
                             {},
                             "a cell that must be published is sensitive by a rule",
                             "take the mark away, or record the finding that changes the rule"});
        truth.standing[mark.cell] = CellStanding::always_shown;
        ++outcome.must_show;
        break;
      case CellMark::Kind::already_published:
        if (secret != truth.secrets.end()) {
          truth.secrets.erase(secret);
          ++outcome.published_although_sensitive;
        }
        truth.standing[mark.cell] = CellStanding::always_shown;
        break;
    }
  }
  std::sort(truth.secrets.begin(), truth.secrets.end(), [](const truth::SystemSecret& a, const truth::SystemSecret& b) { return a.cell < b.cell; });
  return outcome;
}

void lose_by_distance(const table::AdditiveSystem& system, truth::SystemTruth& truth) {
  constexpr std::int64_t far = 64;
  truth.loss.assign(system.cell_count(), far);
  std::queue<SystemCell> near;
  for (const truth::SystemSecret& secret : truth.secrets) {
    truth.loss[secret.cell] = 1;
    near.push(secret.cell);
  }
  while (!near.empty()) {
    const SystemCell cell = near.front();
    near.pop();
    if (truth.loss[cell] + 1 >= far) continue;
    for (const table::CellEquation& e : system.equations(cell))
      for (const table::SystemTerm& term : system.terms(e.equation)) {
        if (truth.loss[term.cell] != far) continue;
        truth.loss[term.cell] = truth.loss[cell] + 1;
        near.push(term.cell);
      }
  }
}

std::vector<SharedCategory> shared_categories(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts,
                                              const std::vector<std::size_t>& sensitive_axes, std::int64_t coalition) {
  CANDOUR_CHECK(cube.product().has_value(), "shared categories are looked for in a system that is no cube");
  const table::ProductShape& shape = *cube.product();
  std::vector<SharedCategory> found;
  for (SystemCell total = 0; total < cube.cell_count(); ++total) {
    if (counts[total] <= coalition || counts[total] == 0) continue;
    // A group is named by its other variables: at least one of them below its total.
    bool named = false;
    for (std::size_t k = 0; k < shape.axes.size(); ++k)
      named = named || (shape.node(total, k) != 0 && std::find(sensitive_axes.begin(), sensitive_axes.end(), k) == sensitive_axes.end());
    if (!named) continue;
    for (const std::size_t k : sensitive_axes) {
      if (shape.node(total, k) != 0) continue;
      for (std::uint32_t node = 1; node < shape.axes[k].size(); ++node) {
        // The coarsest category that all share says it; whoever splits it further is a group of its own. A category that is alone below its parent says nothing
        // more than the parent.
        const std::uint32_t parent = shape.axes[k].parent[node];
        if (shape.axes[k].children[parent].size() == 1) continue;
        const auto part = static_cast<SystemCell>(total + node * shape.stride[k]);
        const auto above = static_cast<SystemCell>(total + parent * shape.stride[k]);
        if (counts[part] > 0 && counts[total] - counts[part] <= coalition && (parent == 0 || counts[total] - counts[above] > coalition))
          found.push_back({total, part});
      }
    }
  }
  return found;
}

}  // namespace candour::assess
