#pragma once
// The name of a cell under which a key draws for it: the same wherever the cell is shown.

#include <candour/table/draft.hpp>
#include <candour/table/table_design.hpp>

#include <string>

namespace candour::protect {

/// "road/1/month=m1/age=young": population, question and the categories that are not the total, by code. The same cell of two tables has one name.
[[nodiscard]] std::string name_for_key(const table::TableLayout& layout, table::CellIndex cell);

/// "road/stopped/age=18+19/month=2023-01+2023-02": population, what is counted, and of each variable that does not run over everything its finest codes; of
/// the periods those that are covered. The same count has one name in every answer, whatever number its question has and however its categories are joined.
/// Cost: the leaves.
[[nodiscard]] std::string name_of_count(const table::TableLayout& layout, table::CellIndex cell);
/// The same of a figure of an earlier release.
[[nodiscard]] std::string name_of_count(const table::AtomSpace& space, const table::EarlierAtoms& atoms);

}  // namespace candour::protect
