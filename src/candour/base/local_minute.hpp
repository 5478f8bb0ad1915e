#pragma once
// Minutes of local time: for clocks that count hours, not days.

#include <candour/base/result.hpp>

#include <string>
#include <string_view>

namespace candour::base {

/// A minute on the wall clock of a time zone, as "2024-05-03 14:20".
struct LocalMinute {
  std::string text;
};

/// Takes "2024-05-03 14:20" (or with a T). Error wrong_input "moment.malformed", also for a minute that the zone's clock skips in spring; one that comes twice
/// in autumn is the first of the two.
[[nodiscard]] Result<LocalMinute> parse_local_minute(std::string_view text, std::string_view time_zone);
/// So many hours later, by a clock that is put forward and back as the zone does: 72 hours over the end of summer time end an hour earlier by the wall.
[[nodiscard]] Result<LocalMinute> hours_after(const LocalMinute& minute, int hours, std::string_view time_zone);

}  // namespace candour::base
