#include <candour/answer/join_categories.hpp>

#include <candour/base/check.hpp>
#include <candour/table/joined_categories.hpp>
#include <candour/truth/relaid.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace candour::answer {
namespace {

constexpr std::int64_t times_the_minimum[] = {3, 24};

const table::ShownVariable* shown_in(const table::TableDesign& design, table::VariableIndex variable) {
  const auto at = std::find_if(design.by.begin(), design.by.end(), [&](const auto& shown) { return shown.variable == variable; });
  return at == design.by.end() ? nullptr : &*at;
}

std::vector<table::LeafRange> box_of(const table::AtomSpace& space, table::VariableIndex variable, table::LeafRange leaves) {
  std::vector<table::LeafRange> box;
  for (const table::Variable& each : space.variables) box.push_back(each.hierarchy.leaves(0));
  box[variable] = leaves;
  return box;
}

std::int64_t records_in(const truth::Population& truth, table::QuestionIndex question, table::VariableIndex variable, table::LeafRange leaves) {
  return truth::records_in(truth, table::atoms_in_box(*truth.space, question, box_of(*truth.space, variable, leaves)));
}

bool may_be_joined(const GatheredPopulation& population, table::VariableIndex variable) {
  const table::AtomSpace& space = *population.truth.space;
  const int finest = space.variables[variable].hierarchy.depth();
  if (space.period == variable && std::any_of(space.questions.begin(), space.questions.end(), [](const auto& q) { return !q.covered_periods.empty(); }))
    return false;
  return std::all_of(population.asked.begin(), population.asked.end(), [&](const table::TableDesign& design) {
    const table::ShownVariable* shown = shown_in(design, variable);
    return shown == nullptr || shown->levels.back() == finest;
  });
}

// The question asked by the variable that counts most: what is large enough for it need not be for another, which then gets coarser tables.
std::optional<table::QuestionIndex> question_that_rules(const GatheredPopulation& population, table::VariableIndex variable) {
  std::optional<table::QuestionIndex> rules;
  std::int64_t most = -1;
  const table::LeafRange all = population.truth.space->variables[variable].hierarchy.leaves(0);
  for (const table::TableDesign& design : population.asked) {
    const std::int64_t records = records_in(population.truth, design.question, variable, all);
    if (shown_in(design, variable) == nullptr || records <= most) continue;
    most = records;
    rules = design.question;
  }
  return rules;
}

table::PublishedStatement statement_of(const GatheredPopulation& population, const table::AtomSpace& space, table::VariableIndex variable,
                                       table::QuestionIndex question, const table::JoinedCategories& joined) {
  table::CountsBetween counts;
  for (const table::BoundOfLeaves& bound : joined.bounds)
    counts.counts.push_back({question, box_of(space, variable, bound.leaves), bound.lowest, bound.highest});
  const auto asking =
      std::count_if(population.asked.begin(), population.asked.end(), [&](const auto& design) { return shown_in(design, variable) != nullptr; });
  return {fmt::format("joined-{}", space.variables[variable].name), asking == 1 ? space.questions[question].id : "", table::StatementPlace::note,
          joined.sentence, std::move(counts)};
}

std::optional<GatheredPopulation> joined(const GatheredPopulation& given, table::VariableIndex variable, const policy::Policy& policy) {
  const auto question = question_that_rules(given, variable);
  if (!question) return std::nullopt;
  const table::Variable& before = given.truth.space->variables[variable];
  std::vector<std::int64_t> counts, thresholds;
  for (table::LeafIndex leaf = 0; leaf < before.hierarchy.leaf_count(); ++leaf)
    counts.push_back(records_in(given.truth, *question, variable, {leaf, leaf + 1}));
  for (const std::int64_t times : times_the_minimum) thresholds.push_back(times * policy.minimum_frequency.minimum);
  auto made = table::join_categories(before.hierarchy, counts, thresholds, before.label);
  if (!made) return std::nullopt;
  auto space = std::make_shared<table::AtomSpace>(*given.truth.space);
  space->variables[variable].hierarchy = made->hierarchy;
  GatheredPopulation population = given;
  auto relaid = truth::relaid(given.truth, space);
  CANDOUR_CHECK(relaid.has_value(), "joined categories have the leaves of those given");
  population.truth = *std::move(relaid);
  for (table::TableDesign& design : population.asked)
    for (table::ShownVariable& shown : design.by) {
      if (shown.variable != variable) continue;
      shown.levels.clear();
      for (int level = 0; level <= made->hierarchy.depth(); ++level) shown.levels.push_back(level);
    }
  population.joined.push_back({variable, statement_of(population, *space, variable, *question, *made)});
  return population;
}

protect::Detail most_of(const GatheredPopulation& population, const policy::Policy& policy, const Pins& pins) {
  return most_without_small_counts(
      {&population.truth, &population.asked, &population.coverage, &policy, {}, protect::Treatment::exact, 1, pins, 0, {}, population.joined});
}

}  // namespace

void join_where_it_tells_more(GatheredPopulation& population, const std::vector<table::VariableIndex>& variables, const policy::Policy& policy,
                              const Pins& pins) {
  if (variables.empty() || policy.minimum_frequency.minimum <= 1) return;
  protect::Detail most = most_of(population, policy, pins);
  for (const table::VariableIndex variable : variables) {
    if (!may_be_joined(population, variable)) continue;
    auto with = joined(population, variable, policy);
    if (!with) continue;
    const protect::Detail detail = most_of(*with, policy, pins);
    if (!(detail > most)) continue;
    population = *std::move(with);
    most = detail;
  }
}

}  // namespace candour::answer
