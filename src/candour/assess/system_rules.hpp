#pragma once
// Sensitivity rules over a whole system of cells: what must be protected, how far, and what hiding a cell costs.

#include <candour/table/additive_system.hpp>
#include <candour/table/published_table.hpp>
#include <candour/truth/system_truth.hpp>

#include <cstdint>
#include <vector>

namespace candour::assess {

/// How far an intruder's bounds must reach around a count from 1 to T - 1.
enum class CountProtection {
  contains_threshold,  ///< from the least that the symbols allow up to T (shipped)
  reaches_threshold,   ///< at least one value of T or more
  some_width,          ///< any other value (what most tools ask for)
};

/// What hiding a cell loses.
enum class LossKind { one, value, logarithm, value_and_one };

/// What hiding each of some values loses; at least 1.
[[nodiscard]] std::vector<std::int64_t> losses_of(LossKind kind, const std::vector<std::int64_t>& values);

struct CountRule {
  std::int64_t minimum = 5;
  table::ZeroConvention convention = table::ZeroConvention::hidden_at_least_one;
  CountProtection protection = CountProtection::contains_threshold;
  LossKind loss = LossKind::logarithm;
};

/// Minimum frequency over a cube of counts: cells with 0 < count < minimum are primary; zeros are always shown.
///
/// With hidden cells of at least 1 the published zeros tell how many finest cells below a hidden total are not zero, and that each is at least 1: no method
/// can bring the total's lower bound below their number, so protection reaches down to it and not to 1 (docs/methods/minimum-frequency.md).
/// Takes: a cube and its counts. Cost: linear in cells times depth.
[[nodiscard]] truth::SystemTruth truth_of_counts(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts, const CountRule& rule);

struct AmountRule {
  std::int64_t p_percent = 10;
  LossKind loss = LossKind::logarithm;
};

/// p% rule: a cell fails when total - largest - second < p/100 * largest; its bounds must then lie at least p/100 * largest - (total - largest - second)
/// away on both sides (not below zero). Zeros are always shown; hidden cells may be zero.
/// Source: Handbook on Statistical Disclosure Control, magnitude tables; docs/methods/p-percent-rule.md.
[[nodiscard]] truth::SystemTruth truth_of_amounts(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& amount,
                                                  const std::vector<std::int64_t>& largest, const std::vector<std::int64_t>& second, const AmountRule& rule);

/// The number of finest cells with a positive count below each cell of a cube.
[[nodiscard]] std::vector<std::int64_t> positive_leaves_below(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts);

}  // namespace candour::assess
