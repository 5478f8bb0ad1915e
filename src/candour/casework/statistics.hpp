#pragma once
// The figures that the code under section 45 asks authorities to publish, counted from the cases.

#include <candour/casework/case_state.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace candour::casework {

/// One period. A request belongs to the period in which it was received; a review to that in which it was asked for.
struct PeriodStatistics {
  base::Date from{}, to{};
  std::int64_t received = 0;
  std::int64_t answered_in_time = 0;  ///< by the day on which it was due, stops and a noticed extension included
  std::int64_t answered_late = 0;
  std::int64_t still_open = 0;
  std::int64_t withdrawn = 0;
  std::int64_t granted_in_full = 0, granted_in_part = 0, refused = 0, not_held = 0, refused_on_cost = 0, vexatious_or_repeated = 0;
  std::int64_t internal_reviews = 0;
  std::vector<int> working_days;  ///< taken by each answer, sorted
};

/// The quarters of calendar years from that of `first` to that of `last`.
[[nodiscard]] std::vector<PeriodStatistics> quarters(base::Date first, base::Date last);
/// Counts. received = answered in time + answered late + still open + withdrawn, in every period.
[[nodiscard]] std::vector<PeriodStatistics> count_cases(const std::vector<CaseState>& cases, std::vector<PeriodStatistics> periods);
/// Half-days where an even number of answers has two in the middle; nothing for none: "12", "12.5".
[[nodiscard]] std::string median_of(const std::vector<int>& sorted);

/// The public file: {"authority": ..., "periods": [...]}, without a word about single cases.
[[nodiscard]] std::string statistics_json(const std::string& authority, const std::vector<PeriodStatistics>& periods);
/// A private page with charts: requests received and answered by period, how long answers took, what is open and when it falls due, who has how many.
[[nodiscard]] std::string workload_page(const std::string& authority, const std::vector<PeriodStatistics>& periods, const std::vector<CaseState>& cases,
                                        base::Date today);

}  // namespace candour::casework
