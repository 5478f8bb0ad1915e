#pragma once
// From finest cells to all levels and margins.

#include <candour/tabulate/cell_counter.hpp>
#include <candour/tabulate/cube_dimension.hpp>

#include <cstdint>
#include <vector>

namespace candour::tabulate {

/// How the leaves of all variables are packed into one key: a field of bits for each.
class LeafKey {
 public:
  /// Fields wide enough for `room[v]` leaves; what is left of 62 bits is shared out among the variables whose leaves are still growing.
  static base::Result<LeafKey> make(const std::vector<std::uint32_t>& room, const std::vector<bool>& growing);
  [[nodiscard]] std::uint64_t limit(std::size_t v) const { return std::uint64_t{1} << bits_[v]; }
  [[nodiscard]] unsigned shift(std::size_t v) const { return shifts_[v]; }
  [[nodiscard]] std::uint32_t leaf(std::uint64_t key, std::size_t v) const { return static_cast<std::uint32_t>(key >> shifts_[v] & (limit(v) - 1)); }
  [[nodiscard]] std::size_t size() const { return bits_.size(); }

 private:
  std::vector<unsigned> bits_;
  std::vector<unsigned> shifts_;
};

/// Numbers of the finest cells, before and after: dense over `room` leaves a variable, or (key, value) pairs.
struct FinestCells {
  std::vector<std::int64_t> dense;  ///< by leaves, `room[v]` of variable v, the last fastest; empty if sparse
  std::vector<std::uint32_t> room;
  std::vector<std::pair<std::uint64_t, std::int64_t>> sparse;  ///< by LeafKey, ascending, each once
};

/// All cells of the cube that are not zero, ascending.
struct RolledUp {
  std::vector<std::uint64_t> cells;
  std::vector<std::int64_t> values;
};

/// Number of cells of the whole cube. Error could_not_finish "tabulate.cube_too_large".
[[nodiscard]] base::Result<std::uint64_t> cell_count_of(const std::vector<Dimension>& dimensions);
/// Adds the finest cells up to every combination of categories, and adds `corrections` (cube cells, any order, parts allowed).
/// Cost: dense: cells of the cube times levels; sparse: finest cells times combinations of levels.
[[nodiscard]] RolledUp roll_up(FinestCells finest, const LeafKey& key, const std::vector<Dimension>& dimensions, const CellSums* corrections, unsigned threads);

/// For each combination of levels: what a leaf of each variable adds to the cube's cell number, or no_cell.
class LevelCombinations {
 public:
  static constexpr std::uint64_t no_cell = ~std::uint64_t{0};
  explicit LevelCombinations(const std::vector<Dimension>& dimensions);
  [[nodiscard]] std::size_t count() const { return combinations_.size(); }
  /// The level of variable v in the i-th combination.
  [[nodiscard]] std::size_t level_of(std::size_t i, std::size_t v) const { return combinations_[i][v]; }
  /// For each level of variable v, what each leaf adds to the cell number, or no_cell.
  [[nodiscard]] const std::vector<std::vector<std::uint64_t>>& parts(std::size_t v) const { return parts_[v]; }
  [[nodiscard]] std::size_t variable_count() const { return parts_.size(); }
  /// The cube's cell of a finest cell in the i-th combination, or no_cell. The finest combination comes last.
  [[nodiscard]] std::uint64_t cell(std::size_t i, const std::uint32_t* leaves) const {
    std::uint64_t cell = 0;
    const std::vector<std::uint32_t>& levels = combinations_[i];
    for (std::size_t v = 0; v < levels.size(); ++v) {
      const std::uint64_t part = parts_[v][levels[v]][leaves[v]];
      if (part == no_cell) return no_cell;
      cell += part;
    }
    return cell;
  }

 private:
  std::vector<std::vector<std::vector<std::uint64_t>>> parts_;  ///< [variable][level][leaf]
  std::vector<std::vector<std::uint32_t>> combinations_;
};

}  // namespace candour::tabulate
