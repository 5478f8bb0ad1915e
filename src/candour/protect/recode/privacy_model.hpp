#pragma once
// What must hold of records that go out recoded, and the recoding that was chosen.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace candour::protect {

/// What must hold of every class of records that look alike after recoding. A class that fails is suppressed whole.
struct PrivacyModel {
  std::int64_t smallest_class = 5;             ///< k of k-anonymity
  std::int64_t distinct_values = 2;            ///< l of distinct l-diversity, for each sensitive column
  std::int64_t coalition = 2;                  ///< members who compare notes: beside them and all who share one value, somebody must be left
  std::optional<double> largest_distance;      ///< t of t-closeness: half the sum of differences between the class's shares and those of all records
  std::int64_t suppression_limit_percent = 0;  ///< of the records

  /// A class that holds stays so when it is joined with another one, whatever that is. Not so under t-closeness.
  [[nodiscard]] bool is_monotone() const { return !largest_distance; }
};

/// Levels chosen, one an identifier, and what they cost.
struct Recoding {
  std::vector<std::size_t> levels;
  double loss = 1;         ///< 0: nothing was recoded; 1: nothing is left
  double lowest_loss = 0;  ///< no allowed recoding costs less; equal to `loss` where it is proved the best
  bool is_optimal = false;
  std::int64_t suppressed = 0;  ///< records
  std::int64_t classes = 0;     ///< shown
  std::int64_t recodings = 0;   ///< all combinations of levels
  std::int64_t evaluated = 0;   ///< of them, counted record by record
};

}  // namespace candour::protect
