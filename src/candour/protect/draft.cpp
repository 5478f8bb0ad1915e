#include <candour/protect/draft.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>
#include <candour/protect/recode/recode.hpp>
#include <candour/protect/uncouple/uncouple.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace candour::protect {
namespace {

std::string name_of_level(const table::AtomSpace& space, const table::TableDesign& asked, std::size_t variable, int level) {
  const table::Variable& v = space.variables[asked.by[variable].variable];
  return level == v.hierarchy.depth() ? v.label : v.hierarchy.level_name(level);
}

std::string lower_case(std::string text) {
  if (text.size() > 1 && text[1] >= 'a' && text[1] <= 'z' && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

// The status of a cell that lies wholly outside coverage: "did not run" only if it did not run throughout.
table::PublishedCell cell_outside(const table::TableLayout& layout, table::CellIndex cell, const CoverageOfQuestions& coverage) {
  const table::QuestionIndex question = layout.design().question;
  const auto& periods = coverage.by_question;
  if (question >= periods.size() || periods[question].empty() || !layout.space().period) return table::NotAvailable{};
  const table::LeafRange range = layout.box(cell)[*layout.space().period];
  for (table::LeafIndex leaf = range.first; leaf < range.end; ++leaf)
    if (periods[question][leaf] != table::CoverageStatus::did_not_run && periods[question][leaf] != table::CoverageStatus::available)
      return table::NotAvailable{periods[question][leaf]};
  return table::NotApplicable{};
}

}  // namespace

bool QuestionPlan::is_total_only() const {
  return margins.size() == 1 && !marked && std::all_of(margins[0].begin(), margins[0].end(), [](int level) { return level == 0; });
}

std::vector<Margin> tables_of(const QuestionPlan& plan) {
  std::vector<Margin> tables = plan.margins;
  if (plan.marked) tables.push_back(*plan.marked);
  return tables;
}

bool adds_up(const Margin& finer, const Margin& coarser) {
  for (std::size_t i = 0; i < coarser.size(); ++i)
    if (finer[i] < coarser[i]) return false;
  return true;
}

QuestionPlan normal_form(QuestionPlan plan) {
  std::sort(plan.margins.begin(), plan.margins.end(), std::greater<>());
  plan.margins.erase(std::unique(plan.margins.begin(), plan.margins.end()), plan.margins.end());
  std::vector<Margin> kept;
  for (const Margin& margin : plan.margins) {
    const bool follows = std::any_of(plan.margins.begin(), plan.margins.end(), [&](const Margin& other) { return other != margin && adds_up(other, margin); });
    if (!follows) kept.push_back(margin);
  }
  plan.margins = std::move(kept);
  std::sort(plan.changed.begin(), plan.changed.end(), std::greater<>());
  plan.changed.erase(std::unique(plan.changed.begin(), plan.changed.end()), plan.changed.end());
  std::vector<Margin> coarsest;
  for (const Margin& margin : plan.changed) {
    const bool follows = std::any_of(plan.changed.begin(), plan.changed.end(), [&](const Margin& other) { return other != margin && adds_up(margin, other); });
    const bool shown = std::any_of(plan.margins.begin(), plan.margins.end(), [&](const Margin& table) { return adds_up(table, margin); });
    if (!follows && shown) coarsest.push_back(margin);
  }
  plan.changed = std::move(coarsest);
  if (plan.changed.empty()) plan.how_changed = HowChanged::rounded;
  if (plan.marked && tells_no_less({plan.margins}, {{*plan.marked}})) plan.marked.reset();
  if (plan.is_withheld()) plan.treatment = Treatment::exact;
  return plan;
}

bool is_changed(const QuestionPlan& plan, const Margin& margin) {
  return std::any_of(plan.changed.begin(), plan.changed.end(), [&](const Margin& from) { return adds_up(margin, from); });
}

QuestionPlan plan_of(Crossing crossing, const std::vector<int>& levels, Treatment treatment) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < levels.size(); ++i)
    if (levels[i] > 0) shown.push_back(i);
  if (shown.empty() && crossing != Crossing::withheld) crossing = Crossing::total_only;
  if (crossing == Crossing::pairs && shown.size() == 1) crossing = Crossing::one_way;
  QuestionPlan plan{{}, treatment};
  for (const std::vector<std::size_t>& variables : tables_of_crossing(crossing, shown)) {
    Margin margin(levels.size(), 0);
    for (const std::size_t variable : variables) margin[variable] = levels[variable];
    plan.margins.push_back(std::move(margin));
  }
  return normal_form(std::move(plan));
}

