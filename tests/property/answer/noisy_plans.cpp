// Plans with noise drawn by a key against brute force: whatever the search takes with noise is laid before an oracle that tries all tables which could have
// become those figures under some key, read from the perturbation rows and not from what a cell says of itself. And the alarms: noise drawn anew for the same
// count, an interval stated too narrow, a small count shown are refused.

#include <candour/answer/plan_search.hpp>
#include <candour/assess/secrets.hpp>
#include <candour/attack/attack.hpp>
#include <candour/certify/checker.hpp>
#include <candour/protect/evidence.hpp>

#include "oracle.hpp"
#include "tiny_population.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <numeric>
#include <random>

namespace {

using namespace candour;

constexpr std::size_t most_tables = 60000;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int usual_cases = 15;
#else
constexpr int usual_cases = 100;
#endif

const base::SecretKey key{base::digest_of("key").bytes};

policy::Policy rules(bool with_people_in_the_data) {
  policy::Policy policy;
  policy.minimum_frequency.minimum = 3;
  policy.intruders = {{"the public", policy::IntruderKind::the_public, 0}, {"a partner", policy::IntruderKind::knows_presence, 0}};
  policy.cell_key = policy::CellKeyNoise{3, 2, 0};
  if (with_people_in_the_data) {
    policy.intruders.push_back({"a person in the data", policy::IntruderKind::person_in_the_data, 1});
    policy.cell_key = policy::CellKeyNoise{4, 2, 0};
  }
  return policy;
}

protect::FigureNoise noise_of(const policy::Policy& policy) {
  return protect::FigureNoise::of(
             {policy.cell_key->most_noise, static_cast<double>(policy.cell_key->variance), policy.cell_key->forbidden, policy.protected_below()}, key)
      .value();
}

struct Case {
  truth::Population truth;
  std::vector<table::TableDesign> asked;
  policy::Policy policy;
  protect::CoverageOfQuestions coverage;

