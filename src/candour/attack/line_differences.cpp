#include <candour/attack/line_differences.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace candour::attack {
namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

std::int64_t less(std::int64_t a, std::int64_t b) { return a == unlimited ? unlimited : a - b; }

}  // namespace

LineDifferences::LineDifferences(KnownRegions& known, std::size_t dimension, const std::vector<KnownIndex>& line, const DifferencingLimits& limits)
    : known_(known), dimension_(dimension), line_(line), limits_(limits), zero_(side(line.front())) {
  zero_ -= zero_;
  // Smaller sets first, so that what holds for the inner ones is known when the outer ones come.
  std::stable_sort(line_.begin(), line_.end(), [&](KnownIndex a, KnownIndex b) { return side(a).count() < side(b).count(); });
  for (const KnownIndex k : line_)
    if (known_.at(k).highest == 0) note_zero(side(k));
}

bool LineDifferences::run(std::vector<RegionFinding>& findings) {
  use_nested(findings);
  const std::vector<Partition> all = partitions();
  for (const Partition& first : all)
    for (const Partition& second : all)
      if (first != second) use_overlay(first, second, findings);
  return is_changed_;
}

// Each set with the largest exact ones inside it; what lies deeper follows from these, one after another.
void LineDifferences::use_nested(std::vector<RegionFinding>& findings) {
  for (std::size_t outer = 0; outer < line_.size(); ++outer) {
    std::vector<KnownIndex> exact_inside;
    for (std::size_t inner = outer; inner-- > 0;) {
      if (!side(line_[inner]).is_inside(side(line_[outer]))) continue;
      const bool is_deeper = std::any_of(exact_inside.begin(), exact_inside.end(), [&](KnownIndex k) { return side(line_[inner]).is_inside(side(k)); });
      if (is_deeper) continue;
      use_pair(line_[inner], line_[outer], findings);
      if (known_.at(line_[inner]).is_exact()) exact_inside.push_back(line_[inner]);
    }
  }
}

void LineDifferences::use_pair(KnownIndex inner, KnownIndex outer, std::vector<RegionFinding>& findings) {
  const Known in = known_.at(inner), out = known_.at(outer);
  if (in.highest > out.highest) is_changed_ = known_.lower(inner, out.highest, out.shows_highest) || is_changed_;
  if (in.lowest > out.lowest) is_changed_ = known_.raise(outer, in.lowest, in.shows_lowest) || is_changed_;
  if (out.highest == unlimited) return;
  const std::int64_t lowest = std::max<std::int64_t>(0, less(out.lowest, std::min(in.highest, out.highest))), highest = less(out.highest, in.lowest);
  if (highest < 0) return;
  table::LeafSet rest = side(outer);
  rest -= side(inner);
  // What two figures of one table leave is a sum of others of that table; it is kept only where it is small.
  std::vector<std::uint32_t> shared;
  std::set_intersection(in.tables.begin(), in.tables.end(), out.tables.begin(), out.tables.end(), std::back_inserter(shared));
  const bool is_new_ground = shared.empty() && lowest == highest && !in.tables.empty() && !out.tables.empty();
  const bool is_worth_keeping = highest < limits_.minimum || is_new_ground || known_.has(outer, dimension_, rest);
  if (!is_worth_keeping) return;
  learn(rest, lowest, highest, terms_sum(out.shows_lowest, -1, in.shows_highest), terms_sum(out.shows_highest, -1, in.shows_lowest), findings);
}

void LineDifferences::learn(const table::LeafSet& side_learnt, std::int64_t lowest, std::int64_t highest, const Terms& shows_lowest, const Terms& shows_highest,
                            std::vector<RegionFinding>& findings) {
  if (highest == 0) note_zero(side_learnt);
  const bool is_small = lowest >= 1 && highest < limits_.minimum;
  if (known_.size() < limits_.most_derived || known_.has(line_.front(), dimension_, side_learnt)) {
    const KnownIndex learnt = known_.beside(line_.front(), dimension_, side_learnt);
    is_changed_ = known_.lower(learnt, highest, shows_highest) || is_changed_;
    is_changed_ = known_.raise(learnt, lowest, shows_lowest) || is_changed_;
  }
  if (!is_small) return;
  table::Region region = known_.region_of(line_.front());
  region.sides[dimension_] = side_learnt;
  findings.push_back({RegionFinding::Kind::difference, std::move(region), std::nullopt, lowest, highest, shows_highest});
}

