// All rules of a table together: what makes a cell sensitive, how far it must be protected, and what a person's mark can and cannot do.
#include <candour/assess/cell_rules.hpp>

#include <gtest/gtest.h>

namespace candour::assess {
namespace {

using table::CellStanding;

// A total and three cells; contributions of the first 80, 12, 5, 3; of the second 40, 30, 20; of the third nothing.
table::AdditiveSystem row_of_three() { return table::AdditiveSystem::of_equations(4, {0, 4}, {{0, -1}, {1, 1}, {2, 1}, {3, 1}}, {0}); }
CellFacts facts() {
  CellFacts facts;
  facts.value = {190, 100, 90, 0};
  facts.largest = {{80, 40, 30, 20}, {80, 12, 5, 3}, {40, 30, 20}, {}};
  facts.records = {7, 4, 3, 0};
  return facts;
}
const truth::SystemSecret* secret_of(const truth::SystemTruth& truth, table::SystemCell cell) {
  for (const truth::SystemSecret& secret : truth.secrets)
    if (secret.cell == cell) return &secret;
  return nullptr;
}
std::pair<std::int64_t, std::int64_t> distance(const truth::SystemTruth& truth, table::SystemCell cell) {
  const truth::SystemSecret* secret = secret_of(truth, cell);
  return secret ? std::pair{truth.value[cell] - secret->reach_down, secret->reach_up - truth.value[cell]} : std::pair<std::int64_t, std::int64_t>{0, 0};
}

TEST(AmountRules, PPercentAsksForWhatTheRestIsShortOf) {
  AmountRules rules;
  rules.p_percent = PPercentRule{base::Decimal(15), 1};
  const auto truth = truth_of(row_of_three(), facts(), rules);
  ASSERT_TRUE(truth.has_value());
  EXPECT_EQ(distance(*truth, 1), (std::pair<std::int64_t, std::int64_t>{4, 4}));  // 15 % of 80 is 12; the rest is 100 - 80 - 12 = 8
  EXPECT_EQ(secret_of(*truth, 2), nullptr);                                       // 15 % of 40 is 6; the rest is 20
}

TEST(AmountRules, ACoalitionTakesOffWhatAllOfItKnow) {
  AmountRules rules;
  rules.p_percent = PPercentRule{base::Decimal(15), 2};
  const auto truth = truth_of(row_of_three(), facts(), rules);
  ASSERT_TRUE(truth.has_value());
  EXPECT_EQ(distance(*truth, 1), (std::pair<std::int64_t, std::int64_t>{9, 9}));  // the rest is 100 - 80 - 12 - 5 = 3
  EXPECT_EQ(distance(*truth, 2), (std::pair<std::int64_t, std::int64_t>{6, 6}));  // nothing is left of 90 - 40 - 30 - 20
}

TEST(AmountRules, PriorPosteriorIsTheSameShareOfWhatWasKnownBefore) {
  AmountRules rules;
  rules.prior_posterior = PriorPosteriorRule{base::Decimal(15), base::Decimal(50), 1};
  const auto truth = truth_of(row_of_three(), facts(), rules);
  ASSERT_TRUE(truth.has_value());
  EXPECT_EQ(distance(*truth, 1), (std::pair<std::int64_t, std::int64_t>{16, 16}));  // 15/50 of 80 is 24; the rest is 8
}

TEST(AmountRules, DominanceAsksForTheTotalThatWouldPass) {
  AmountRules rules;
  rules.dominance = DominanceRule{1, base::Decimal(75)};
  const auto truth = truth_of(row_of_three(), facts(), rules);
  ASSERT_TRUE(truth.has_value());
  EXPECT_EQ(distance(*truth, 1), (std::pair<std::int64_t, std::int64_t>{7, 7}));  // 80 is 75 % of 106.67
  EXPECT_EQ(secret_of(*truth, 2), nullptr);
}

TEST(AmountRules, AMinimumOfContributorsAsksForItsRangeAndTheWidestRuleCounts) {
  AmountRules rules;
  rules.minimum_records = 4;
  rules.range_percent = 30;
  const auto truth = truth_of(row_of_three(), facts(), rules);
  ASSERT_TRUE(truth.has_value());
  EXPECT_EQ(distance(*truth, 2), (std::pair<std::int64_t, std::int64_t>{27, 27}));
  EXPECT_EQ(secret_of(*truth, 1), nullptr);
  rules.p_percent = PPercentRule{base::Decimal(100), 2};
  const auto both = truth_of(row_of_three(), facts(), rules);
  ASSERT_TRUE(both.has_value());
  EXPECT_EQ(distance(*both, 2), (std::pair<std::int64_t, std::int64_t>{40, 40}));
}

TEST(AmountRules, ThatThereIsNothingIsSensitiveWhereItIsAsked) {
  AmountRules rules;
  rules.p_percent = PPercentRule{base::Decimal(15), 1};
  EXPECT_EQ(truth_of(row_of_three(), facts(), rules)->standing[3], CellStanding::always_shown);
  rules.zeros = AmountRules::Zeros::sensitive;
  rules.zero_range = 25;
  const auto truth = truth_of(row_of_three(), facts(), rules);
  EXPECT_EQ(truth->standing[3], CellStanding::primary);
  EXPECT_EQ(distance(*truth, 3), (std::pair<std::int64_t, std::int64_t>{0, 25}));
}

TEST(AmountRules, NeedTheContributionsThatTheyLookAt) {
  AmountRules rules;
  rules.p_percent = PPercentRule{base::Decimal(15), 3};
  EXPECT_EQ(truth_of(row_of_three(), CellFacts{{5, 2, 3, 0}, {}, {}, {}, {}}, rules).error().code, "rule.contributions_missing");
  CellFacts few = facts();
  few.largest[1].resize(2);
  EXPECT_EQ(truth_of(row_of_three(), few, rules).error().code, "rule.missing_contributions");
  rules.p_percent->coalition_size = 0;
  EXPECT_EQ(truth_of(row_of_three(), facts(), rules).error().code, "rule.bad_parameter");
}

TEST(CountRules, FewPeopleWithManyRecordsAreProtectedAsAnAmount) {
  const auto cube = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0})});
  ASSERT_TRUE(cube.has_value());
  CountRules rules;
  rules.minimum_people = 5;
  rules.p_percent = 10;
  CellFacts own{{40, 30, 10}, {40, 30, 10}, {12, 2, 10}, {}, {}};
  const auto truth = truth_of(*cube, own, rules);
  ASSERT_TRUE(truth.has_value());
  EXPECT_EQ(distance(*truth, 1), (std::pair<std::int64_t, std::int64_t>{3, 3}));  // one of two people may have 29 of the 30 records
  EXPECT_EQ(secret_of(*truth, 2), nullptr);
  own.people.clear();
  EXPECT_EQ(truth_of(*cube, own, rules).error().code, "rule.people_missing");
}