  Case(const std::shared_ptr<table::AtomSpace>& space, std::vector<std::int64_t> counts, policy::Policy rules)
      : truth(test_support::population_of(space, std::move(counts))), policy(std::move(rules)) {
    for (table::QuestionIndex q = 0; q < space->questions.size(); ++q) asked.push_back(test_support::full_design(*space, q));
    coverage.by_question.resize(space->questions.size());
  }
};

Case random_case(std::mt19937_64& dice) {
  const auto x = dice() % 3 == 0 ? test_support::grouped_hierarchy("x", {2, 1}) : test_support::flat_hierarchy("x", 2 + dice() % 2);
  const auto space = test_support::space_over({{x, table::Role::identifying}, {test_support::flat_hierarchy("y", 2), table::Role::identifying}});
  std::vector<std::int64_t> counts(space->count(), 0);
  for (std::int64_t& count : counts) count = static_cast<std::int64_t>(dice() % 3 == 0 ? dice() % 4 : dice() % 14);
  return {space, std::move(counts), rules(dice() % 2 == 0)};
}

bool has_noise(const table::PublishedPopulation& published) {
  return std::any_of(published.tables.begin(), published.tables.end(), [](const auto& table) {
    return std::any_of(table.cells.begin(), table.cells.end(), [](const auto& cell) { return std::holds_alternative<table::Perturbed>(cell); });
  });
}

// Whether some key makes this figure of that count.
bool can_become(std::int64_t count, std::int64_t figure, const protect::PerturbationTable& rows) {
  if (count == 0) return figure == 0;
  const auto& steps = rows.rows()[std::min(static_cast<std::size_t>(count), rows.rows().size() - 1)].steps;
  return std::any_of(steps.begin(), steps.end(), [&](const protect::NoiseStep& step) { return count + step.noise == figure && step.probability > 0; });
}

bool could_become(const std::vector<std::int64_t>& counts, const table::PublishedPopulation& figures, const protect::PerturbationTable& rows) {
  for (const table::PublishedTable& table : figures.tables) {
    const table::TableLayout layout(*figures.space, table.design);
    for (table::CellIndex cell = 0; cell < table.cells.size(); ++cell)
      if (const auto* noisy = std::get_if<table::Perturbed>(&table.cells[cell]))
        if (!can_become(table::sum_over(layout.atoms(cell), counts), noisy->units, rows)) return false;
  }
  return true;
}

// Nothing where too many tables fit.
std::optional<bool> passes(const Case& one, const table::PublishedPopulation& figures) {
  auto tables = oracle::all_tables(figures, std::accumulate(one.truth.counts.begin(), one.truth.counts.end(), std::int64_t{8}), most_tables);
  if (!tables) return std::nullopt;
  const protect::FigureNoise noise = noise_of(one.policy);
  std::erase_if(*tables, [&](const auto& counts) { return !could_become(counts, figures, noise.rows()); });
  EXPECT_NE(std::find(tables->begin(), tables->end(), one.truth.counts), tables->end()) << "the truth could have become what is published";
  const oracle::Truth known{one.truth.space, one.truth.counts, {}, false, one.asked};
  for (std::int64_t coalition = 0; coalition <= one.policy.largest_coalition(); ++coalition)
    for (const bool presence : {false, true}) {
      if (presence && coalition > 0) continue;
      if (!oracle::judge(*tables, figures, known,
                         {one.policy.minimum_frequency.minimum, one.policy.p_percent, one.policy.group_disclosure, coalition, presence})
               .is_safe)
        return false;
    }
  return true;
}

TEST(NoisyPlans, GiveNobodyAwayAndTellMore) {
  std::mt19937_64 dice(20261127);
  int looked_at = 0, noisy = 0, set_aside = 0;
  for (; looked_at < usual_cases; ++looked_at) {
    const Case one = random_case(dice);
    const auto secrets = assess::secrets_of(one.truth, one.asked, one.policy).value();
    answer::PlanTask task{&one.truth, &one.asked, &one.coverage, &one.policy};
    task.treatment = looked_at % 2 == 0 ? protect::Treatment::exact : protect::Treatment::suppress;
    const auto plain = answer::search_plans(task, secrets, [](const answer::PlannedDraft&) { return true; }).value();
    task.change = noise_of(one.policy);
    const auto found = answer::search_plans(task, secrets, [](const answer::PlannedDraft&) { return true; }).value();
    ASSERT_TRUE(found.best && plain.best);
    EXPECT_GE(found.best->detail.share(), plain.best->detail.share());
    if (!has_noise(found.best->published)) continue;
    EXPECT_GT(found.best->detail.share(), plain.best->detail.share());
    const auto certain = certify::reasons_against({&one.truth, &one.asked, &found.best->published, &found.best->evidence}, one.policy);
    EXPECT_TRUE(certain.empty()) << certain.front().code << ' ' << certain.front().subject;
    const auto safe = passes(one, found.best->published);
    if (!safe) {
      ++set_aside;
      continue;
    }
    ++noisy;
    EXPECT_TRUE(*safe) << "case " << looked_at;
  }
  std::cout << looked_at << " cases; figures with noise and judged by brute force in " << noisy << ", too large in " << set_aside << std::endl;
  EXPECT_GE(noisy, usual_cases / 10);
}

// What a cell says of itself is what the rows leave possible: no more and no less, for every figure.
TEST(NoisyPlans, StateTheCountsThatSomeKeyMakesThatFigure) {
  for (const auto& [most, variance, forbidden, below] : std::vector<std::array<std::int64_t, 4>>{{3, 2, 0, 3}, {5, 3, 0, 5}, {7, 5, 0, 7}, {6, 5, 1, 5}, {7, 6, 3, 7}}) {
    const auto noise = protect::FigureNoise::of({most, static_cast<double>(variance), forbidden, below}, key);
    ASSERT_TRUE(noise) << noise.error().sentence;
    for (std::int64_t figure = 0; figure <= 4 * most; ++figure) {
      std::vector<std::int64_t> counts;
      for (std::int64_t count = 0; count <= 6 * most; ++count)
        if (can_become(count, figure, noise->rows())) counts.push_back(count);
      if (counts.empty()) continue;  // a forbidden figure
      const auto behind = table::counts_behind(table::Perturbed{figure, most, below});
      EXPECT_EQ(behind.lowest, counts.front()) << figure;
      EXPECT_EQ(behind.highest, counts.back()) << figure;
      EXPECT_EQ(counts.back() - counts.front() + 1, static_cast<std::int64_t>(counts.size())) << "no gaps behind " << figure;
    }
    for (std::int64_t count = 1; count < below; ++count)
      for (const protect::NoiseStep& step : noise->rows().rows()[static_cast<std::size_t>(count)].steps) {
        const auto behind = table::counts_behind(table::Perturbed{count + step.noise, most, below});
        EXPECT_LE(behind.lowest, 1);
        EXPECT_GE(behind.highest, below);
      }
  }
}

// One row of three cells with its total, published by hand.
struct ByHand {
  Case one{test_support::space_over({{test_support::flat_hierarchy("x", 3), table::Role::identifying}}), {2, 8, 9}, rules(false)};
  std::vector<truth::Secret> secrets = assess::secrets_of(one.truth, one.asked, one.policy).value();
  table::PublishedPopulation published;

