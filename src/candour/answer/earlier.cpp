#include <candour/answer/earlier.hpp>

#include <candour/attack/region_words.hpp>
#include <candour/table/code_pieces.hpp>
#include <candour/table/release_regions.hpp>
#include <candour/table/released.hpp>
#include <candour/table/worlds.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace candour::answer {
namespace {

using table::EarlierAtoms;
using table::LeafIndex;
using table::LeafSet;
using table::Release;
using table::ReleasedCategory;
using table::ReleasedTable;
using table::ReleasedVariable;

// The id of a new answer among the releases; no release of the register can have it.
constexpr const char* this_answer = "this answer";

// Up to here the draft and all earlier releases are decided exactly, each time that the gate is asked.
constexpr std::uint64_t most_pieces_decided = 3000;
constexpr std::uint64_t most_figures_decided = 300;

// The leaves of a hierarchy that make up a code, all of it and nothing more.
std::optional<LeafSet> leaves_of(const table::Hierarchy& hierarchy, const std::string& code) {
  LeafSet leaves(hierarchy.leaf_count());
  if (const auto node = hierarchy.find(code)) {
    for (LeafIndex leaf = hierarchy.leaves(*node).first; leaf < hierarchy.leaves(*node).end; ++leaf) leaves.insert(leaf);
    return leaves;
  }
  const bool is_days = table::day_range(code) && !table::number_range(code);
  const auto range_of = [&](const std::string& text) { return is_days ? table::day_range(text) : table::number_range(text); };
  const auto asked = range_of(code);
  if (!asked) return std::nullopt;
  std::int64_t covered = 0;
  for (LeafIndex leaf = 0; leaf < hierarchy.leaf_count(); ++leaf) {
    const auto range = range_of(hierarchy.code(hierarchy.node_of_leaf(leaf)));
    if (!range || range->last < asked->first || asked->last < range->first) continue;
    if (range->first < asked->first || asked->last < range->last) return std::nullopt;
    covered += range->last - range->first + 1;
    leaves.insert(leaf);
  }
  return covered == asked->last - asked->first + 1 ? std::optional(leaves) : std::nullopt;
}

std::optional<LeafSet> leaves_of(const table::Hierarchy& hierarchy, const ReleasedCategory& category) {
  if (category.codes.empty()) return LeafSet::all(hierarchy.leaf_count());
  LeafSet all(hierarchy.leaf_count());
  for (const std::string& code : category.codes) {
    const auto leaves = leaves_of(hierarchy, code);
    if (!leaves) return std::nullopt;
    all |= *leaves;
  }
  return all;
}

// One released table over the space of a population; nothing where a cell cannot be expressed.
class Overlay {
 public:
  Overlay(const table::AtomSpace& space, const ReleasedTable& table) : space_(space), table_(table) {
    for (table::QuestionIndex q = 0; q < space.questions.size(); ++q)
      if (space.questions[q].label == table.counted) question_ = q;
    for (const table::Variable& variable : space.variables) whole_.push_back(LeafSet::all(variable.hierarchy.leaf_count()));
    fits_ = question_.has_value();
    bool says_period = !space.period;
    for (const auto* list : {&table.limited_to, &table.by})
      for (const ReleasedVariable& variable : *list) {
        const auto place = space.find_variable(variable.name);
        fits_ = fits_ && place.has_value();
        says_period = says_period || place == space.period;
        if (!fits_ || list == &table.by) continue;
        const auto leaves = leaves_of(space.variables[*place].hierarchy, variable.categories.front());
        fits_ = leaves.has_value();
        if (fits_) whole_[*place] &= *leaves;
      }
    // Whoever does not say the period means all there ever was.
    fits_ = fits_ && says_period;
  }

  [[nodiscard]] std::optional<EarlierAtoms> atoms_of(table::CellIndex cell) const {
    if (!fits_) return std::nullopt;
    EarlierAtoms atoms{*question_, whole_};
    for (std::size_t v = table_.by.size(); v-- > 0;) {
      const auto& categories = table_.by[v].categories;
      const table::VariableIndex place = *space_.find_variable(table_.by[v].name);
      const auto leaves = leaves_of(space_.variables[place].hierarchy, categories[cell % categories.size()]);
      if (!leaves) return std::nullopt;
      atoms.sides[place] &= *leaves;
      cell /= categories.size();
    }
    return is_covered(atoms) ? std::optional(std::move(atoms)) : std::nullopt;
  }