TEST(CellMarks, HideShowAndAcceptWhatIsOut) {
  AmountRules rules;
  rules.p_percent = PPercentRule{base::Decimal(15), 1};
  truth::SystemTruth truth = *truth_of(row_of_three(), facts(), rules);
  const auto outcome = apply_marks(truth,
                                   {{2, CellMark::Kind::sensitive, "asked for", {}, 50},
                                    {0, CellMark::Kind::must_show, "in the press release", {}, {}},
                                    {1, CellMark::Kind::already_published, "2021 answer", {}, {}}},
                                   20);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(distance(truth, 2), (std::pair<std::int64_t, std::int64_t>{18, 50}));
  EXPECT_EQ(truth.standing[0], CellStanding::always_shown);
  EXPECT_EQ(truth.standing[1], CellStanding::always_shown);
  EXPECT_EQ(secret_of(truth, 1), nullptr);
  EXPECT_EQ(outcome->published_although_sensitive, 1u);
}

TEST(CellMarks, CannotShowWhatARuleProtectsAndNeedAReason) {
  AmountRules rules;
  rules.p_percent = PPercentRule{base::Decimal(15), 1};
  truth::SystemTruth truth = *truth_of(row_of_three(), facts(), rules);
  EXPECT_EQ(apply_marks(truth, {{1, CellMark::Kind::must_show, "wanted", {}, {}}}, 20).error().code, "mark.sensitive");
  EXPECT_EQ(apply_marks(truth, {{2, CellMark::Kind::sensitive, "", {}, {}}}, 20).error().code, "mark.reason");
  truth.lowest[3] = 1;
  EXPECT_EQ(apply_marks(truth, {{3, CellMark::Kind::sensitive, "nobody there", {}, {}}}, 20).error().code, "mark.zero");
}

TEST(Losses, ByDistanceAreLeastNextToASensitiveCell) {
  AmountRules rules;
  rules.p_percent = PPercentRule{base::Decimal(15), 1};
  auto system = table::AdditiveSystem::of_equations(5, {0, 3, 6}, {{0, -1}, {1, 1}, {2, 1}, {2, -1}, {3, 1}, {4, 1}}, {0, 0});
  truth::SystemTruth truth;
  truth.value = {10, 4, 6, 2, 4};
  truth.secrets = {{1, 3, 5, 0}};
  lose_by_distance(system, truth);
  EXPECT_EQ(truth.loss, (std::vector<std::int64_t>{2, 1, 2, 3, 3}));
}

TEST(SharedCategories, NameTheCoarsestCategoryThatAllButACoalitionShare) {
  const auto cube = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0}), table::axis_of_parents({0, 0, 0})});
  ASSERT_TRUE(cube.has_value());
  // Rows: total 17 = 12 + 5; first 8 = 7 + 1; second 9 = 5 + 4.
  const std::vector<std::int64_t> counts{17, 12, 5, 8, 7, 1, 9, 5, 4};
  EXPECT_TRUE(shared_categories(*cube, counts, {1}, 0).empty());
  const auto found = shared_categories(*cube, counts, {1}, 1);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].total, 3u);
  EXPECT_EQ(found[0].part, 4u);
}

}  // namespace
}  // namespace candour::assess