  explicit ByHand(std::vector<table::PublishedCell> cells) {
    published.space = one.truth.space;
    published.tables.push_back({"x", one.asked[0], table::ZeroConvention::hidden_at_least_one, 0, std::move(cells), noise_of(one.policy).of_table()});
  }
  [[nodiscard]] protect::EvidenceSearch evidence() const {
    return protect::find_evidence(one.truth, table::worlds_of(published, one.policy.minimum_frequency.minimum).value(), secrets, one.policy,
                                  protect::StopAt::every_secret);
  }
  [[nodiscard]] std::vector<std::string> refusals() const {
    const table::Evidence found = evidence().evidence;
    std::vector<std::string> codes;
    for (const auto& reason : certify::reasons_against({&one.truth, &one.asked, &published, &found}, one.policy)) codes.push_back(reason.code);
    return codes;
  }
};

table::Perturbed to(std::int64_t units, std::int64_t most = 3) { return {units, most, 3}; }

TEST(NoisyPlans, AcceptNoiseAsThePolicyHasIt) {
  const ByHand sound({table::Value{19}, to(0), to(9), to(8)});
  EXPECT_TRUE(sound.evidence().unprotected.empty());
  EXPECT_TRUE(sound.refusals().empty());
  EXPECT_TRUE(*passes(sound.one, sound.published));
}

TEST(NoisyPlans, RefuseASmallCountBesideExactOnesThatAddUp) {
  const ByHand flaw({table::Value{19}, to(3), table::Value{8}, table::Value{9}});
  EXPECT_FALSE(flaw.evidence().unprotected.empty());
  EXPECT_FALSE(flaw.refusals().empty());
  EXPECT_FALSE(*passes(flaw.one, flaw.published));
  knowledge::Knowledge everybody;
  everybody.intruder.name = "the public";
  everybody.minimum_frequency = 3;
  EXPECT_FALSE(attack::attack(flaw.published, flaw.one.asked, everybody).empty());
}

TEST(NoisyPlans, RefuseAnIntervalStatedTooNarrow) {
  const ByHand flaw({table::Value{19}, to(2, 1), to(9), to(8)});  // 1 to 3, and the table's noise reaches 3
  EXPECT_THAT(flaw.refusals(), testing::Contains("certify.change_not_permitted"));
}

TEST(NoisyPlans, RefuseASmallCountShown) {
  const ByHand flaw({table::Value{19}, table::Value{2}, to(9), to(8)});
  EXPECT_FALSE(flaw.evidence().unprotected.empty());
  EXPECT_FALSE(flaw.refusals().empty());
}

TEST(NoisyPlans, RefuseASmallCountLiftedToWhereOneIsImpossible) {
  const ByHand flaw({table::Value{19}, to(5), to(9), to(8)});  // 5 stands for 3 to 8
  EXPECT_THAT(flaw.refusals(), testing::Contains("certify.figure_differs"));
}

TEST(NoisyPlans, RefuseNoiseDrawnAnewForTheSameCount) {
  ByHand flaw({table::Value{19}, to(0), to(9), to(8)});
  table::PublishedTable again = flaw.published.tables[0];
  again.cells[2] = to(7);
  flaw.published.tables.push_back(std::move(again));
  EXPECT_THAT(flaw.refusals(), testing::Contains("certify.figure_drawn_twice"));
}

TEST(NoisyPlans, RefuseAPolicyThatRoundsAndATableWithNoise) {
  ByHand flaw({table::Value{19}, to(0), to(9), to(8)});
  flaw.one.policy.cell_key.reset();
  flaw.one.policy.rounding_base = 3;
  EXPECT_THAT(flaw.refusals(), testing::Contains("certify.change_not_permitted"));
}

}  // namespace
