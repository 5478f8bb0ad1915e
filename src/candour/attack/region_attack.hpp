#pragma once
// The whole attack on a register: the scan of differences, and for small systems every bound to the last unit.

#include <candour/attack/differencing.hpp>
#include <candour/table/worlds.hpp>

#include <string>
#include <vector>

namespace candour::attack {

struct RegionAttackLimits {
  DifferencingLimits differencing;
  std::uint64_t most_atoms = 20000;   ///< of the common ground, for the exact attack
  std::uint64_t most_figures = 2000;  ///< likewise
  std::int64_t most_nodes = 100000;   ///< branch-and-bound nodes for one program
  std::int64_t most_programs = 20000;
};

struct RegionAttack {
  std::vector<RegionFinding> findings;
  bool is_exact = false;        ///< every count below was decided over all tables of whole numbers: what is not found cannot be proved by anybody
  std::uint64_t undecided = 0;  ///< of these, counts that stayed open at a limit: they count as unsafe
};

/// Attacks figures of many releases. Looked at are: every figure; what is left where one figure's region contains another's; and each smallest set of records
/// that the figures tell apart. A finding is a count of which every table of whole numbers that fits all figures has 1 to T-1.
[[nodiscard]] RegionAttack attack_regions(const table::RegionSystem& system, const RegionAttackLimits& limits);

/// All tables that fit, as constraints over the atoms of the common ground (the last dimension running fastest).
[[nodiscard]] table::Worlds worlds_of_regions(const table::RegionSystem& system);
/// The atoms of a region, ascending.
[[nodiscard]] std::vector<table::AtomIndex> atoms_of_region(const table::RegionSystem& system, const table::Region& region);

/// Who a finding counts, as atoms.
[[nodiscard]] std::vector<table::AtomIndex> atoms_of_finding(const table::RegionSystem& system, const RegionFinding& finding);

}  // namespace candour::attack
