// The search takes the most detailed plan that is safe, and says why it took no finer one.

#include "small_population.hpp"

#include <candour/answer/plan_judge.hpp>
#include <candour/answer/plan_search.hpp>
#include <candour/assess/secrets.hpp>

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace candour;

const answer::Acceptance accept_all = [](const answer::PlannedDraft&) { return true; };

struct Task {
  truth::Population truth;
  policy::Policy policy;
  std::vector<table::TableDesign> asked;
  std::vector<truth::Secret> secrets;
  protect::CoverageOfQuestions coverage;

  Task(truth::Population population, std::int64_t minimum, std::vector<table::TableDesign> designs = {})
      : truth(std::move(population)), policy(test::policy_with(minimum)), asked(std::move(designs)) {
    for (table::QuestionIndex q = 0; asked.size() < truth.space->questions.size(); ++q) asked.push_back(test::asked_of(q));
    secrets = assess::secrets_of(truth, asked, policy).value();
  }
  answer::PlanTask task() const { return {&truth, &asked, &coverage, &policy, {}, protect::Treatment::exact, 1}; }
};

truth::Population large_counts() { return test::population_of(test::small_space(false), {30, 41, 32, 50, 38, 44, 35, 47, 39, 42, 36, 33}); }

TEST(PlanSearch, gives_everything_asked_for_where_no_count_is_small) {
  const Task task(large_counts(), 3);
  const auto found = answer::search_plans(task.task(), task.secrets, accept_all).value();
  ASSERT_TRUE(found.best.has_value());
  EXPECT_EQ(found.best->plan[0], protect::plan_of(protect::Crossing::full_cross, {2, 1}));
  EXPECT_TRUE(found.best->published.statements.empty());
}

TEST(PlanSearch, withholds_everything_as_the_last_resort) {
  const Task task(test::population_of(test::small_space(false), {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}), 3);
  const auto found = answer::search_plans(task.task(), task.secrets, accept_all).value();
  ASSERT_TRUE(found.best.has_value());
  EXPECT_TRUE(found.best->published.tables.empty());
  EXPECT_FALSE(found.best->published.statements.empty());
}

TEST(PlanSearch, moves_on_to_the_next_plan_when_the_gate_refuses_one) {
  const Task task(large_counts(), 3);
  int asked = 0;
  const auto found = answer::search_plans(task.task(), task.secrets, [&](const answer::PlannedDraft&) { return ++asked > 1; }).value();
  ASSERT_TRUE(found.best.has_value());
  EXPECT_EQ(asked, 2);
  EXPECT_NE(found.best->plan[0], protect::plan_of(protect::Crossing::full_cross, {2, 1}));
}

TEST(PlanSearch, gives_a_reason_for_each_finer_step_not_taken) {
  const Task task(test::population_of(test::small_space(false), {30, 1, 2, 28, 2, 1, 1, 40, 31, 2, 33, 1}), 3);
  const auto found = answer::search_plans(task.task(), task.secrets, accept_all).value();
  ASSERT_TRUE(found.best.has_value());
  EXPECT_FALSE(found.best->published.statements.empty());
  for (const table::PublishedStatement& statement : found.best->published.statements) {
    EXPECT_EQ(statement.place, table::StatementPlace::reason);
    EXPECT_EQ(statement.question, "1");
    EXPECT_NE(statement.text.find("ot given"), std::string::npos) << statement.text;
  }
}

TEST(PlanSearch, names_evidence_for_every_secret) {
  const Task task(test::population_of(test::small_space(true), {20, 4, 21, 1, 18, 3, 22, 2, 19, 3, 17, 2, 20, 1, 23, 4, 16, 2, 18, 3, 21, 1, 19, 2}), 3);
  const auto found = answer::search_plans(task.task(), task.secrets, accept_all).value();
  ASSERT_TRUE(found.best.has_value());
  EXPECT_EQ(found.best->evidence.witnesses_of.size(), task.secrets.size());
}