bool tells_no_less(const QuestionPlan& finer, const QuestionPlan& coarser) {
  const std::vector<Margin> tables = tables_of(finer), asked = tables_of(coarser);
  return std::all_of(asked.begin(), asked.end(), [&](const Margin& margin) {
    return std::any_of(tables.begin(), tables.end(), [&](const Margin& table) { return adds_up(table, margin); });
  });
}

namespace {

bool same_variables(const Margin& a, const Margin& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](int left, int right) { return (left > 0) == (right > 0); });
}

// Whether a second table of the plan crosses the same variables at other levels: then names must tell the levels too.
bool needs_levels_in_name(const std::vector<Margin>& tables, const Margin& margin) {
  return std::count_if(tables.begin(), tables.end(), [&](const Margin& other) { return same_variables(other, margin); }) > 1;
}

std::string as_part_of_a_file_name(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) out += c;
    else if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    else if (!out.empty() && out.back() != '-') out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

}  // namespace

std::vector<table::TableDesign> designs_of(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& plan) {
  std::vector<table::TableDesign> designs;
  const std::vector<Margin> tables = tables_of(plan);
  for (const Margin& margin : tables) {
    table::TableDesign design{fmt::format("q{}", space.questions[asked.question].id), asked.question, {}, asked.unit};
    const bool with_levels = needs_levels_in_name(tables, margin);
    for (std::size_t i = 0; i < margin.size(); ++i) {
      if (margin[i] == 0) continue;
      const table::Variable& variable = space.variables[asked.by[i].variable];
      design.by.push_back(recoded(asked.by[i], margin[i]));
      design.id += "-" + variable.name;
      if (with_levels && margin[i] < variable.hierarchy.depth()) design.id += "-" + as_part_of_a_file_name(variable.hierarchy.level_name(margin[i]));
    }
    if (design.by.empty()) design.id += "-total";
    designs.push_back(std::move(design));
  }
  return designs;
}

std::vector<table::TableDesign> designs_of(const table::AtomSpace& space, const std::vector<table::TableDesign>& asked, const Plan& plan) {
  std::vector<table::TableDesign> designs;
  for (const table::TableDesign& design : asked) {
    std::vector<table::TableDesign> of_question = designs_of(space, design, plan[design.question]);
    std::move(of_question.begin(), of_question.end(), std::back_inserter(designs));
  }
  return designs;
}

std::vector<table::ZeroConvention> conventions_of(const std::vector<table::TableDesign>& asked, const Plan& plan, table::ZeroConvention usual) {
  std::vector<table::ZeroConvention> conventions;
  for (const table::TableDesign& design : asked) {
    conventions.insert(conventions.end(), plan[design.question].margins.size(), usual);
    if (plan[design.question].marked) conventions.push_back(table::ZeroConvention::hidden_may_be_zero);
  }
  return conventions;
}

namespace {

std::string words_of_table(const table::AtomSpace& space, const table::TableDesign& asked, const Margin& margin) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < margin.size(); ++i)
    if (margin[i] > 0) names.push_back(lower_case(name_of_level(space, asked, i, margin[i])));
  return names.empty() ? "the total" : "by " + base::joined(names, " and ");
}

}  // namespace

