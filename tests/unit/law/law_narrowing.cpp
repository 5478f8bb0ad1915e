// What would fit the cost limit, and which requests are added up.
#include <candour/law/aggregation.hpp>
#include <candour/law/narrowing.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace candour::law {
namespace {

base::Decimal hours(const char* text) { return base::Decimal::parse(text).value(); }
base::Date day(const char* text) { return base::parse_iso_date(text).value(); }

PricedWork work(const char* question, const char* amount, std::vector<Droppable> saved_by) {
  saved_by.push_back({DropKind::question, question, {}});
  return {{question, CostActivity::locating, hours(amount)}, std::move(saved_by)};
}
Droppable period(const char* name, const char* question) { return {DropKind::period, name, question}; }
Droppable system_of(const char* name) { return {DropKind::system, name, {}}; }

std::vector<NarrowingOption> options(const std::vector<PricedWork>& all, std::size_t most = 9) {
  return narrowing_options(all, Regime::foia, "other", most).value();
}

TEST(NarrowingOptions, AreNoneWhereTheWorkFits) { EXPECT_TRUE(options({work("1", "18", {})}).empty()); }

TEST(NarrowingOptions, DropTheLeastThatFits) {
  const auto found = options({work("1", "12", {period("2022", "1")}), work("1", "4", {period("2023", "1")}), work("2", "5", {})});
  // 21 hours; without 2023 there are 17, without question 2 there are 16, without 2022 there are 9.
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].dropped, std::vector<Droppable>({period("2023", "1")}));
  EXPECT_EQ(found[0].remaining.hours, hours("17"));
  EXPECT_EQ(found[0].remaining.pounds, hours("425"));
  EXPECT_EQ(found[1].dropped[0].name, "2");
  EXPECT_EQ(found[2].dropped[0].name, "2022");
  EXPECT_EQ(found[3].dropped[0].kind, DropKind::question);
}

TEST(NarrowingOptions, DropSeveralThingsWhereOneIsNotEnoughAndNeverMoreThanNeeded) {
  const auto found = options({work("1", "10", {system_of("paper")}), work("2", "10", {system_of("paper")}), work("3", "30", {})});
  for (const NarrowingOption& option : found) {
    EXPECT_LE(option.remaining.hours, hours("18"));
    for (const NarrowingOption& other : found) {
      const auto is_in_other = [&](const Droppable& thing) { return std::ranges::find(other.dropped, thing) != other.dropped.end(); };
      EXPECT_TRUE(&option == &other || !std::ranges::all_of(option.dropped, is_in_other));
    }
  }
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().dropped.size(), 2U);  // question 3 and one more
}

TEST(NarrowingOptions, AreAsManyAsAskedFor) {
  std::vector<PricedWork> all;
  for (const char* number : {"1", "2", "3", "4", "5", "6"}) all.push_back(work(number, "5", {}));
  EXPECT_EQ(options(all, 3).size(), 3U);
  EXPECT_EQ(options(all, 3).front().dropped.size(), 3U);
}

OtherRequest other(const char* received, AskedBy asked_by = AskedBy::same_person, bool similar = true) {
  return {"R", day(received), asked_by, similar, hours("10")};
}

bool adds_up(const OtherRequest& one, Regime regime = Regime::foia) { return read_aggregation(day("2024-07-01"), {one}, regime)->requests[0].adds_up; }

TEST(Aggregation, TakesTheLikeFromOnePersonOrInConcertWithinSixtyWorkingDays) {
  EXPECT_TRUE(adds_up(other("2024-06-03")));
  EXPECT_TRUE(adds_up(other("2024-06-03", AskedBy::in_concert)));
  EXPECT_FALSE(adds_up(other("2024-06-03", AskedBy::somebody_else)));
  EXPECT_FALSE(adds_up(other("2024-06-03", AskedBy::same_person, false)));
}

TEST(Aggregation, CountsTheDayOfTheEarlierRequestAsTheFirst) {
  // 1 July 2024 is the sixtieth working day that begins with 5 April 2024.
  EXPECT_TRUE(adds_up(other("2024-04-05")));
  EXPECT_FALSE(adds_up(other("2024-04-04")));
  EXPECT_TRUE(adds_up(other("2024-09-25")));  // the other way round: the clock says the same day
  EXPECT_FALSE(adds_up(other("2024-09-26")));
}

TEST(Aggregation, UnderTheScottishActAddsNothingByItselfAndUnderTheRegulationsNothing) {
  EXPECT_FALSE(adds_up(other("2024-06-03"), Regime::foisa));
  EXPECT_FALSE(adds_up(other("2024-06-03", AskedBy::somebody_else), Regime::foisa));
  EXPECT_FALSE(adds_up(other("2024-06-03"), Regime::eir));
}

TEST(Aggregation, AddsTheHoursOfThoseThatCount) {
  const auto reading =
      read_aggregation(day("2024-07-01"), {other("2024-06-03"), other("2024-06-04", AskedBy::somebody_else), other("2024-06-05")}, Regime::foia).value();
  EXPECT_EQ(reading.hours, hours("20"));
  for (const Aggregated& one : reading.requests) EXPECT_FALSE(one.why.empty());
}

}  // namespace
}  // namespace candour::law
