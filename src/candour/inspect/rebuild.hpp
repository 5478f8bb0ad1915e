#pragma once
// A new file with the visible cells of a workbook or CSV file: never an edited original.

#include <candour/base/result.hpp>
#include <candour/inspect/visible_sheets.hpp>

#include <span>
#include <string>

namespace candour::inspect {

/// Gives CSV (RFC 4180, UTF-8, line ends of CR LF). Rows and columns without a visible cell are left out, so that a gap does not tell what was
/// hidden. Text that a spreadsheet program would take for a formula gets an apostrophe before it.
[[nodiscard]] std::string rebuilt_csv(const VisibleSheet& sheet);

/// Gives an ODS workbook with one table a sheet, numbers as numbers, nothing else: no styles, no properties, no thumbnail.
/// Fails as write_zip.
[[nodiscard]] base::Result<std::string> rebuilt_ods(std::span<const VisibleSheet> sheets);

}  // namespace candour::inspect
