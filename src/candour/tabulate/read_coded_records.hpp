#pragma once
// Records of a holding as numbers, for recoding.

#include <candour/base/result.hpp>
#include <candour/holdings/holding.hpp>
#include <candour/truth/coded_records.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace candour::tabulate {

/// A column to be recoded and the file of its levels.
struct IdentifierColumn {
  std::string column;
  std::filesystem::path levels;
};

/// Reads the levels of a column: CSV with code, parent and label (and the other forms of read_field_hierarchy), or a line for each value that holds the value
/// and its category at each level, parted by ';' or ','. The last level must be one category. Errors wrong_input "levels.*", "hierarchy.*" with file and line.
[[nodiscard]] base::Result<truth::QuasiIdentifier> read_levels(const std::string& column, const std::filesystem::path& file);

/// Reads the columns asked for; every other column is left out.
/// Errors: those of the holding; wrong_input "levels.unknown_value" with the line of a value that the levels do not have (the value itself is not repeated).
/// Cost: one reading; 4 bytes for each record and column.
[[nodiscard]] base::Result<truth::CodedRecords> read_coded_records(holdings::RecordHolding& holding, const std::vector<IdentifierColumn>& identifiers,
                                                                   const std::vector<std::string>& sensitive);

}  // namespace candour::tabulate
