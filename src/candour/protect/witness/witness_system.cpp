#include <candour/protect/witness/witness_system.hpp>

#include <candour/truth/replay.hpp>

#include <algorithm>
#include <numeric>

namespace candour::protect {
namespace {

using table::AtomIndex;

constexpr std::uint32_t none = 0xFFFFFFFFU;

bool is_exact(const table::SumConstraint& sum) { return sum.lowest == sum.highest; }

std::int64_t change_in(std::span<const AtomIndex> atoms, const table::Move& move) {
  std::int64_t change = 0;
  for (const table::AtomChange& part : move)
    if (std::binary_search(atoms.begin(), atoms.end(), part.atom)) change += part.change;
  return change;
}

// Finds exact sums that are made of smaller exact sums already kept: they follow, and need no watching.
class Followers {
 public:
  Followers(const table::Worlds& worlds, std::uint32_t tables) : worlds_(worlds), smallest_(tables, std::vector<std::uint32_t>(worlds.atom_count, none)) {}

  [[nodiscard]] bool follows(std::uint32_t sum) const {
    const table::SumConstraint& whole = worlds_.sums[sum];
    if (!is_exact(whole)) return false;
    return std::any_of(smallest_.begin(), smallest_.end(), [&](const auto& smallest) { return is_made_of(whole, smallest); });
  }
  void keep(std::uint32_t sum) {
    const table::SumConstraint& kept = worlds_.sums[sum];
    if (!is_exact(kept)) return;
    for (const AtomIndex atom : kept.atoms) {
      std::uint32_t& smallest = smallest_[kept.source.table][atom];
      if (smallest == none) smallest = sum;
    }
  }

 private:
  [[nodiscard]] bool is_made_of(const table::SumConstraint& whole, const std::vector<std::uint32_t>& smallest) const {
    std::vector<std::uint32_t> parts;
    for (const AtomIndex atom : whole.atoms) {
      if (smallest[atom] == none) return false;
      if (parts.empty() || parts.back() != smallest[atom]) parts.push_back(smallest[atom]);
    }
    std::sort(parts.begin(), parts.end());
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    std::size_t size = 0;
    for (const std::uint32_t part : parts) size += worlds_.sums[part].atoms.size();
    return size == whole.atoms.size();
  }

  const table::Worlds& worlds_;
  std::vector<std::vector<std::uint32_t>> smallest_;  ///< by table and atom: the smallest exact sum kept
};

}  // namespace

WitnessSystem::WitnessSystem(const truth::Population& truth, const table::Worlds& worlds) : truth_(&truth), worlds_(&worlds) {
  truth_fits_ = truth::fits_with_people(truth, worlds, truth.counts);
  keep_limits();
  index_limits();
  for (std::size_t condition = 0; condition < worlds.small.size(); ++condition) {
    std::vector<std::uint32_t> cells;
    for (std::uint32_t cell = 0; cell < worlds.small[condition].cells.size(); ++cell)
      if (is_met_by(condition, cell, {})) cells.push_back(cell);
    small_cells_.push_back(std::move(cells));
  }
}

void WitnessSystem::keep_limits() {
  std::vector<std::uint32_t> order(worlds_->sums.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return worlds_->sums[a].atoms.size() < worlds_->sums[b].atoms.size(); });
  std::uint32_t tables = 1;
  for (const table::SumConstraint& sum : worlds_->sums) tables = std::max(tables, sum.source.table + 1);
  Followers followers(*worlds_, tables);
  for (const std::uint32_t number : order) {
    const table::SumConstraint& sum = worlds_->sums[number];
    if (sum.atoms.empty() || (sum.lowest <= 0 && sum.highest == table::no_upper_limit) || followers.follows(number)) continue;
    followers.keep(number);
    limits_.push_back({sum.lowest, sum.highest, truth::records_in(*truth_, sum.atoms)});
    source_.push_back(number);
  }
}