TEST(PlanSearch, takes_the_same_plan_as_trying_every_plan) {
  std::mt19937 dice(11);
  for (int round = 0; round < 40; ++round) {
    const bool nested = round % 2 == 0;
    std::vector<std::int64_t> counts;
    for (int atom = 0; atom < (nested ? 24 : 12); ++atom)
      counts.push_back(static_cast<std::int64_t>(dice() % 10) * static_cast<std::int64_t>(dice() % 2 + (dice() % 3 == 0 ? 2 : 0)));
    const Task task(test::population_of(test::small_space(nested), counts), 3);
    auto quick = answer::search_plans(task.task(), task.secrets, accept_all).value();
    const auto whole = answer::exhaustive_search(task.task(), task.secrets, accept_all).value();
    ASSERT_TRUE(quick.best.has_value() && whole.best.has_value());
    EXPECT_EQ(quick.best->detail, whole.best->detail) << "round " << round;
  }
}

TEST(PlanJudge, finds_a_coarser_plan_safe_wherever_a_finer_one_is) {
  std::mt19937 dice(5);
  int safe_pairs = 0;
  for (int round = 0; round < 30; ++round) {
    std::vector<std::int64_t> counts;
    for (int atom = 0; atom < 12; ++atom) counts.push_back(static_cast<std::int64_t>(dice() % 8 + (dice() % 3) * 6));
    const Task task(test::population_of(test::small_space(false), counts), 3);
    const std::vector<answer::QuestionLattice> lattices{answer::QuestionLattice(*task.truth.space, task.asked[0])};
    const std::vector<answer::QuestionMargins> questions{lattices[0].margins()};
    answer::PlanJudge judge(task.task(), task.secrets, questions);
    std::vector<answer::PlanVerdict> verdicts;
    for (std::size_t i = 0; i < lattices[0].size(); ++i) verdicts.push_back(judge.verdict({lattices[0].plan(i)}).value());
    for (std::size_t i = 0; i < verdicts.size(); ++i)
      for (const std::size_t coarser : lattices[0].coarser(i)) {
        if (verdicts[i] != answer::PlanVerdict::safe) continue;
        EXPECT_EQ(verdicts[coarser], answer::PlanVerdict::safe) << "round " << round;
        ++safe_pairs;
      }
  }
  EXPECT_GE(safe_pairs, 50);
}

TEST(PlanSearch, does_not_hang_on_the_order_of_people) {
  truth::Population truth = test::population_of(test::small_space(true), {20, 4, 21, 1, 18, 3, 22, 2, 19, 3, 17, 2, 20, 1, 23, 4, 16, 2, 18, 3, 21, 1, 19, 2});
  const Task straight(truth, 3);
  for (truth::Contribution& part : truth.contributions) part.person = truth.person_count - 1 - part.person;
  std::sort(truth.contributions.begin(), truth.contributions.end(),
            [](const auto& a, const auto& b) { return std::pair(a.atom, a.person) < std::pair(b.atom, b.person); });
  const Task turned(truth, 3);
  EXPECT_EQ(answer::search_plans(straight.task(), straight.secrets, accept_all).value().best->plan,
            answer::search_plans(turned.task(), turned.secrets, accept_all).value().best->plan);
}

TEST(PlanSearch, lists_safe_plans_that_give_more_of_one_thing_and_less_of_another) {
  const Task task(test::population_of(test::small_space(false), {30, 1, 2, 28, 2, 1, 1, 40, 31, 2, 33, 1}), 3);
  answer::PlanTask wide = task.task();
  wide.front_size = 3;
  const auto found = answer::search_plans(wide, task.secrets, accept_all).value();
  for (std::size_t i = 0; i < found.front.size(); ++i)
    for (std::size_t j = 0; j < found.front.size(); ++j) {
      EXPECT_FALSE(i != j && protect::tells_no_less(found.front[i].plan[0], found.front[j].plan[0]));
    }
}

