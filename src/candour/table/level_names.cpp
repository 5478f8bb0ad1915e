#include <candour/table/level_names.hpp>

namespace candour::table {

const std::string& level_name_of(const TableLayout& layout, std::size_t i, NodeIndex node) {
  const ShownVariable& shown = layout.design().by[i];
  const Hierarchy& hierarchy = layout.space().variables[shown.variable].hierarchy;
  return hierarchy.level_name(hierarchy.is_leaf(node) && node != 0 ? shown.levels.back() : hierarchy.level(node));
}

}  // namespace candour::table
