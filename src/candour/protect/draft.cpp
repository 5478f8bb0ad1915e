#include <candour/protect/draft.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>
#include <candour/protect/recode/recode.hpp>
#include <candour/protect/uncouple/uncouple.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::protect {
namespace {

std::vector<std::size_t> shown_variables(const QuestionPlan& plan) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < plan.levels.size(); ++i)
    if (plan.levels[i] > 0) shown.push_back(i);
  return shown;
}

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

QuestionPlan normal_form(QuestionPlan plan, std::size_t variable_count) {
  plan.levels.resize(variable_count, 0);
  const std::size_t shown = shown_variables(plan).size();
  if (plan.crossing != Crossing::withheld && shown == 0) plan.crossing = Crossing::total_only;
  if (plan.crossing >= Crossing::one_way && shown == 1) plan.crossing = Crossing::full_cross;
  if (plan.crossing == Crossing::pairs && shown == 2) plan.crossing = Crossing::full_cross;
  if (plan.crossing <= Crossing::total_only) std::fill(plan.levels.begin(), plan.levels.end(), 0);
  if (plan.crossing == Crossing::withheld) plan.treatment = Treatment::exact;
  return plan;
}

bool tells_no_less(const QuestionPlan& finer, const QuestionPlan& coarser) {
  if (coarser.crossing == Crossing::withheld) return true;
  if (finer.crossing == Crossing::withheld) return false;
  for (std::size_t i = 0; i < coarser.levels.size(); ++i)
    if (finer.levels[i] < coarser.levels[i]) return false;
  const auto tables = tables_of_crossing(finer.crossing, shown_variables(finer));
  const auto needed = tables_of_crossing(coarser.crossing, shown_variables(coarser));
  return std::all_of(needed.begin(), needed.end(), [&](const auto& margin) {
    return std::any_of(tables.begin(), tables.end(),
                       [&](const auto& table) { return std::includes(table.begin(), table.end(), margin.begin(), margin.end()); });
  });
}

std::vector<table::TableDesign> designs_of(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& plan) {
  std::vector<table::TableDesign> designs;
  for (const std::vector<std::size_t>& variables : tables_of_crossing(plan.crossing, shown_variables(plan))) {
    table::TableDesign design{fmt::format("q{}", space.questions[asked.question].id), asked.question, {}, asked.unit};
    if (variables.empty()) design.id += "-total";
    for (const std::size_t variable : variables) {
      design.by.push_back(recoded(asked.by[variable], plan.levels[variable]));
      design.id += "-" + space.variables[asked.by[variable].variable].name;
    }
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

namespace {

std::string words_of_table(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& plan,
                           const std::vector<std::size_t>& variables) {
  std::vector<std::string> names;
  for (const std::size_t variable : variables) names.push_back(lower_case(name_of_level(space, asked, variable, plan.levels[variable])));
  return "by " + base::joined(names, " and ");
}

// Whether a table of the plan holds the figures by these variables, at least at these levels.
bool holds(const QuestionPlan& plan, const std::vector<std::size_t>& variables, const std::vector<int>& levels) {
  if (plan.crossing == Crossing::withheld) return false;
  const auto tables = tables_of_crossing(plan.crossing, shown_variables(plan));
  return std::all_of(variables.begin(), variables.end(),
                     [&](std::size_t variable) { return !plan.levels.empty() && plan.levels[variable] >= levels[variable]; }) &&
         std::any_of(tables.begin(), tables.end(),
                     [&](const auto& table) { return std::includes(table.begin(), table.end(), variables.begin(), variables.end()); });
}

}  // namespace

std::string words_of(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& plan) {
  if (plan.crossing == Crossing::withheld) return "nothing";
  if (plan.crossing == Crossing::total_only) return "the total only";
  std::vector<std::string> tables;
  for (const auto& variables : tables_of_crossing(plan.crossing, shown_variables(plan))) tables.push_back(words_of_table(space, asked, plan, variables));
  if (plan.treatment == Treatment::suppress) tables.emplace_back("some cells hidden");
  return base::joined(tables, "; ");
}

std::string words_of_what_more(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& finer, const QuestionPlan& taken) {
  if (finer.crossing <= Crossing::total_only) return words_of(space, asked, finer);
  std::vector<std::string> tables;
  for (const auto& variables : tables_of_crossing(finer.crossing, shown_variables(finer)))
    if (!holds(taken, variables, finer.levels)) tables.push_back(words_of_table(space, asked, finer, variables));
  return base::joined(tables, "; ");
}

table::PublishedPopulation publish(const truth::Population& truth, const std::vector<table::TableDesign>& designs, const HiddenPattern& hidden,
                                   const CoverageOfQuestions& coverage, table::ZeroConvention convention) {
  table::PublishedPopulation published;
  published.space = truth.space;
  published.earlier_figures = coverage.earlier_figures;
  published.earlier_ratios = coverage.earlier_ratios;
  for (std::uint32_t number = 0; number < designs.size(); ++number) {
    const table::TableDesign& design = designs[number];
    const table::TableLayout layout(*truth.space, design);
    std::vector<std::string> names;
    for (const table::ShownVariable& shown : design.by) names.push_back(lower_case(truth.space->variables[shown.variable].label));
    const std::string& counted = truth.space->questions[design.question].label;
    table::PublishedTable table{
        names.empty() ? fmt::format("{}: total", counted) : fmt::format("{} by {}", counted, base::joined(names, " and ")), design, convention, 0, {}};
    for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
      if (layout.is_outside_coverage(cell)) {
        table.cells.push_back(cell_outside(layout, cell, coverage));
        continue;
      }
      const std::int64_t count = truth::records_in(truth, layout.atoms(cell));
      const bool hide = hidden.contains({number, cell});
      CANDOUR_CHECK(!hide || count > 0 || convention == table::ZeroConvention::hidden_may_be_zero, "a hidden cell is at least 1 under this convention");
      table.cells.push_back(hide ? table::PublishedCell(table::Suppressed{}) : table::PublishedCell(table::Value{count}));
    }
    published.tables.push_back(std::move(table));
  }
  return published;
}

}  // namespace candour::protect
