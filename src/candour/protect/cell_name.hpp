#pragma once
// The name of a cell under which a key draws for it: the same wherever the cell is shown.

#include <candour/table/table_design.hpp>

#include <string>

namespace candour::protect {

/// "road/1/month=m1/age=young": population, question and the categories that are not the total, by code. The same cell of two tables has one name.
[[nodiscard]] std::string name_for_key(const table::TableLayout& layout, table::CellIndex cell);

}  // namespace candour::protect
