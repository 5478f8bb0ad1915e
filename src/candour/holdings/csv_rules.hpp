#pragma once
// What both CSV readers, the plain and the parallel one, agree on: headers, missing values, encodings and the errors about them.

#include <candour/holdings/csv_scanner.hpp>
#include <candour/holdings/holding.hpp>
#include <candour/holdings/row_coder.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candour::holdings {

/// Gives the names of the columns. Errors wrong_input "csv.duplicate_column", "csv.not_utf_8".
[[nodiscard]] base::Result<std::vector<std::string>> csv_header_names(const CsvRow& row, const CsvSettings& settings);
/// Gives a field's bytes as UTF-8. Error wrong_input "csv.not_utf_8" with file and line.
[[nodiscard]] base::Result<std::string> csv_text(std::string_view bytes, const CsvSettings& settings, std::uint64_t line);
/// An unquoted field is missing if it is empty or one of the settings' missing texts.
[[nodiscard]] Presence csv_presence(std::string_view bytes, Quoting quoting, const CsvSettings& settings);

[[nodiscard]] base::Error wrong_field_count(const CsvSettings& settings, const CsvRow& row, std::size_t expected);
[[nodiscard]] base::Error no_header(const std::string& file);
[[nodiscard]] base::Error utf_16(const std::string& file);

}  // namespace candour::holdings
