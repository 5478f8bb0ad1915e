#pragma once
// Several cubes about the same records as one system: shared cells are one cell, shared sums one sum.

#include <candour/base/result.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/table/hierarchy.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace candour::table {

/// One of the cubes: the columns it crosses, each with the hierarchy by which it adds them up.
struct LinkedDesign {
  std::vector<std::string> columns;
  std::vector<Hierarchy> hierarchies;
};

struct LinkedCubes {
  AdditiveSystem system;
  std::vector<AdditiveSystem> cubes;             ///< each design alone
  std::vector<std::vector<SystemCell>> cell_of;  ///< design -> cell of its cube -> cell of the system
  SystemCell published_count = 0;                ///< cells from here on are finest combinations of all columns, which no design publishes
};

/// Links the designs. Two categories of one column are the same if they hold the same leaves, in whichever hierarchy; a design without a column shows its
/// total.
///
/// Where no design crosses all columns, the finest combinations of all of them take part as cells that nobody publishes: the worlds of an intruder are tables
/// of those, and without them a system of margins alone would allow worlds that no records can have. Errors wrong_input: "linked.different_leaves" where two
/// hierarchies of a column differ in their leaves; "linked.too_large" beyond 4 million finest combinations. Cost: linear in the cells and sums of all cubes and
/// in the finest combinations.
[[nodiscard]] base::Result<LinkedCubes> link(const std::vector<LinkedDesign>& designs);

/// The cells that nobody publishes, and where each stands in a cube of all columns (`names` with their hierarchies): pairs of a cell of the system and a cell
/// of that cube.
[[nodiscard]] base::Result<std::vector<std::pair<SystemCell, SystemCell>>> finest_cells(const std::vector<LinkedDesign>& designs,
                                                                                        const std::vector<std::string>& names,
                                                                                        const std::vector<Hierarchy>& hierarchies);

}  // namespace candour::table
