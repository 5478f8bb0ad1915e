#include <candour/protect/suppress/product_search.hpp>

#include <candour/base/check.hpp>

#include <algorithm>
#include <limits>
#include <numeric>

namespace candour::protect {
namespace {

constexpr float unusable = std::numeric_limits<float>::infinity();
constexpr std::size_t most_points = 1024;
constexpr float little_room = 16;  // a cell that cannot take the change is not much use, however cheap
constexpr float unlikely = 1e12f;  // a factor through a cell that may not change is a last choice for a block

// All paths from a node down to a leaf, without the node.
void paths_down(const table::SystemAxis& axis, std::uint32_t node, std::vector<std::uint32_t>& now, std::vector<std::vector<std::uint32_t>>& all) {
  if (axis.is_leaf(node)) return void(all.push_back(now));
  for (const std::uint32_t child : axis.children[node]) {
    now.push_back(child);
    paths_down(axis, child, now, all);
    now.pop_back();
  }
}

bool add(AxisFactor& factor, const std::vector<std::uint32_t>& nodes, int sign) {
  for (const std::uint32_t node : nodes) {
    if (factor.count == std::size(factor.node)) return false;
    factor.sign[factor.count] = static_cast<std::int8_t>(sign);
    factor.node[factor.count++] = node;
  }
  return true;
}

// Every leaf path through `node`, less every leaf path that starts below one of its ancestors (or nothing, up to the total).
std::vector<AxisFactor> factors_of(const table::SystemAxis& axis, std::uint32_t node) {
  std::vector<AxisFactor> factors;
  std::vector<std::vector<std::uint32_t>> own, others;
  std::vector<std::uint32_t> now;
  paths_down(axis, node, now, own);
  const auto add_all = [&](const std::vector<std::uint32_t>& up) {
    for (const auto& down : own) {
      AxisFactor base;
      if (!add(base, up, 1) || !add(base, down, 1)) continue;
      for (const auto& other : others) {
        AxisFactor factor = base;
        if (add(factor, other, -1)) factors.push_back(factor);
      }
    }
  };
  std::vector<std::uint32_t> up;
  for (std::uint32_t top = node; top != 0; top = axis.parent[top]) {
    if (top != node) up.push_back(top);
    others.clear();
    for (const std::uint32_t sibling : axis.children[axis.parent[top]]) {
      if (sibling == top) continue;
      now.assign(1, sibling);
      paths_down(axis, sibling, now, others);
    }
    add_all(up);
  }
  if (node != 0) up.push_back(0);
  others.assign(1, {});
  add_all(up);
  return factors;
}

}  // namespace

ProductSearch::ProductSearch(const table::ProductShape& shape) : shape_(&shape) {
  CANDOUR_CHECK(shape.axes.size() <= std::size(ProductMove{}.factor), "a cube has too many axes");
  for (const table::SystemAxis& axis : shape.axes) {
    auto& of_axis = factors_.emplace_back();
    for (std::uint32_t node = 0; node < axis.size(); ++node) of_axis.push_back(factors_of(axis, node));
  }
  options_.resize(shape.axes.size());
  least_rest_.resize(shape.axes.size() + 1);
  points_.resize(most_points);
}

bool ProductSearch::list_options(std::size_t axis, std::size_t breadth) {
  std::vector<Option>& options = options_[axis];
  options.clear();
  const std::uint32_t node = shape_->node(cell_, axis);
  const std::int64_t stride = static_cast<std::int64_t>(shape_->stride[axis]);
  for (const AxisFactor& factor : factors_[axis][node]) {
    float loss = 0;
    for (int i = 0; i < factor.count && loss < best_loss_; ++i) {
      const std::int64_t at = static_cast<std::int64_t>(cell_) + (static_cast<std::int64_t>(factor.node[i]) - node) * stride;
      loss += price(static_cast<table::SystemCell>(at), factor.sign[i] * amount_);
    }
    if (loss < best_loss_) options.push_back({loss, &factor});
  }
  const auto cheaper = [](const Option& a, const Option& b) { return a.edge_loss < b.edge_loss; };
  if (options.size() > breadth) {
    std::nth_element(options.begin(), options.begin() + static_cast<std::ptrdiff_t>(breadth), options.end(), cheaper);
    options.resize(breadth);
  }
  std::sort(options.begin(), options.end(), cheaper);
  return !options.empty();
}

bool ProductSearch::find(const SearchState& state, table::SystemCell cell, std::int64_t amount, Spending spending, std::size_t breadth, float most_loss,
                         ProductMove& best) {
  state_ = &state, cell_ = cell, amount_ = amount, spending_ = spending;
  best_loss_ = most_loss;
  const std::int64_t x = state.truth->value[cell] + state.change[cell] + amount;
  if (x < state.truth->lowest[cell] || x > state.truth->highest[cell]) return false;
  const std::size_t axes = shape_->axes.size();
  for (std::size_t axis = 0; axis < axes; ++axis)
    if (!list_options(axis, breadth)) return false;
  order_.resize(axes);
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return options_[a].size() < options_[b].size(); });
  least_rest_[axes] = 0;
  for (std::size_t d = axes; d-- > 0;) least_rest_[d] = least_rest_[d + 1] + options_[order_[d]].front().edge_loss;
  points_[0] = {0, 1};
  best_.loss = unusable;
  descend(0, 0, 1);
  if (best_.loss == unusable) return false;
  best = best_;
  return true;
}

