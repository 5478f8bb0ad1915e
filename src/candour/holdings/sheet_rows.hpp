#pragma once
// The rows of one sheet of a workbook, streamed: texts as a CSV of it would have them.

#include <candour/base/result.hpp>
#include <candour/formats/zip_reader.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace candour::holdings {

/// A row that holds something. Cells from column A on; trailing empty cells are left out.
struct SheetRow {
  std::uint64_t number = 1;  ///< as the program shows it
  std::vector<std::optional<std::string>> cells;
};
using SheetRowSink = std::function<base::Result<base::Done>(const SheetRow&)>;

/// A sheet's name and the part of the archive that holds it.
struct SheetPlace {
  std::string name;
  std::string part;
};

/// Lists the sheets in their order. Errors holding_unreachable "workbook.damaged".
[[nodiscard]] base::Result<std::vector<SheetPlace>> xlsx_sheets(const formats::ZipReader& archive);
/// Streams a sheet. Days become ISO dates, truth values "true" and "false"; formulas give their last result. Memory: the shared texts and one row.
[[nodiscard]] base::Result<base::Done> read_xlsx_rows(const formats::ZipReader& archive, const SheetPlace& sheet, const SheetRowSink& sink);

[[nodiscard]] base::Result<std::vector<SheetPlace>> ods_sheets(const formats::ZipReader& archive);
[[nodiscard]] base::Result<base::Done> read_ods_rows(const formats::ZipReader& archive, const SheetPlace& sheet, const SheetRowSink& sink);

/// Gives the index of a part. Error holding_unreachable "workbook.damaged" naming the part.
[[nodiscard]] base::Result<std::size_t> part_named(const formats::ZipReader& archive, const std::string& name);

}  // namespace candour::holdings
