#pragma once
// tables.ods and tables.xlsx: cover, contents, notes, then one table a sheet.

#include <candour/formats/workbook.hpp>
#include <candour/release/readable_answer.hpp>

namespace candour::release {

/// Gives the workbook of an answer that has tables: one header row a table, no merged or empty cell, symbols in place of missing figures.
[[nodiscard]] formats::Workbook workbook_of(const ReadableAnswer& answer);

}  // namespace candour::release
