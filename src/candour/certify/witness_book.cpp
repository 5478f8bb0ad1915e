#include <candour/certify/witness_book.hpp>

#include <candour/truth/replay.hpp>

#include <algorithm>
#include <unordered_map>

namespace candour::certify {

using table::AtomIndex;

namespace {

bool is_in_order(const table::Move& move, AtomIndex atom_count) {
  for (std::size_t i = 0; i < move.size(); ++i)
    if (move[i].atom >= atom_count || move[i].change == 0 || (i != 0 && move[i - 1].atom >= move[i].atom)) return false;
  return true;
}

}  // namespace

WitnessBook::WitnessBook(const truth::Population& truth, const table::Worlds& worlds, const std::vector<table::Move>& moves)
    : truth_(truth), worlds_(worlds), sums_of_atom_(truth.counts.size()) {
  changes_.emplace_back();
  changes_.insert(changes_.end(), moves.begin(), moves.end());
  for (std::uint32_t s = 0; s < worlds.sums.size(); ++s) {
    true_sums_.push_back(table::sum_over(worlds.sums[s].atoms, truth.counts));
    for (const AtomIndex atom : worlds.sums[s].atoms) sums_of_atom_[atom].push_back(s);
  }
  find_emptied_groups();
}

std::optional<std::string> WitnessBook::fault_of(WitnessIndex witness) const {
  const table::Move& move = changes_[witness];
  if (!is_in_order(move, truth_.counts.size())) return "its changes are not in order";
  std::unordered_map<std::uint32_t, std::int64_t> change_of_sum;
  std::vector<std::int64_t> counts = truth_.counts;
  for (const table::AtomChange& change : move) {
    if (__builtin_add_overflow(counts[change.atom], change.change, &counts[change.atom]) || counts[change.atom] < 0) return "a count falls below zero";
    for (const std::uint32_t s : sums_of_atom_[change.atom]) change_of_sum[s] += change.change;
  }
  for (std::uint32_t s = 0; witness == 0 && s < worlds_.sums.size(); ++s) change_of_sum.emplace(s, 0);
  for (const auto& [s, change] : change_of_sum) {
    const table::SumConstraint& sum = worlds_.sums[s];
    if (true_sums_[s] + change < sum.lowest || true_sums_[s] + change > sum.highest) return "a published figure is not reproduced";
  }
  for (const table::RatioConstraint& ratio : worlds_.ratios)
    if (!table::ratio_fits(table::sum_over(ratio.numerator, counts), table::sum_over(ratio.denominator, counts), ratio.decimals, ratio.units))
      return "a published percentage is not reproduced";
  for (const table::OneIsSmall& small : worlds_.small)
    if (!truth::meets(truth_, small, counts)) return "nothing would have needed hiding, or a stated reason would not hold";
  return std::nullopt;
}

std::int64_t WitnessBook::sum(WitnessIndex witness, const std::vector<AtomIndex>& atoms, std::int64_t true_sum) const {
  for (const table::AtomChange& change : changes_[witness])
    if (std::binary_search(atoms.begin(), atoms.end(), change.atom)) true_sum += change.change;
  return true_sum;
}

std::int64_t WitnessBook::top(AtomIndex atom, std::int64_t coalition_size) const {
  const std::vector<AtomIndex> one{atom};
  std::int64_t sum = 0;
  for (const std::int64_t records : truth::largest_contributions(truth_, one, static_cast<std::size_t>(coalition_size))) sum += records;
  return sum;
}

bool WitnessBook::stands_against_all(WitnessIndex witness, std::int64_t coalition_size) const {
  return std::all_of(changes_[witness].begin(), changes_[witness].end(), [&](const table::AtomChange& change) {
    return change.change >= 0 || truth_.counts[change.atom] + change.change >= top(change.atom, coalition_size);
  });
}

bool WitnessBook::is_refuted_by(WitnessIndex witness, const OwnRecords& own) const {
  return std::any_of(changes_[witness].begin(), changes_[witness].end(), [&](const table::AtomChange& change) {
    if (change.change >= 0) return false;
    const auto at = own.find(change.atom);
    return at != own.end() && truth_.counts[change.atom] + change.change < at->second;
  });
}

std::vector<AtomIndex> WitnessBook::lowered(WitnessIndex witness) const {
  std::vector<AtomIndex> atoms;
  for (const table::AtomChange& change : changes_[witness])
    if (change.change < 0) atoms.push_back(change.atom);
  return atoms;
}

std::uint64_t WitnessBook::group_of(AtomIndex atom) const {
  const table::AtomSpace& space = *truth_.space;
  std::vector<table::LeafIndex> leaves(space.variables.size());
  table::MembershipIndex membership = 0;
  space.split(atom, leaves, membership);
  std::uint64_t group = 0;
  for (std::size_t v = 0; v < leaves.size(); ++v) {
    if (space.variables[v].role == table::Role::sensitive) continue;
    group = group * space.variables[v].hierarchy.leaf_count() + leaves[v];
  }
  return group;
}

void WitnessBook::find_emptied_groups() {
  std::unordered_map<std::uint64_t, std::int64_t> members;
  for (AtomIndex atom = 0; atom < truth_.counts.size(); ++atom)
    if (truth_.counts[atom] != 0) members[group_of(atom)] += truth_.counts[atom];
  for (const table::Move& move : changes_) {
    std::map<std::uint64_t, std::int64_t> change_of;
    for (const table::AtomChange& change : move)
      if (change.atom < truth_.counts.size()) change_of[group_of(change.atom)] += change.change;
    std::vector<std::uint64_t> emptied;
    for (const auto& [group, change] : change_of) {
      const auto at = members.find(group);
      if (at != members.end() && at->second + change <= 0) emptied.push_back(group);
    }
    emptied_groups_.push_back(std::move(emptied));
  }
}

}  // namespace candour::certify
