#pragma once
// A table of whole counts that fits intervals for every cell of a cube, found by changing finest cells by one at a time.

#include <candour/table/additive_system.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace candour::attack {

/// Takes a cube, intervals for each of its cells (lowest of at least 0) and a table to start near (its finest cells are read). Gives a table whose sums hold
/// and whose every cell lies in its interval, or nothing where none was found: that says nothing about whether there is one. The same input gives the same
/// table. Cost: sweeps over the finest cells times the product of the depths; as many as are needed, some hundreds at most.
[[nodiscard]] std::optional<std::vector<std::int64_t>> whole_table_that_fits(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& lowest,
                                                                             const std::vector<std::int64_t>& highest, const std::vector<std::int64_t>& near);

}  // namespace candour::attack
