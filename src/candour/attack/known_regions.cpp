#include <candour/attack/known_regions.hpp>

#include <algorithm>
#include <limits>

namespace candour::attack {

Terms terms_sum(const Terms& a, std::int64_t times, const Terms& b) {
  std::map<std::size_t, std::int64_t> sum;
  for (const SignedFigure& term : a) sum[term.figure] += term.times;
  for (const SignedFigure& term : b) sum[term.figure] += times * term.times;
  Terms terms;
  for (const auto& [figure, multiplier] : sum)
    if (multiplier != 0) terms.push_back({figure, multiplier});
  return terms;
}

std::size_t KnownRegions::HashOfSides::operator()(const std::vector<SideIndex>& sides) const {
  std::size_t hash = 1469598103934665603ULL;
  for (const SideIndex side : sides) hash = (hash ^ side) * 1099511628211ULL;
  return hash;
}

KnownRegions::KnownRegions(const table::RegionSystem& system) : sides_(system.dimensions.size()), number_of_side_(system.dimensions.size()) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> table_number;
  for (std::size_t f = 0; f < system.figures.size(); ++f) {
    const table::RegionFigure& figure = system.figures[f];
    if (figure.region.is_empty()) continue;
    const KnownIndex known = find_or_add(figure.region);
    const auto table = static_cast<std::uint32_t>(table_number.size());
    const std::uint32_t number = table_number.try_emplace({figure.source.release, figure.source.table}, table).first->second;
    std::vector<std::uint32_t>& tables = knowns_[known].tables;
    if (tables.empty() || tables.back() != number) tables.push_back(number);
    raise(known, figure.lowest, {{f, 1}});
    lower(known, figure.highest, {{f, 1}});
  }
}

bool KnownRegions::is_inside(KnownIndex inner, KnownIndex outer) const {
  const std::vector<SideIndex>&in = knowns_[inner].sides, &out = knowns_[outer].sides;
  for (std::size_t d = 0; d < in.size(); ++d)
    if (in[d] != out[d] && !sides_[d][in[d]].is_inside(sides_[d][out[d]])) return false;
  return true;
}

table::Region KnownRegions::region_of(KnownIndex known) const {
  table::Region region;
  for (std::size_t d = 0; d < sides_.size(); ++d) region.sides.push_back(side_of(known, d));
  return region;
}

SideIndex KnownRegions::side_number(std::size_t dimension, const table::LeafSet& side) {
  const auto [at, is_new] = number_of_side_[dimension].try_emplace(side, static_cast<SideIndex>(sides_[dimension].size()));
  if (is_new) sides_[dimension].push_back(side);
  return at->second;
}

KnownIndex KnownRegions::find_or_add(std::vector<SideIndex> sides) {
  const auto [at, is_new] = known_of_.try_emplace(sides, static_cast<KnownIndex>(knowns_.size()));
  if (is_new) knowns_.push_back({std::move(sides), 0, std::numeric_limits<std::int64_t>::max(), {}, {}, {}});
  return at->second;
}

KnownIndex KnownRegions::find_or_add(const table::Region& region) {
  std::vector<SideIndex> sides;
  for (std::size_t d = 0; d < region.sides.size(); ++d) sides.push_back(side_number(d, region.sides[d]));
  return find_or_add(std::move(sides));
}

KnownIndex KnownRegions::beside(KnownIndex known, std::size_t dimension, const table::LeafSet& side) {
  std::vector<SideIndex> sides = knowns_[known].sides;
  sides[dimension] = side_number(dimension, side);
  return find_or_add(std::move(sides));
}

bool KnownRegions::has(KnownIndex known, std::size_t dimension, const table::LeafSet& side) const {
  const auto at = number_of_side_[dimension].find(side);
  if (at == number_of_side_[dimension].end()) return false;
  std::vector<SideIndex> sides = knowns_[known].sides;
  sides[dimension] = at->second;
  return known_of_.contains(sides);
}

bool KnownRegions::raise(KnownIndex known, std::int64_t lowest, const Terms& shown_by) {
  Known& region = knowns_[known];
  if (lowest <= region.lowest) return false;
  if (lowest > region.highest) {
    contradictions_.emplace_back(known, terms_sum(shown_by, -1, region.shows_highest));
    return false;
  }
  region.lowest = lowest;
  region.shows_lowest = shown_by;
  return true;
}

bool KnownRegions::lower(KnownIndex known, std::int64_t highest, const Terms& shown_by) {
  Known& region = knowns_[known];
  if (highest >= region.highest) return false;
  if (highest < region.lowest) {
    contradictions_.emplace_back(known, terms_sum(region.shows_lowest, -1, shown_by));
    return false;
  }
  region.highest = highest;
  region.shows_highest = shown_by;
  return true;
}

}  // namespace candour::attack
