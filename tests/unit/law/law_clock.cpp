// The clock of a request, held against worked vectors.
#include <candour/law/clock.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>

namespace candour::law {
namespace {

base::Date day(const char* text) { return base::parse_iso_date(text).value(); }

ClockReading clock(const char* received, Regime regime = Regime::foia) {
  ClockEvents events;
  events.received = day(received);
  return read_clock(events, regime).value();
}

struct Vector {
  const char* received;
  const char* foia_20;
  const char* foia_40;
  const char* foisa_20;
};
std::ostream& operator<<(std::ostream& out, const Vector& vector) { return out << vector.received; }

class WorkedVectors : public ::testing::TestWithParam<Vector> {};

TEST_P(WorkedVectors, GiveTheSameDays) {
  const Vector& vector = GetParam();
  EXPECT_EQ(base::to_iso(clock(vector.received).answer_due), vector.foia_20);
  EXPECT_EQ(base::to_iso(*clock(vector.received).extended), vector.foia_40);
  EXPECT_EQ(base::to_iso(clock(vector.received, Regime::foisa).answer_due), vector.foisa_20);
}

INSTANTIATE_TEST_SUITE_P(
    Clock, WorkedVectors,
    ::testing::Values(Vector{"2014-03-16", "2014-04-14", "2014-05-15", "2014-04-11"}, Vector{"2022-12-16", "2023-01-19", "2023-02-16", "2023-01-19"},
                      Vector{"2024-03-01", "2024-04-03", "2024-05-01", "2024-04-01"}, Vector{"2024-07-01", "2024-07-30", "2024-08-29", "2024-07-29"},
                      Vector{"2024-12-16", "2025-01-17", "2025-02-14", "2025-01-17"}, Vector{"2025-07-01", "2025-07-30", "2025-08-29", "2025-07-29"},
                      Vector{"2026-03-02", "2026-03-31", "2026-04-30", "2026-03-30"}, Vector{"2026-06-01", "2026-06-30", "2026-07-29", "2026-06-30"},
                      Vector{"2026-12-14", "2027-01-15", "2027-02-12", "2027-01-15"}));

TEST(TheClock, StopsForDaysThatAreHolidaysOnlyInScotlandOrNorthernIreland) {
  for (const char* holiday : {"2024-01-02", "2024-03-18", "2024-07-12", "2024-08-05", "2024-12-02", "2025-01-02", "2025-03-17", "2025-07-14", "2025-08-04",
                              "2025-12-01", "2026-01-02", "2026-03-17", "2026-07-13", "2026-08-03", "2026-11-30", "2026-06-15"})
    EXPECT_FALSE(is_working_day(day(holiday), Regime::foia).value()) << holiday;
  EXPECT_TRUE(is_working_day(day("2024-07-12"), Regime::foisa).value());
  EXPECT_TRUE(is_working_day(day("2024-04-01"), Regime::foisa).value());  // Easter Monday is no bank holiday in Scotland
  EXPECT_FALSE(is_working_day(day("2026-06-15"), Regime::foisa).value());
}

TEST(TheClock, SaysWhichDaysItLeftOut) {
  const auto reading = clock("2024-07-01");
  ASSERT_EQ(reading.skipped.size(), 1U);
  EXPECT_EQ(base::to_iso(reading.skipped[0].day), "2024-07-12");
  EXPECT_EQ(reading.skipped[0].why, "Battle of the Boyne (northern-ireland)");
  EXPECT_FALSE(clock("2024-07-01", Regime::foisa).extended.has_value());
}

TEST(TheClock, CountsFromTheDayAfterReceiptWhateverTheDay) {
  EXPECT_EQ(clock("2024-06-07").answer_due, clock("2024-06-09").answer_due);  // Friday and Sunday: Monday is day 1
  EXPECT_NE(clock("2024-06-09").answer_due, clock("2024-06-10").answer_due);
}

TEST(TheClock, CountsTheWorkingDaysBetweenTwoDays) {
  EXPECT_EQ(working_days_after(day("2024-07-01"), day("2024-07-30"), Regime::foia).value(), 20);
  EXPECT_EQ(working_days_after(day("2024-07-05"), day("2024-07-08"), Regime::foia).value(), 1);
  EXPECT_EQ(working_days_after(day("2024-07-08"), day("2024-07-05"), Regime::foia).value(), 0);
  EXPECT_FALSE(working_days_after(day("2027-12-30"), day("2028-01-03"), Regime::foia).has_value());
}

TEST(TheClock, StartsAnewWithTheClarification) {
  ClockEvents events;
  events.received = day("2024-06-03");
  events.clarified = day("2024-07-01");
  EXPECT_EQ(base::to_iso(read_clock(events, Regime::foia)->answer_due), "2024-07-30");
  events.clarified = day("2024-06-02");
  EXPECT_EQ(read_clock(events, Regime::foia).error().code, "law.events_order");
}

TEST(TheClock, LeavesOutTheDaysFromAFeesNoticeToItsPayment) {
  ClockEvents events;
  events.received = day("2024-07-01");
  events.fees_notice = day("2024-07-04");
  EXPECT_EQ(read_clock(events, Regime::foia).error().code, "law.fees_unpaid");
  events.fees_paid = day("2024-07-10");                                                 // Thursday to Wednesday: five working days
  EXPECT_EQ(base::to_iso(read_clock(events, Regime::foia)->answer_due), "2024-08-07");  // 30 July and five more, less 5 August
  events.fees_paid = day("2024-07-03");
  EXPECT_EQ(read_clock(events, Regime::foia).error().code, "law.events_order");
  events.fees_notice.reset();
  EXPECT_EQ(read_clock(events, Regime::foia).error().code, "law.events_order");
  events = {};
  events.received = day("2024-07-01");
  events.fees_notice = day("2024-06-01");
  events.fees_paid = day("2024-07-01");
  EXPECT_EQ(read_clock(events, Regime::foia).error().code, "law.events_order");
}

TEST(TheClock, StandsStillUntilTheClarificationComesIn) {
  ClockEvents events;
  events.received = day("2024-06-03");
  events.clarification_asked = day("2024-06-10");
  EXPECT_EQ(read_clock(events, Regime::foia).error().code, "law.clarification_open");
  events.clarified = day("2024-07-01");
  EXPECT_EQ(base::to_iso(read_clock(events, Regime::foia)->answer_due), "2024-07-30");
  events.clarified = day("2024-06-07");
  EXPECT_EQ(read_clock(events, Regime::foia).error().code, "law.events_order");
}

TEST(TheClock, ShowsTheSumDayByDay) {
  const auto reading = clock("2024-03-01");
  ASSERT_EQ(reading.days.size(), 33U);  // 2 March to 3 April
  EXPECT_EQ(base::to_iso(reading.days.front().day), "2024-03-02");
  EXPECT_EQ(reading.days.front().why, "weekend");
  EXPECT_EQ(reading.days.back().number, 20);
  EXPECT_EQ(reading.days.back().day, reading.answer_due);
  int number = 0;
  for (const CountedDay& one : reading.days) {
    EXPECT_EQ(one.why.empty(), one.number != 0);
    if (one.number == 0) continue;
    ++number;
    EXPECT_EQ(one.number, number);
  }
}

TEST(TheClock, UnderTheEnvironmentalRegulationsCountsAsForTheActAndAllowsFortyDays) {
  const auto reading = clock("2024-07-01", Regime::eir);
  EXPECT_EQ(base::to_iso(reading.answer_due), "2024-07-30");
  EXPECT_EQ(base::to_iso(*reading.extended), "2024-08-29");
  EXPECT_FALSE(reading.aggregation_ends.has_value());
  ClockEvents events;
  events.received = day("2024-07-01");
  events.extension_notice = day("2024-07-30");
  events.extension_until = day("2024-08-29");
  EXPECT_EQ(base::to_iso(*read_clock(events, Regime::eir)->due_after_extension), "2024-08-29");
  events.extension_until = day("2024-08-30");
  EXPECT_EQ(read_clock(events, Regime::eir).error().code, "law.extension_too_long");
}

TEST(TheClock, TakesAnExtensionOnlyWithItsNoticeInTime) {
  ClockEvents events;
  events.received = day("2024-07-01");
  events.extension_until = day("2024-08-20");
  EXPECT_EQ(read_clock(events, Regime::foia).error().code, "law.events_order");
  events.extension_notice = day("2024-07-30");
  const auto reading = read_clock(events, Regime::foia).value();
  EXPECT_EQ(reading.due_after_extension, day("2024-08-20"));
  EXPECT_EQ(reading.days.back().day, day("2024-08-20"));
  events.extension_notice = day("2024-07-31");
  EXPECT_EQ(read_clock(events, Regime::foia).error().code, "law.extension_late");
  events.extension_notice = day("2024-07-30");
  events.extension_until = day("2024-07-29");
  EXPECT_EQ(read_clock(events, Regime::foia).error().code, "law.events_order");
  events.extension_until = day("2024-08-20");
  EXPECT_EQ(read_clock(events, Regime::foisa).error().code, "law.no_extension");
}

TEST(TheClock, OfAReviewIsTwentyDaysOrFortyByTheLaw) {
  ClockEvents events;
  events.received = day("2024-03-01");
  events.review_asked = day("2024-07-01");
  const auto foia = read_clock(events, Regime::foia).value();
  EXPECT_EQ(base::to_iso(*foia.review_due), "2024-07-30");
  EXPECT_EQ(base::to_iso(*foia.complex_review_due), "2024-08-29");
  EXPECT_EQ(base::to_iso(*read_clock(events, Regime::foisa)->review_due), "2024-07-29");
  EXPECT_EQ(base::to_iso(*read_clock(events, Regime::eir)->review_due), "2024-08-29");
  events.review_asked = day("2024-02-01");
  EXPECT_EQ(read_clock(events, Regime::foia).error().code, "law.events_order");
}

TEST(TheClock, RefusesYearsWhoseHolidaysAreNotKnown) {
  ClockEvents events;
  events.received = day("2027-12-20");
  const auto reading = read_clock(events, Regime::foia);
  ASSERT_FALSE(reading.has_value());
  EXPECT_EQ(reading.error().code, "law.year_unknown");
  EXPECT_NE(reading.error().sentence.find("2028"), std::string::npos);
}

TEST(TheClock, CountsSixtyWorkingDaysForRequestsThatAreAddedUp) {
  const auto reading = clock("2024-07-01");
  int working = 0;
  for (base::Date at = day("2024-07-01"); at <= *reading.aggregation_ends; at = base::Date{std::chrono::sys_days{at} + std::chrono::days{1}})
    working += is_working_day(at, Regime::foia).value() ? 1 : 0;
  EXPECT_EQ(working, 60);
  EXPECT_TRUE(is_working_day(*reading.aggregation_ends, Regime::foia).value());
  EXPECT_FALSE(clock("2024-07-01", Regime::foisa).aggregation_ends.has_value());
  EXPECT_FALSE(clock("2027-10-25").aggregation_ends.has_value());  // beyond the table; the days that matter are known
}

TEST(TheHolidays, FallOnWeekdaysInOrderWithASource) {
  EXPECT_TRUE(std::ranges::is_sorted(bank_holidays(), {}, &BankHoliday::day));
  const std::set<std::string> parts{"england-and-wales", "scotland", "northern-ireland"};
  for (const BankHoliday& holiday : bank_holidays()) {
    const std::chrono::weekday weekday{std::chrono::sys_days{holiday.day}};
    EXPECT_TRUE(weekday != std::chrono::Saturday && weekday != std::chrono::Sunday) << base::to_iso(holiday.day);
    EXPECT_FALSE(holiday.source.empty()) << base::to_iso(holiday.day);
    for (const std::string& part : holiday.parts) EXPECT_TRUE(parts.contains(part)) << part;
    EXPECT_TRUE(std::ranges::find(bank_holiday_years(), static_cast<int>(holiday.day.year())) != bank_holiday_years().end());
  }
}

TEST(TheHolidays, OfAYearAreAtLeastEightInEnglandNineInScotlandTenInNorthernIreland) {
  for (const int year : bank_holiday_years()) {
    const auto count = [&](std::string_view part) {
      return std::ranges::count_if(
          bank_holidays(), [&](const BankHoliday& h) { return static_cast<int>(h.day.year()) == year && std::ranges::find(h.parts, part) != h.parts.end(); });
    };
    EXPECT_GE(count("england-and-wales"), 8) << year;
    EXPECT_GE(count("scotland"), 9) << year;
    EXPECT_GE(count("northern-ireland"), 10) << year;
  }
}

}  // namespace
}  // namespace candour::law
