#pragma once
// The moment at which something is written down. Days are in date.hpp.

#include <string>

namespace candour::base {

/// Gives the moment in UTC as "2024-03-01T09:30:05Z". Where CANDOUR_TODAY=yyyy-mm-dd is set, noon of that day.
[[nodiscard]] std::string now_in_utc();

}  // namespace candour::base
