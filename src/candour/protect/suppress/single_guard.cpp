#include <candour/protect/suppress/single_guard.hpp>

#include <algorithm>
#include <iterator>

namespace candour::protect {
namespace {

// The person of a single contributor's cell stands in one finest cell; gives it.
table::SystemCell finest_of_single(const table::ProductShape& shape, const truth::SystemTruth& truth, table::SystemCell cell) {
  for (std::size_t axis = 0; axis < shape.axes.size(); ++axis)
    for (std::uint32_t node = shape.node(cell, axis); !shape.axes[axis].is_leaf(node);) {
      std::uint32_t down = node;
      for (const std::uint32_t child : shape.axes[axis].children[node])
        if (truth.value[cell + (child - node) * shape.stride[axis]] > 0) down = child;
      if (down == node) break;
      cell = static_cast<table::SystemCell>(cell + (down - node) * shape.stride[axis]);
      node = down;
    }
  return cell;
}

// Whether the cell counts the people of a finest cell.
bool covers(const table::ProductShape& shape, table::SystemCell cell, table::SystemCell finest) {
  for (std::size_t axis = 0; axis < shape.axes.size(); ++axis) {
    std::uint32_t node = shape.node(finest, axis);
    const std::uint32_t wanted = shape.node(cell, axis);
    while (node > wanted) node = shape.axes[axis].parent[node];
    if (node != wanted) return false;
  }
  return true;
}

bool changes(const table::SystemMove& move, table::SystemCell cell) {
  return std::binary_search(move.begin(), move.end(), table::SystemChange{cell, 0},
                            [](const table::SystemChange& a, const table::SystemChange& b) { return a.cell < b.cell; });
}

}  // namespace

// Moves that leave single contributors' cells alone are preferred: they need no second witness.
SingleGuard::SingleGuard(WitnessBook& book) : book_(book) {
  constexpr float dear_touch = 1.0f / 64;
  for (table::SystemCell c = 0; c < book.system().cell_count(); ++c)
    if (is_single(c)) book.state.touch[c] = dear_touch;
}

std::vector<table::SystemCell> SingleGuard::common_singles(std::span<const table::SystemMove* const> moves, table::SystemCell own) const {
  const auto& shape = book_.system().product();
  std::vector<table::SystemCell> common, singles, both;
  bool first = true;
  for (const table::SystemMove* move : moves) {
    if (!changes(*move, own)) continue;
    singles.clear();
    for (const table::SystemChange& part : *move) {
      if (part.cell == own || !is_single(part.cell)) continue;
      if (!first && !std::binary_search(common.begin(), common.end(), part.cell)) continue;
      if (!shape || !covers(*shape, own, finest_of_single(*shape, book_.truth(), part.cell))) singles.push_back(part.cell);
    }
    common = singles;
    first = false;
    if (common.empty()) break;
  }
  return common;
}

void SingleGuard::drop_needless() {
  std::vector<std::vector<std::uint32_t>> needs_of(book_.truth().secrets.size());
  for (std::uint32_t n = 0; n < book_.needs.size(); ++n)
    if (!book_.needs[n].witness.empty()) needs_of[book_.needs[n].secret].push_back(n);
  std::vector<std::uint8_t> needless(book_.needs.size(), 0);
  std::vector<const table::SystemMove*> others;
  for (const std::vector<std::uint32_t>& needs : needs_of)
    for (auto n = needs.rbegin(); n != needs.rend(); ++n) {
      if (book_.needs[*n].untouched.empty()) continue;
      others.clear();
      for (const std::uint32_t other : needs)
        if (other != *n && !needless[other]) others.push_back(&book_.needs[other].witness);
      needless[*n] = !others.empty() && common_singles(others, book_.needs[*n].cell).empty();
    }
  book_.forget(needless);
}

// Each single contributor discards witnesses with his own cell only, so one witness without each of the cells is as good as one without them all.
bool SingleGuard::ask_one_by_one(std::uint32_t need) {
  std::vector<table::SystemCell> cells = std::move(book_.needs[need].untouched);
  const bool several = cells.size() > 1;
  while (cells.size() > 1) {
    Need other = book_.needs[need];
    other.untouched.assign(1, cells.back());
    book_.needs.push_back(std::move(other));
    cells.pop_back();
  }
  book_.needs[need].untouched = std::move(cells);
  return several;
}

bool SingleGuard::add_witnesses(const Satisfy& satisfy) {
  std::vector<std::vector<const table::SystemMove*>> moves_of(book_.truth().secrets.size());
  for (const Need& need : book_.needs)
    if (!need.witness.empty()) moves_of[need.secret].push_back(&need.witness);
  std::vector<Need> missing;
  for (std::uint32_t s = 0; s < moves_of.size(); ++s) {
    const table::SystemCell own = book_.truth().secrets[s].cell;
    std::vector<table::SystemCell> common = common_singles(moves_of[s], own);
    if (!common.empty()) missing.push_back({own, s, 1, Need::Way::either, std::move(common), {}});
  }
  auto first = static_cast<std::uint32_t>(book_.needs.size());
  book_.needs.insert(book_.needs.end(), std::make_move_iterator(missing.begin()), std::make_move_iterator(missing.end()));
  std::vector<std::uint32_t> hard;
  std::vector<table::SystemCell> hidden;
  for (std::uint32_t n = first; n < book_.needs.size(); ++n) {
    if (satisfy(n, Spending::nothing, hidden)) continue;
    if (!ask_one_by_one(n)) hard.push_back(n);
    else --n;
  }
  for (const std::uint32_t n : hard)
    if (!satisfy(n, Spending::nothing, hidden)) static_cast<void>(satisfy(n, Spending::least, hidden));
  return first < book_.needs.size();
}

}  // namespace candour::protect
