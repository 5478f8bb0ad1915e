#include <candour/assess/group_disclosure.hpp>

#include <candour/assess/naming.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::assess {
namespace {

using table::AtomIndex;
using table::CellIndex;
using table::NodeIndex;

bool is_sensitive(table::Role role) { return role != table::Role::identifying; }
bool is_identifying(table::Role role) { return role != table::Role::sensitive; }

// One group and the sums that a sensitive category splits it into.
class Group {
 public:
  Group(const truth::Population& population, const table::TableLayout& layout, CellIndex cell)
      : population_(population), layout_(layout), nodes_(layout.nodes(cell)), atoms_(layout.atoms(cell)), name_(name_of_cell(layout, cell)) {}

  [[nodiscard]] bool is_group() const {
    const table::AtomSpace& space = layout_.space();
    bool narrowed = false;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i] == 0) continue;
      if (!is_identifying(space.variables[layout_.design().by[i].variable].role)) return false;
      narrowed = true;
    }
    return narrowed && truth::records_in(population_, atoms_) > 0;
  }

  // The coarsest categories below the total that all members share, but for `spared` people.
  void add_shared_category(std::size_t shown, std::int64_t spared, std::vector<truth::Secret>& secrets) const {
    if (nodes_[shown] != 0) return;
    const table::VariableIndex variable = layout_.design().by[shown].variable;
    const table::Hierarchy& hierarchy = layout_.space().variables[variable].hierarchy;
    for (const NodeIndex category : layout_.categories(shown)) {
      if (category == 0 || parent_shown(hierarchy, shown, category) != 0) continue;
      add_if_shared(outside_category(variable, hierarchy.leaves(category)), spared, fmt::format("{}/all-in-{}", name_, hierarchy.code(category)), secrets);
    }
  }

  void add_shared_membership(table::QuestionIndex inner, std::int64_t spared, std::vector<truth::Secret>& secrets) const {
    const table::AtomSpace& space = layout_.space();
    std::vector<table::LeafIndex> leaves(space.variables.size());
    std::vector<AtomIndex> covered;
    std::vector<AtomIndex> outside;
    const std::vector<bool>& periods = space.questions[inner].covered_periods;
    for (const AtomIndex atom : atoms_) {
      table::MembershipIndex membership = 0;
      space.split(atom, leaves, membership);
      if (space.period && !periods.empty() && !periods[leaves[*space.period]]) continue;
      covered.push_back(atom);
      if ((space.memberships[membership] >> inner & 1U) == 0) outside.push_back(atom);
    }
    add_if_shared_within(covered, std::move(outside), spared, fmt::format("{}/all-in-q{}", name_, space.questions[inner].id), secrets);
  }

 private:
  // The nearest shown category above; 0 if that is the total. Only the coarsest categories are looked at: whoever is shown to stand
  // outside a coarse category stands outside every category in it.
  [[nodiscard]] NodeIndex parent_shown(const table::Hierarchy& hierarchy, std::size_t shown, NodeIndex category) const {
    NodeIndex above = hierarchy.parent(category);
    const auto& categories = layout_.categories(shown);
    while (above != 0 && !std::binary_search(categories.begin(), categories.end(), above)) above = hierarchy.parent(above);
    // A category that holds everything is no more than the total under another name.
    return hierarchy.leaves(above) == hierarchy.leaves(0) ? 0 : above;
  }

  [[nodiscard]] std::vector<AtomIndex> outside_category(table::VariableIndex variable, table::LeafRange category) const {
    std::vector<AtomIndex> outside;
    std::vector<table::LeafIndex> leaves(layout_.space().variables.size());
    for (const AtomIndex atom : atoms_) {
      table::MembershipIndex membership = 0;
      layout_.space().split(atom, leaves, membership);
      if (leaves[variable] < category.first || leaves[variable] >= category.end) outside.push_back(atom);
    }
    return outside;
  }

  void add_if_shared(std::vector<AtomIndex> outside, std::int64_t spared, std::string id, std::vector<truth::Secret>& secrets) const {
    add_if_shared_within(atoms_, std::move(outside), spared, std::move(id), secrets);
  }

  void add_if_shared_within(const std::vector<AtomIndex>& group, std::vector<AtomIndex> outside, std::int64_t spared, std::string id,
                            std::vector<truth::Secret>& secrets) const {
    const std::int64_t inside = truth::records_in(population_, group) - truth::records_in(population_, outside);
    if (outside.empty() || inside == 0 || truth::people_in(population_, outside) > spared) return;
    truth::Secret secret;
    secret.id = std::move(id);
    secret.rule = truth::SecretRule::group_disclosure;
    secret.atoms = std::move(outside);
    secret.group = group;
    secret.reach_up = 1;
    secrets.push_back(std::move(secret));
  }

  const truth::Population& population_;
  const table::TableLayout& layout_;
  std::vector<NodeIndex> nodes_;
  std::vector<AtomIndex> atoms_;
  std::string name_;
};

}  // namespace

void add_group_disclosure(const truth::Population& population, const table::TableLayout& layout, const policy::Policy& policy,
                          std::vector<truth::Secret>& secrets) {
  const table::AtomSpace& space = layout.space();
  const std::int64_t spared = policy.largest_coalition();
  for (CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const Group group(population, layout, cell);
    if (!group.is_group()) continue;
    for (std::size_t i = 0; i < layout.variable_count(); ++i)
      if (is_sensitive(space.variables[layout.design().by[i].variable].role)) group.add_shared_category(i, spared, secrets);
    for (table::QuestionIndex inner = 0; inner < space.questions.size(); ++inner)
      if (is_nested(space, layout.design().question, inner)) group.add_shared_membership(inner, spared, secrets);
  }
}

}  // namespace candour::assess
