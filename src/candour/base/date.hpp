#pragma once
// Calendar days and the local day of a time stamp. The clock is asked only here.

#include <candour/base/result.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace candour::base {

using Date = std::chrono::year_month_day;

/// How a column writes its dates.
enum class DateForm {
  iso,             ///< 2024-03-01
  day_month_year,  ///< 01/03/2024
  rfc3339,         ///< 2024-03-01T23:30:00+00:00, turned into the local day of a time zone
};

/// Gives "2024-03-01".
[[nodiscard]] std::string to_iso(Date date);
/// Gives "1 March 2024", as letters write it.
[[nodiscard]] std::string to_words(Date date);
/// Takes exactly yyyy-mm-dd of an existing day. Error wrong_input "date.malformed"; the text is not repeated in it.
[[nodiscard]] Result<Date> parse_iso_date(std::string_view text);
/// Takes dd/mm/yyyy (one or two digits for day and month).
[[nodiscard]] Result<Date> parse_day_month_year(std::string_view text);
/// Takes an RFC 3339 stamp (T or a blank between, fractions allowed, Z or an offset) and a time zone name such as
/// "Europe/London"; gives the local day there. Error "date.unknown_zone" if the system does not know the zone.
[[nodiscard]] Result<Date> parse_rfc3339_local_day(std::string_view text, std::string_view time_zone);
[[nodiscard]] Result<Date> parse_date(std::string_view text, DateForm form, std::string_view time_zone);

/// Gives today's date in the local time zone; CANDOUR_TODAY=yyyy-mm-dd in the environment overrides it, for reruns and tests.
[[nodiscard]] Date today();

}  // namespace candour::base
