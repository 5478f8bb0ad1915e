// The cost limit of section 12.
#include <candour/law/cost.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace candour::law {
namespace {

base::Decimal hours(const char* text) { return base::Decimal::parse(text).value(); }

TEST(TheLimit, IsEighteenHoursForMostAndTwentyFourForCentralGovernment) {
  const auto other = cost_limit(Regime::foia, "other").value();
  EXPECT_EQ(other.limit_pounds, 450);
  EXPECT_EQ(other.rate_pounds, 25);
  EXPECT_EQ(other.regulations, "Freedom of Information and Data Protection (Appropriate Limit and Fees) Regulations 2004");
  EXPECT_EQ(cost_limit(Regime::foia, "central")->limit_pounds, 600);
  EXPECT_EQ(cost_limit(Regime::foia, "police").error().code, "law.unknown_part");
}

TEST(TheCost, OfSeveralQuestionsIsAddedUp) {
  const auto reading =
      read_cost({{"1", CostActivity::locating, hours("10")}, {"6", CostActivity::extracting, hours("7.5")}, {"1", CostActivity::determining, hours("0.5")}},
                Regime::foia, "other")
          .value();
  EXPECT_EQ(reading.all.hours, hours("18"));
  EXPECT_EQ(reading.all.pounds, hours("450"));
  EXPECT_FALSE(reading.over);  // at the limit is not over it
  ASSERT_EQ(reading.by_question.size(), 2U);
  EXPECT_EQ(reading.by_question[0].second.hours, hours("10.5"));
  EXPECT_EQ(reading.by_question[1].second.pounds, hours("187.5"));
  EXPECT_EQ(reading.by_activity[1].second.hours, hours("10"));
}

TEST(TheCost, AboveTheLimitIsOver) {
  EXPECT_TRUE(read_cost({{"1", CostActivity::locating, hours("18.01")}}, Regime::foia, "other")->over);
  EXPECT_FALSE(read_cost({{"1", CostActivity::locating, hours("18.01")}}, Regime::foia, "central")->over);
}

TEST(TheCost, UnderTheScottishActIsWhatTheTimeCostsUpToTheHighestRate) {
  const auto reading = read_cost(
      {{"1", CostActivity::locating, hours("10"), base::Decimal(12)}, {"1", CostActivity::extracting, hours("10"), base::Decimal(40)}}, Regime::foisa, "other");
  EXPECT_EQ(reading->all.pounds.to_text(), "270");
  EXPECT_EQ(read_cost({{"1", CostActivity::locating, hours("10"), base::Decimal(12)}}, Regime::foia, "other")->all.pounds.to_text(), "250");  // fixed
}

TEST(TheCost, UnderTheScottishActLeavesOutDeterminingAndUsesItsOwnRate) {
  const auto reading = read_cost({{"1", CostActivity::determining, hours("30")}, {"1", CostActivity::locating, hours("40")}}, Regime::foisa, "other").value();
  EXPECT_EQ(reading.all.pounds, hours("600"));
  EXPECT_EQ(reading.left_out_hours, hours("30"));
  EXPECT_FALSE(reading.over);
}

TEST(TheCost, ThatNoNumberCanHoldIsAnError) {
  const auto reading = read_cost({{"1", CostActivity::locating, base::Decimal(std::numeric_limits<std::int64_t>::max() / 2)}}, Regime::foia, "other");
  ASSERT_FALSE(reading.has_value());
  EXPECT_EQ(reading.error().code, "decimal.overflow");
}

TEST(TheActivities, AreFourAndRedactionIsNone) {
  for (const char* word : {"determining", "locating", "retrieving", "extracting"}) EXPECT_EQ(word_of(activity_of(word).value()), word);
  EXPECT_EQ(activity_of("redacting").error().code, "law.unknown_activity");
}

}  // namespace
}  // namespace candour::law
