#pragma once
// Rounding of a cube of counts to a base: each cell alone, at random, or controlled so that sums still add up.

#include <candour/base/result.hpp>
#include <candour/protect/perturb/random_bits.hpp>
#include <candour/table/additive_system.hpp>

#include <cstdint>
#include <vector>

namespace candour::protect {

/// Each cell to the nearest multiple; halves go up. Not additive.
[[nodiscard]] std::vector<std::int64_t> round_to_nearest(const std::vector<std::int64_t>& counts, std::int64_t base);

/// Each cell to one of the two nearest multiples, with the count as mean. Multiples stay. Not additive. Draws once: a second draw would average the noise away.
[[nodiscard]] std::vector<std::int64_t> round_at_random(const std::vector<std::int64_t>& counts, std::int64_t base, RandomBits& bits);

struct AdditiveRounding {
  std::vector<std::int64_t> counts;         ///< every sum holds exactly
  std::uint64_t cells_beyond_one_base = 0;  ///< cells that differ from the truth by a base or more
  std::int64_t largest_change = 0;
};

/// Controlled rounding: finest cells go to one of their two nearest multiples (multiples stay, so zeros stay), totals are their sums, and finest cells are
/// flipped, at first against the gain now and then (simulated annealing), until few totals lie a base or more from the truth. What is left of that is stated,
/// not hidden. Takes: a cube. Error wrong_input "rounding.base" unless 2 <= base <= 10^6. Cost: the product of the depths, some eight million times; at least
/// twelve times for each finest cell.
[[nodiscard]] base::Result<AdditiveRounding> round_controlled(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts, std::int64_t base,
                                                              RandomBits& bits);

/// Rounds only finest cells from 1 to base - 1, to 0 or to the base, and adds up again. Finest cells of the base or more keep their value.
[[nodiscard]] base::Result<AdditiveRounding> round_small_counts(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts, std::int64_t base,
                                                                RandomBits& bits);

}  // namespace candour::protect
