#pragma once
// Inside the reading of coded tables: which column is which, and the rows as they stand.

#include <candour/formats/argus_metadata.hpp>
#include <candour/holdings/csv_scanner.hpp>
#include <candour/tabulate/coded_table.hpp>

namespace candour::tabulate::coded {

inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

/// Where each thing stands in a row.
struct Columns {
  std::vector<std::size_t> category;
  std::vector<formats::ArgusVariable> variable;  ///< name, total code and hierarchy of each category
  std::size_t value = no_column, records = no_column, people = no_column, status = no_column, cost = no_column, lower = no_column, upper = no_column,
              sliding = no_column;
  std::vector<std::size_t> largest;
  std::size_t count = 0;  ///< of a row
};

struct Rows {
  Columns columns;
  std::vector<holdings::CsvRow> rows;
  char separator = ',';
  std::string safe = "s", unsafe = "u", protect = "p";
};

/// Reads the file with its metadata or its header. Errors "coded.header", "coded.columns", "argus.metadata".
[[nodiscard]] base::Result<Rows> read_rows(const CodedTableOrder& order);

/// A fault of the table's file.
[[nodiscard]] base::Error wrong(std::string code, const std::filesystem::path& file, std::uint64_t line, std::string sentence, std::string hint = {});

}  // namespace candour::tabulate::coded
