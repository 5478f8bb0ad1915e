#include <candour/casework/statistics.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace candour::casework {
namespace {

using base::Date;
using std::chrono::months;

bool lies_in(Date day, const PeriodStatistics& period) { return period.from <= day && day <= period.to; }

void count_outcome(const std::string& outcome, PeriodStatistics& period) {
  if (outcome == "granted-in-full") ++period.granted_in_full;
  if (outcome == "granted-in-part") ++period.granted_in_part;
  if (outcome == "refused") ++period.refused;
  if (outcome == "not-held") ++period.not_held;
  if (outcome == "refused-on-cost") ++period.refused_on_cost;
  if (outcome == "vexatious-or-repeated") ++period.vexatious_or_repeated;
}

void count_case(const CaseState& state, PeriodStatistics& period) {
  ++period.received;
  if (state.answered_on) {
    if (!state.was_due || *state.answered_on <= *state.was_due) ++period.answered_in_time;
    else ++period.answered_late;
    if (state.days_taken) period.working_days.push_back(*state.days_taken);
    count_outcome(state.outcome, period);
  } else if (state.stage == Stage::withdrawn) {
    ++period.withdrawn;
  } else {
    ++period.still_open;
  }
}

}  // namespace

std::vector<PeriodStatistics> quarters(Date first, Date last) {
  std::vector<PeriodStatistics> periods;
  const unsigned month = (static_cast<unsigned>(first.month()) - 1) / 3 * 3 + 1;
  for (auto begins = first.year() / std::chrono::month{month}; Date{begins / std::chrono::day{1}} <= last; begins += months{3}) {
    PeriodStatistics period;
    period.from = Date{begins / std::chrono::day{1}};
    period.to = Date{std::chrono::sys_days{(begins + months{3}) / std::chrono::day{1}} - std::chrono::days{1}};
    periods.push_back(period);
  }
  return periods;
}

std::vector<PeriodStatistics> count_cases(const std::vector<CaseState>& cases, std::vector<PeriodStatistics> periods) {
  for (PeriodStatistics& period : periods) {
    for (const CaseState& state : cases) {
      if (lies_in(state.head.received, period)) count_case(state, period);
      for (const Date asked : state.reviews_asked) period.internal_reviews += lies_in(asked, period) ? 1 : 0;
    }
    std::ranges::sort(period.working_days);
  }
  return periods;
}

std::string median_of(const std::vector<int>& sorted) {
  if (sorted.empty()) return {};
  const int upper = sorted[sorted.size() / 2];
  const int lower = sorted[(sorted.size() - 1) / 2];
  return (upper + lower) % 2 == 0 ? fmt::format("{}", (upper + lower) / 2) : fmt::format("{}.5", (upper + lower) / 2);
}

std::string statistics_json(const std::string& authority, const std::vector<PeriodStatistics>& periods) {
  nlohmann::ordered_json document{{"authority", authority}, {"periods", nlohmann::ordered_json::array()}};
  for (const PeriodStatistics& period : periods) {
    nlohmann::ordered_json one{{"from", base::to_iso(period.from)}, {"to", base::to_iso(period.to)}};
    for (const auto& [name, count] : {std::pair{"received", period.received},
                                      {"answered_in_time", period.answered_in_time},
                                      {"answered_late", period.answered_late},
                                      {"still_open", period.still_open},
                                      {"granted_in_full", period.granted_in_full},
                                      {"granted_in_part", period.granted_in_part},
                                      {"refused", period.refused},
                                      {"not_held", period.not_held},
                                      {"refused_on_cost", period.refused_on_cost},
                                      {"vexatious_or_repeated", period.vexatious_or_repeated},
                                      {"internal_reviews", period.internal_reviews}})
      one[name] = count;
    one["median_working_days"] = period.working_days.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json::parse(median_of(period.working_days));
    document["periods"].push_back(std::move(one));
  }
  return document.dump(2) + "\n";
}

}  // namespace candour::casework
