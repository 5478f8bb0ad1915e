#pragma once
// At which level a category stands in a table.

#include <candour/table/table_design.hpp>

#include <cstddef>
#include <string>

namespace candour::table {

/// The name of the level at which a category of the i-th shown variable stands in this table. One without parts stands at the finest level shown, wherever its
/// branch of the tree ends: so the categories of that level add up to the total.
[[nodiscard]] const std::string& level_name_of(const TableLayout& layout, std::size_t i, NodeIndex node);

}  // namespace candour::table
