#pragma once
// One line: regions that differ in one dimension alone, so that everything there is a question of sets of its pieces.

#include <candour/attack/differencing.hpp>
#include <candour/attack/known_regions.hpp>
#include <candour/attack/union_difference.hpp>

#include <cstdint>
#include <vector>

namespace candour::attack {

class LineDifferences {
 public:
  /// Takes the known regions of a line; what follows is added to them.
  LineDifferences(KnownRegions& known, std::size_t dimension, const std::vector<KnownIndex>& line, const DifferencingLimits& limits);

  /// Adds findings; says whether anything new became known.
  bool run(std::vector<RegionFinding>& findings);

 private:
  using Partition = std::vector<KnownIndex>;  ///< disjoint regions of one table
  [[nodiscard]] const table::LeafSet& side(KnownIndex known) const { return known_.side_of(known, dimension_); }
  void use_nested(std::vector<RegionFinding>& findings);
  void use_pair(KnownIndex inner, KnownIndex outer, std::vector<RegionFinding>& findings);
  [[nodiscard]] std::vector<Partition> partitions() const;
  void use_overlay(const Partition& first, const Partition& second, std::vector<RegionFinding>& findings);
  void use_difference(const Partition& first, const Partition& second, const UnionDifference& difference, std::vector<RegionFinding>& findings);
  /// Keeps what was derived of a side, where it is worth it; adds a finding where it is small.
  void learn(const table::LeafSet& side, std::int64_t lowest, std::int64_t highest, const Terms& shows_lowest, const Terms& shows_highest,
             std::vector<RegionFinding>& findings);
  void note_zero(const table::LeafSet& side) { zero_ |= side; }

  KnownRegions& known_;
  std::size_t dimension_;
  std::vector<KnownIndex> line_;
  const DifferencingLimits& limits_;
  table::LeafSet zero_;  ///< pieces in which nobody is
  bool is_changed_ = false;
};

}  // namespace candour::attack
