// Plans with rounded figures against brute force: whatever the search takes with figures rounded is laid before an oracle that tries all tables that fit, and
// the oracle finds nobody given away in it. And the alarms: rounding that gives somebody away is refused by evidence, gate, attack and oracle alike.

#include <candour/answer/plan_search.hpp>
#include <candour/assess/secrets.hpp>
#include <candour/attack/attack.hpp>
#include <candour/certify/checker.hpp>
#include <candour/protect/evidence.hpp>

#include "oracle.hpp"
#include "tiny_population.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <numeric>
#include <random>

namespace {

using namespace candour;

constexpr std::size_t most_tables = 20000;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int usual_cases = 20;
#else
constexpr int usual_cases = 150;
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
  std::int64_t base = 3;

  Case(const std::shared_ptr<table::AtomSpace>& space, std::vector<std::int64_t> counts) : truth(test_support::population_of(space, std::move(counts))) {
    for (table::QuestionIndex q = 0; q < space->questions.size(); ++q) asked.push_back(test_support::full_design(*space, q));
    coverage.by_question.resize(space->questions.size());
  }
};

Case random_case(std::mt19937_64& dice) {
  const auto x = dice() % 3 == 0 ? test_support::grouped_hierarchy("x", {2, 1}) : test_support::flat_hierarchy("x", 2 + dice() % 2);
  const auto space = test_support::space_over({{x, table::Role::identifying}, {test_support::flat_hierarchy("y", 2), table::Role::identifying}});
  std::vector<std::int64_t> counts(space->count(), 0);
  for (std::int64_t& count : counts) count = static_cast<std::int64_t>(dice() % 3 == 0 ? dice() % 4 : dice() % 12);
  Case one(space, std::move(counts));
  one.base = 3 + static_cast<std::int64_t>(dice() % 2);
  one.policy.rounding_base = one.base;
  return one;
}

bool is_rounded(const table::PublishedPopulation& published) {
  return std::any_of(published.tables.begin(), published.tables.end(), [](const auto& table) {
    return std::any_of(table.cells.begin(), table.cells.end(), [](const auto& cell) { return std::holds_alternative<table::Rounded>(cell); });
  });
}

// Nothing where too many tables fit.
std::optional<bool> passes(const Case& one, const table::PublishedPopulation& figures) {
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

TEST(RoundedPlans, GiveNobodyAwayAndTellMore) {
  std::mt19937_64 dice(20261128);
  int looked_at = 0, rounded = 0, set_aside = 0;
  for (; looked_at < usual_cases; ++looked_at) {
    const Case one = random_case(dice);
    const auto secrets = assess::secrets_of(one.truth, one.asked, one.policy).value();
    answer::PlanTask task{&one.truth, &one.asked, &one.coverage, &one.policy};
    task.treatment = looked_at % 2 == 0 ? protect::Treatment::exact : protect::Treatment::suppress;
    const auto plain = answer::search_plans(task, secrets, [](const answer::PlannedDraft&) { return true; }).value();
    task.change = protect::FigureRounding{one.base, base::SecretKey{base::digest_of("key").bytes}};
    const auto found = answer::search_plans(task, secrets, [](const answer::PlannedDraft&) { return true; }).value();
    ASSERT_TRUE(found.best && plain.best);
    EXPECT_GE(found.best->detail.share(), plain.best->detail.share());
    if (!is_rounded(found.best->published)) continue;
    EXPECT_GT(found.best->detail.share(), plain.best->detail.share());
    const auto certain = certify::reasons_against({&one.truth, &one.asked, &found.best->published, &found.best->evidence}, one.policy);
    EXPECT_TRUE(certain.empty()) << certain.front().code << ' ' << certain.front().subject;
    const auto safe = passes(one, found.best->published);
    if (!safe) {
      ++set_aside;
      continue;
    }
    ++rounded;
    EXPECT_TRUE(*safe) << "case " << looked_at;
  }
  std::cout << looked_at << " cases; figures rounded and judged by brute force in " << rounded << ", too large in " << set_aside << std::endl;
  EXPECT_GE(rounded, usual_cases / 10);
}

// One row of three cells with its total, published by hand.
struct ByHand {
  Case one{test_support::space_over({{test_support::flat_hierarchy("x", 3), table::Role::identifying}}), {2, 8, 9}};
  std::vector<truth::Secret> secrets = assess::secrets_of(one.truth, one.asked, one.policy).value();
  table::PublishedPopulation published;

  explicit ByHand(std::vector<table::PublishedCell> cells) {
    one.policy.rounding_base = 3;
    published.space = one.truth.space;
    published.tables.push_back({"x", one.asked[0], table::ZeroConvention::hidden_at_least_one, 0, std::move(cells)});
  }
  [[nodiscard]] protect::EvidenceSearch evidence() const {
    return protect::find_evidence(one.truth, table::worlds_of(published, one.policy.minimum_frequency.minimum).value(), secrets, one.policy,
                                  protect::StopAt::every_secret);
  }
  [[nodiscard]] bool is_refused_by_the_gate() const {
    const table::Evidence found = evidence().evidence;
    return !certify::reasons_against({&one.truth, &one.asked, &published, &found}, one.policy).empty();
  }
};

table::Rounded to(std::int64_t units) { return {units, 3, table::RoundingKind::random}; }

TEST(RoundedPlans, RefuseASmallCountBesideExactOnesThatAddUp) {
  const ByHand flaw({table::Value{19}, to(3), table::Value{8}, table::Value{9}});
  EXPECT_FALSE(flaw.evidence().unprotected.empty());
  EXPECT_TRUE(flaw.is_refused_by_the_gate());
  EXPECT_FALSE(*passes(flaw.one, flaw.published));
  knowledge::Knowledge everybody;
  everybody.intruder.name = "the public";
  everybody.minimum_frequency = 3;
  EXPECT_FALSE(attack::attack(flaw.published, flaw.one.asked, everybody).empty());
}

TEST(RoundedPlans, RefuseASmallCountRoundedDownToNought) {
  const ByHand flaw({table::Value{19}, to(0), to(9), to(9)});
  EXPECT_FALSE(flaw.evidence().unprotected.empty());
  EXPECT_TRUE(flaw.is_refused_by_the_gate());
  EXPECT_FALSE(*passes(flaw.one, flaw.published));
}

TEST(RoundedPlans, RefuseAFigureABaseFromTheCount) {
  const ByHand flaw({table::Value{19}, to(3), to(9), to(12)});
  EXPECT_TRUE(flaw.is_refused_by_the_gate());
}

TEST(RoundedPlans, AcceptTheSameCountRoundedUpBesideRoundedOnes) {
  const ByHand sound({table::Value{19}, to(3), to(9), to(9)});
  EXPECT_TRUE(sound.evidence().unprotected.empty());
  EXPECT_FALSE(sound.is_refused_by_the_gate());
  EXPECT_TRUE(*passes(sound.one, sound.published));
}

}  // namespace
