#pragma once
// Working days and the clock of a request. Bank holidays are a dated table, not a formula: days are moved and added by proclamation.

#include <candour/law/provisions.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace candour::law {

/// A bank holiday in one or more parts of the United Kingdom.
struct BankHoliday {
  base::Date day{};
  std::string name;
  std::vector<std::string> parts;  ///< "england-and-wales", "scotland", "northern-ireland"
  std::string source;
};
[[nodiscard]] const std::vector<BankHoliday>& bank_holidays();
/// The years for which the table is complete.
[[nodiscard]] const std::vector<int>& bank_holiday_years();

/// Says whether a day counts. FOIA: not on a Saturday, Sunday, Christmas Day, Good Friday or a bank holiday in *any* part of the United Kingdom (s.10(6));
/// FOISA: not on a Saturday, Sunday or a bank holiday in Scotland. Error wrong_input "law.year_unknown" outside the years of the table.
[[nodiscard]] base::Result<bool> is_working_day(base::Date day, Regime regime);

/// Counts the working days after `from`, up to and including `to`; 0 if `to` is not later. Errors as is_working_day.
[[nodiscard]] base::Result<int> working_days_after(base::Date from, base::Date to, Regime regime);

/// What stops or restarts the clock.
struct ClockEvents {
  base::Date received{};
  std::optional<base::Date> clarified;    ///< the detail asked for came in: the clock starts anew (s.1(3), s.10(6)(b))
  std::optional<base::Date> fees_notice;  ///< days from the notice to the payment, both included, are left out (s.10(2))
  std::optional<base::Date> fees_paid;
};

/// A week-day that did not count.
struct SkippedDay {
  base::Date day{};
  std::string why;
};

struct ClockReading {
  Regime regime = Regime::foia;
  base::Date starts{};                 ///< day 0
  base::Date answer_due{};             ///< day 20
  std::optional<base::Date> extended;  ///< day 40: the latest that the regulator expects after a public interest extension; FOISA knows none
  /// FOIA: the last of sixty consecutive working days beginning with the day of receipt (reg. 5 of the Fees Regulations); nothing where it lies beyond the
  /// table.
  std::optional<base::Date> aggregation_ends;
  std::vector<SkippedDay> skipped;  ///< week-days up to answer_due that did not count
};

/// Reads the clock: promptly, and no later than the twentieth working day *following* receipt; the day of receipt is day 0, whatever the hour.
/// Errors wrong_input: law.year_unknown, law.events_order (clarified before received, paid before the notice, paid without a notice), law.fees_unpaid
/// (a notice without a payment: the clock stands still).
[[nodiscard]] base::Result<ClockReading> read_clock(const ClockEvents& events, Regime regime);

}  // namespace candour::law
