#include <candour/tabulate/roll_up.hpp>

#include <algorithm>
#include <bit>
#include <thread>

namespace candour::tabulate {
namespace {

constexpr unsigned key_bits = 62;

/// Runs work(first, end) over [0, count) on several threads.
template <class Work>
void in_parallel(std::uint64_t count, unsigned threads, const Work& work) {
  if (threads < 2 || count < 2) return work(std::uint64_t{0}, count);
  std::vector<std::thread> helpers;
  for (unsigned t = 1; t < threads; ++t) helpers.emplace_back([&, t] { work(count * t / threads, count * (t + 1) / threads); });
  work(std::uint64_t{0}, count / threads);
  for (std::thread& helper : helpers) helper.join();
}

/// One variable's leaves turned into its categories. The array is outer x leaves x inner.
std::vector<std::int64_t> expand(const std::vector<std::int64_t>& in, std::uint64_t outer, std::uint32_t room, std::uint64_t inner, const Dimension& dimension,
                                 unsigned threads) {
  const std::uint64_t categories = dimension.categories.size();
  std::vector<std::int64_t> out(outer * categories * inner);
  const auto slice = [&](std::uint64_t first_outer, std::uint64_t end_outer, std::uint64_t first_inner, std::uint64_t end_inner) {
    for (std::uint64_t a = first_outer; a < end_outer; ++a)
      for (const auto& category_of_leaf : dimension.category_of_leaf)
        for (std::uint32_t leaf = 0; leaf < dimension.leaf_count; ++leaf) {
          if (category_of_leaf[leaf] == Dimension::none) continue;
          const std::int64_t* from = in.data() + (a * room + leaf) * inner;
          std::int64_t* into = out.data() + (a * categories + category_of_leaf[leaf]) * inner;
          for (std::uint64_t b = first_inner; b < end_inner; ++b) into[b] += from[b];
        }
  };
  if (outer >= 16) in_parallel(outer, threads, [&](std::uint64_t first, std::uint64_t end) { slice(first, end, 0, inner); });
  else in_parallel(inner, inner >= 4096 ? threads : 1, [&](std::uint64_t first, std::uint64_t end) { slice(0, outer, first, end); });
  return out;
}

RolledUp roll_up_dense(FinestCells finest, const std::vector<Dimension>& dimensions, const CellSums* corrections, unsigned threads) {
  std::vector<std::int64_t> cells = std::move(finest.dense);
  std::uint64_t outer = 1, inner = 1;
  for (const std::uint32_t room : finest.room) inner *= room;
  for (std::size_t v = 0; v < dimensions.size(); ++v) {
    inner /= finest.room[v];
    cells = expand(cells, outer, finest.room[v], inner, dimensions[v], threads);
    outer *= dimensions[v].categories.size();
  }
  if (corrections != nullptr) corrections->for_each([&](std::uint64_t cell, std::int64_t value) { cells[cell] += value; });
  RolledUp rolled;
  const auto occurring = static_cast<std::size_t>(std::count_if(cells.begin(), cells.end(), [](std::int64_t value) { return value != 0; }));
  rolled.cells.reserve(occurring);
  rolled.values.reserve(occurring);
  for (std::uint64_t cell = 0; cell < cells.size(); ++cell) {
    if (cells[cell] == 0) continue;
    rolled.cells.push_back(cell);
    rolled.values.push_back(cells[cell]);
  }
  return rolled;
}

RolledUp roll_up_sparse(const FinestCells& finest, const LeafKey& key, const std::vector<Dimension>& dimensions, const CellSums* corrections) {
  const LevelCombinations combinations(dimensions);
  SparseCells sums;
  std::vector<std::uint32_t> leaves(dimensions.size());
  for (const auto& [cell, value] : finest.sparse) {
    for (std::size_t v = 0; v < leaves.size(); ++v) leaves[v] = key.leaf(cell, v);
    for (std::size_t i = 0; i < combinations.count(); ++i)
      if (const std::uint64_t into = combinations.cell(i, leaves.data()); into != LevelCombinations::no_cell) sums.add(into, value);
  }
  if (corrections != nullptr) corrections->for_each([&](std::uint64_t cell, std::int64_t value) { sums.add(cell, value); });
  std::vector<std::pair<std::uint64_t, std::int64_t>> sorted;
  sorted.reserve(sums.size());
  sums.for_each([&](std::uint64_t cell, std::int64_t value) {
    if (value != 0) sorted.emplace_back(cell, value);
  });
  std::sort(sorted.begin(), sorted.end());
  RolledUp rolled;
  rolled.cells.reserve(sorted.size());
  rolled.values.reserve(sorted.size());
  for (const auto& [cell, value] : sorted) {
    rolled.cells.push_back(cell);
    rolled.values.push_back(value);
  }
  return rolled;
}

}  // namespace

base::Result<LeafKey> LeafKey::make(const std::vector<std::uint32_t>& room, const std::vector<bool>& growing) {
  LeafKey key;
  unsigned used = 0;
  for (const std::uint32_t leaves : room) {
    key.bits_.push_back(static_cast<unsigned>(std::bit_width(std::max(leaves, 2U) - 1)));
    used += key.bits_.back();
  }
  if (used > key_bits)
    return base::fail({base::Cause::could_not_finish,
                       "tabulate.cube_too_large",
                       {},
                       "the variables have more than 2^62 combinations",
                       "show fewer variables, or coarser levels"});
  const auto growers = static_cast<unsigned>(std::count(growing.begin(), growing.end(), true));
  for (std::size_t v = 0; v < room.size(); ++v)
    if (growing[v]) key.bits_[v] = std::min(31U, key.bits_[v] + (key_bits - used) / growers);
  unsigned shift = 0;
  key.shifts_.resize(room.size());
  for (std::size_t v = room.size(); v-- > 0;) {
    key.shifts_[v] = shift;
    shift += key.bits_[v];
  }
  return key;
}

base::Result<std::uint64_t> cell_count_of(const std::vector<Dimension>& dimensions) {
  std::uint64_t count = 1;
  for (const Dimension& dimension : dimensions)
    if (__builtin_mul_overflow(count, dimension.categories.size(), &count) || count >> 62U != 0)
      return base::fail(
          {base::Cause::could_not_finish, "tabulate.cube_too_large", {}, "the cube has more than 2^62 cells", "show fewer variables, or coarser levels"});
  return count;
}

LevelCombinations::LevelCombinations(const std::vector<Dimension>& dimensions) {
  std::uint64_t stride = 1;
  parts_.resize(dimensions.size());
  for (std::size_t v = dimensions.size(); v-- > 0;) {
    for (const auto& category_of_leaf : dimensions[v].category_of_leaf) {
      std::vector<std::uint64_t> parts;
      for (const std::uint32_t category : category_of_leaf) parts.push_back(category == Dimension::none ? no_cell : category * stride);
      parts_[v].push_back(std::move(parts));
    }
    stride *= dimensions[v].categories.size();
  }
  std::vector<std::uint32_t> levels(dimensions.size());
  while (true) {
    combinations_.push_back(levels);
    std::size_t v = levels.size();
    while (v > 0 && ++levels[v - 1] == parts_[v - 1].size()) levels[--v] = 0;
    if (v == 0) return;
  }
}

RolledUp roll_up(FinestCells finest, const LeafKey& key, const std::vector<Dimension>& dimensions, const CellSums* corrections, unsigned threads) {
  if (!finest.dense.empty()) return roll_up_dense(std::move(finest), dimensions, corrections, threads);
  return roll_up_sparse(finest, key, dimensions, corrections);
}

}  // namespace candour::tabulate
