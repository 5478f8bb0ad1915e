#pragma once
// A motivated intruder at work on published records: who looks like too few others, and what all who look alike share.

#include <candour/table/published_records.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace candour::attack {

/// Records as they were published.
struct PublishedRecords {
  std::vector<std::string> identifiers;        ///< names of the columns that an outsider could match on
  std::vector<std::string> sensitive;          ///< names of the others
  std::vector<std::vector<std::string>> rows;  ///< identifiers first
};

/// What an intruder can show. Of published things only.
struct RecordFinding {
  enum class Kind { small_class, shared_value } kind = Kind::small_class;
  std::vector<std::string> who;  ///< the class: its identifiers' categories
  std::int64_t people = 0;       ///< in the class
  std::string learnt;            ///< of shared_value: the column, and the value that all outside the coalition share
  std::string arithmetic;        ///< "7 records look alike; 6 of them have outcome 'A'; one insider takes off the other"
};

/// Attacks as somebody who knows a person's identifying details and that the person is in the data, alone or as one of `coalition` such people who are in the
/// class themselves.
///
/// Gives a finding for each class of fewer than `smallest_class` records, and for each class whose members outside the coalition can all be shown to share one
/// value of a sensitive column; in the order of the classes. Cost: sorting the rows.
/// Source: k-coalition: Lupp and Langsrud 2021; homogeneity: Machanavajjhala and others 2007; docs/methods/recoding.md
[[nodiscard]] std::vector<RecordFinding> attack_records(const PublishedRecords& published, std::int64_t smallest_class, std::int64_t coalition);

/// The same on records as they go out.
[[nodiscard]] std::vector<RecordFinding> attack_records(const table::PublishedRecords& records, std::int64_t coalition);

}  // namespace candour::attack
