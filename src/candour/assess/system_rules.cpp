#include <candour/assess/system_rules.hpp>

#include <candour/base/check.hpp>

#include <algorithm>
#include <cmath>

namespace candour::assess {
namespace {

std::int64_t loss_of(LossKind kind, std::int64_t value) {
  constexpr double steps = 8;  // logarithms in eighths, so that whole losses tell cells apart
  switch (kind) {
    case LossKind::one: return 1;
    case LossKind::value: return std::max<std::int64_t>(1, value);
    case LossKind::logarithm: return std::llround(steps * (1 + std::log2(1 + static_cast<double>(value))));
    case LossKind::value_and_one: return value + 10;
  }
  return 1;
}

}  // namespace

std::vector<std::int64_t> losses_of(LossKind kind, const std::vector<std::int64_t>& values) {
  std::vector<std::int64_t> losses;
  for (const std::int64_t value : values) losses.push_back(loss_of(kind, value));
  return losses;
}

std::vector<std::int64_t> positive_leaves_below(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts) {
  CANDOUR_CHECK(cube.product().has_value(), "the number of finest cells is asked of a system that is no cube");
  const table::ProductShape& shape = *cube.product();
  std::vector<std::int64_t> below(cube.cell_count(), 0);
  for (table::SystemCell c = 0; c < cube.cell_count(); ++c) {
    bool finest = true;
    for (std::size_t k = 0; k < shape.axes.size() && finest; ++k) finest = shape.axes[k].is_leaf(shape.node(c, k));
    if (finest && counts[c] > 0) below[c] = 1;
  }
  for (std::size_t k = 0; k < shape.axes.size(); ++k)
    for (table::SystemCell c = cube.cell_count(); c-- > 0;) {
      const std::uint32_t node = shape.node(c, k);
      if (node != 0) below[c - (node - shape.axes[k].parent[node]) * shape.stride[k]] += below[c];
    }
  return below;
}

truth::SystemTruth truth_of_counts(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts, const CountRule& rule) {
  const bool at_least_one = rule.convention == table::ZeroConvention::hidden_at_least_one;
  const std::vector<std::int64_t> leaves = positive_leaves_below(cube, counts);
  truth::SystemTruth truth;
  truth.value = counts;
  const std::int64_t most = *std::max_element(counts.begin(), counts.end());
  for (table::SystemCell c = 0; c < cube.cell_count(); ++c) {
    const std::int64_t x = counts[c];
    truth.loss.push_back(loss_of(rule.loss, x));
    truth.lowest.push_back(at_least_one ? 1 : 0);
    truth.highest.push_back(most);
    truth.largest.push_back(x > 0 ? 1 : 0);
    const bool sensitive = x > 0 && x < rule.minimum;
    truth.standing.push_back(x == 0 ? table::CellStanding::always_shown : sensitive ? table::CellStanding::primary : table::CellStanding::shown);
    if (!sensitive) continue;
    switch (rule.protection) {
      case CountProtection::contains_threshold: truth.secrets.push_back({c, at_least_one ? std::max<std::int64_t>(1, leaves[c]) : 1, rule.minimum, 0}); break;
      case CountProtection::reaches_threshold: truth.secrets.push_back({c, x, rule.minimum, 0}); break;
      case CountProtection::some_width: truth.secrets.push_back({c, x, x, 1}); break;
    }
  }
  return truth;
}

truth::SystemTruth truth_of_amounts(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& amount, const std::vector<std::int64_t>& largest,
                                    const std::vector<std::int64_t>& second, const AmountRule& rule) {
  truth::SystemTruth truth;
  truth.value = amount;
  truth.largest = largest;
  const std::int64_t most = *std::max_element(amount.begin(), amount.end());
  for (table::SystemCell c = 0; c < cube.cell_count(); ++c) {
    const std::int64_t x = amount[c], rest = x - largest[c] - second[c];
    truth.loss.push_back(loss_of(rule.loss, x));
    truth.lowest.push_back(0);
    truth.highest.push_back(2 * most);
    const bool sensitive = x > 0 && rest * 100 < rule.p_percent * largest[c];
    truth.standing.push_back(x == 0 ? table::CellStanding::always_shown : sensitive ? table::CellStanding::primary : table::CellStanding::shown);
    if (!sensitive) continue;
    const std::int64_t away = (rule.p_percent * largest[c] + 99) / 100 - rest;
    truth.secrets.push_back({c, std::max<std::int64_t>(0, x - away), x + away, 0});
  }
  return truth;
}

}  // namespace candour::assess
