#pragma once
// A sheet of an XLSX or ODS workbook as a holding.

#include <candour/holdings/holding.hpp>

#include <memory>
#include <string>

namespace candour::holdings {

/// Opens a sheet (the first one if `sheet` is empty). The table starts in cell A1 with its header, has no empty row inside and nothing beside or below it;
/// a sheet that is laid out otherwise is refused, never guessed at: Error wrong_input "workbook.not_a_table" with the row. Further errors: wrong_input
/// "workbook.unknown_sheet" with the names, "workbook.bad_cell"; holding_unreachable "holding.unreachable", "workbook.damaged"; and those of the zip and XML
/// readers.
[[nodiscard]] base::Result<std::unique_ptr<RecordHolding>> open_workbook(const std::string& path, const std::string& sheet);

}  // namespace candour::holdings
