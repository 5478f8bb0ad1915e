#include <candour/law/clock.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>
#include <candour/law/data_table.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace candour::law {
namespace {

using base::Date;
using std::chrono::days;
using std::chrono::sys_days;

constexpr int days_to_answer = 20;
constexpr int days_with_extension = 40;
constexpr int days_of_aggregation = 60;

Date next_day(Date day) { return Date{sys_days{day} + days{1}}; }

bool is_weekend(Date day) {
  const std::chrono::weekday weekday{sys_days{day}};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

base::Error wrong(std::string_view code, std::string sentence, std::string hint = {}) {
  return {base::Cause::wrong_input, fmt::format("law.{}", code), {}, std::move(sentence), std::move(hint)};
}

const BankHoliday* holiday_on(Date day, Regime regime) {
  const auto& all = bank_holidays();
  const auto found = std::ranges::find_if(all, [&](const BankHoliday& holiday) {
    return holiday.day == day && (regime != Regime::foisa || std::ranges::find(holiday.parts, "scotland") != holiday.parts.end());
  });
  return found == all.end() ? nullptr : &*found;
}

// Why a day does not count; empty if it does.
base::Result<std::string> why_not(Date day, const ClockEvents& events, Regime regime) {
  CANDOUR_TRY(works, is_working_day(day, regime));
  if (!works) {
    const BankHoliday* holiday = holiday_on(day, regime);
    if (holiday == nullptr) return std::string(is_weekend(day) ? "weekend" : "Christmas Day");
    return fmt::format("{} ({})", holiday->name, base::joined(holiday->parts, ", "));
  }
  if (events.fees_notice && events.fees_paid && *events.fees_notice <= day && day <= *events.fees_paid)
    return std::string("between the fees notice and its payment");
  return std::string();
}

base::Result<base::Done> not_before(std::string_view later_name, const std::optional<Date>& later, std::string_view earlier_name, Date earlier) {
  if (later && *later < earlier)
    return base::fail(wrong("events_order",
                            fmt::format("{} is {}, expected a day not before {}, {}", later_name, base::to_iso(*later), earlier_name, base::to_iso(earlier))));
  return base::Done{};
}

base::Result<base::Done> check_stops(const ClockEvents& events) {
  CANDOUR_TRY_DONE(not_before("the day of the clarification", events.clarified, "the day of receipt", events.received));
  CANDOUR_TRY_DONE(not_before("the day on which clarification was asked for", events.clarification_asked, "the day of receipt", events.received));
  if (events.clarification_asked && !events.clarified)
    return base::fail(wrong("clarification_open",
                            fmt::format("the detail asked for on {} has not come in: the clock stands still", base::to_iso(*events.clarification_asked)),
                            "it starts with day 0 on the day on which the detail comes in (s.1(3), s.10(6)(b))"));
  if (events.clarification_asked)
    CANDOUR_TRY_DONE(not_before("the day of the clarification", events.clarified, "the day on which it was asked for", *events.clarification_asked));
  if (events.fees_paid && !events.fees_notice) return base::fail(wrong("events_order", "a payment is given without a fees notice, expected both"));
  CANDOUR_TRY_DONE(not_before("the day of the fees notice", events.fees_notice, "the day of receipt", events.received));
  if (events.fees_notice && !events.fees_paid)
    return base::fail(wrong("fees_unpaid", fmt::format("the fees notice of {} is not paid: the clock stands still", base::to_iso(*events.fees_notice)),
                            "after three months without payment the request need not be answered (s.9(2))"));
  if (events.fees_notice) CANDOUR_TRY_DONE(not_before("the day of the payment", events.fees_paid, "the day of the fees notice", *events.fees_notice));
  return not_before("the day on which a review was asked for", events.review_asked, "the day of receipt", events.received);
}

base::Result<base::Done> check_extension(const ClockEvents& events, const ClockReading& reading) {
  if (!events.extension_notice && !events.extension_until) return base::Done{};
  if (!events.extension_notice || !events.extension_until)
    return base::fail(wrong("events_order", "an extension has only one of its notice and its estimate, expected both days",
                            "a notice without an estimated day is none (s.17(2))"));
  if (reading.regime == Regime::foisa)
    return base::fail(wrong("no_extension", "an extension is given under the Act of 2002, expected none: that Act knows no more than 20 working days"));
  CANDOUR_TRY_DONE(not_before("the day of the notice of extension", events.extension_notice, "the day of receipt", events.received));
  CANDOUR_TRY_DONE(not_before("the estimate of the extension", events.extension_until, "the day of its notice", *events.extension_notice));
  if (*events.extension_notice > reading.answer_due)
    return base::fail(wrong("extension_late",
                            fmt::format("the notice of extension is of {}, expected a day not after day 20, {}", base::to_iso(*events.extension_notice),
                                        base::to_iso(reading.answer_due)),
                            "after day 20 the answer is late; an extension cannot mend that"));
  if (reading.regime == Regime::eir && *events.extension_until > *reading.extended)
    return base::fail(wrong(
        "extension_too_long",
        fmt::format("the extension goes to {}, expected a day not after day 40, {}", base::to_iso(*events.extension_until), base::to_iso(*reading.extended)),
        "the Regulations allow no more (reg. 7(1))"));
  return base::Done{};
}

// The day with a number after `from`. Nothing but the calendar counts here.
base::Result<Date> working_day_after(Date from, int number, Regime regime) {
  Date day = from;
  for (int counted = 0; counted < number;) {
    day = next_day(day);
    CANDOUR_TRY(works, is_working_day(day, regime));
    counted += works ? 1 : 0;
  }
  return day;
}

base::Result<base::Done> read_review(const ClockEvents& events, ClockReading& reading) {
  if (!events.review_asked) return base::Done{};
  CANDOUR_TRY(due, working_day_after(*events.review_asked, reading.regime == Regime::eir ? days_with_extension : days_to_answer, reading.regime));
  reading.review_due = due;
  if (reading.regime != Regime::foia) return base::Done{};
  CANDOUR_TRY(complex_due, working_day_after(*events.review_asked, days_with_extension, reading.regime));
  reading.complex_review_due = complex_due;
  return base::Done{};
}

std::optional<Date> end_of_aggregation(Date received) {
  Date day = received;
  for (int counted = 0;; day = next_day(day)) {
    const auto works = is_working_day(day, Regime::foia);
    if (!works) return std::nullopt;
    counted += *works ? 1 : 0;
    if (counted == days_of_aggregation) return day;
  }
}

}  // namespace

const std::vector<BankHoliday>& bank_holidays() {
  static const std::vector<BankHoliday> all = [] {
    std::vector<BankHoliday> holidays;
    for (auto& row : rows_of(bank_holidays_text, "date,name,regions,source")) {
      const auto day = base::parse_iso_date(row[0]);
      CANDOUR_CHECK(day.has_value(), "a bank holiday is a day");
      holidays.push_back({*day, row[1], base::split(row[2], ' '), row[3]});
    }
    return holidays;
  }();
  return all;
}

const std::vector<int>& bank_holiday_years() {
  static const std::vector<int> all = [] {
    std::vector<int> years;
    for (auto& row : rows_of(bank_holiday_years_text, "year,source")) {
      int year = 0;
      std::from_chars(row[0].data(), row[0].data() + row[0].size(), year);
      years.push_back(year);
    }
    return years;
  }();
  return all;
}

base::Result<bool> is_working_day(Date day, Regime regime) {
  const int year = static_cast<int>(day.year());
  if (std::ranges::find(bank_holiday_years(), year) == bank_holiday_years().end())
    return base::fail(wrong("year_unknown", fmt::format("the bank holidays of {} are not in the table, expected a year that is", year),
                            "add them to law/bank_holidays.csv and the year to law/bank_holiday_years.csv"));
  if (is_weekend(day)) return false;
  const bool christmas = day.month() == std::chrono::December && day.day() == std::chrono::day{25};
  return !(regime != Regime::foisa && christmas) && holiday_on(day, regime) == nullptr;
}

base::Result<int> working_days_after(Date from, Date to, Regime regime) {
  int count = 0;
  for (Date day = from; day < to;) {
    day = next_day(day);
    CANDOUR_TRY(works, is_working_day(day, regime));
    count += works ? 1 : 0;
  }
  return count;
}

base::Result<ClockReading> read_clock(const ClockEvents& events, Regime regime) {
  CANDOUR_TRY_DONE(check_stops(events));
  ClockReading reading;
  reading.regime = regime;
  reading.starts = events.clarified.value_or(events.received);
  const int last = regime == Regime::foisa ? days_to_answer : days_with_extension;
  Date day = reading.starts;
  for (int counted = 0; counted < last;) {
    day = next_day(day);
    CANDOUR_TRY(reason, why_not(day, events, regime));
    if (reason.empty()) {
      ++counted;
      if (counted == days_to_answer) reading.answer_due = day;
      if (counted == days_with_extension) reading.extended = day;
    } else if (counted < days_to_answer && !is_weekend(day)) {
      reading.skipped.push_back({day, reason});
    }
    reading.days.push_back({day, reason.empty() ? counted : 0, reason});
  }
  CANDOUR_TRY_DONE(check_extension(events, reading));
  reading.due_after_extension = events.extension_until;
  const Date last_shown = events.extension_until ? std::max(*events.extension_until, reading.answer_due) : reading.answer_due;
  std::erase_if(reading.days, [&](const CountedDay& one) { return one.day > last_shown; });
  if (regime == Regime::foia) reading.aggregation_ends = end_of_aggregation(events.received);
  CANDOUR_TRY_DONE(read_review(events, reading));
  return reading;
}

}  // namespace candour::law
