#include <candour/base/local_minute.hpp>

#include <candour/base/date.hpp>

#include <date/tz.h>
#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <stdexcept>

namespace candour::base {
namespace {

Error malformed() {
  return {Cause::wrong_input, "moment.malformed", {}, "this is no minute of the local clock, expected one such as \"2024-05-03 14:20\"", {}};
}

std::optional<int> two_digits(std::string_view text) {
  int number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.size() != 2 || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<date::local_seconds> local_of(std::string_view text) {
  if (text.size() != 16 || (text[10] != ' ' && text[10] != 'T') || text[13] != ':') return fail(malformed());
  const auto day = parse_iso_date(text.substr(0, 10));
  const auto hour = two_digits(text.substr(11, 2));
  const auto minute = two_digits(text.substr(14, 2));
  if (!day || !hour || !minute || *hour > 23 || *minute > 59) return fail(malformed());
  const date::local_days days{date::year{static_cast<int>(day->year())} / static_cast<int>(static_cast<unsigned>(day->month())) /
                              static_cast<int>(static_cast<unsigned>(day->day()))};
  return date::local_seconds(days) + std::chrono::hours(*hour) + std::chrono::minutes(*minute);
}

Result<date::sys_seconds> moment_of(std::string_view text, std::string_view time_zone) {
  CANDOUR_TRY(local, local_of(text));
  try {
    return date::locate_zone(std::string(time_zone))->to_sys(local, date::choose::earliest);
  } catch (const std::runtime_error&) {
    return fail({Cause::wrong_input, "date.unknown_zone", {}, fmt::format("the time zone '{}' is not known to this system", time_zone), {}});
  }
}

LocalMinute minute_of(date::sys_seconds moment, std::string_view time_zone) {
  return {date::format("%Y-%m-%d %H:%M", date::floor<std::chrono::minutes>(date::locate_zone(std::string(time_zone))->to_local(moment)))};
}

}  // namespace

Result<LocalMinute> parse_local_minute(std::string_view text, std::string_view time_zone) {
  CANDOUR_TRY(moment, moment_of(text, time_zone));
  LocalMinute minute = minute_of(moment, time_zone);
  std::string given(text);
  if (given.size() > 10) given[10] = ' ';
  if (minute.text != given) return fail(malformed());  // a minute that the clock skips
  return minute;
}

Result<LocalMinute> hours_after(const LocalMinute& minute, int hours, std::string_view time_zone) {
  CANDOUR_TRY(moment, moment_of(minute.text, time_zone));
  return minute_of(moment + std::chrono::hours(hours), time_zone);
}

}  // namespace candour::base
