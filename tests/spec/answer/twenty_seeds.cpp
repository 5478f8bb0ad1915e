// Twenty other seeds of the example (by day the first three): the plan taken for all its questions together is the best of all plans, and it is not always
// the same one.
//
// A plan whose own tables show a count below the minimum gives that count away and needs no judge. All combinations of the others are judged one by one,
// without order and without pruning; none that may go out may have more detail than the plan taken.

#include "example_case.hpp"

#include <candour/answer/plan_judge.hpp>
#include <candour/answer/prepared_case.hpp>
#include <candour/table/table_design.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <set>

namespace {

using namespace candour;

constexpr int first_seed = 101;
constexpr int seeds_by_day = 3;
constexpr int seeds_at_night = 20;

bool shows_a_small_count(const truth::Population& truth, const table::TableDesign& design, std::int64_t minimum) {
  const table::TableLayout layout(*truth.space, design);
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const auto atoms = layout.atoms(cell);
    if (truth::records_in(truth, atoms) > 0 && truth::people_in(truth, atoms) < minimum) return true;
  }
  return false;
}

// The simple plans of one question (all variables crossed, pairs, one table each, the total, nothing; at all levels) whose own tables show no small count.
std::vector<protect::QuestionPlan> plans_without_small_counts(const answer::PlanTask& task, const answer::QuestionMargins& question) {
  std::set<protect::QuestionPlan> all{{}};
  for (std::size_t i = 0; i < question.size(); ++i)
    for (const auto crossing : {protect::Crossing::one_way, protect::Crossing::pairs, protect::Crossing::full_cross})
      all.insert(protect::plan_of(crossing, question.margin(i)));
  std::vector<protect::QuestionPlan> plans;
  for (const protect::QuestionPlan& plan : all) {
    protect::Plan alone(task.truth->space->questions.size());
    alone[question.asked().question] = plan;
    const auto designs = protect::designs_of(*task.truth->space, *task.asked, alone);
    const bool shows = std::any_of(designs.begin(), designs.end(),
                                   [&](const auto& design) { return shows_a_small_count(*task.truth, design, task.policy->minimum_frequency.minimum); });
    if (!shows) plans.push_back(plan);
  }
  return plans;
}

std::vector<protect::Plan> combinations(const answer::PlanTask& task, const std::vector<answer::QuestionMargins>& questions) {
  std::vector<protect::Plan> all{protect::Plan(task.truth->space->questions.size())};
  for (const answer::QuestionMargins& question : questions) {
    std::vector<protect::Plan> longer;
    for (const protect::QuestionPlan& plan : plans_without_small_counts(task, question))
      for (protect::Plan combined : all) {
        combined[question.asked().question] = plan;
        longer.push_back(std::move(combined));
      }
    all = std::move(longer);
  }
  return all;
}

struct Compared {
  std::string words;              ///< the plan taken
  std::size_t plans = 0;          ///< without a small count of their own
  std::size_t more_detailed = 0;  ///< of them with more detail than the plan taken
  std::size_t better = 0;         ///< of these with evidence for every secret and accepted by attack and gate; must be none
};

Compared compare(const answer::PreparedCase& prepared, std::size_t population) {
  const answer::GatheredPopulation& gathered = prepared.gathered.populations[population];
  const answer::PlanTask task{&gathered.truth, &gathered.asked, &gathered.coverage, &prepared.policy, prepared.key, protect::Treatment::exact, 1};
  const answer::Acceptance accept = answer::acceptance_of(prepared, population);
  const auto searched = answer::search_plans(task, prepared.secrets[population], accept).value();
  Compared compared;
  if (!searched.best || searched.limit_reached) return compared;
  for (const table::TableDesign& asked : gathered.asked)
    compared.words += protect::words_of(*gathered.truth.space, asked, searched.best->plan[asked.question]) + " | ";

  std::vector<answer::QuestionMargins> questions;
  for (const table::TableDesign& asked : gathered.asked) questions.emplace_back(*gathered.truth.space, asked);
  answer::PlanJudge judge(task, prepared.secrets[population], questions);
  const auto plans = combinations(task, questions);
  compared.plans = plans.size();
  for (const protect::Plan& plan : plans) {
    if (!(judge.detail(plan) > searched.best->detail)) continue;
    ++compared.more_detailed;
    if (judge.verdict(plan).value() != answer::PlanVerdict::safe) continue;
    auto draft = judge.draft(plan).value();
    if (draft && accept(*draft)) ++compared.better;
  }
  return compared;
}

TEST(TwentySeeds, take_the_plan_that_trying_every_plan_finds_best_and_not_always_the_same) {
  const bool is_night = std::getenv("CANDOUR_NIGHT") != nullptr;
  const int seeds = is_night ? seeds_at_night : seeds_by_day;
  std::set<std::string> chosen;
  for (int seed = first_seed; seed < first_seed + seeds; ++seed) {
    const test::ExampleCase example(seed);
    ASSERT_TRUE(example.made());
    const auto prepared = answer::prepare_case(example.folder());
    ASSERT_TRUE(prepared.has_value()) << base::to_text(prepared.error().front());
    std::string words;
    for (std::size_t population = 0; population < prepared->gathered.populations.size(); ++population) {
      const Compared compared = compare(*prepared, population);
      EXPECT_FALSE(compared.words.empty()) << "seed " << seed << ": no plan was taken";
      EXPECT_EQ(compared.better, 0U) << "seed " << seed << ": a plan with more detail may go out";
      std::cout << "seed " << seed << ", " << compared.plans << " plans, " << compared.more_detailed << " with more detail, taken: " << compared.words
                << std::endl;
      words += compared.words;
    }
    chosen.insert(words);
  }
  std::cout << chosen.size() << " different plans" << std::endl;
  EXPECT_GE(chosen.size(), is_night ? 3U : 2U);
}

}  // namespace