 private:
  // The new answer must count the same periods, or the figure holds records that it does not see.
  [[nodiscard]] bool is_covered(const EarlierAtoms& atoms) const {
    const std::vector<bool>& covered = space_.questions[*question_].covered_periods;
    if (!space_.period || covered.empty()) return true;
    for (LeafIndex leaf = 0; leaf < covered.size(); ++leaf)
      if (atoms.sides[*space_.period].contains(leaf) && !covered[leaf]) return false;
    return true;
  }

  const table::AtomSpace& space_;
  const ReleasedTable& table_;
  std::optional<table::QuestionIndex> question_;
  std::vector<LeafSet> whole_;
  bool fits_ = false;
};

std::string named(const Release& release, std::uint32_t table, table::CellIndex cell) {
  return fmt::format("{} ({})", table::words_of_cell(release.tables[table], cell), release.id);
}

void lay_release(const table::AtomSpace& space, const Release& release, EarlierOfPopulation& earlier) {
  std::vector<Overlay> overlays;
  for (const ReleasedTable& table : release.tables) overlays.emplace_back(space, table);
  for (std::uint32_t t = 0; t < release.tables.size(); ++t)
    for (table::CellIndex cell = 0; cell < release.tables[t].cells.size(); ++cell) {
      const table::ReleasedCell& says = release.tables[t].cells[cell];
      if (!says.says_something()) continue;
      if (auto atoms = overlays[t].atoms_of(cell)) earlier.figures.push_back({named(release, t, cell), *std::move(atoms), says.lowest, says.highest});
      else ++earlier.attacked_only;
    }
  for (const table::ReleasedRatio& ratio : release.ratios) {
    auto part = overlays[ratio.part.table].atoms_of(ratio.part.cell), whole = overlays[ratio.whole.table].atoms_of(ratio.whole.cell);
    const int decimals = ratio.decimals - (ratio.kind == table::ReleasedRatio::Kind::average ? 2 : 0);
    if (part && whole)
      earlier.ratios.push_back(
          {fmt::format("the share of {}", named(release, ratio.part.table, ratio.part.cell)), *std::move(part), *std::move(whole), decimals, ratio.units});
    else ++earlier.attacked_only;
  }
}

// What an earlier release hid, none has shown since, and the last one, the draft, shows: it stays hidden.
void add_shown_again(const table::RegionSystem& ground, const std::vector<Release>& together, knowledge::Finding finding,
                     std::vector<knowledge::Finding>& findings) {
  std::map<table::Region, const table::RegionFigure*> hidden;
  const auto is_new = [&](const table::RegionFigure& figure) { return figure.source.release + 1 == together.size(); };
  for (const table::RegionFigure& figure : ground.figures)
    if (!is_new(figure) && together[figure.source.release].tables[figure.source.table].cells[figure.source.cell].is_hidden)
      hidden.emplace(figure.region, &figure);
  if (hidden.empty()) return;
  for (const table::RegionFigure& figure : ground.figures)
    if (!is_new(figure) && figure.is_exact()) hidden.erase(figure.region);
  for (const table::RegionFigure& figure : ground.figures) {
    const auto at = is_new(figure) && figure.is_exact() ? hidden.find(figure.region) : hidden.end();
    if (at == hidden.end()) continue;
    finding.kind = knowledge::FindingKind::exactly_disclosed;
    finding.subject = "what was hidden stays hidden";
    finding.interval = {figure.lowest, figure.highest};
    finding.derivations = {
        {{}, 1, fmt::format("{} was hidden, and is shown as {}", words_of(at->second->source, together), words_of(figure.source, together))}};
    findings.push_back(finding);
  }
}

// The same where the release counted the records of another day: regions of different extracts are never equal, the cells are.
void add_shown_elsewhere(const EarlierOfPopulation& earlier, const table::PublishedPopulation& draft, knowledge::Finding finding,
                         std::vector<knowledge::Finding>& findings) {
  finding.kind = knowledge::FindingKind::exactly_disclosed;
  finding.subject = "what was hidden stays hidden";
  for (const table::PublishedTable& table : draft.tables) {
    if (earlier.hidden_for_its_own_day.empty() || table.design.unit != table::Unit::records) continue;
    const table::TableLayout layout(*draft.space, table.design);
    for (table::CellIndex cell = 0; cell < table.cells.size(); ++cell) {
      const auto value = table::exact_value(table.cells[cell]);
      if (!value || *value == 0) continue;
      const std::vector<table::LeafRange> box = layout.box(cell);
      for (const table::EarlierHidden& hidden : earlier.hidden_for_its_own_day) {
        if (!table::is_same_count(*draft.space, table.design.question, box, hidden.atoms)) continue;
        finding.interval = {*value, *value};
        finding.derivations = {{{}, 1, fmt::format("{} was hidden, and this answer would show it", hidden.words)}};
        const bool is_told = std::any_of(findings.begin(), findings.end(), [&](const knowledge::Finding& known) {
          return known.subject == finding.subject && known.derivations.front().text.starts_with(hidden.words + " was hidden");
        });
        if (!is_told) findings.push_back(finding);
      }
    }
  }
}

std::size_t figures_in(const Release& release) {
  std::size_t figures = release.ratios.size();
  for (const ReleasedTable& table : release.tables)
    figures +=
        static_cast<std::size_t>(std::count_if(table.cells.begin(), table.cells.end(), [](const table::ReleasedCell& cell) { return cell.says_something(); }));
  return figures;
}

// Records of another extract are other records, unless the cells say of which days they are.
bool speaks_of_the_same(const GatheredPopulation& population, const EarlierOfPopulation& earlier, const Release& release) {
  return release.extracted_on == earlier.extracted_on || population.truth.space->period.has_value();
}

// What was hidden and has not been shown since, release by release. A count that a later release shows exactly is known.
void keep_hidden(const GatheredPopulation& population, EarlierOfPopulation& earlier) {
  struct Hidden {
    std::string words;
    bool for_its_own_day = false;
  };
  using Count = std::pair<table::QuestionIndex, std::vector<LeafSet>>;
  const table::AtomSpace& space = *population.truth.space;
  std::map<Count, Hidden> hidden;
  for (const Release& release : earlier.releases) {
    if (!speaks_of_the_same(population, earlier, release)) continue;
    const bool for_its_own_day = release.extracted_on != earlier.extracted_on || release.origin != "answer";
    for (std::uint32_t t = 0; t < release.tables.size(); ++t) {
      const Overlay overlay(space, release.tables[t]);
      for (table::CellIndex cell = 0; cell < release.tables[t].cells.size(); ++cell) {
        const table::ReleasedCell& says = release.tables[t].cells[cell];
        if (!says.is_hidden && (hidden.empty() || says.lowest != says.highest)) continue;
        auto atoms = overlay.atoms_of(cell);
        if (!atoms) continue;
        Count count{atoms->question, std::move(atoms->sides)};
        if (says.is_hidden) hidden.insert_or_assign(std::move(count), Hidden{named(release, t, cell), for_its_own_day});
        else hidden.erase(count);
      }
    }
  }
  for (const auto& [count, one] : hidden) {
    const EarlierAtoms atoms{count.first, count.second};
    earlier.stays_hidden.insert(table::atoms_of(space, atoms));
    if (one.for_its_own_day) earlier.hidden_for_its_own_day.push_back({one.words, atoms});
  }
}

base::Error differs(const std::string& words) {
  return {base::Cause::refused,
          "answer.earlier_differs",
          {},
          fmt::format("the records do not give what was published as '{}'", words),
          "if it was wrong, register the correction; if other records were counted then, its extracted_on is another day"};
}

base::Result<base::Done> check_against(const truth::Population& truth, const EarlierOfPopulation& earlier) {
  for (const table::EarlierFigure& figure : earlier.figures) {
    const std::int64_t count = table::sum_over(table::atoms_of(*truth.space, figure.atoms), truth.counts);
    if (count < figure.lowest || count > figure.highest) return base::fail(differs(figure.words));
  }
  for (const table::EarlierRatio& ratio : earlier.ratios) {
    const std::int64_t part = table::sum_over(table::atoms_of(*truth.space, ratio.numerator), truth.counts);
    if (!table::ratio_fits(part, table::sum_over(table::atoms_of(*truth.space, ratio.denominator), truth.counts), ratio.decimals, ratio.units))
      return base::fail(differs(ratio.words));
  }
  return base::Done{};
}

// A recalled release whose figures are not what the records give.
bool was_wrong(const GatheredPopulation& population, const EarlierRelease& one, base::Date extracted_on) {
  if (one.standing != EarlierStanding::recalled || one.release.extracted_on != extracted_on) return false;
  EarlierOfPopulation alone;
  lay_release(*population.truth.space, one.release, alone);
  return !check_against(population.truth, alone).has_value();
}

}  // namespace

