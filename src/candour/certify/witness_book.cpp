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

WitnessBook::WitnessBook(const truth::Population& truth, const table::Worlds& worlds, const std::vector<table::Move>& moves, std::int64_t largest_coalition)
    : truth_(truth), worlds_(worlds), sums_of_atom_(truth.counts.size()) {
  changes_.emplace_back();
  changes_.insert(changes_.end(), moves.begin(), moves.end());
  for (std::uint32_t s = 0; s < worlds.sums.size(); ++s) {
    true_sums_.push_back(table::sum_over(worlds.sums[s].atoms, truth.counts));
    for (const AtomIndex atom : worlds.sums[s].atoms) sums_of_atom_[atom].push_back(s);
  }
  find_emptied_groups();
  find_doubtful(largest_coalition);
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

void WitnessBook::find_doubtful(std::int64_t largest_coalition) {
  const auto sizes = static_cast<std::size_t>(std::max<std::int64_t>(largest_coalition, 0));
  doubtful_.assign(sizes, std::vector<std::vector<Doubtful>>(changes_.size()));
  std::vector<std::vector<std::int64_t>> largest(truth_.counts.size());  // by atom, once it is asked for
  for (std::size_t w = 0; w < changes_.size(); ++w)
    for (const table::AtomChange& change : changes_[w]) {
      if (change.atom >= truth_.counts.size() || change.change >= 0) continue;
      std::vector<std::int64_t>& contributions = largest[change.atom];
      if (contributions.empty()) contributions = truth::largest_contributions(truth_, std::vector<AtomIndex>{change.atom}, sizes);
      const std::int64_t left = truth_.counts[change.atom] + change.change;
      std::int64_t top = 0;
      for (std::size_t k = 0; k < sizes; ++k) {
        if (k < contributions.size()) top += contributions[k];
        if (left < top) doubtful_[k][w].push_back({change.atom, left});
      }
    }
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
