#include <candour/protect/suppress/pair_finder.hpp>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <limits>

namespace candour::protect {
namespace {

constexpr float no_limit = std::numeric_limits<float>::infinity();
constexpr std::size_t most_finest = 6;      // below the cell: where it gains
constexpr std::size_t far_partners = 4000;  // looked at where nothing near may lose
constexpr int most_steps = 8;

}  // namespace

PairFinder::PairFinder(WitnessBook& book, const table::ProductShape& shape) : book_(book), shape_(shape) {
  for (const table::SystemAxis& axis : shape.axes) {
    auto& leaves = leaves_.emplace_back();
    for (std::uint32_t node = 0; node < axis.size(); ++node)
      if (axis.is_leaf(node)) leaves.push_back(node);
  }
}

// Finest cells with records below a cell, a few of them.
void PairFinder::list_finest_below(table::SystemCell cell, std::size_t axis) {
  if (finest_.size() >= most_finest || book_.truth().value[cell] == 0) return;
  if (axis == shape_.axes.size()) return finest_.push_back(cell);
  const std::uint32_t node = shape_.node(cell, axis);
  if (shape_.axes[axis].is_leaf(node)) return list_finest_below(cell, axis + 1);
  for (const std::uint32_t child : shape_.axes[axis].children[node])
    list_finest_below(static_cast<table::SystemCell>(cell + (child - node) * shape_.stride[axis]), axis);
}

bool PairFinder::stands_above(table::SystemCell cell, table::SystemCell finest) const {
  for (std::size_t axis = 0; axis < shape_.axes.size(); ++axis) {
    const std::uint32_t wanted = shape_.node(cell, axis);
    std::uint32_t node = shape_.node(finest, axis);
    while (node > wanted) node = shape_.axes[axis].parent[node];
    if (node != wanted) return false;
  }
  return true;
}

// The cells above `from` that are not above `other`, as offsets from `from`.
void PairFinder::list_chain(table::SystemCell from, table::SystemCell other) {
  chain_.assign(1, {0, true});
  for (std::size_t axis = 0; axis < shape_.axes.size(); ++axis) {
    const std::vector<std::uint32_t>& parent = shape_.axes[axis].parent;
    const std::int64_t stride = static_cast<std::int64_t>(shape_.stride[axis]);
    const std::uint32_t own = shape_.node(from, axis);
    wider_.clear();
    std::uint32_t beside = shape_.node(other, axis);
    for (std::uint32_t node = own;; node = parent[node]) {
      while (beside > node) beside = parent[beside];
      for (const Point& point : chain_) wider_.push_back({point.offset + (static_cast<std::int64_t>(node) - own) * stride, point.common && beside == node});
      if (node == 0) break;
    }
    chain_.swap(wider_);
  }
  chain_.erase(std::remove_if(chain_.begin(), chain_.end(), [](const Point& point) { return point.common; }), chain_.end());
}

void PairFinder::consider(table::SystemCell own, table::SystemCell finest, table::SystemCell other, std::int64_t amount, Pair& best) {
  const SearchState& state = book_.state;
  if (state.truth->value[other] == 0 || price_of(state, other, -amount, Spending::least) >= best.loss || stands_above(own, other)) return;
  float loss = 0;
  const auto add = [&](table::SystemCell from, table::SystemCell beside, std::int64_t change) {
    list_chain(from, beside);
    for (const Point& point : chain_) {
      loss += price_of(state, static_cast<table::SystemCell>(static_cast<std::int64_t>(from) + point.offset), change, Spending::least);
      if (loss >= best.loss) return false;
    }
    return true;
  };
  if (add(other, finest, -amount) && add(finest, other, amount)) best = {finest, other, loss};
}

// Partners that differ on these axes, one bit each.
void PairFinder::try_partners(table::SystemCell own, table::SystemCell finest, std::int64_t amount, std::uint32_t axes, Pair& best) {
  if (axes == 0) return consider(own, finest, finest, amount, best);
  std::vector<std::size_t> vary;
  for (std::size_t axis = 0; axis < shape_.axes.size(); ++axis)
    if (axes >> axis & 1U) vary.push_back(axis);
  std::vector<std::size_t> at(vary.size(), 0);
  for (std::size_t i = 0; i < vary.size();) {
    std::int64_t other = finest;
    bool differs = true;
    for (std::size_t k = 0; k < vary.size() && differs; ++k) {
      const std::uint32_t node = shape_.node(finest, vary[k]), leaf = leaves_[vary[k]][at[k]];
      differs = node != leaf;
      other += (static_cast<std::int64_t>(leaf) - node) * static_cast<std::int64_t>(shape_.stride[vary[k]]);
    }
    if (differs) consider(own, finest, static_cast<table::SystemCell>(other), amount, best);
    for (i = 0; i < vary.size() && ++at[i] == leaves_[vary[i]].size(); ++i) at[i] = 0;
  }
}

// Anywhere in the table, by steps that reach all of it.
void PairFinder::try_far_partners(table::SystemCell own, table::SystemCell finest, std::int64_t amount, Pair& best) {
  std::uint64_t all = 1;
  for (const auto& leaves : leaves_) all *= leaves.size();
  std::size_t seen = 0;
  constexpr std::uint64_t stride = 2654435761;
  for (std::uint64_t i = 0; i < all && seen < far_partners; ++i) {
    std::uint64_t code = i * stride % all;
    std::uint64_t other = 0;
    for (std::size_t axis = 0; axis < leaves_.size(); ++axis) {
      other += leaves_[axis][code % leaves_[axis].size()] * shape_.stride[axis];
      code /= leaves_[axis].size();
    }
    if (book_.truth().value[static_cast<table::SystemCell>(other)] <= std::abs(amount)) continue;
    ++seen;
    consider(own, finest, static_cast<table::SystemCell>(other), amount, best);
  }
}

bool PairFinder::find(table::SystemCell cell, std::int64_t amount, Pair& best) {
  best.loss = no_limit;
  const auto axes = static_cast<std::uint32_t>(shape_.axes.size());
  for (const table::SystemCell finest : finest_)
    for (std::uint32_t set = 1; set < 1U << axes; ++set)
      if (std::popcount(set) <= 2) try_partners(cell, finest, amount, set, best);
  for (const table::SystemCell finest : finest_)
    if (best.loss == no_limit) try_far_partners(cell, finest, amount, best);
  return best.loss < no_limit;
}

void PairFinder::apply(const Pair& pair, std::int64_t amount) {
  SearchState& state = book_.state;
  const auto change = [&](table::SystemCell from, table::SystemCell beside, std::int64_t by) {
    list_chain(from, beside);
    for (const Point& point : chain_) {
      const auto at = static_cast<table::SystemCell>(static_cast<std::int64_t>(from) + point.offset);
      if (state.change[at] == 0) state.touched.push_back(at);
      state.change[at] += by;
      if (state.hidden[at]) continue;
      state.hidden[at] = 1;
      fresh_.push_back(at);
    }
  };
  change(pair.gains, pair.loses, amount);
  change(pair.loses, pair.gains, -amount);
}

void PairFinder::forget() {
  for (const table::SystemCell c : book_.state.touched) book_.state.change[c] = 0;
  book_.state.touched.clear();
  for (const table::SystemCell c : fresh_) book_.state.hidden[c] = 0;
  fresh_.clear();
}

// Part by part, each the one with the least loss for what it brings.
bool PairFinder::build(table::SystemCell cell, std::int64_t amount) {
  finest_.clear();
  list_finest_below(cell, 0);
  std::int64_t left = amount;
  for (int i = 0; i < most_steps && left != 0; ++i) {
    const std::int64_t one = left > 0 ? 1 : -1;
    Pair best, pair;
    std::int64_t best_part = 0;
    for (const std::int64_t part : {left, left / 2, one}) {
      if (part == 0 || !find(cell, part, pair)) continue;
      const bool better = best_part == 0 || pair.loss * static_cast<float>(std::abs(best_part)) < best.loss * static_cast<float>(std::abs(part));
      if (better) best = pair, best_part = part;
      if (part == one) break;
    }
    if (best_part == 0) break;
    apply(best, best_part);
    left -= best_part;
  }
  if (left != 0) forget();
  return left == 0;
}

bool PairFinder::satisfy(std::uint32_t index, std::vector<table::SystemCell>& newly_hidden) {
  const Need& need = book_.needs[index];
  SearchState& state = book_.state;
  for (const table::SystemCell c : need.untouched) state.barred[c] = 1;
  const bool found = build(need.cell, need.amount) || (need.way == Need::Way::either && build(need.cell, -need.amount));
  for (const table::SystemCell c : need.untouched) state.barred[c] = 0;
  if (!found) return false;
  table::SystemMove witness = take_changes(state);
  for (const table::SystemCell c : fresh_) {
    state.hidden[c] = 0;
    if (std::none_of(witness.begin(), witness.end(), [&](const table::SystemChange& part) { return part.cell == c; })) continue;
    book_.hide(c);
    newly_hidden.push_back(c);
  }
  fresh_.clear();
  book_.set_witness(index, std::move(witness));
  return true;
}

}  // namespace candour::protect
