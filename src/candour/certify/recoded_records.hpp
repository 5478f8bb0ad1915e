#pragma once
// Whether published records are the true ones recoded, and hold what was asked of them. Shares nothing with the search or the attack.

#include <candour/truth/coded_records.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace candour::certify {

/// What was promised of published records.
struct RecodingPromise {
  std::vector<std::size_t> levels;  ///< one an identifier
  std::int64_t smallest_class = 5;
  std::int64_t distinct_values = 2;
  std::int64_t coalition = 2;
  std::optional<double> largest_distance;
  std::int64_t suppression_limit_percent = 0;
};

/// Re-adds: recodes every true record, sorts them into classes, and compares with the published rows (identifiers, then sensitive values), as multisets.
///
/// Gives one sentence a fault, none where the promise holds: a row that no true record gives; a class of which some records are missing; a shown class that is
/// too small, of too few values, too close to one value, too far from all records; too many suppressed, or so few that their number is small. Sentences hold
/// counts and positions of levels, no value. Cost: sorting.
[[nodiscard]] std::vector<std::string> faults_of_recoding(const truth::CodedRecords& records, const RecodingPromise& promise,
                                                          const std::vector<std::vector<std::string>>& published);

}  // namespace candour::certify
