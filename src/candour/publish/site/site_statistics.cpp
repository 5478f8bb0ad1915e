#include <candour/publish/site/site_statistics.hpp>

#include <candour/base/files.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace candour::publish {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kinds{
    StatisticKind{"received", "Requests received"},
    StatisticKind{"answered_in_time", "Answered in time"},
    StatisticKind{"answered_late", "Answered late"},
    StatisticKind{"still_open", "Still open at the end"},
    StatisticKind{"granted_in_full", "Information given in full"},
    StatisticKind{"granted_in_part", "Given in part"},
    StatisticKind{"refused", "Refused"},
    StatisticKind{"not_held", "Information not held"},
    StatisticKind{"refused_on_cost", "Refused because of the cost (section 12)"},
    StatisticKind{"vexatious_or_repeated", "Refused as vexatious or repeated (section 14)"},
    StatisticKind{"internal_reviews", "Internal reviews"},
    StatisticKind{"median_working_days", "Median of working days to an answer"},
};

base::Error fault(const std::filesystem::path& file, std::string code, std::string sentence) {
  return {base::Cause::wrong_input, std::move(code), {file.string()}, std::move(sentence), "candour case statistics writes such a file"};
}

std::optional<std::int64_t> count_of(const StatisticsPeriod& period, std::string_view key) {
  const auto at = std::find_if(kinds.begin(), kinds.end(), [&](const StatisticKind& kind) { return kind.key == key; });
  const auto& figure = period.figures[static_cast<std::size_t>(at - kinds.begin())];
  if (!figure || figure->find('.') != std::string::npos) return std::nullopt;
  return std::stoll(*figure);
}

base::Result<std::optional<std::string>> figure_of(const Json& period, const StatisticKind& kind, const std::filesystem::path& file) {
  const auto found = period.find(std::string(kind.key));
  if (found == period.end() || found->is_null()) return std::optional<std::string>();
  const bool is_amount = found->is_number() && found->get<double>() >= 0 && found->get<double>() < 1e12;
  if (!is_amount || (!found->is_number_integer() && kind.key != "median_working_days")) {
    return base::fail(fault(file, "statistics.bad_figure", fmt::format("'{}' must be a number that is not negative, or left out", kind.key)));
  }
  return std::optional(found->dump());
}

base::Result<StatisticsPeriod> period_of(const Json& json, const std::filesystem::path& file) {
  const auto date_of = [&](const char* name) -> std::optional<base::Date> {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_string()) return std::nullopt;
    const auto date = base::parse_iso_date(found->get<std::string>());
    return date ? std::optional(*date) : std::nullopt;
  };
  const auto from = json.is_object() ? date_of("from") : std::nullopt, to = json.is_object() ? date_of("to") : std::nullopt;
  if (!from || !to || *to < *from)
    return base::fail(fault(file, "statistics.bad_period", "a period must have 'from' and 'to', two days such as 2026-01-01, in their order"));
  StatisticsPeriod period{*from, *to, {}};
  for (const StatisticKind& kind : kinds) {
    CANDOUR_TRY(figure, figure_of(json, kind, file));
    period.figures.push_back(std::move(figure));
  }
  return period;
}

}  // namespace

std::span<const StatisticKind> statistic_kinds() { return kinds; }

base::Result<Statistics> read_statistics(const std::filesystem::path& file) {
  CANDOUR_TRY(bytes, base::read_file(file));
  const Json json = Json::parse(bytes, nullptr, false);
  const auto periods = json.is_object() ? json.find("periods") : json.end();
  if (!json.is_object() || periods == json.end() || !periods->is_array()) {
    return base::fail(fault(file, "statistics.malformed", "this is not a JSON document with a list 'periods'"));
  }
  Statistics statistics;
  if (const auto name = json.find("authority"); name != json.end() && name->is_string()) statistics.authority = name->get<std::string>();
  for (const Json& one : *periods) {
    CANDOUR_TRY(period, period_of(one, file));
    statistics.periods.push_back(std::move(period));
  }
  std::stable_sort(statistics.periods.begin(), statistics.periods.end(), [](const auto& a, const auto& b) { return b.to < a.to; });
  return statistics;
}

std::string statistics_json(const Statistics& statistics) {
  Json json;
  json["authority"] = statistics.authority;
  json["periods"] = Json::array();
  for (const StatisticsPeriod& period : statistics.periods) {
    Json one{{"from", base::to_iso(period.from)}, {"to", base::to_iso(period.to)}};
    for (std::size_t i = 0; i < kinds.size(); ++i)
      if (period.figures[i]) one[std::string(kinds[i].key)] = Json::parse(*period.figures[i]);
    json["periods"].push_back(std::move(one));
  }
  return json.dump(2) + "\n";
}

std::optional<std::string> in_time_percent(const StatisticsPeriod& period) {
  const auto in_time = count_of(period, "answered_in_time"), late = count_of(period, "answered_late");
  if (!in_time || !late || *in_time + *late == 0) return std::nullopt;
  return fmt::format("{}%", (200 * *in_time + *in_time + *late) / (2 * (*in_time + *late)));
}

}  // namespace candour::publish
