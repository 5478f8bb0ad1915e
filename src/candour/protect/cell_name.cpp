#include <candour/protect/cell_name.hpp>

#include <fmt/format.h>

#include <map>

namespace candour::protect {

std::string name_for_key(const table::TableLayout& layout, table::CellIndex cell) {
  const table::AtomSpace& space = layout.space();
  std::string name = fmt::format("{}/{}", space.id, space.questions[layout.design().question].id);
  const std::vector<table::NodeIndex> nodes = layout.nodes(cell);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const table::Variable& variable = space.variables[layout.design().by[i].variable];
    if (nodes[i] != 0) name += fmt::format("/{}={}", variable.name, variable.hierarchy.code(nodes[i]));
  }
  return name;
}

std::string name_of_count(const table::TableLayout& layout, table::CellIndex cell) {
  const table::AtomSpace& space = layout.space();
  const table::CountedQuestion& question = space.questions[layout.design().question];
  const std::vector<table::LeafRange> box = layout.box(cell);
  std::map<std::string, std::string> codes_of;  // by name: the order of the variables is a case's own
  for (table::VariableIndex v = 0; v < box.size(); ++v) {
    const table::Hierarchy& hierarchy = space.variables[v].hierarchy;
    const bool is_period = space.period == v;
    if (!is_period && box[v].size() == hierarchy.leaf_count()) continue;
    std::string& codes = codes_of[space.variables[v].name];
    for (table::LeafIndex leaf = box[v].first; leaf < box[v].end; ++leaf) {
      if (is_period && !question.covered_periods.empty() && !question.covered_periods[leaf]) continue;
      codes += (codes.empty() ? "" : "+") + hierarchy.code(hierarchy.node_of_leaf(leaf));
    }
  }
  std::string name = fmt::format("{}/{}", space.id, question.label);
  for (const auto& [variable, codes] : codes_of) name += fmt::format("/{}={}", variable, codes);
  return name;
}

}  // namespace candour::protect
