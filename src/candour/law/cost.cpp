#include <candour/law/cost.hpp>

#include <candour/base/check.hpp>
#include <candour/law/data_table.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace candour::law {
namespace {

constexpr std::array<CostActivity, 4> activities = {CostActivity::determining, CostActivity::locating, CostActivity::retrieving, CostActivity::extracting};

std::int64_t pounds_of(const std::string& text) {
  std::int64_t pounds = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), pounds);
  CANDOUR_CHECK(status == std::errc{} && end == text.data() + text.size(), "a limit and a rate are whole pounds");
  return pounds;
}

base::Result<base::Decimal> product(base::Decimal hours, base::Decimal rate) {
  std::int64_t units = 0;
  if (hours.scale() + rate.scale() > 18 || __builtin_mul_overflow(hours.units(), rate.units(), &units))
    return base::fail(
        {base::Cause::could_not_finish, "decimal.overflow", {}, "the cost is too large to be added up, expected hours that a person can work", {}});
  return base::Decimal::of_units(units, hours.scale() + rate.scale());
}

base::Result<base::Done> add(CostSum& sum, base::Decimal hours, base::Decimal rate) {
  CANDOUR_TRY(all, base::Decimal::sum(sum.hours, hours));
  CANDOUR_TRY(more, product(hours, rate));
  CANDOUR_TRY(pounds, base::Decimal::sum(sum.pounds, more));
  sum = {all, pounds};
  return base::Done{};
}

// Under the Act of 2000 the rate is fixed; under that of 2002 the real cost counts, and no more than the highest rate.
base::Decimal rate_of(const CostLine& line, const CostLimit& limit) {
  const base::Decimal highest(limit.rate_pounds);
  if (limit.regime != Regime::foisa || !line.pounds_an_hour) return highest;
  return std::min(*line.pounds_an_hour, highest);
}

}  // namespace

std::string_view word_of(CostActivity activity) {
  switch (activity) {
    case CostActivity::determining: return "determining";
    case CostActivity::locating: return "locating";
    case CostActivity::retrieving: return "retrieving";
    case CostActivity::extracting: return "extracting";
  }
  return "extracting";
}

base::Result<CostActivity> activity_of(std::string_view word) {
  for (const CostActivity activity : activities)
    if (word == word_of(activity)) return activity;
  return base::fail({base::Cause::wrong_input,
                     "law.unknown_activity",
                     {},
                     fmt::format("'{}' is not an activity that counts, expected determining, locating, retrieving or extracting", word),
                     {}});
}

const std::vector<std::pair<std::string, std::string>>& excluded_activities() {
  static const std::vector<std::pair<std::string, std::string>> all{{"redaction", "redaction"},
                                                                    {"considering-exemptions", "considering exemptions and the public interest"},
                                                                    {"consultation", "consultation"},
                                                                    {"sign-off", "approval"},
                                                                    {"advice", "advice to the requester"},
                                                                    {"formatting", "formatting"},
                                                                    {"validity", "checking whether the request is valid"}};
  return all;
}

base::Result<CostLimit> cost_limit(Regime regime, std::string_view part) {
  for (auto& row : rows_of(cost_limits_text, "regime,part,limit_pounds,rate_pounds,determining,locating,retrieving,extracting,regulations,source")) {
    if (row[0] != word_of(regime) || row[1] != part) continue;
    CostLimit limit{regime, row[1], pounds_of(row[2]), pounds_of(row[3]), {}, row[8], row[9]};
    for (std::size_t i = 0; i < activities.size(); ++i)
      if (row[4 + i] == "counts") limit.counting.push_back(activities[i]);
    return limit;
  }
  if (regime == Regime::eir)
    return base::fail({base::Cause::wrong_input,
                       "law.no_cost_limit",
                       {},
                       "the Environmental Information Regulations 2004 know no cost limit, expected another way to decide",
                       "regulation 12(4)(b), manifestly unreasonable, is weighed against the public interest by a named person"});
  return base::fail({base::Cause::wrong_input, "law.unknown_part", {}, fmt::format("'{}' is not a kind of authority, expected central or other", part), {}});
}

base::Result<CostReading> read_cost(const std::vector<CostLine>& lines, Regime regime, std::string_view part) {
  CostReading reading;
  CANDOUR_TRY(limit, cost_limit(regime, part));
  reading.limit = std::move(limit);
  for (const CostActivity activity : activities) reading.by_activity.push_back({activity, {}});
  for (const CostLine& line : lines) {
    const base::Decimal rate = rate_of(line, reading.limit);
    if (std::ranges::find(reading.limit.counting, line.activity) == reading.limit.counting.end()) {
      CANDOUR_TRY(left_out, base::Decimal::sum(reading.left_out_hours, line.hours));
      reading.left_out_hours = left_out;
      continue;
    }
    auto question = std::ranges::find(reading.by_question, line.question, &std::pair<std::string, CostSum>::first);
    if (question == reading.by_question.end()) question = reading.by_question.insert(question, {line.question, {}});
    CANDOUR_TRY_DONE(add(question->second, line.hours, rate));
    CANDOUR_TRY_DONE(add(reading.by_activity[static_cast<std::size_t>(line.activity)].second, line.hours, rate));
    CANDOUR_TRY_DONE(add(reading.all, line.hours, rate));
  }
  reading.over = reading.all.pounds > base::Decimal(reading.limit.limit_pounds);
  return reading;
}

}  // namespace candour::law
