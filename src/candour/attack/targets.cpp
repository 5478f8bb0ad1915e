#include <candour/attack/targets.hpp>

#include <candour/base/text.hpp>

#include <algorithm>

namespace candour::attack {
namespace {

using table::AtomIndex;
using table::AtomSpace;
using table::LeafIndex;
using table::MembershipIndex;
using table::NodeIndex;
using table::QuestionIndex;

bool covers(const AtomSpace& space, QuestionIndex question, const std::vector<LeafIndex>& leaves) {
  const std::vector<bool>& covered = space.questions[question].covered_periods;
  return !space.period || covered.empty() || covered[leaves[*space.period]];
}

bool is_in(const AtomSpace& space, QuestionIndex question, MembershipIndex membership) { return (space.memberships[membership] >> question & 1U) != 0; }

bool share_records(const AtomSpace& space, QuestionIndex a, QuestionIndex b) {
  for (MembershipIndex m = 0; m < space.memberships.size(); ++m)
    if (is_in(space, a, m) && is_in(space, b, m)) return true;
  return false;
}

// Keeps the atoms that a test of leaves and membership lets through.
template <class Test>
std::vector<AtomIndex> kept(const AtomSpace& space, const std::vector<AtomIndex>& atoms, Test test) {
  std::vector<AtomIndex> out;
  std::vector<LeafIndex> leaves(space.variables.size());
  for (const AtomIndex atom : atoms) {
    MembershipIndex membership = 0;
    space.split(atom, leaves, membership);
    if (test(leaves, membership)) out.push_back(atom);
  }
  return out;
}

class TargetList {
 public:
  TargetList(const AtomSpace& space, const table::TableDesign& design, std::uint32_t number) : space_(space), layout_(space, design), design_(number) {
    for (QuestionIndex inner = 0; inner < space.questions.size(); ++inner)
      if (inner != design.question && share_records(space, design.question, inner)) inner_.push_back(inner);
  }

  void add_to(std::vector<Target>& targets) const {
    for (table::CellIndex cell = 0; cell < layout_.cell_count(); ++cell) {
      if (layout_.is_outside_coverage(cell)) continue;
      const std::vector<AtomIndex> atoms = layout_.atoms(cell);
      if (atoms.empty()) continue;
      add_counts(cell, atoms, targets);
      if (is_group(cell)) add_groups(cell, atoms, targets);
    }
  }

 private:
  [[nodiscard]] const table::Variable& variable(std::size_t shown) const { return space_.variables[layout_.design().by[shown].variable]; }

  void add_counts(table::CellIndex cell, const std::vector<AtomIndex>& atoms, std::vector<Target>& targets) const {
    Target count;
    count.design = design_;
    count.cell = cell;
    count.holds_whole_people = holds_whole_people(cell);
    count.atoms = atoms;
    targets.push_back(count);
    for (const QuestionIndex inner : inner_) {
      Target difference;
      difference.design = design_;
      difference.cell = cell;
      difference.inner = inner;
      difference.atoms = kept(space_, atoms, [&](const auto& leaves, MembershipIndex m) { return !is_in(space_, inner, m) && covers(space_, inner, leaves); });
      if (!difference.atoms.empty()) targets.push_back(std::move(difference));
    }
  }

  // Every membership is counted, the periods are covered, and no purely sensitive category narrows the cell.
  [[nodiscard]] bool holds_whole_people(table::CellIndex cell) const {
    const QuestionIndex question = layout_.design().question;
    for (MembershipIndex m = 0; m < space_.memberships.size(); ++m)
      if (!is_in(space_, question, m)) return false;
    const std::vector<NodeIndex> nodes = layout_.nodes(cell);
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (nodes[i] != 0 && variable(i).role == table::Role::sensitive) return false;
    return true;
  }

