// The second run: somebody who knows the whole method, its key and every number, and has unlimited time. They try each table that fits the figures: would the
// program have printed the same bytes for it? What is the same in all that remain, they know. Measured, not promised (ATTACK-MODEL).

#include <candour/answer/plan_search.hpp>
#include <candour/assess/secrets.hpp>
#include <candour/attack/attack.hpp>
#include <candour/certify/certify.hpp>
#include <candour/table/canonical.hpp>

#include "random_problem.hpp"
#include "tiny_population.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <numeric>

namespace {

using namespace candour;

constexpr std::size_t most_tables = 400;
constexpr std::size_t answers_at_night = 300;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t usual_answers = 4;
#else
constexpr std::size_t usual_answers = 16;
#endif

std::size_t answer_count() {
  const char* wanted = std::getenv("CANDOUR_ORACLE_ANSWERS");
  if (wanted != nullptr) return std::strtoull(wanted, nullptr, 10);
  return std::getenv("CANDOUR_NIGHT") != nullptr ? answers_at_night : usual_answers;
}

policy::Policy rules() {
  policy::Policy policy;
  policy.minimum_frequency.minimum = 3;
  policy.intruders = {{"the public", policy::IntruderKind::the_public, 0},
                      {"a partner", policy::IntruderKind::knows_presence, 0},
                      {"a person in the data", policy::IntruderKind::person_in_the_data, 1},
                      {"two people in the data", policy::IntruderKind::people_in_the_data, 2}};
  return policy;
}

std::vector<knowledge::Knowledge> intruders(const policy::Policy& policy) {
  std::vector<knowledge::Knowledge> all;
  for (const auto& i : policy.intruders)
    all.push_back({{i.name, i.coalition_size, i.kind == policy::IntruderKind::knows_presence ? knowledge::Presence::known : knowledge::Presence::unknown},
                   knowledge::MethodKnowledge::policy_numbers,
                   policy.minimum_frequency.minimum,
                   knowledge::HiddenFor::few_records_or_people});
  return all;
}

// The whole program on one truth: secrets, search, evidence, attack, gate.
table::PublishedPopulation printed(const truth::Population& truth, const std::vector<table::TableDesign>& asked, const policy::Policy& policy) {
  const auto secrets = assess::secrets_of(truth, asked, policy).value();
  const protect::CoverageOfQuestions coverage{std::vector<std::vector<table::CoverageStatus>>(truth.space->questions.size())};
  const auto accept = [&](const answer::PlannedDraft& draft) {
    const auto findings = attack::attack_as_each(draft.published, asked, intruders(policy));
    const std::vector<truth::Population> truths{truth};
    const std::vector<std::vector<table::TableDesign>> all_asked{asked};
    const table::Draft alone{{draft.published}, {draft.evidence}};
    return std::holds_alternative<certify::Sealed>(certify::certify({&truths, &all_asked, &alone, &findings, {}, {}, {}}, policy));
  };
  auto outcome = answer::search_plans({&truth, &asked, &coverage, &policy}, secrets, accept).value();
  return outcome.best ? outcome.best->published : table::PublishedPopulation{truth.space, {}, {}, {}};
}

truth::Population random_truth(std::mt19937_64& dice) {
  const auto space = test_support::nested_space_over(
      {{test_support::flat_hierarchy("x", 2 + dice() % 2), table::Role::identifying}, {test_support::flat_hierarchy("y", 2), table::Role::both}},
      dice() % 4 == 0 ? 2 : 1);
  std::vector<std::int64_t> counts(space->count(), 0);
  for (std::size_t records = 8 + dice() % 14; records > 0; --records) ++counts[dice() % 3 == 0 ? dice() % counts.size() : dice() % (1 + counts.size() / 2)];
  return test_support::population_of(space, std::move(counts));
}

TEST(OracleOfTheChoice, MeasuresTheSecretsThatFallToSomebodyWhoKnowsTheWholeMethod) {
  const policy::Policy policy = rules();
  std::mt19937_64 dice(20261123);
  std::size_t answers = 0, set_aside = 0, nothing_given = 0, tables_tried = 0, same_bytes = 0;
  oracle::Determined by_figures, by_choice;
  while (answers < answer_count()) {
    const truth::Population truth = random_truth(dice);
    std::vector<table::TableDesign> asked;
    for (table::QuestionIndex q = 0; q < truth.space->questions.size(); ++q) asked.push_back(test_support::full_design(*truth.space, q));
    const table::PublishedPopulation published = printed(truth, asked, policy);
    if (published.tables.empty()) {
      ++nothing_given;
      continue;
    }
    const auto tables = oracle::all_tables(published, std::accumulate(truth.counts.begin(), truth.counts.end(), std::int64_t{8}), most_tables);
    if (!tables) {
      ++set_aside;
      continue;
    }
    ++answers;
    const std::string bytes = table::canonical_text({published});
    std::vector<oracle::Counts> same;
    for (const oracle::Counts& counts : *tables) {
      ++tables_tried;
      if (table::canonical_text({printed(test_support::population_of(truth.space, counts), asked, policy)}) == bytes) same.push_back(counts);
    }
    same_bytes += same.size();
    ASSERT_NE(std::find(same.begin(), same.end(), truth.counts), same.end()) << "the same truth twice gives other bytes";
    const oracle::Truth known{truth.space, truth.counts, {}, false, asked};
    const oracle::Rules asked_rules{policy.minimum_frequency.minimum, policy.p_percent, policy.group_disclosure, 2, true};
    const auto figures = oracle::determined_secrets(*tables, known, asked_rules), choice = oracle::determined_secrets(same, known, asked_rules);
    by_figures.secrets += figures.secrets;
    by_figures.determined += figures.determined;
    by_choice.secrets += choice.secrets;
    by_choice.determined += choice.determined;
  }
  const auto percent = [](const oracle::Determined& d) {
    return d.secrets == 0 ? 0.0 : 100.0 * static_cast<double>(d.determined) / static_cast<double>(d.secrets);
  };
  std::cout << answers << " answers with " << by_figures.secrets << " secrets; " << tables_tried << " tables fit their figures, on " << same_bytes
            << " the program prints the same bytes\n"
            << "secrets determined by the figures: " << by_figures.determined << " (" << percent(by_figures)
            << " %); by figures and choice: " << by_choice.determined << " (" << percent(by_choice) << " %)\n"
            << "not measured: " << set_aside << " answers that more than " << most_tables << " tables fit, " << nothing_given << " that give nothing\n";
  EXPECT_EQ(by_figures.determined, 0U);
}

}  // namespace