TEST(PlanSearch, never_crosses_what_the_officer_ruled_out_and_keeps_what_was_pinned) {
  const Task task(large_counts(), 3);
  answer::PlanTask pinned = task.task();
  pinned.pins.never_crossed = {{0, 1}};
  const auto found = answer::search_plans(pinned, task.secrets, accept_all).value();
  ASSERT_TRUE(found.best.has_value());
  EXPECT_EQ(found.best->plan[0], protect::plan_of(protect::Crossing::one_way, {2, 1}));

  const Task small(test::population_of(test::small_space(false), {30, 1, 2, 28, 2, 1, 1, 40, 31, 2, 33, 1}), 3);
  answer::PlanTask kept = small.task();
  kept.pins.kept = {0};
  const auto with_months = answer::search_plans(kept, small.secrets, accept_all).value();
  ASSERT_TRUE(with_months.best.has_value());
  EXPECT_TRUE(protect::tells_no_less(with_months.best->plan[0], protect::plan_of(protect::Crossing::full_cross, {2, 0})));
}

TEST(PlanSearch, gives_no_plan_where_what_is_pinned_cannot_be_given) {
  const Task task(test::population_of(test::small_space(false), {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}), 3);
  answer::PlanTask kept = task.task();
  kept.pins.kept = {0};
  EXPECT_FALSE(answer::search_plans(kept, task.secrets, accept_all).value().best.has_value());
}

TEST(PlanSearch, takes_the_plan_of_the_front_that_the_officer_picks) {
  std::mt19937 dice(11);
  int picked_ones = 0;
  for (int round = 0; round < 60 && picked_ones < 3; ++round) {
    std::vector<std::int64_t> counts;
    for (int atom = 0; atom < 24; ++atom)
      counts.push_back(static_cast<std::int64_t>(dice() % 10) * static_cast<std::int64_t>(dice() % 2 + (dice() % 3 == 0 ? 2 : 0)));
    const Task task(test::population_of(test::small_space(true), counts), 3);
    answer::PlanTask wide = task.task();
    wide.front_size = 4;
    const auto all = answer::search_plans(wide, task.secrets, accept_all).value();
    if (all.front.size() < 2) continue;
    ++picked_ones;
    wide.pick = 2;
    const auto picked = answer::search_plans(wide, task.secrets, accept_all).value();
    ASSERT_TRUE(picked.best.has_value());
    EXPECT_EQ(picked.best->plan, all.front[1].plan);
    EXPECT_LE(picked.best->detail.share(), all.best->detail.share());
    wide.pick = 100;
    EXPECT_FALSE(answer::search_plans(wide, task.secrets, accept_all).value().best.has_value());
  }
  EXPECT_GE(picked_ones, 1);
}

// After the first plan met the search goes straight down. It still ends with a safe plan, and its bound holds.
TEST(PlanSearch, goes_straight_down_where_it_met_too_many_plans_and_says_so) {
  std::mt19937_64 dice(20261127);
  int limited = 0;
  for (int problem = 0; problem < 120; ++problem) {
    std::vector<std::int64_t> counts;
    for (int atom = 0; atom < 12; ++atom) counts.push_back(static_cast<std::int64_t>(dice() % 9));
    const Task task(test::population_of(test::small_space(false), std::move(counts)), 3);
    const auto all = answer::search_plans(task.task(), task.secrets, accept_all).value();
    answer::PlanTask short_task = task.task();
    short_task.most_plans_met = 1;
    const auto found = answer::search_plans(short_task, task.secrets, accept_all).value();
    ASSERT_TRUE(all.best && found.best);
    EXPECT_FALSE(all.limit_reached);
    EXPECT_LE(found.best->detail.share(), all.best->detail.share());
    EXPECT_GE(found.bound, all.best->detail.share());
    limited += found.limit_reached ? 1 : 0;
    if (!found.limit_reached) {
      EXPECT_EQ(found.best->plan, all.best->plan);
    }
  }
  EXPECT_GE(limited, 5);
}

}  // namespace
