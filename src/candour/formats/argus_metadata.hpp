#pragma once
// The metadata file (.rda) beside a table of τ-ARGUS: which column is which, and how its categories add up.

#include <candour/base/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candour::formats {

/// What a column of the table holds.
enum class ArgusColumn { category, value, frequency, contribution, status, cost, lower_level, upper_level, other };

struct ArgusVariable {
  std::string name;
  ArgusColumn column = ArgusColumn::other;
  std::string total_code;         ///< categories: the code of the total; empty: "Total", or an empty field
  std::string hierarchy_file;     ///< categories: an .hrc beside the metadata; empty: flat
  std::string lead = "@";         ///< what stands before a code once for each step below the first
  std::vector<int> level_digits;  ///< categories without a file: how many letters of the code belong to each level
  int decimals = 0;               ///< numbers
};

struct ArgusMetadata {
  char separator = ',';
  std::string safe = "S", unsafe = "U", protect = "P";  ///< words of a status column
  std::vector<ArgusVariable> variables;                 ///< in the order of the columns
};

/// Reads the text of an .rda for a table. Keys are recognised in any case; keys that say nothing about a table (recoding, missing codes, distances) are passed
/// over. Errors wrong_input "argus.metadata" with the line: a key before the first variable, a key without its value, a variable name twice, no category or no
/// value column.
[[nodiscard]] base::Result<ArgusMetadata> read_argus_metadata(std::string_view text, const std::string& name);

/// Writes what read_argus_metadata reads.
[[nodiscard]] std::string write_argus_metadata(const ArgusMetadata& metadata);

}  // namespace candour::formats
