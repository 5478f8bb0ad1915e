#pragma once
// The truth of a table of amounts: totals, and the largest contributions behind each.

#include <cstdint>
#include <vector>

namespace candour::truth {

/// Cells in table order. All figures in units of 10^-scale.
struct MagnitudeTable {
  int scale = 0;
  std::vector<std::int64_t> totals;
  std::vector<std::int64_t> contributor_counts;                  ///< contributors of one group count as one
  std::vector<std::vector<std::int64_t>> largest_contributions;  ///< largest first, as many as were kept; groups as one
};

}  // namespace candour::truth
