#pragma once
// The largest contributors of every cell at every level, groups of contributors counted as one.

#include <candour/tabulate/partitions.hpp>
#include <candour/tabulate/record_cube.hpp>
#include <candour/tabulate/roll_up.hpp>

#include <unordered_map>
#include <vector>

namespace candour::tabulate {

using LargestByCell = std::unordered_map<std::uint64_t, LargestContributors>;

/// Adds up each contributor's amounts in each cube cell and keeps the largest. Takes one Partitions a thread, all amounts in one scale, whose absolute values
/// together fit 64 bits. Cost: entries times combinations of levels; memory: cells that occur times `how_many`.
[[nodiscard]] LargestByCell largest_by_cell(std::vector<Partitions<AmountInCell>>& amounts, const std::vector<Dimension>& dimensions, const LeafKey& key,
                                            std::size_t how_many, unsigned threads);

}  // namespace candour::tabulate
