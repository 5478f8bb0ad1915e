// How a system falls into components.

#include <candour/attack/component.hpp>

#include <algorithm>
#include <numeric>

namespace candour::attack {
namespace {

class Joined {
 public:
  explicit Joined(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

// A row with the fixed columns taken off; nothing if it says no more.
std::optional<Row> reduced(const Row& row, const Bounds& bounds) {
  Row left{{}, row.lowest, row.highest, row.source, row.percentage};
  std::int64_t fixed = 0, least = 0, most = 0;
  bool is_unlimited = false;
  for (const Term& term : row.terms) {
    if (bounds.is_fixed(term.column)) {
      fixed += term.coefficient * bounds.lowest[term.column];
      continue;
    }
    left.terms.push_back(term);
    if (bounds.highest[term.column] == table::no_upper_limit) is_unlimited = true;
    else {
      least += term.coefficient * (term.coefficient > 0 ? bounds.lowest[term.column] : bounds.highest[term.column]);
      most += term.coefficient * (term.coefficient > 0 ? bounds.highest[term.column] : bounds.lowest[term.column]);
    }
  }
  if (left.terms.empty()) return std::nullopt;
  if (left.lowest != no_lower_limit) left.lowest -= fixed;
  if (left.highest != table::no_upper_limit) left.highest -= fixed;
  const bool lowest_says_nothing = left.lowest == no_lower_limit || (!is_unlimited && least >= left.lowest);
  const bool highest_says_nothing = left.highest == table::no_upper_limit || (!is_unlimited && most <= left.highest);
  if (lowest_says_nothing && highest_says_nothing) return std::nullopt;
  return left;
}

struct OpenSmall {
  Small small;
  std::vector<std::int64_t> offsets;
  bool is_met = false;
};

// A condition with the cells that can no longer be small left out; met if some cell is small in every world.
OpenSmall reduced(const Small& small, const Bounds& bounds) {
  OpenSmall open;
  open.small.highest = small.highest;
  for (const auto& cell : small.cells) {
    const std::int64_t low = bounds.lowest_sum(cell), high = bounds.highest_sum(cell);
    if (low >= 1 && high <= small.highest) open.is_met = true;
    if (high < 1 || low > small.highest) continue;
    std::vector<Column> columns;
    std::int64_t offset = 0;
    for (const Column column : cell) {
      if (bounds.is_fixed(column)) offset += bounds.lowest[column];
      else columns.push_back(column);
    }
    open.small.cells.push_back(std::move(columns));
    open.offsets.push_back(offset);
  }
  return open;
}

}  // namespace

Split split(const System& system, const Bounds& bounds) {
  Split result;
  result.place_of.resize(system.column_count());
  std::vector<Row> rows;
  std::vector<OpenSmall> smalls;
  Joined joined(system.column_count());
  for (const Row& row : system.rows)
    if (auto left = reduced(row, bounds)) {
      for (const Term& term : left->terms) joined.join(left->terms.front().column, term.column);
      rows.push_back(std::move(*left));
    }
  for (const Small& small : system.smalls) {
    OpenSmall open = reduced(small, bounds);
    if (open.is_met) continue;
    if (open.small.cells.empty()) return result.consistency = Consistency::impossible, result;
    for (const auto& cell : open.small.cells)
      for (const Column column : cell) joined.join(open.small.cells.front().front(), column);
    smalls.push_back(std::move(open));
  }
  std::vector<std::optional<std::uint32_t>> component_of_root(system.column_count());
  for (Column column = 0; column < system.column_count(); ++column) {
    if (bounds.is_fixed(column)) continue;
    auto& number = component_of_root[joined.root(column)];
    if (!number) {
      number = static_cast<std::uint32_t>(result.components.size());
      result.components.emplace_back();
    }
    Component& component = result.components[*number];
    result.place_of[column] = Split::Place{*number, static_cast<LocalColumn>(component.columns.size())};
    component.columns.push_back(column);
    component.lowest.push_back(bounds.lowest[column]);
    component.highest.push_back(bounds.highest[column]);
  }
  for (Row& row : rows) {
    const std::uint32_t number = result.place_of[row.terms.front().column]->component;
    for (Term& term : row.terms) term.column = result.place_of[term.column]->column;
    result.components[number].rows.push_back(std::move(row));
  }
  for (OpenSmall& open : smalls) {
    Component& component = result.components[result.place_of[open.small.cells.front().front()]->component];
    for (auto& cell : open.small.cells)
      for (Column& column : cell) column = result.place_of[column]->column;
    component.smalls.push_back(std::move(open.small));
    component.small_offsets.push_back(std::move(open.offsets));
  }
  for (Component& component : result.components) component.index_rows();
  return result;
}

}  // namespace candour::attack
