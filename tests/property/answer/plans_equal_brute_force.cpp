// The plan that the search takes against trying all plans with brute force: every plan of every question is laid before an oracle that looks at all tables that
// fit its figures and knows nothing of evidence, pruning or order. The most detailed plan that the oracle lets pass has the detail of the plan taken.

#include <candour/answer/plan_search.hpp>
#include <candour/assess/secrets.hpp>
#include <candour/protect/detail.hpp>

#include "oracle.hpp"
#include "tiny_population.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <numeric>
#include <random>

namespace {

using namespace candour;

constexpr std::size_t most_tables = 6000;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int usual_cases = 20;
#else
constexpr int usual_cases = 600;
#endif

policy::Policy rules() {
  policy::Policy policy;
  policy.minimum_frequency.minimum = 3;
  policy.intruders = {{"the public", policy::IntruderKind::the_public, 0},
                      {"a partner", policy::IntruderKind::knows_presence, 0},
                      {"a person in the data", policy::IntruderKind::person_in_the_data, 1},
                      {"two people in the data", policy::IntruderKind::people_in_the_data, 2}};
  return policy;
}

struct Case {
  truth::Population truth;
  std::vector<table::TableDesign> asked;
  policy::Policy policy = rules();
  protect::CoverageOfQuestions coverage;
};

Case random_case(std::mt19937_64& dice) {
  const auto x = dice() % 2 == 0 ? test_support::grouped_hierarchy("x", {2, 1}) : test_support::flat_hierarchy("x", 2 + dice() % 2);
  const unsigned questions = dice() % 4 == 0 ? 2 : 1;
  const auto space = test_support::nested_space_over({{x, table::Role::identifying}, {test_support::flat_hierarchy("y", 2), table::Role::both}}, questions);
  std::vector<std::int64_t> counts(space->count(), 0);
  const std::size_t most = counts.size() > 6 ? 9 : 24;
  for (std::size_t records = 6 + dice() % most; records > 0; --records) ++counts[dice() % 3 == 0 ? dice() % counts.size() : dice() % (1 + counts.size() / 2)];
  Case one{test_support::population_of(space, std::move(counts)), {}, rules(), {}};
  for (table::QuestionIndex q = 0; q < space->questions.size(); ++q) one.asked.push_back(test_support::full_design(*space, q));
  one.coverage.by_question.resize(space->questions.size());
  return one;
}

struct Plans {
  std::vector<protect::Plan> all;
  explicit Plans(const Case& one) : all{protect::Plan(one.truth.space->questions.size())} {
    for (const table::TableDesign& asked : one.asked) {
      const answer::QuestionLattice lattice(*one.truth.space, asked);
      std::vector<protect::Plan> longer;
      for (std::size_t i = 0; i < lattice.size(); ++i)
        for (protect::Plan plan : all) {
          plan[asked.question] = lattice.plan(i);
          longer.push_back(std::move(plan));
        }
      all = std::move(longer);
    }
  }
};

table::PublishedPopulation published(const Case& one, const protect::Plan& plan) {
  return protect::publish(one.truth, protect::designs_of(*one.truth.space, one.asked, plan), {}, one.coverage, one.policy.convention);
}

// Nothing where too many tables fit.
std::optional<bool> passes(const Case& one, const protect::Plan& plan) {
  const auto figures = published(one, plan);
  if (figures.tables.empty()) return true;
  const auto tables = oracle::all_tables(figures, std::accumulate(one.truth.counts.begin(), one.truth.counts.end(), std::int64_t{8}), most_tables);
  if (!tables) return std::nullopt;
  const oracle::Truth known{one.truth.space, one.truth.counts, {}, false, one.asked};
  for (const std::int64_t coalition : {0, 1, 2})
    for (const bool presence : {false, true}) {
      if (presence && coalition > 0) continue;
      if (!oracle::judge(*tables, figures, known,
                         {one.policy.minimum_frequency.minimum, one.policy.p_percent, one.policy.group_disclosure, coalition, presence})
               .is_safe)
        return false;
    }
  return true;
}

TEST(Plans, TakenAreTheBestOfAllThatBruteForceLetsPass) {
  std::mt19937_64 dice(20261127);
  int cases = 0, set_aside = 0, more_than_nothing = 0;
  std::int64_t tried = 0, of = 0;
  const char* wanted = std::getenv("CANDOUR_PLAN_CASES");
  const int most = wanted == nullptr ? usual_cases : std::atoi(wanted);
  while (cases < most) {
    const Case one = random_case(dice);
    const auto secrets = assess::secrets_of(one.truth, one.asked, one.policy).value();
    answer::PlanTask task{&one.truth, &one.asked, &one.coverage, &one.policy};
    task.treatment = protect::Treatment::exact;
    const auto found = answer::search_plans(task, secrets, [](const answer::PlannedDraft&) { return true; }).value();
    ASSERT_TRUE(found.best.has_value());
    const Plans plans(one);
    std::vector<std::pair<protect::Detail, const protect::Plan*>> by_detail;
    for (const protect::Plan& plan : plans.all) by_detail.emplace_back(protect::detail_of(one.truth, published(one, plan), one.asked), &plan);
    std::stable_sort(by_detail.begin(), by_detail.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::optional<protect::Detail> best;
    bool decided = true;
    for (const auto& [detail, plan] : by_detail) {
      const auto safe = passes(one, *plan);
      decided = safe.has_value();
      if (!decided) break;
      if (!*safe) continue;
      best = detail;
      break;
    }
    if (!decided) {
      ++set_aside;
      ASSERT_LT(set_aside, 4 * most + 100) << "nearly all cases are too large for brute force";
      continue;
    }
    ++cases;
    tried += found.plans_tried;
    of += static_cast<std::int64_t>(plans.all.size());
    if (!found.best->published.tables.empty()) ++more_than_nothing;
    ASSERT_TRUE(best.has_value());
    EXPECT_EQ(found.best->detail.share(), best->share()) << "case " << cases;
    EXPECT_EQ(found.best->detail.figures, best->figures) << "case " << cases;
  }
  std::cout << cases << " cases, " << set_aside << " set aside as too large; in " << more_than_nothing << " something is given; " << tried << " plans tried of "
            << of << std::endl;
  EXPECT_GE(more_than_nothing, most / 4);
}

}  // namespace
