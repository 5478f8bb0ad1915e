#pragma once
// A combination of published figures that proves a bound, found by a linear program and checked in whole numbers.

#include <candour/attack/search.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace candour::attack {

struct Multiple {
  std::size_t row = 0;
  std::int64_t multiplier = 0;  ///< over the combination's divisor
  std::int64_t figure = 0;      ///< the bound of the row that is used
};

struct Combination {
  std::vector<Multiple> multiples;  ///< by row
  std::int64_t divisor = 1;
};

enum class Proves { value, upper_bound, lower_bound };

/// Finds few rows whose signed multiples give the sum of `columns` exactly, or at most or at least `bound`. Columns that a published zero covers are left out.
/// The linear program is asked for the smallest sum of multipliers; what it gives is made rational and checked without rounding, else there is none.
/// Takes: `value`: `bound` is the value itself. An empty sum with a lower bound of 1 is a contradiction of the figures.
/// Cost: one or two linear programs in the number of rows.
[[nodiscard]] std::optional<Combination> find_combination(std::span<const Row> rows, std::size_t column_count, std::span<const Column> columns,
                                                          std::int64_t bound, Proves proves);

}  // namespace candour::attack