void WitnessSystem::index_limits() {
  first_limit_.assign(worlds_->atom_count + 1, 0);
  for (const std::uint32_t number : source_)
    for (const AtomIndex atom : worlds_->sums[number].atoms) ++first_limit_[atom + 1];
  std::partial_sum(first_limit_.begin(), first_limit_.end(), first_limit_.begin());
  limits_of_atom_.resize(first_limit_.back());
  std::vector<std::uint32_t> next(first_limit_.begin(), first_limit_.end() - 1);
  filled_.resize(limits_.size());
  for (LimitIndex limit = 0; limit < limits_.size(); ++limit) {
    for (const AtomIndex atom : atoms_of(limit)) {
      limits_of_atom_[next[atom]++] = limit;
      if (truth_->counts[atom] > 0) filled_[limit].push_back(atom);
    }
  }
}

std::span<const AtomIndex> WitnessSystem::atoms_of(LimitIndex limit) const { return worlds_->sums[source_[limit]].atoms; }

std::span<const AtomIndex> WitnessSystem::filled_atoms_of(LimitIndex limit) const { return filled_[limit]; }

bool WitnessSystem::fits(const table::Move& move) const {
  if (!truth_fits_) return false;
  std::vector<std::pair<LimitIndex, std::int64_t>> changes;
  for (const table::AtomChange& part : move) {
    if (truth_->counts[part.atom] + part.change < 0) return false;
    for (const LimitIndex limit : limits_of(part.atom)) changes.emplace_back(limit, part.change);
  }
  std::sort(changes.begin(), changes.end());
  for (std::size_t i = 0; i < changes.size();) {
    const Limit& limit = limits_[changes[i].first];
    std::int64_t value = limit.value;
    const LimitIndex at = changes[i].first;
    for (; i < changes.size() && changes[i].first == at; ++i) value += changes[i].second;
    if (value < limit.lowest || value > limit.highest) return false;
  }
  return keeps_ratios(move) && stays_small(move);
}

bool WitnessSystem::keeps_ratios(const table::Move& move) const {
  return std::all_of(worlds_->ratios.begin(), worlds_->ratios.end(), [&](const table::RatioConstraint& ratio) {
    const std::int64_t up = change_in(ratio.numerator, move);
    const std::int64_t down = change_in(ratio.denominator, move);
    if (up == 0 && down == 0) return true;
    return table::ratio_fits(truth::records_in(*truth_, ratio.numerator) + up, truth::records_in(*truth_, ratio.denominator) + down, ratio.decimals,
                             ratio.units);
  });
}

bool WitnessSystem::needs_hiding_for_people(std::size_t condition, std::uint32_t cell) const {
  const table::OneIsSmall& small = worlds_->small[condition];
  if (small.origin == table::OneIsSmall::Origin::statement) return false;
  const std::int64_t people = truth::people_in(*truth_, small.cells[cell]);
  return people >= 1 && people <= small.highest;
}

bool WitnessSystem::is_met_by(std::size_t condition, std::uint32_t cell, const table::Move& move) const {
  const table::OneIsSmall& small = worlds_->small[condition];
  const std::vector<AtomIndex>& atoms = small.cells[cell];
  const std::int64_t value = truth::records_in(*truth_, atoms) + change_in(atoms, move);
  if (value >= 1 && value <= small.highest) return true;
  const bool touched =
      std::any_of(move.begin(), move.end(), [&](const table::AtomChange& part) { return std::binary_search(atoms.begin(), atoms.end(), part.atom); });
  return !touched && needs_hiding_for_people(condition, cell);
}

bool WitnessSystem::stays_small(const table::Move& move) const {
  for (std::size_t condition = 0; condition < worlds_->small.size(); ++condition) {
    const auto& cells = small_cells_[condition];
    if (std::any_of(cells.begin(), cells.end(), [&](std::uint32_t cell) { return is_met_by(condition, cell, move); })) continue;
    bool met = false;
    for (std::uint32_t cell = 0; cell < worlds_->small[condition].cells.size() && !met; ++cell) met = is_met_by(condition, cell, move);
    if (!met) return false;
  }
  return true;
}

}  // namespace candour::protect