// The regions of each table on this line, layer by layer: a region lies one layer below those that contain it. Layers of the same regions are kept once.
std::vector<LineDifferences::Partition> LineDifferences::partitions() const {
  std::map<std::uint32_t, Partition> by_table;
  for (const KnownIndex k : line_)
    for (const std::uint32_t table : known_.at(k).tables) by_table[table].push_back(k);
  std::set<Partition> distinct;
  for (const auto& [table, regions] : by_table) {
    std::map<std::size_t, Partition> layers;
    for (const KnownIndex k : regions) {
      std::size_t depth = 0;
      for (const KnownIndex other : regions)
        if (other != k && side(k).is_inside(side(other))) ++depth;
      layers[depth].push_back(k);
    }
    for (auto& [depth, layer] : layers) {
      Partition disjoint;
      table::LeafSet covered = zero_;
      covered -= covered;
      for (const KnownIndex k : layer)
        if (!side(k).meets(covered)) {
          covered |= side(k);
          disjoint.push_back(k);
        }
      std::sort(disjoint.begin(), disjoint.end());
      distinct.insert(std::move(disjoint));
    }
  }
  return {distinct.begin(), distinct.end()};
}

void LineDifferences::use_overlay(const Partition& first, const Partition& second, std::vector<RegionFinding>& findings) {
  // Where each zone of the first lies in one of the second, unions of the second can only be taken off all of what they hold.
  const bool is_finer = std::all_of(first.begin(), first.end(), [&](KnownIndex i) {
    return std::any_of(second.begin(), second.end(), [&](KnownIndex j) { return side(i).is_inside(side(j)); });
  });
  if (is_finer) return;
  Overlay overlay;
  table::LeafSet all_first = zero_;
  for (const KnownIndex i : first) {
    overlay.first.push_back({known_.at(i).lowest, known_.at(i).highest});
    all_first |= side(i);
  }
  table::LeafSet all_second = zero_;
  for (const KnownIndex j : second) {
    overlay.second.push_back({known_.at(j).lowest, known_.at(j).highest});
    overlay.sticks_out.push_back(!side(j).is_inside(all_first));
    all_second |= side(j);
  }
  for (const KnownIndex i : first) {
    overlay.overlaps.emplace_back();
    for (std::uint32_t j = 0; j < second.size(); ++j) {
      table::LeafSet both = side(i);
      both &= side(second[j]);
      both -= zero_;
      if (!both.is_empty()) overlay.overlaps.back().push_back(j);
    }
  }
  for (std::uint32_t i = 0; i < first.size(); ++i) {
    if (known_.at(first[i]).highest == unlimited) continue;
    for (const std::uint32_t j : overlay.overlaps[i])
      if (!side(first[i]).is_inside(side(second[j]))) use_difference(first, second, smallest_difference(overlay, i, j), findings);
    if (!side(first[i]).is_inside(all_second)) use_difference(first, second, smallest_difference(overlay, i, std::nullopt), findings);
  }
}

void LineDifferences::use_difference(const Partition& first, const Partition& second, const UnionDifference& difference, std::vector<RegionFinding>& findings) {
  if (difference.taken.empty() || difference.highest >= limits_.minimum || difference.highest < 0) return;
  table::LeafSet left = zero_;
  left -= left;
  Terms shows_lowest, shows_highest;
  for (const std::uint32_t i : difference.added) {
    left |= side(first[i]);
    shows_lowest = terms_sum(shows_lowest, 1, known_.at(first[i]).shows_lowest);
    shows_highest = terms_sum(shows_highest, 1, known_.at(first[i]).shows_highest);
  }
  for (const std::uint32_t j : difference.taken) {
    left -= side(second[j]);
    shows_lowest = terms_sum(shows_lowest, -1, known_.at(second[j]).shows_highest);
    shows_highest = terms_sum(shows_highest, -1, known_.at(second[j]).shows_lowest);
  }
  left -= zero_;
  if (left.is_empty()) return;
  learn(left, std::max<std::int64_t>(0, difference.lowest), difference.highest, shows_lowest, shows_highest, findings);
}

}  // namespace candour::attack
