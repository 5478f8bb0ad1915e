#pragma once
// Stable names of cells, and which questions lie inside which.

#include <candour/table/table_design.hpp>

#include <string>

namespace candour::assess {

/// Gives "q2/2024-03|18-24|*": question and category codes, a star for a total.
[[nodiscard]] std::string name_of_cell(const table::TableLayout& layout, table::CellIndex cell);

/// Says whether some records of `inner` are records of `outer` too, so that the two can be subtracted.
[[nodiscard]] bool is_nested(const table::AtomSpace& space, table::QuestionIndex outer, table::QuestionIndex inner);

}  // namespace candour::assess
