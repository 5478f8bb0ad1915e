#include <candour/protect/cell_name.hpp>

#include <fmt/format.h>

#include <functional>
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

namespace {

std::string name_of(const table::AtomSpace& space, table::QuestionIndex of, const std::function<bool(table::VariableIndex, table::LeafIndex)>& holds) {
  const table::CountedQuestion& question = space.questions[of];
  std::map<std::string, std::string> codes_of;  // by name: the order of the variables is a case's own
  for (table::VariableIndex v = 0; v < space.variables.size(); ++v) {
    const table::Hierarchy& hierarchy = space.variables[v].hierarchy;
    const bool is_period = space.period == v;
    std::string codes;
    bool is_everything = !is_period;
    for (table::LeafIndex leaf = 0; leaf < hierarchy.leaf_count(); ++leaf) {
      if (is_period && !question.covered_periods.empty() && !question.covered_periods[leaf]) continue;
      if (holds(v, leaf)) codes += (codes.empty() ? "" : "+") + hierarchy.code(hierarchy.node_of_leaf(leaf));
      else is_everything = false;
    }
    if (!is_everything) codes_of[space.variables[v].name] = std::move(codes);
  }
  std::string name = fmt::format("{}/{}", space.id, question.label);
  for (const auto& [variable, codes] : codes_of) name += fmt::format("/{}={}", variable, codes);
  return name;
}

}  // namespace

std::string name_of_count(const table::TableLayout& layout, table::CellIndex cell) {
  const std::vector<table::LeafRange> box = layout.box(cell);
  return name_of(layout.space(), layout.design().question,
                 [&](table::VariableIndex v, table::LeafIndex leaf) { return box[v].first <= leaf && leaf < box[v].end; });
}

std::string name_of_count(const table::AtomSpace& space, const table::EarlierAtoms& atoms) {
  return name_of(space, atoms.question, [&](table::VariableIndex v, table::LeafIndex leaf) { return atoms.sides[v].contains(leaf); });
}

}  // namespace candour::protect
