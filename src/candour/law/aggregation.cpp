#include <candour/law/aggregation.hpp>

#include <candour/law/clock.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::law {
namespace {

constexpr int window_days = 60;

// Both days within sixty consecutive working days: counted from the earlier one, which is the first of them if it is a working day.
base::Result<bool> within_window(base::Date a, base::Date b) {
  const base::Date earlier = std::min(a, b);
  const base::Date later = std::max(a, b);
  CANDOUR_TRY(first_counts, is_working_day(earlier, Regime::foia));
  CANDOUR_TRY(after, working_days_after(earlier, later, Regime::foia));
  return after + (first_counts ? 1 : 0) <= window_days;
}

base::Result<Aggregated> judged(base::Date received, const OtherRequest& other, Regime regime) {
  if (regime == Regime::eir) return Aggregated{other, false, "the Regulations know no cost limit"};
  if (regime == Regime::foisa) {
    if (other.asked_by == AskedBy::same_person) return Aggregated{other, false, "under the Act of 2002 only requests of different people are added up"};
    return Aggregated{other, false, "added up only if all are answered by publication within twenty working days; a person has to decide that"};
  }
  if (other.asked_by == AskedBy::somebody_else) return Aggregated{other, false, "somebody else asked, and not in concert"};
  if (!other.similar) return Aggregated{other, false, "it does not relate to the same or similar information"};
  CANDOUR_TRY(within, within_window(received, other.received));
  if (!within) return Aggregated{other, false, "the two were not received within sixty consecutive working days"};
  return Aggregated{other, true,
                    fmt::format("{}, on the like, within sixty consecutive working days",
                                other.asked_by == AskedBy::same_person ? "the same person asked" : "people acting together asked")};
}

}  // namespace

AskedBy asked_by_of(std::string_view word) {
  return word == "same-person" ? AskedBy::same_person : word == "in-concert" ? AskedBy::in_concert : AskedBy::somebody_else;
}

base::Result<AggregationReading> read_aggregation(base::Date received, const std::vector<OtherRequest>& others, Regime regime) {
  AggregationReading reading;
  for (const OtherRequest& other : others) {
    CANDOUR_TRY(one, judged(received, other, regime));
    if (one.adds_up) {
      CANDOUR_TRY(hours, base::Decimal::sum(reading.hours, one.request.hours));
      reading.hours = hours;
    }
    reading.requests.push_back(std::move(one));
  }
  return reading;
}

}  // namespace candour::law