// Takes the axes one after the other; `points` cells of the product so far are priced in `loss`.
void ProductSearch::descend(std::size_t depth, float loss, std::size_t points) {
  if (depth == order_.size()) {
    best_loss_ = loss;
    best_ = now_;
    best_.loss = loss;
    return;
  }
  const std::size_t axis = order_[depth];
  const std::int64_t node = shape_->node(cell_, axis), stride = static_cast<std::int64_t>(shape_->stride[axis]);
  for (const Option& option : options_[axis]) {
    if (loss + option.edge_loss + least_rest_[depth + 1] >= best_loss_) return;
    const AxisFactor& factor = *option.factor;
    if (points * (factor.count + std::size_t{1}) > most_points) continue;
    float sum = loss + option.edge_loss;
    std::size_t end = points;
    for (int i = 0; i < factor.count; ++i) {
      const std::int64_t step = (static_cast<std::int64_t>(factor.node[i]) - node) * stride;
      points_[end++] = {step, factor.sign[i]};
      for (std::size_t p = 1; p < points && sum < best_loss_; ++p) {
        const Point point{points_[p].offset + step, points_[p].sign * factor.sign[i]};
        sum += price(static_cast<table::SystemCell>(static_cast<std::int64_t>(cell_) + point.offset), point.sign * amount_);
        points_[end++] = point;
      }
      if (sum >= best_loss_) break;
    }
    if (sum + least_rest_[depth + 1] >= best_loss_) continue;
    now_.factor[axis] = option.factor;
    descend(depth + 1, sum, end);
  }
}

std::vector<table::SystemCell> ProductSearch::block(const SearchState& state, table::SystemCell cell, std::int64_t amount, Spending spending,
                                                    std::size_t nodes) const {
  const auto usable = [&](table::SystemCell c) {
    return !state.barred[c] && (state.hidden[c] || (spending == Spending::least && state.truth->standing[c] != table::CellStanding::always_shown));
  };
  std::vector<table::SystemCell> cells{cell}, chosen;
  std::vector<Option> options;
  std::vector<char> taken;
  for (std::size_t axis = 0; axis < shape_->axes.size(); ++axis) {
    const std::uint32_t own = shape_->node(cell, axis);
    const auto beside = [&](table::SystemCell from, std::uint32_t node) {
      return static_cast<table::SystemCell>(static_cast<std::int64_t>(from) +
                                            (static_cast<std::int64_t>(node) - own) * static_cast<std::int64_t>(shape_->stride[axis]));
    };
    options.clear();
    for (const AxisFactor& factor : factors_[axis][own]) {
      float loss = 0;
      for (int i = 0; i < factor.count; ++i) {
        const table::SystemCell at = beside(cell, factor.node[i]);
        const std::int64_t room =
            factor.sign[i] * amount > 0 ? state.truth->highest[at] - state.truth->value[at] : state.truth->value[at] - state.truth->lowest[at];
        loss += (!usable(at)        ? unlikely
                 : state.hidden[at] ? 0
                                    : state.loss[at]) +
                (room <= 0                 ? 2 * little_room
                 : room < std::abs(amount) ? little_room
                                           : state.touch[at]);
      }
      options.push_back({loss, &factor});
    }
    std::stable_sort(options.begin(), options.end(), [](const Option& a, const Option& b) { return a.edge_loss < b.edge_loss; });
    taken.assign(shape_->axes[axis].size(), 0);
    taken[own] = 1;
    std::vector<std::uint32_t> others;
    for (const Option& option : options) {
      if (others.size() >= nodes) break;
      for (int i = 0; i < option.factor->count; ++i)
        if (const std::uint32_t node = option.factor->node[i]; !taken[node]) taken[node] = 1, others.push_back(node);
    }
    chosen = cells;
    for (const std::uint32_t node : others)
      for (const table::SystemCell from : cells) chosen.push_back(beside(from, node));
    cells = chosen;
  }
  cells.erase(std::remove_if(cells.begin() + 1, cells.end(), [&](table::SystemCell c) { return !usable(c); }), cells.end());
  return cells;
}

void ProductSearch::apply(SearchState& state, table::SystemCell cell, std::int64_t amount, const ProductMove& move,
                          std::vector<table::SystemCell>& newly_hidden) const {
  std::vector<Point> points{{0, 1}};
  for (std::size_t axis = 0; axis < shape_->axes.size(); ++axis) {
    const std::int64_t node = shape_->node(cell, axis), stride = static_cast<std::int64_t>(shape_->stride[axis]);
    const std::size_t before = points.size();
    for (int i = 0; i < move.factor[axis]->count; ++i)
      for (std::size_t p = 0; p < before; ++p)
        points.push_back(
            {points[p].offset + (static_cast<std::int64_t>(move.factor[axis]->node[i]) - node) * stride, points[p].sign * move.factor[axis]->sign[i]});
  }
  for (const Point& point : points) {
    const auto at = static_cast<table::SystemCell>(static_cast<std::int64_t>(cell) + point.offset);
    if (state.change[at] == 0) state.touched.push_back(at);
    state.change[at] += point.sign * amount;
    if (state.hidden[at]) continue;
    state.hidden[at] = 1;
    newly_hidden.push_back(at);
  }
}

}  // namespace candour::protect
