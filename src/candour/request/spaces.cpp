#include <candour/base/check.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::request {
namespace {

// The questions of a population whose figures are given, in the order of the request.
std::vector<const Question*> questions_of(const Case& the_case, const CasePopulation& population) {
  std::vector<const Question*> questions;
  for (const Question& question : the_case.questions)
    if (gives_figures(question) && question.population == population.id) questions.push_back(&question);
  return questions;
}

std::vector<bool> covered_periods(const Question& question, const CaseVariable* period) {
  if (period == nullptr || question.coverage.empty()) return {};
  std::vector<bool> covered;
  for (const auto& stretch : stretch_of_leaves(period->variable.hierarchy, question.coverage))
    covered.push_back(!stretch || question.coverage[*stretch].status == table::CoverageStatus::available);
  if (std::ranges::all_of(covered, [](bool is_covered) { return is_covered; })) return {};
  return covered;
}

// A record that a question counts belongs to the question that contains it, everywhere: otherwise a reader would have to think that an arrest might be one of
// nobody who was counted. In periods that the containing question does not cover the membership says nothing (AtomSpace::counts).
std::vector<std::uint32_t> memberships_of(const std::vector<const Question*>& questions) {
  std::vector<std::uint32_t> needed(questions.size(), 0);
  for (std::size_t q = 0; q < questions.size(); ++q)
    for (std::size_t parent = 0; parent < questions.size(); ++parent)
      if (questions[parent]->number == questions[q]->part_of) needed[q] = 1U << parent;
  std::vector<std::uint32_t> memberships;
  for (std::uint32_t set = 1; set < 1U << questions.size(); ++set) {
    bool allowed = true;
    for (std::size_t q = 0; q < questions.size(); ++q) allowed = allowed && ((set >> q & 1U) == 0 || (set & needed[q]) == needed[q]);
    if (allowed) memberships.push_back(set);
  }
  return memberships;
}

std::shared_ptr<table::AtomSpace> space_without_questions(const Case& the_case, const CasePopulation& population) {
  auto space = std::make_shared<table::AtomSpace>();
  space->id = population.id;
  space->label = population.label;
  const CaseVariable* period = period_of(the_case, population);
  for (const std::string& name : population.variables) {
    const CaseVariable* variable = find_variable(the_case, name);
    CANDOUR_CHECK(variable != nullptr, "a loaded case has the variables of its populations");
    if (variable == period) space->period = static_cast<table::VariableIndex>(space->variables.size());
    space->variables.push_back(variable->variable);
  }
  return space;
}

}  // namespace

std::shared_ptr<const table::AtomSpace> atom_space_of(const Case& the_case, const CasePopulation& population) {
  auto space = space_without_questions(the_case, population);
  const CaseVariable* period = period_of(the_case, population);
  const auto questions = questions_of(the_case, population);
  CANDOUR_CHECK(questions.size() < 32, "a loaded case has few questions in a population");
  for (const Question* question : questions) space->questions.push_back({question->number, question->counted_label, covered_periods(*question, period)});
  space->memberships = memberships_of(questions);
  return space;
}

std::shared_ptr<const table::AtomSpace> space_of_records(const Case& the_case, const Question& question) {
  const CasePopulation* population = find_population(the_case, question.population);
  CANDOUR_CHECK(population != nullptr, "a loaded case has the populations of its questions");
  auto space = space_without_questions(the_case, *population);
  space->questions.push_back({question.number, question.counted_label, {}});
  space->memberships = {1};
  return space;
}

std::vector<table::TableDesign> asked_designs(const Case& the_case, const CasePopulation& population, const table::AtomSpace& space) {
  std::vector<table::TableDesign> designs;
  for (const Question* question : questions_of(the_case, population)) {
    const auto index = space.find_question(question->number);
    CANDOUR_CHECK(index.has_value(), "the space holds the questions of its population");
    table::TableDesign design{fmt::format("q{}", question->number), *index, {}, table::Unit::records};
    for (table::VariableIndex v = 0; v < space.variables.size(); ++v) {
      const table::Variable& variable = space.variables[v];
      const auto asked = std::ranges::find(question->by, variable.name, &std::pair<std::string, std::string>::first);
      if (asked == question->by.end()) continue;
      const auto finest = variable.hierarchy.find_level(asked->second);
      CANDOUR_CHECK(finest.has_value(), "a loaded case asks for levels that exist");
      table::ShownVariable shown{v, {}};
      for (int level = 0; level <= *finest; ++level) shown.levels.push_back(level);
      design.by.push_back(std::move(shown));
      design.id += "-" + variable.name;
    }
    designs.push_back(std::move(design));
  }
  return designs;
}

}  // namespace candour::request
