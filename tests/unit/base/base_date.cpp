#include <candour/base/date.hpp>

#include <gtest/gtest.h>

#include <cstdlib>

namespace candour::base {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr Date date(int y, unsigned m, unsigned d) { return Date{year{y}, month{m}, day{d}}; }

TEST(LocalDay, AUtcStampNearMidnightInSummerBelongsToTheNextDayInLondon) {
  EXPECT_EQ(parse_rfc3339_local_day("2023-06-30T23:30:00Z", "Europe/London").value(), date(2023, 7, 1));
  EXPECT_EQ(parse_rfc3339_local_day("2023-06-30T22:59:59+00:00", "Europe/London").value(), date(2023, 6, 30));
}

TEST(LocalDay, AUtcStampNearMidnightInWinterStaysWhereItIsInLondon) {
  EXPECT_EQ(parse_rfc3339_local_day("2023-01-31T23:30:00Z", "Europe/London").value(), date(2023, 1, 31));
}

TEST(LocalDay, TheLastHourBeforeTheClocksGoForwardIsStillWinterTime) {
  // On 26 March 2023 at 01:00 UTC London goes from 00:59 to 02:00 local time.
  EXPECT_EQ(parse_rfc3339_local_day("2023-03-25T23:59:59Z", "Europe/London").value(), date(2023, 3, 25));
  EXPECT_EQ(parse_rfc3339_local_day("2023-03-26T23:00:00Z", "Europe/London").value(), date(2023, 3, 27));
}

TEST(LocalDay, AnOffsetIsTakenOffBeforeTheZoneIsApplied) {
  EXPECT_EQ(parse_rfc3339_local_day("2024-01-01T00:30:00+02:00", "Europe/London").value(), date(2023, 12, 31));
  EXPECT_EQ(parse_rfc3339_local_day("2023-12-31T22:30:00-0130", "Europe/London").value(), date(2024, 1, 1));
}

TEST(LocalDay, ABlankFractionsAndALeapSecondAreRead) {
  EXPECT_EQ(parse_rfc3339_local_day("2016-12-31 23:59:60.25Z", "UTC").value(), date(2017, 1, 1));
  EXPECT_EQ(parse_rfc3339_local_day("2016-12-31t23:59z", "UTC").value(), date(2016, 12, 31));
}

TEST(LocalDay, AnUnknownZoneIsNamedTogetherWithAKnownOne) {
  const auto outcome = parse_rfc3339_local_day("2023-06-30T23:30:00Z", "Europe/Londn");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "date.unknown_zone");
  EXPECT_NE(outcome.error().sentence.find("Europe/Londn"), std::string::npos);
  EXPECT_NE(outcome.error().hint.find("Europe/London"), std::string::npos);
}

class MalformedStamp : public testing::TestWithParam<const char*> {};
TEST_P(MalformedStamp, IsRefusedAndNotRepeated) {
  const auto outcome = parse_rfc3339_local_day(GetParam(), "Europe/London");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "date.malformed");
  EXPECT_EQ(outcome.error().cause, Cause::wrong_input);
  EXPECT_EQ(outcome.error().sentence.find(GetParam()), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(Stamps, MalformedStamp,
                         testing::Values("2023-06-30", "2023-06-30T23:30:00", "2023-06-31T23:30:00Z", "2023-06-30T25:30:00Z", "2023-06-30T23:60:00Z",
                                         "2023-06-30T23:30:61Z", "2023-06-30T23:30:00.Z", "2023-06-30T23:30:00+1", "2023-06-30T23:30:00+25:00",
                                         "2023-06-30X23:30:00Z", "2023-06-30T2x:30:00Z", "2023-06-30T23-30-00Z"));

TEST(IsoDate, OnlyExistingDaysOfExactlyThatFormAreRead) {
  EXPECT_EQ(parse_iso_date("2024-02-29").value(), date(2024, 2, 29));
  for (const char* wrong :
       {"2023-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-1-01", "24-01-01", "2024/01/01", "2024-01-01 ", "", "2024-01-0a", "-024-01-01"})
    EXPECT_FALSE(parse_iso_date(wrong)) << wrong;
}

TEST(DayMonthYear, TheDayComesFirst) {
  EXPECT_EQ(parse_day_month_year("03/04/2022").value(), date(2022, 4, 3));
  EXPECT_EQ(parse_day_month_year("3/4/2022").value(), date(2022, 4, 3));
  for (const char* wrong : {"04/13/2022", "29/02/2023", "3/4/22", "/4/2022", "3//2022", "003/4/2022", "3/004/2022", "3-4-2022", "3/4/2022x"})
    EXPECT_FALSE(parse_day_month_year(wrong)) << wrong;
}

TEST(ParseDate, TheFormDecidesHowTheSameTextIsRead) {
  EXPECT_EQ(parse_date("2022-04-03", DateForm::iso, "UTC").value(), date(2022, 4, 3));
  EXPECT_EQ(parse_date("03/04/2022", DateForm::day_month_year, "UTC").value(), date(2022, 4, 3));
  EXPECT_EQ(parse_date("2022-04-03T00:10:00+01:00", DateForm::rfc3339, "UTC").value(), date(2022, 4, 2));
  EXPECT_FALSE(parse_date("03/04/2022", DateForm::iso, "UTC"));
}

TEST(DateAsText, IsoAndWordsNameTheSameDay) {
  EXPECT_EQ(to_iso(date(2024, 3, 1)), "2024-03-01");
  EXPECT_EQ(to_words(date(2024, 3, 1)), "1 March 2024");
  EXPECT_EQ(to_words(date(2021, 12, 31)), "31 December 2021");
}

TEST(Today, IsTheDayThatTheEnvironmentSays) {
  ::setenv("CANDOUR_TODAY", "2022-05-06", 1);
  EXPECT_EQ(today(), date(2022, 5, 6));
  ::unsetenv("CANDOUR_TODAY");
  EXPECT_GT(today(), date(2022, 5, 6));
}

}  // namespace
}  // namespace candour::base
