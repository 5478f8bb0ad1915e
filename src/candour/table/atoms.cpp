#include <candour/table/atoms.hpp>

namespace candour::table {

AtomIndex AtomSpace::count() const {
  AtomIndex count = memberships.size();
  for (const Variable& variable : variables) count *= variable.hierarchy.leaf_count();
  return count;
}

AtomIndex AtomSpace::index(std::span<const LeafIndex> leaves, MembershipIndex membership) const {
  AtomIndex index = 0;
  for (std::size_t v = 0; v < variables.size(); ++v) index = index * variables[v].hierarchy.leaf_count() + leaves[v];
  return index * memberships.size() + membership;
}

void AtomSpace::split(AtomIndex atom, std::span<LeafIndex> leaves, MembershipIndex& membership) const {
  membership = static_cast<MembershipIndex>(atom % memberships.size());
  atom /= memberships.size();
  for (std::size_t v = variables.size(); v-- > 0;) {
    const LeafIndex size = variables[v].hierarchy.leaf_count();
    leaves[v] = static_cast<LeafIndex>(atom % size);
    atom /= size;
  }
}

bool AtomSpace::counts(QuestionIndex question, std::span<const LeafIndex> leaves, MembershipIndex membership) const {
  if ((memberships[membership] >> question & 1U) == 0) return false;
  const std::vector<bool>& covered = questions[question].covered_periods;
  return !period || covered.empty() || covered[leaves[*period]];
}

std::optional<QuestionIndex> AtomSpace::find_question(std::string_view question_id) const {
  for (QuestionIndex q = 0; q < questions.size(); ++q)
    if (questions[q].id == question_id) return q;
  return std::nullopt;
}

std::optional<VariableIndex> AtomSpace::find_variable(std::string_view name) const {
  for (VariableIndex v = 0; v < variables.size(); ++v)
    if (variables[v].name == name) return v;
  return std::nullopt;
}

}  // namespace candour::table