  [[nodiscard]] bool is_group(table::CellIndex cell) const {
    bool is_narrowed = false;
    const std::vector<NodeIndex> nodes = layout_.nodes(cell);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i] == 0) continue;
      if (variable(i).role == table::Role::sensitive) return false;
      is_narrowed = true;
    }
    return is_narrowed;
  }

  void add_groups(table::CellIndex cell, const std::vector<AtomIndex>& atoms, std::vector<Target>& targets) const {
    const std::vector<NodeIndex> nodes = layout_.nodes(cell);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i] != 0 || variable(i).role == table::Role::identifying) continue;
      const table::VariableIndex v = layout_.design().by[i].variable;
      for (const NodeIndex category : coarsest(i)) {
        const table::LeafRange range = variable(i).hierarchy.leaves(category);
        Target target = group_target(cell, atoms);
        target.category = category;
        target.shared_variable = v;
        target.atoms = kept(space_, atoms, [&](const auto& leaves, MembershipIndex) { return leaves[v] < range.first || leaves[v] >= range.end; });
        if (!target.atoms.empty()) targets.push_back(std::move(target));
      }
    }
    for (const QuestionIndex inner : inner_) {
      Target target = group_target(cell, kept(space_, atoms, [&](const auto& leaves, MembershipIndex) { return covers(space_, inner, leaves); }));
      target.inner = inner;
      target.atoms = kept(space_, target.group, [&](const auto&, MembershipIndex m) { return !is_in(space_, inner, m); });
      if (!target.atoms.empty()) targets.push_back(std::move(target));
    }
  }

  [[nodiscard]] Target group_target(table::CellIndex cell, std::vector<AtomIndex> group) const {
    Target target;
    target.kind = TargetKind::group;
    target.design = design_;
    target.cell = cell;
    target.group = std::move(group);
    return target;
  }

  // The shown categories right below the total: whoever stands outside a coarse category stands outside every category in it.
  [[nodiscard]] std::vector<NodeIndex> coarsest(std::size_t shown) const {
    const table::Hierarchy& hierarchy = variable(shown).hierarchy;
    const std::vector<NodeIndex>& categories = layout_.categories(shown);
    std::vector<NodeIndex> out;
    for (const NodeIndex category : categories) {
      if (hierarchy.leaves(category) == hierarchy.leaves(0)) continue;
      NodeIndex above = hierarchy.parent(category);
      while (hierarchy.leaves(above) != hierarchy.leaves(0) && !std::binary_search(categories.begin(), categories.end(), above))
        above = hierarchy.parent(above);
      if (hierarchy.leaves(above) == hierarchy.leaves(0)) out.push_back(category);
    }
    return out;
  }

  const AtomSpace& space_;
  table::TableLayout layout_;
  std::uint32_t design_;
  std::vector<QuestionIndex> inner_;
};

}  // namespace

std::vector<Target> targets_of(const AtomSpace& space, const std::vector<table::TableDesign>& asked) {
  std::vector<Target> targets;
  for (std::uint32_t d = 0; d < asked.size(); ++d) TargetList(space, asked[d], d).add_to(targets);
  return targets;
}

std::string words_of_cell(const table::TableLayout& layout, table::CellIndex cell) {
  std::vector<std::string> parts;
  const std::vector<NodeIndex> nodes = layout.nodes(cell);
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i] != 0) parts.push_back(layout.space().variables[layout.design().by[i].variable].hierarchy.label(nodes[i]));
  return parts.empty() ? "Total" : base::joined(parts, ", ");
}

std::string words_of(const Target& target, const AtomSpace& space, const std::vector<table::TableDesign>& asked) {
  const table::TableLayout layout(space, asked[target.design]);
  std::string words = space.questions[asked[target.design].question].label;
  if (target.kind == TargetKind::count && target.inner) words += " and not " + space.questions[*target.inner].label;
  words += ": " + words_of_cell(layout, target.cell);
  if (target.kind == TargetKind::group && target.inner) words += ", all " + space.questions[*target.inner].label;
  if (target.category) words += ", all in " + space.variables[target.shared_variable].hierarchy.label(*target.category);
  return words;
}

}  // namespace candour::attack
