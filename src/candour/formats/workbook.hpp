#pragma once
// A plain workbook and its two forms, OpenDocument and Excel: words and figures, one table a sheet, nothing hidden, merged, linked or calculated.

#include <candour/base/date.hpp>
#include <candour/base/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace candour::formats {

/// The number units / 10^decimals.
struct SheetFigure {
  std::int64_t units = 0;
  int decimals = 0;
};

using SheetValue = std::variant<std::string, SheetFigure>;

/// A table with one header row. Headers are unique; no value is an empty text.
struct SheetTable {
  std::string name;  ///< letters, digits and '_'; unique in the workbook
  std::vector<std::string> header;
  std::size_t heading_columns = 1;  ///< leading columns of words; the others hold figures or a symbol in place of one
  std::vector<std::vector<SheetValue>> rows;
};

/// Lines from A1 down, the first being the sheet's title; then the table, if there is one. Nothing stands below it.
struct Sheet {
  std::string name;  ///< at most 31 characters, without []:*?/\ or an apostrophe
  std::vector<std::string> lines;
  std::optional<SheetTable> table;
  int first_column_width = 0;  ///< in characters; 0: as wide as the table's first column needs
};

/// No name of an author: the properties of a file are where people forget what they left.
struct Workbook {
  std::string title;
  std::string language;  ///< "en"
  std::string country;   ///< "GB"
  base::Date created;    ///< the only date in the files
  std::vector<Sheet> sheets;
};

/// Gives the bytes of an .ods file, the same for the same workbook. A workbook that breaks the rules above stops with an internal fault.
/// Errors: could_not_finish "zip.not_written". Cost: linear, all in memory.
[[nodiscard]] base::Result<std::string> write_ods(const Workbook& workbook);

/// Gives the bytes of an .xlsx file, the same for the same workbook, through libxlsxwriter.
/// Errors: could_not_finish "xlsx.not_written" (its working files need some room in the folder for temporary files).
[[nodiscard]] base::Result<std::string> write_xlsx(const Workbook& workbook);

/// Stops with an internal fault unless the workbook keeps the rules that readers of all kinds rely on.
void check_workbook(const Workbook& workbook);

/// Widths of the columns in characters: of the table's columns, or of the single column of a sheet without a table.
[[nodiscard]] std::vector<int> column_widths(const Sheet& sheet);

}  // namespace candour::formats
