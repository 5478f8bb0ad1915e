#include <candour/table/table_design.hpp>

#include <algorithm>

namespace candour::table {
namespace {

bool is_shown(const Hierarchy& hierarchy, NodeIndex node, const std::vector<int>& levels) {
  const int level = hierarchy.level(node);
  if (std::binary_search(levels.begin(), levels.end(), level)) return true;
  return hierarchy.is_leaf(node) && !levels.empty() && levels.back() > level;
}

// The nearest shown descendants of a node, in order.
void append_shown_below(const Hierarchy& hierarchy, NodeIndex node, const std::vector<int>& levels, std::vector<NodeIndex>& out) {
  for (const NodeIndex child : hierarchy.children(node)) {
    if (is_shown(hierarchy, child, levels)) out.push_back(child);
    else append_shown_below(hierarchy, child, levels, out);
  }
}

}  // namespace

TableLayout::TableLayout(const AtomSpace& space, const TableDesign& design) : space_(&space), design_(&design) {
  for (const ShownVariable& shown : design.by) {
    const Hierarchy& hierarchy = space.variables[shown.variable].hierarchy;
    std::vector<NodeIndex> nodes;
    for (NodeIndex node = 0; node < hierarchy.size(); ++node)
      if (is_shown(hierarchy, node, shown.levels)) nodes.push_back(node);
    cell_count_ *= nodes.size();
    categories_.push_back(std::move(nodes));
  }
}

std::vector<NodeIndex> TableLayout::nodes(CellIndex cell) const {
  std::vector<NodeIndex> nodes(categories_.size());
  for (std::size_t i = categories_.size(); i-- > 0;) {
    nodes[i] = categories_[i][cell % categories_[i].size()];
    cell /= categories_[i].size();
  }
  return nodes;
}

std::optional<CellIndex> TableLayout::find(std::span<const NodeIndex> nodes) const {
  CellIndex cell = 0;
  for (std::size_t i = 0; i < categories_.size(); ++i) {
    const auto at = std::lower_bound(categories_[i].begin(), categories_[i].end(), nodes[i]);
    if (at == categories_[i].end() || *at != nodes[i]) return std::nullopt;
    cell = cell * categories_[i].size() + static_cast<CellIndex>(at - categories_[i].begin());
  }
  return cell;
}

std::vector<LeafRange> TableLayout::box(CellIndex cell) const {
  std::vector<LeafRange> box;
  for (const Variable& variable : space_->variables) box.push_back({0, variable.hierarchy.leaf_count()});
  const std::vector<NodeIndex> shown = nodes(cell);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const VariableIndex v = design_->by[i].variable;
    box[v] = space_->variables[v].hierarchy.leaves(shown[i]);
  }
  return box;
}

std::vector<AtomIndex> TableLayout::atoms(CellIndex cell) const { return atoms_in_box(*space_, design_->question, box(cell)); }

bool TableLayout::is_outside_coverage(CellIndex cell) const {
  const std::vector<bool>& covered = space_->questions[design_->question].covered_periods;
  if (!space_->period || covered.empty()) return false;
  const LeafRange range = box(cell)[*space_->period];
  return std::none_of(covered.begin() + range.first, covered.begin() + range.end, [](bool c) { return c; });
}

std::vector<AtomIndex> atoms_in_box(const AtomSpace& space, QuestionIndex question, std::span<const LeafRange> box) {
  std::vector<AtomIndex> atoms;
  std::vector<LeafIndex> leaves;
  for (const LeafRange range : box) {
    if (range.size() == 0) return atoms;
    leaves.push_back(range.first);
  }
  while (true) {
    for (MembershipIndex m = 0; m < space.memberships.size(); ++m)
      if (space.counts(question, leaves, m)) atoms.push_back(space.index(leaves, m));
    std::size_t v = leaves.size();
    while (v-- > 0) {
      if (++leaves[v] < box[v].end) break;
      leaves[v] = box[v].first;
    }
    if (v == static_cast<std::size_t>(-1)) return atoms;
  }
}

std::vector<Equation> equations_of(const TableLayout& layout) {
  std::vector<Equation> equations;
  const AtomSpace& space = layout.space();
  for (std::size_t i = 0; i < layout.variable_count(); ++i) {
    const ShownVariable& shown = layout.design().by[i];
    const Hierarchy& hierarchy = space.variables[shown.variable].hierarchy;
    std::vector<std::vector<NodeIndex>> below(hierarchy.size());
    for (const NodeIndex node : layout.categories(i)) append_shown_below(hierarchy, node, shown.levels, below[node]);
    for (CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
      std::vector<NodeIndex> nodes = layout.nodes(cell);
      const std::vector<NodeIndex>& parts = below[nodes[i]];
      if (parts.empty() || layout.is_outside_coverage(cell)) continue;
      Equation equation{cell, {}};
      for (const NodeIndex part : parts) {
        nodes[i] = part;
        const CellIndex part_cell = *layout.find(nodes);
        if (!layout.is_outside_coverage(part_cell)) equation.parts.push_back(part_cell);
      }
      equations.push_back(std::move(equation));
    }
  }
  return equations;
}

}  // namespace candour::table
