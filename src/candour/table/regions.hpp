#pragma once
// Figures of many releases over one common ground: each counts the records in a product of sets, one a dimension. Variables are dimensions; so are what is
// counted ("stopped", "arrested") and the extract from which it was counted ("in release r or not").

#include <candour/table/leaf_set.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace candour::table {

/// A product of sets of pieces, one a dimension.
struct Region {
  std::vector<LeafSet> sides;
  [[nodiscard]] bool is_inside(const Region& other) const {
    for (std::size_t d = 0; d < sides.size(); ++d)
      if (!sides[d].is_inside(other.sides[d])) return false;
    return true;
  }
  [[nodiscard]] bool is_empty() const {
    for (const LeafSet& side : sides)
      if (side.is_empty()) return true;
    return false;
  }
  auto operator<=>(const Region&) const = default;
};

/// Where a figure stands, for whoever reads a finding.
struct FigureSource {
  std::uint32_t release = 0;  ///< place in RegionSystem::releases
  std::uint32_t table = 0;    ///< place in the release
  std::uint64_t cell = 0;
  auto operator<=>(const FigureSource&) const = default;
};

/// lowest <= records in the region <= highest.
struct RegionFigure {
  Region region;
  std::int64_t lowest = 0;
  std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  FigureSource source;
  [[nodiscard]] bool is_exact() const { return lowest == highest; }
};

/// units = round(scale * part / whole), half away from zero; scale 100 * 10^decimals for per cent, 10^decimals for averages.
struct RegionRatio {
  Region part;
  Region whole;
  std::int64_t scale = 100;
  std::int64_t units = 0;
  FigureSource source;
};

/// One dimension of the common ground.
struct RegionDimension {
  std::string name;
  std::vector<std::string> pieces;  ///< in words
};

struct RegionSystem {
  std::vector<RegionDimension> dimensions;
  std::vector<std::string> releases;  ///< ids
  std::vector<RegionFigure> figures;
  std::vector<RegionRatio> ratios;
};

}  // namespace candour::table
