#include <candour/truth/replay.hpp>

#include <algorithm>

namespace candour::truth {

bool meets(const Population& population, const table::OneIsSmall& condition, std::span<const std::int64_t> counts) {
  const auto is_small = [&](const std::vector<table::AtomIndex>& cell) {
    const std::int64_t records = table::sum_over(cell, counts);
    if (records >= 1 && records <= condition.highest) return true;
    if (condition.origin == table::OneIsSmall::Origin::statement || records == 0) return false;
    if (std::any_of(cell.begin(), cell.end(), [&](table::AtomIndex atom) { return counts[atom] != population.counts[atom]; })) return false;
    return people_in(population, cell) <= condition.highest;
  };
  return std::any_of(condition.cells.begin(), condition.cells.end(), is_small);
}

bool fits_with_people(const Population& population, const table::Worlds& worlds, std::span<const std::int64_t> counts) {
  table::Worlds without_replay{worlds.atom_count, {}, worlds.ratios, {}};
  const auto sum_fits = [&](const table::SumConstraint& sum) {
    const std::int64_t value = table::sum_over(sum.atoms, counts);
    return value >= sum.lowest && value <= sum.highest;
  };
  return table::fits(without_replay, counts) && std::all_of(worlds.sums.begin(), worlds.sums.end(), sum_fits) &&
         std::all_of(worlds.small.begin(), worlds.small.end(), [&](const table::OneIsSmall& condition) { return meets(population, condition, counts); });
}

}  // namespace candour::truth
