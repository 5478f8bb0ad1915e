#include <candour/truth/relaid.hpp>

#include <algorithm>

namespace candour::truth {

using table::AtomIndex;
using table::LeafIndex;

std::optional<Population> relaid(const Population& population, std::shared_ptr<const table::AtomSpace> space) {
  const table::AtomSpace& old = *population.space;
  if (old.variables.size() != space->variables.size() || old.questions.size() != space->questions.size() || old.memberships != space->memberships)
    return std::nullopt;
  std::vector<std::vector<LeafIndex>> new_leaf(old.variables.size());
  for (std::size_t v = 0; v < old.variables.size(); ++v) {
    const table::Hierarchy& from = old.variables[v].hierarchy;
    const table::Hierarchy& to = space->variables[v].hierarchy;
    if (from.leaf_count() != to.leaf_count()) return std::nullopt;
    for (LeafIndex leaf = 0; leaf < from.leaf_count(); ++leaf) {
      const auto node = to.find(from.code(from.node_of_leaf(leaf)));
      if (!node || !to.is_leaf(*node)) return std::nullopt;
      new_leaf[v].push_back(to.leaves(*node).first);
    }
  }
  std::vector<AtomIndex> new_atom(population.counts.size());
  std::vector<LeafIndex> leaves(old.variables.size());
  for (AtomIndex atom = 0; atom < new_atom.size(); ++atom) {
    table::MembershipIndex membership = 0;
    old.split(atom, leaves, membership);
    for (std::size_t v = 0; v < leaves.size(); ++v) leaves[v] = new_leaf[v][leaves[v]];
    new_atom[atom] = space->index(leaves, membership);
  }
  Population relaid{std::move(space), std::vector<std::int64_t>(population.counts.size()), population.people, population.contributions,
                    population.person_count};
  for (AtomIndex atom = 0; atom < new_atom.size(); ++atom) relaid.counts[new_atom[atom]] = population.counts[atom];
  for (Contribution& contribution : relaid.contributions) contribution.atom = new_atom[contribution.atom];
  std::sort(relaid.contributions.begin(), relaid.contributions.end(),
            [](const Contribution& a, const Contribution& b) { return a.atom != b.atom ? a.atom < b.atom : a.person < b.person; });
  return relaid;
}

}  // namespace candour::truth
