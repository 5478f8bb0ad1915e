#include <candour/protect/witness/refutation.hpp>

#include <algorithm>

namespace candour::protect {

Refutation::Refutation(const WitnessSystem& system, const Insiders& insiders, const std::vector<truth::Secret>& secrets)
    : insiders_(insiders), tight_at_(system.worlds().atom_count) {
  std::int64_t furthest = 0;
  for (const truth::Secret& secret : secrets) furthest = std::max(furthest, secret.reach_up.value_or(0));
  for (const table::SumConstraint& sum : system.worlds().sums) {
    if (sum.highest == table::no_upper_limit || sum.highest >= furthest + insiders.most_owned_in(sum.atoms)) continue;
    for (const table::AtomIndex atom : sum.atoms) tight_at_[atom].push_back(static_cast<std::uint32_t>(tight_.size()));
    tight_.push_back(&sum);
  }
}

const table::SumConstraint* Refutation::cap_of(const SecretJudge& judge) const {
  if (!judge.secret().reach_up || judge.secret().atoms.empty()) return nullptr;
  const auto& candidates = tight_at_[judge.secret().atoms.front()];
  const auto found = std::find_if(candidates.begin(), candidates.end(), [&](std::uint32_t sum) { return caps(*tight_[sum], judge); });
  return found == candidates.end() ? nullptr : tight_[*found];
}

bool Refutation::caps(const table::SumConstraint& sum, const SecretJudge& judge) const {
  const auto& atoms = judge.secret().atoms;
  if (!std::includes(sum.atoms.begin(), sum.atoms.end(), atoms.begin(), atoms.end())) return false;
  // Nobody at all, then the people who own most of the sum, one after another.
  std::vector<Stake> stakes = insiders_.stakes_in(sum.atoms);
  std::stable_sort(stakes.begin(), stakes.end(), [](const Stake& a, const Stake& b) { return a.records > b.records; });
  Coalition coalition;
  for (std::size_t next = 0;; ++next) {
    const auto goal = judge.goal(Side::up, coalition);
    if (!goal) return false;
    const std::int64_t own_elsewhere = insiders_.owned_in(coalition, sum.atoms) - insiders_.owned_in(coalition, atoms);
    if (sum.highest - own_elsewhere < *goal) return true;
    if (next >= stakes.size() || coalition.size() >= static_cast<std::size_t>(insiders_.largest_coalition())) return false;
    coalition.insert(std::upper_bound(coalition.begin(), coalition.end(), stakes[next].person), stakes[next].person);
  }
}

}  // namespace candour::protect
