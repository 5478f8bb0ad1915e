#pragma once
// The statistics that the code of practice under section 45 asks authorities to publish, as candour case statistics writes them.

#include <candour/base/date.hpp>
#include <candour/base/result.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace candour::publish {

/// One figure of a period.
struct StatisticKind {
  std::string_view key;    ///< in the file: "answered_in_time"
  std::string_view label;  ///< on the page: "Answered in time"
};

/// The figures in the order of the page.
[[nodiscard]] std::span<const StatisticKind> statistic_kinds();

struct StatisticsPeriod {
  base::Date from{};
  base::Date to{};
  std::vector<std::optional<std::string>> figures;  ///< one a kind, as printed; nothing: not recorded
};

struct Statistics {
  std::string authority;
  std::vector<StatisticsPeriod> periods;  ///< the newest first
};

/// Reads the file. Unknown members are passed over, missing figures are "not recorded". Errors wrong_input "statistics.malformed", "statistics.bad_period",
/// "statistics.bad_figure" (negative, or no number).
[[nodiscard]] base::Result<Statistics> read_statistics(const std::filesystem::path& file);

/// The file of the site: the same figures, nothing else.
[[nodiscard]] std::string statistics_json(const Statistics& statistics);

/// "94%": answered in time among all that were answered; nothing where a figure is missing or nothing was answered.
[[nodiscard]] std::optional<std::string> in_time_percent(const StatisticsPeriod& period);

}  // namespace candour::publish
