#pragma once
// What is known of regions: figures, and what follows from them, each with the arithmetic that shows it.

#include <candour/table/regions.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace candour::attack {

/// A figure with its sign and multiplier. Numbers from figures.size() on are ratios.
struct SignedFigure {
  std::size_t figure = 0;
  std::int64_t times = 1;
  bool operator==(const SignedFigure&) const = default;
};
using Terms = std::vector<SignedFigure>;

/// Adds terms up; what cancels goes.
[[nodiscard]] Terms terms_sum(const Terms& a, std::int64_t times, const Terms& b);

using KnownIndex = std::uint32_t;
using SideIndex = std::uint32_t;

/// lowest <= records <= highest.
struct Known {
  std::vector<SideIndex> sides;
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
  Terms shows_lowest;
  Terms shows_highest;
  std::vector<std::uint32_t> tables;  ///< numbers of the released tables in which it stands, ascending; none: derived
  [[nodiscard]] bool is_exact() const { return lowest == highest; }
};

/// All known regions. Equal regions are kept once, with the tightest bounds.
class KnownRegions {
 public:
  explicit KnownRegions(const table::RegionSystem& system);

  [[nodiscard]] std::size_t size() const { return knowns_.size(); }
  [[nodiscard]] const Known& at(KnownIndex known) const { return knowns_[known]; }
  [[nodiscard]] std::size_t dimension_count() const { return sides_.size(); }
  [[nodiscard]] const table::LeafSet& side(std::size_t dimension, SideIndex side) const { return sides_[dimension][side]; }
  [[nodiscard]] const table::LeafSet& side_of(KnownIndex known, std::size_t dimension) const { return sides_[dimension][knowns_[known].sides[dimension]]; }
  [[nodiscard]] bool is_inside(KnownIndex inner, KnownIndex outer) const;
  [[nodiscard]] table::Region region_of(KnownIndex known) const;
  [[nodiscard]] KnownIndex find_or_add(const table::Region& region);
  /// The region of `known` with another side in one dimension; added, with no bound, where it is new.
  [[nodiscard]] KnownIndex beside(KnownIndex known, std::size_t dimension, const table::LeafSet& side);
  [[nodiscard]] bool has(KnownIndex known, std::size_t dimension, const table::LeafSet& side) const;

  /// Makes bounds tighter where they are; says whether that changed anything. Bounds that cross are a contradiction: see `contradictions`.
  bool raise(KnownIndex known, std::int64_t lowest, const Terms& shown_by);
  bool lower(KnownIndex known, std::int64_t highest, const Terms& shown_by);
  /// Regions whose bounds crossed, in the order in which that was seen; each stays as it was before.
  [[nodiscard]] const std::vector<std::pair<KnownIndex, Terms>>& contradictions() const { return contradictions_; }

 private:
  struct HashOfSides {
    std::size_t operator()(const std::vector<SideIndex>& sides) const;
  };
  [[nodiscard]] SideIndex side_number(std::size_t dimension, const table::LeafSet& side);
  [[nodiscard]] KnownIndex find_or_add(std::vector<SideIndex> sides);

  std::vector<std::vector<table::LeafSet>> sides_;
  std::vector<std::map<table::LeafSet, SideIndex>> number_of_side_;
  std::vector<Known> knowns_;
  std::unordered_map<std::vector<SideIndex>, KnownIndex, HashOfSides> known_of_;
  std::vector<std::pair<KnownIndex, Terms>> contradictions_;
};

}  // namespace candour::attack