base::Date extracted_on(const request::Case& the_case, const std::string& population) {
  std::optional<base::Date> last;
  for (const request::Question& question : the_case.questions) {
    if (question.population != population) continue;
    for (const request::CaseHolding& holding : the_case.holdings)
      if (holding.id == question.source.holding && (!last || holding.extracted_on > *last)) last = holding.extracted_on;
  }
  return last.value_or(the_case.received);
}

base::Result<EarlierOfPopulation> lay_over(const GatheredPopulation& population, base::Date extracted_on, const std::vector<EarlierRelease>& earlier) {
  EarlierOfPopulation laid;
  laid.extracted_on = extracted_on;
  for (const EarlierRelease& one : earlier) {
    if (one.release.population != population.id) continue;
    laid.releases.push_back(one.release);
    if (was_wrong(population, one, extracted_on)) laid.corrected = one.release.id;
  }
  for (const Release& release : laid.releases) {
    const bool is_corrected = std::any_of(laid.releases.begin(), laid.releases.end(), [&](const Release& later) { return later.corrects == release.id; }) ||
                              laid.corrected == release.id;
    if (release.extracted_on == extracted_on && !is_corrected) lay_release(*population.truth.space, release, laid);
    else laid.attacked_only += figures_in(release);
  }
  CANDOUR_TRY_DONE(check_against(population.truth, laid));
  keep_hidden(population, laid);
  return laid;
}

