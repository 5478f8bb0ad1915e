#pragma once
// Inside suppression: a stronger cut from one cut, since a cell is hidden whole or not at all.

#include <candour/solve/linear_model.hpp>

#include <optional>
#include <vector>

namespace candour::protect {

/// Takes a cut `sum of coefficient * share >= lowest` with shares that are 0 or 1 in every pattern, and a fractional pattern that may fulfil it. Gives a cut
/// that follows from it for whole patterns and that the fractional one misses, the one that it misses furthest; nothing if none is found.
/// Mixed-integer rounding: divided by one of the coefficients, with the shares near 1 counted from 1 downwards. Cost: a few passes over the cut.
/// Source: Marchand and Wolsey, Operations Research 49 (2001).
[[nodiscard]] std::optional<solve::Row> round_cut(const solve::Row& cut, const std::vector<double>& share);

}  // namespace candour::protect
