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
    return holiday.day == day && (regime == Regime::foia || std::ranges::find(holiday.parts, "scotland") != holiday.parts.end());
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

base::Result<base::Done> check_events(const ClockEvents& events) {
  if (events.clarified && *events.clarified < events.received)
    return base::fail(wrong("events_order", fmt::format("the clarification came on {}, expected a day not before receipt, {}", base::to_iso(*events.clarified),
                                                        base::to_iso(events.received))));
  if (events.fees_paid && !events.fees_notice) return base::fail(wrong("events_order", "a payment is given without a fees notice, expected both"));
  if (events.fees_notice && *events.fees_notice < events.received)
    return base::fail(wrong("events_order", fmt::format("the fees notice went out on {}, expected a day not before receipt, {}",
                                                        base::to_iso(*events.fees_notice), base::to_iso(events.received))));
  if (events.fees_notice && !events.fees_paid)
    return base::fail(wrong("fees_unpaid", fmt::format("the fees notice of {} is not paid: the clock stands still", base::to_iso(*events.fees_notice)),
                            "after three months without payment the request need not be answered (s.9(2))"));
  if (events.fees_notice && *events.fees_paid < *events.fees_notice)
    return base::fail(wrong("events_order", fmt::format("the fee was paid on {}, expected a day not before the notice, {}", base::to_iso(*events.fees_paid),
                                                        base::to_iso(*events.fees_notice))));
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
  return !(regime == Regime::foia && christmas) && holiday_on(day, regime) == nullptr;
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
  CANDOUR_TRY_DONE(check_events(events));
  ClockReading reading;
  reading.regime = regime;
  reading.starts = events.clarified.value_or(events.received);
  const int last = regime == Regime::foia ? days_with_extension : days_to_answer;
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
  }
  if (regime == Regime::foia) reading.aggregation_ends = end_of_aggregation(events.received);
  return reading;
}

}  // namespace candour::law