std::vector<knowledge::Finding> findings_beside(const EarlierOfPopulation& earlier, const table::PublishedPopulation& draft, const policy::Policy& policy) {
  std::vector<knowledge::Finding> findings;
  if (earlier.releases.empty() || draft.tables.empty()) return findings;
  std::vector<Release> together = earlier.releases;
  together.push_back(table::released(draft));
  together.back().id = this_answer;
  together.back().extracted_on = earlier.extracted_on;
  // What this answer corrects of the last release of its extract is seen by whoever compares the two; it counts the records as they are now.
  for (const Release& release : earlier.releases)
    if (release.extracted_on == earlier.extracted_on && !release.corrects.empty()) together.back().corrects = release.corrects;
  if (!earlier.corrected.empty()) together.back().corrects = earlier.corrected;
  knowledge::Finding finding;
  finding.intruder = policy.intruders.empty() ? "the public" : policy.intruders.front().name;
  const auto ground = attack::ground_of(together);
  if (!ground) {
    finding.subject = ground.error().sentence;
    return {finding};
  }
  add_shown_again(*ground, together, finding, findings);
  add_shown_elsewhere(earlier, draft, finding, findings);
  attack::RegionAttackLimits limits;
  limits.differencing.minimum = policy.minimum_frequency.minimum;
  limits.differencing.about = static_cast<std::uint32_t>(together.size() - 1);
  limits.most_atoms = most_pieces_decided;
  limits.most_figures = most_figures_decided;
  const attack::RegionAttack attack = attack::attack_regions(*ground, limits);
  if (attack.undecided > 0) {
    finding.kind = knowledge::FindingKind::undecided;
    finding.subject = "counts of this answer and earlier ones together";
    findings.push_back(finding);
  }
  for (const attack::RegionFinding& found : attack.findings) {
    const attack::RegionFindingWords words = words_of(found, *ground, together);
    if (words.releases == std::vector<std::string>{this_answer}) continue;  // of this answer alone: the attack on it says so itself
    finding.kind = found.kind == attack::RegionFinding::Kind::contradiction ? knowledge::FindingKind::contradiction
                   : found.lowest == found.highest                          ? knowledge::FindingKind::exactly_disclosed
                                                                            : knowledge::FindingKind::shown_small;
    finding.subject = words.subject;
    finding.interval = {found.lowest, found.highest};
    finding.derivations = {{{}, 1, words.derivation}};
    findings.push_back(finding);
  }
  return findings;
}

std::vector<std::string> releases_named_in(const std::vector<knowledge::Finding>& findings, const EarlierOfPopulation& earlier) {
  std::vector<std::string> named;
  for (const Release& release : earlier.releases) {
    const std::string mention = fmt::format("({})", release.id);
    const bool is_named = std::any_of(findings.begin(), findings.end(), [&](const knowledge::Finding& finding) {
      return std::any_of(finding.derivations.begin(), finding.derivations.end(),
                         [&](const knowledge::Derivation& derivation) { return derivation.text.find(mention) != std::string::npos; });
    });
    if (is_named) named.push_back(release.id);
  }
  return named;
}

}  // namespace candour::answer
