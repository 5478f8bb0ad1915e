#pragma once
// What follows from many releases by taking figures off each other: the scan that a register of a thousand answers can afford.

#include <candour/attack/known_regions.hpp>
#include <candour/table/atoms.hpp>
#include <candour/table/regions.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace candour::attack {

/// A small count that published figures give away.
struct RegionFinding {
  enum class Kind {
    published,      ///< a release shows it itself
    difference,     ///< figures taken off each other
    hidden,         ///< a hidden or rounded cell whose value follows
    ratio,          ///< a percentage or an average that only one small count fits
    contradiction,  ///< figures that cannot all be true
  };
  Kind kind = Kind::difference;
  std::optional<table::Region> region;   ///< who is counted: a product of sets ...
  std::optional<table::Region> without;  ///< ... less, where it is one, another product inside it
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
  Terms terms;                               ///< which figures, added and taken off, show the highest value (and the lowest, where they are exact)
  std::vector<table::AtomIndex> atoms = {};  ///< where it is neither: the atoms of the common ground
};

struct DifferencingLimits {
  std::int64_t minimum = 5;            ///< T: counts from 1 to T-1 are looked for
  std::optional<std::uint32_t> about;  ///< only findings that need a figure of this release
  std::int64_t largest_base = 20000;   ///< percentages are enumerated over bases up to here
  std::size_t most_derived = 400000;   ///< regions derived on the way
  int most_rounds = 4;                 ///< of using what was derived to derive more
};

/// Finds every small count that follows from two figures of which one contains the other; from unions of figures of one table less unions of another's inside
/// them, along one dimension (exact, by minimum cuts); from a hidden cell of which the rest became known; and from percentages over small bases; and what
/// follows from these again. What it finds is proved. That it finds nothing is no proof that nothing is there: for small systems `attack_regions` decides.
/// Cost: for a thousand releases of some dozen figures each, seconds.
[[nodiscard]] std::vector<RegionFinding> differences(const table::RegionSystem& system, const DifferencingLimits& limits);

}  // namespace candour::attack
