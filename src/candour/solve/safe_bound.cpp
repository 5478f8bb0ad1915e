#include <candour/solve/safe_bound.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace candour::solve {

SafeBound safe_bound(const std::vector<Column>& columns, const std::vector<const Row*>& rows, const std::vector<double>& multipliers) {
  std::vector<long double> reduced, size;  // size: of all that was added up in it
  for (const Column& column : columns) reduced.push_back(column.objective), size.push_back(std::abs(column.objective));
  long double bound = 0, all = 0;
  std::size_t terms = columns.size();
  for (std::size_t r = 0; r < rows.size() && r < multipliers.size(); ++r) {
    const long double multiplier = std::isfinite(multipliers[r]) ? std::max(0.0, multipliers[r]) : 0.0;
    if (multiplier == 0) continue;
    bound += multiplier * rows[r]->lowest;
    all += std::abs(multiplier * rows[r]->lowest);
    terms += rows[r]->entries.size();
    for (const Entry& entry : rows[r]->entries) {
      const long double part = multiplier * entry.coefficient;
      reduced[static_cast<std::size_t>(entry.column)] -= part;
      size[static_cast<std::size_t>(entry.column)] += std::abs(part);
    }
  }
  SafeBound made;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    bound += std::min(reduced[c] * columns[c].lowest, reduced[c] * columns[c].highest);
    all += size[c] * std::max(std::abs(columns[c].lowest), std::abs(columns[c].highest));
    made.reduced.push_back(static_cast<double>(reduced[c]));
  }
  // Each of the additions is off by half a unit in the last place of a partial sum at most, and no partial sum exceeds the sum of the sizes.
  made.error = static_cast<double>(all * static_cast<long double>(terms + 10) * std::numeric_limits<long double>::epsilon()) +
               static_cast<double>(std::abs(bound)) * 4 * std::numeric_limits<double>::epsilon();
  made.bound = static_cast<double>(bound) - made.error;
  return made;
}

}  // namespace candour::solve
