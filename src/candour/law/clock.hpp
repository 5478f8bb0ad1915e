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

/// Says whether a day counts. FOIA and EIR: not on a Saturday, Sunday, Christmas Day, Good Friday or a bank holiday in *any* part of the United Kingdom
/// (s.10(6); reg. 2); FOISA: not on a Saturday, Sunday or a bank holiday in Scotland. Error wrong_input "law.year_unknown" outside the years of the table.
[[nodiscard]] base::Result<bool> is_working_day(base::Date day, Regime regime);

/// Counts the working days after `from`, up to and including `to`; 0 if `to` is not later. Errors as is_working_day.
[[nodiscard]] base::Result<int> working_days_after(base::Date from, base::Date to, Regime regime);

/// What stops, restarts or lengthens the clock.
struct ClockEvents {
  base::Date received{};
  std::optional<base::Date> clarified;    ///< the detail asked for came in: the clock starts anew (s.1(3), s.10(6)(b))
  std::optional<base::Date> fees_notice;  ///< days from the notice to the payment, both included, are left out (s.10(2))
  std::optional<base::Date> fees_paid;
  std::optional<base::Date> clarification_asked;  ///< further detail was asked for; until it comes in the clock stands still
  std::optional<base::Date> extension_notice;     ///< notice that the public interest is still weighed (s.17(2)); EIR: that the request is complex (reg. 7)
  std::optional<base::Date> extension_until;      ///< the estimate that the notice gives
  std::optional<base::Date> review_asked;         ///< an internal review was asked for
};

/// One day after the start and its number; 0 with the reason where it does not count.
struct CountedDay {
  base::Date day{};
  int number = 0;
  std::string why;
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
  std::optional<base::Date> extended;  ///< day 40. FOIA: the latest that the regulator expects; EIR: the latest that the Regulations allow; FOISA knows none
  std::optional<base::Date> due_after_extension;  ///< the estimate that a notice of extension gave
  /// FOIA: the last of sixty consecutive working days beginning with the day of receipt (reg. 5 of the Fees Regulations); nothing where it lies beyond the
  /// table.
  std::optional<base::Date> aggregation_ends;
  std::optional<base::Date> review_due;          ///< FOIA (Code of Practice) and FOISA (s.21): 20 working days after it was asked for; EIR: 40 (reg. 11)
  std::optional<base::Date> complex_review_due;  ///< FOIA: 40 where it is complex (Code of Practice)
  std::vector<SkippedDay> skipped;               ///< week-days up to answer_due that did not count
  std::vector<CountedDay> days;                  ///< the sum, day by day, from the day after the start to the last day that is due
};

/// Reads the clock: promptly, and no later than the twentieth working day *following* receipt; the day of receipt is day 0, whatever the hour.
///
/// Errors wrong_input: law.year_unknown, law.events_order (clarified before received, paid before the notice, paid without a notice, an estimate not after its
/// notice), law.fees_unpaid and law.clarification_open (the clock stands still), law.extension_late (the notice went out after day 20),
/// law.extension_too_long (EIR: beyond day 40), law.no_extension (FOISA).
[[nodiscard]] base::Result<ClockReading> read_clock(const ClockEvents& events, Regime regime);

}  // namespace candour::law