std::string words_of(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& plan) {
  if (plan.is_withheld()) return "nothing";
  if (plan.is_total_only()) return "the total only";
  std::vector<std::string> tables;
  for (const Margin& margin : plan.margins) tables.push_back(words_of_table(space, asked, margin));
  if (plan.treatment == Treatment::suppress) tables.emplace_back("some cells hidden");
  for (const Margin& margin : plan.changed)
    tables.push_back(fmt::format("figures {} {}", words_of_table(space, asked, margin), plan.how_changed == HowChanged::rounded ? "rounded" : "with noise"));
  if (plan.marked) tables.push_back(fmt::format("{} with some figures and noughts hidden", words_of_table(space, asked, *plan.marked)));
  return base::joined(tables, "; ");
}

std::string words_of_what_more(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& finer, const QuestionPlan& taken) {
  if (finer.is_withheld() || finer.is_total_only()) return words_of(space, asked, finer);
  std::vector<std::string> tables;
  for (const Margin& margin : finer.margins)
    if (!tells_no_less(taken, {{margin}, Treatment::exact})) tables.push_back(words_of_table(space, asked, margin));
  return base::joined(tables, "; ");
}

namespace {

// The variables of a table; with their levels where another table of the question crosses the same ones at other levels.
std::vector<std::string> names_in_title(const table::AtomSpace& space, const std::vector<table::TableDesign>& designs, const table::TableDesign& design) {
  const auto crosses_the_same = [&](const table::TableDesign& other) {
    return other.question == design.question && std::equal(other.by.begin(), other.by.end(), design.by.begin(), design.by.end(),
                                                           [](const auto& a, const auto& b) { return a.variable == b.variable; });
  };
  const bool with_levels = std::count_if(designs.begin(), designs.end(), crosses_the_same) > 1;
  std::vector<std::string> names;
  for (const table::ShownVariable& shown : design.by) {
    const table::Variable& variable = space.variables[shown.variable];
    const bool finest = shown.levels.back() == variable.hierarchy.depth();
    names.push_back(lower_case(with_levels && !finest ? variable.hierarchy.level_name(shown.levels.back()) : variable.label));
  }
  return names;
}

}  // namespace

table::PublishedPopulation publish(const truth::Population& truth, const std::vector<table::TableDesign>& designs, const HiddenPattern& hidden,
                                   const CoverageOfQuestions& coverage, table::ZeroConvention convention) {
  return publish(truth, designs, hidden, coverage, std::vector<table::ZeroConvention>(designs.size(), convention));
}

table::PublishedPopulation publish(const truth::Population& truth, const std::vector<table::TableDesign>& designs, const HiddenPattern& hidden,
                                   const CoverageOfQuestions& coverage, const std::vector<table::ZeroConvention>& conventions) {
  table::PublishedPopulation published;
  published.space = truth.space;
  published.earlier_figures = coverage.earlier_figures;
  published.earlier_ratios = coverage.earlier_ratios;
  published.earlier_hidden = coverage.earlier_hidden;
  for (std::uint32_t number = 0; number < designs.size(); ++number) {
    const table::TableDesign& design = designs[number];
    const table::TableLayout layout(*truth.space, design);
    std::vector<std::string> names = names_in_title(*truth.space, designs, design);
    const std::string& counted = truth.space->questions[design.question].label;
    table::PublishedTable table{
        names.empty() ? fmt::format("{}: total", counted) : fmt::format("{} by {}", counted, base::joined(names, " and ")), design, conventions[number], 0, {}};
    for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
      if (layout.is_outside_coverage(cell)) {
        table.cells.push_back(cell_outside(layout, cell, coverage));
        continue;
      }
      const std::int64_t count = truth::records_in(truth, layout.atoms(cell));
      const bool hide = hidden.contains({number, cell});
      CANDOUR_CHECK(!hide || count > 0 || conventions[number] == table::ZeroConvention::hidden_may_be_zero,
                    "a hidden cell is at least 1 under this convention");
      table.cells.push_back(hide ? table::PublishedCell(table::Suppressed{}) : table::PublishedCell(table::Value{count}));
    }
    published.tables.push_back(std::move(table));
  }
  return published;
}

}  // namespace candour::protect
