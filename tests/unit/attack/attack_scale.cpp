#include <candour/attack/attack.hpp>

#include "tiny_population.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <iostream>
#include <random>

namespace {

using namespace candour;
using table::Role;

// About the size of a real request: 30 months in quarters, 12 age bands, 4 ethnic groups, three nested questions: 4,320 atoms.
truth::Population request_sized() {
  const auto space = test_support::nested_space_over({{test_support::grouped_hierarchy("month", std::vector<unsigned>(10, 3)), Role::identifying},
                                                      {test_support::flat_hierarchy("age", 12), Role::both},
                                                      {test_support::flat_hierarchy("ethnicity", 4), Role::both}},
                                                     3);
  std::mt19937 generator(7);
  std::vector<std::int64_t> counts(space->count(), 0);
  for (int record = 0; record < 3000; ++record) {
    // A few bands and groups hold most records, as they do.
    const auto age = std::min(generator() % 12, generator() % 12);
    const auto group = std::min({generator() % 4, generator() % 4, generator() % 4});
    const auto membership = std::min({generator() % 3, generator() % 3, generator() % 3});
    ++counts[((generator() % 30 * 12 + age) * 4 + group) * 3 + membership];
  }
  return test_support::population_of(space, std::move(counts));
}

// Every count below 5 hidden, and nothing else: it leaks everywhere.
table::PublishedTable hiding_small(const truth::Population& truth, const table::TableDesign& design) {
  const table::TableLayout layout(*truth.space, design);
  std::vector<table::CellIndex> hidden;
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const std::int64_t records = truth::records_in(truth, layout.atoms(cell));
    if (records > 0 && records < 5) hidden.push_back(cell);
  }
  return test_support::table_hiding(truth, design, hidden);
}

struct Timed {
  std::size_t findings = 0;
  double seconds = 0;
};

Timed attacked(const truth::Population& truth, const table::PublishedPopulation& published, std::int64_t coalition, attack::Thoroughness thoroughness) {
  std::vector<table::TableDesign> asked;
  for (table::QuestionIndex q = 0; q < truth.space->questions.size(); ++q) asked.push_back(test_support::full_design(*truth.space, q));
  const std::clock_t started = std::clock();
  attack::AttackLimits limits;
  limits.thoroughness = thoroughness;
  const auto findings = attack::attack(
      published, asked,
      {{"an intruder", coalition, knowledge::Presence::unknown}, knowledge::MethodKnowledge::policy_numbers, 5, knowledge::HiddenFor::few_records_or_people},
      limits);
  return {findings.size(), static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC};
}

void report(const char* what, const Timed& timed) { std::cout << what << ": " << timed.findings << " findings, " << timed.seconds << " s" << std::endl; }

TEST(AttackAtScale, AnswersOneWayTablesOfThreeNestedQuestions) {
  const auto truth = request_sized();
  table::PublishedPopulation published{truth.space, {}, {}, {}};
  for (table::QuestionIndex q = 0; q < 3; ++q)
    for (table::VariableIndex v = 0; v < 3; ++v)
      published.tables.push_back(
          test_support::exact_table(truth, {"one-way", q, {{v, v == 0 ? std::vector<int>{0, 1} : std::vector<int>{0, 1}}}, table::Unit::records}));
  report("one-way, the public", attacked(truth, published, 0, attack::Thoroughness::first_finding));
  report("one-way, two people", attacked(truth, published, 2, attack::Thoroughness::first_finding));
  published.statements.push_back({"why", "1", table::StatementPlace::reason, "", table::SmallCountsIn{test_support::full_design(*truth.space, 2), 5}});
  report("one-way with a reason, the public", attacked(truth, published, 0, attack::Thoroughness::first_finding));
  report("one-way with a reason, two people", attacked(truth, published, 2, attack::Thoroughness::first_finding));
}

TEST(AttackAtScale, AnswersTwoWayTablesWithHiddenCells) {
  const auto truth = request_sized();
  table::PublishedPopulation published{truth.space, {}, {}, {}};
  for (table::QuestionIndex q = 0; q < 3; ++q) {
    published.tables.push_back(hiding_small(truth, {"month-age", q, {{0, {0, 1}}, {1, {0, 1}}}, table::Unit::records}));
    published.tables.push_back(hiding_small(truth, {"month-ethnicity", q, {{0, {0, 1}}, {2, {0, 1}}}, table::Unit::records}));
    published.tables.push_back(hiding_small(truth, {"age-ethnicity", q, {{1, {0, 1}}, {2, {0, 1}}}, table::Unit::records}));
  }
  report("two-way, the public, the first finding", attacked(truth, published, 0, attack::Thoroughness::first_finding));
  report("two-way, the public", attacked(truth, published, 0, attack::Thoroughness::everything));
  report("two-way, two people, the first finding", attacked(truth, published, 2, attack::Thoroughness::first_finding));
}

TEST(AttackAtScale, AnswersTheFullCrossWithHiddenCells) {
  const auto truth = request_sized();
  table::PublishedPopulation published{truth.space, {}, {}, {}};
  for (table::QuestionIndex q = 0; q < 3; ++q) published.tables.push_back(hiding_small(truth, test_support::full_design(*truth.space, q)));
  report("full cross, the public", attacked(truth, published, 0, attack::Thoroughness::first_finding));
  report("full cross, two people", attacked(truth, published, 2, attack::Thoroughness::first_finding));
}

}  // namespace
