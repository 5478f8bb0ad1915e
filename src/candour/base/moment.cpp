#include <candour/base/moment.hpp>

#include <candour/base/date.hpp>

#include <date/date.h>

#include <chrono>
#include <cstdlib>

namespace candour::base {

std::string now_in_utc() {
  if (const char* fixed = std::getenv("CANDOUR_TODAY"))
    if (const auto date = parse_iso_date(fixed)) return to_iso(*date) + "T12:00:00Z";
  return date::format("%FT%TZ", std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now()));
}

}  // namespace candour::base
