#include <candour/answer/plan_words.hpp>

#include <candour/base/text.hpp>
#include <candour/release/kept_words.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace candour::answer {
namespace {

struct Small {
  std::int64_t cells = 0;
  std::set<table::AtomIndex> atoms;
  std::string first;
};

Small small_counts_in(const truth::Population& truth, const table::TableDesign& design, std::int64_t minimum) {
  Small small;
  const table::TableLayout layout(*truth.space, design);
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const std::vector<table::AtomIndex> atoms = layout.atoms(cell);
    const std::int64_t records = truth::records_in(truth, atoms);
    if (records == 0 || (records >= minimum && (truth.people == truth::PeopleKnown::unknown || truth::people_in(truth, atoms) >= minimum))) continue;
    ++small.cells;
    small.atoms.insert(atoms.begin(), atoms.end());
    if (!small.first.empty()) continue;
    std::vector<std::string> names;
    const std::vector<table::NodeIndex> nodes = layout.nodes(cell);
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (nodes[i] != 0) names.push_back(truth.space->variables[design.by[i].variable].hierarchy.label(nodes[i]));
    small.first = fmt::format("the table itself would show {}: {}", base::joined(names, ", "), records);
  }
  return small;
}

std::int64_t people_in(const truth::Population& truth, const std::set<table::AtomIndex>& atoms) {
  return truth::people_in(truth, std::vector<table::AtomIndex>(atoms.begin(), atoms.end()));
}

// What the attack finds on the plan with the step, nothing hidden.
void attack_step(const PreparedCase& prepared, const GatheredPopulation& population, const protect::Plan& plan, attack::KnownTables known, StepNotTaken& step) {
  auto published = protect::publish(population.truth, protect::designs_of(*population.truth.space, population.asked, plan), {}, population.coverage,
                                    protect::conventions_of(population.asked, plan, prepared.policy.convention));
  if (prepared.change)
    protect::change_figures(population.asked, plan, *prepared.change, published,
                            protect::known_counts(*population.truth.space, population.coverage.earlier_figures));
  std::set<table::AtomIndex> atoms;
  for (const knowledge::Finding& finding :
       findings_of_all_intruders(published, population.asked, prepared.policy, known, attack::Thoroughness::first_explained)) {
    if (finding.kind == knowledge::FindingKind::undecided || finding.kind == knowledge::FindingKind::contradiction) continue;
    ++step.counts;
    const auto& touched = finding.group.empty() ? finding.atoms : finding.group;
    atoms.insert(touched.begin(), touched.end());
    if (!step.intruder.empty()) continue;
    step.intruder = finding.intruder;
    if (!finding.derivations.empty()) step.derivation = finding.derivations.front().text;
  }
  step.people = people_in(population.truth, atoms);
}

}  // namespace

std::vector<std::string> kept_of_variables(const table::AtomSpace& space, const table::TableDesign& asked, const protect::QuestionPlan& plan) {
  std::vector<release::AskedVariable> variables;
  for (const table::ShownVariable& shown : asked.by) variables.push_back({shown.variable, shown.levels.back()});
  std::vector<table::TableDesign> designs;
  for (const protect::Margin& margin : protect::tables_of(plan)) {
    designs.push_back({{}, asked.question, {}, asked.unit});
    for (std::size_t v = 0; v < margin.size(); ++v)
      if (margin[v] > 0) designs.back().by.push_back({asked.by[v].variable, {0, margin[v]}});
  }
  std::vector<const table::TableDesign*> given;
  for (std::size_t i = 0; i < plan.margins.size(); ++i) given.push_back(&designs[i]);
  return release::kept_of(space, variables, given, plan.marked ? &designs.back() : nullptr);
}

std::vector<StepNotTaken> steps_not_taken(const PreparedCase& prepared, std::size_t number, const PlannedDraft& draft) {
  const GatheredPopulation& population = prepared.gathered.populations[number];
  const table::AtomSpace& space = *population.truth.space;
  const auto known = witness_tables(population.truth, draft.evidence);
  std::vector<StepNotTaken> steps;
  for (const table::TableDesign& asked : population.asked) {
    const QuestionMargins question(space, asked);
    const MarginSet taken = question.set_of(draft.plan[asked.question]);
    for (const std::size_t finer : question.next(taken)) {
      const protect::QuestionPlan alone{{question.margin(finer)}, protect::Treatment::exact};
      StepNotTaken step{space.questions[asked.question].id, protect::words_of(space, asked, alone), {}, {}, 0, 0};
      const Small small = small_counts_in(population.truth, question.design(space, finer), prepared.policy.minimum_frequency.minimum);
      if (small.cells > 0) {
        step.intruder = prepared.policy.intruders.front().name;
        step.derivation = small.first;
        step.counts = small.cells;
        step.people = people_in(population.truth, small.atoms);
      } else {
        protect::Plan plan = draft.plan;
        plan[asked.question].margins = question.plan(question.with(taken, finer)).margins;
        for (protect::QuestionPlan& of_question : plan) of_question.treatment = protect::Treatment::exact, of_question.marked.reset();
        attack_step(prepared, population, plan, known, step);
      }
      steps.push_back(std::move(step));
    }
  }
  return steps;
}

}  // namespace candour::answer
