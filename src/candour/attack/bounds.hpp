#pragma once
// Bounds of columns and rows over the whole numbers: propagation to a fixed point, and enumeration of the small bases of published percentages.

#include <candour/attack/system.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace candour::attack {

enum class Consistency { possible, impossible };

/// What is proved of every world. Exact integers throughout.
struct Bounds {
  std::vector<std::int64_t> lowest;   ///< by column
  std::vector<std::int64_t> highest;  ///< by column; table::no_upper_limit where nothing bounds it
  Consistency consistency = Consistency::possible;

  [[nodiscard]] bool is_fixed(Column column) const { return lowest[column] == highest[column]; }
  [[nodiscard]] std::int64_t lowest_sum(std::span<const Column> columns) const;
  [[nodiscard]] std::int64_t highest_sum(std::span<const Column> columns) const;
};

/// Tightens until nothing changes, or after a fixed number of visits to each row (what is found is true all the same).
/// Bounds of the system's percentage rows are tightened in place.
[[nodiscard]] Bounds propagated(System& system);

}  // namespace candour::attack
