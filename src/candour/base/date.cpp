#include <candour/base/date.hpp>

#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <mutex>
#include <optional>

namespace candour::base {
namespace {

Error malformed(std::string_view expected) { return {Cause::wrong_input, "date.malformed", {}, fmt::format("expected a date as {}", expected), {}}; }

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || status != std::errc{} || end != text.data() + text.size() || text[0] == '-') return std::nullopt;
  return value;
}

std::optional<Date> checked(std::optional<int> year, std::optional<int> month, std::optional<int> day) {
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)}, std::chrono::day{static_cast<unsigned>(*day)}};
  if (*month > 12 || *day > 31 || !date.ok()) return std::nullopt;
  return date;
}

// Seconds east of UTC for "Z", "+01:00", "-0130"; nothing if malformed.
std::optional<int> offset_seconds(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const bool colon = text[3] == ':';
  if (text.size() != (colon ? 6U : 5U)) return std::nullopt;
  const auto hours = number(text.substr(1, 2));
  const auto minutes = number(text.substr(colon ? 4 : 3, 2));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (*hours * 3600 + *minutes * 60);
}

const date::time_zone* zone_named(std::string_view name) {
  static std::mutex guard;
  static std::string last_name;
  static const date::time_zone* last_zone = nullptr;
  const std::lock_guard lock(guard);
  if (last_zone != nullptr && last_name == name) return last_zone;
  try {
    last_zone = date::locate_zone(std::string(name));
    last_name = name;
    return last_zone;
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

constexpr std::array<const char*, 12> month_names = {"January", "February", "March",     "April",   "May",      "June",
                                                     "July",    "August",   "September", "October", "November", "December"};

}  // namespace

std::string to_iso(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string to_words(Date date) {
  return fmt::format("{} {} {}", static_cast<unsigned>(date.day()), month_names[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()));
}

Result<Date> parse_iso_date(std::string_view text) {
  if (text.size() == 10 && text[4] == '-' && text[7] == '-')
    if (const auto date = checked(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2)))) return *date;
  return fail(malformed("yyyy-mm-dd"));
}

Result<Date> parse_day_month_year(std::string_view text) {
  const auto first = text.find('/');
  const auto second = first == std::string_view::npos ? first : text.find('/', first + 1);
  if (second != std::string_view::npos && first <= 2 && second - first <= 3 && text.size() - second == 5)
    if (const auto date = checked(number(text.substr(second + 1)), number(text.substr(first + 1, second - first - 1)), number(text.substr(0, first))))
      return *date;
  return fail(malformed("dd/mm/yyyy"));
}

Result<Date> parse_rfc3339_local_day(std::string_view text, std::string_view time_zone) {
  const Error wrong = malformed("yyyy-mm-ddThh:mm:ss with Z or an offset");
  if (text.size() < 17 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return fail(wrong);
  const auto day = parse_iso_date(text.substr(0, 10));
  const auto zone_at = text.find_first_of("Zz+-", 11);
  if (!day || zone_at == std::string_view::npos) return fail(wrong);
  const std::string_view clock = text.substr(11, zone_at - 11);
  const auto offset = offset_seconds(text.substr(zone_at));
  if (!offset || clock.size() < 5 || clock[2] != ':') return fail(wrong);
  const auto hours = number(clock.substr(0, 2));
  const auto minutes = number(clock.substr(3, 2));
  std::optional<int> seconds = 0;
  if (clock.size() > 5) seconds = clock[5] == ':' && clock.size() >= 8 ? number(clock.substr(6, 2)) : std::nullopt;
  if (clock.size() > 8 && (clock[8] != '.' || clock.size() == 9 || !number(clock.substr(9, std::min<std::size_t>(9, clock.size() - 9))))) return fail(wrong);
  if (!hours || !minutes || !seconds || *hours > 24 || *minutes > 59 || *seconds > 60) return fail(wrong);
  const date::time_zone* zone = zone_named(time_zone);
  if (zone == nullptr)
    return fail({Cause::wrong_input,
                 "date.unknown_zone",
                 {},
                 fmt::format("the time zone '{}' is not known to this system", time_zone),
                 "use a name such as Europe/London; the package tzdata must be installed"});
  const date::sys_seconds moment = date::sys_days{date::year{static_cast<int>(day->year())} / static_cast<int>(static_cast<unsigned>(day->month())) /
                                                  static_cast<int>(static_cast<unsigned>(day->day()))} +
                                   std::chrono::seconds{*hours * 3600 + *minutes * 60 + *seconds - *offset};
  const date::local_seconds local = zone->to_local(moment);
  const date::year_month_day local_day{date::floor<date::days>(local)};
  return Date{std::chrono::year{static_cast<int>(local_day.year())}, std::chrono::month{static_cast<unsigned>(local_day.month())},
              std::chrono::day{static_cast<unsigned>(local_day.day())}};
}

Result<Date> parse_date(std::string_view text, DateForm form, std::string_view time_zone) {
  switch (form) {
    case DateForm::iso: return parse_iso_date(text);
    case DateForm::day_month_year: return parse_day_month_year(text);
    case DateForm::rfc3339: return parse_rfc3339_local_day(text, time_zone);
  }
  return fail(malformed("a known form"));
}

Date today() {
  if (const char* fixed = std::getenv("CANDOUR_TODAY"))
    if (const auto date = parse_iso_date(fixed)) return *date;
  const date::year_month_day day{
      date::floor<date::days>(date::current_zone()->to_local(std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now())))};
  return Date{std::chrono::year{static_cast<int>(day.year())}, std::chrono::month{static_cast<unsigned>(day.month())},
              std::chrono::day{static_cast<unsigned>(day.day())}};
}

}  // namespace candour::base
