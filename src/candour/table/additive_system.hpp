#pragma once
// One system of additive constraints over the cells of any tables: cubes, hierarchies, linked tables, or a plain list of sums.

#include <candour/base/result.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace candour::table {

using SystemCell = std::uint32_t;
using SystemEquation = std::uint32_t;

struct SystemTerm {
  SystemCell cell = 0;
  std::int32_t coefficient = 0;
};
struct CellEquation {
  SystemEquation equation = 0;
  std::int32_t coefficient = 0;
};

/// A tree of categories by place: node 0 is the total, a parent comes before its children.
struct SystemAxis {
  std::vector<std::uint32_t> parent;                 ///< of node 0: 0
  std::vector<std::vector<std::uint32_t>> children;  ///< empty for a leaf
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(parent.size()); }
  [[nodiscard]] bool is_leaf(std::uint32_t node) const { return children[node].empty(); }
};
/// Builds an axis from the parents of its nodes (parents first, node 0 its own parent).
[[nodiscard]] SystemAxis axis_of_parents(std::vector<std::uint32_t> parents);

/// The axes of a cube. Cells are numbered with the last axis running fastest.
struct ProductShape {
  std::vector<SystemAxis> axes;
  std::vector<std::uint64_t> stride;
  [[nodiscard]] std::uint32_t node(SystemCell cell, std::size_t axis) const { return static_cast<std::uint32_t>(cell / stride[axis] % axes[axis].size()); }
  /// Whether no axis divides the cell further.
  [[nodiscard]] bool is_finest(SystemCell cell) const {
    for (std::size_t k = 0; k < axes.size(); ++k)
      if (!axes[k].is_leaf(node(cell, k))) return false;
    return true;
  }
};

/// Cells and sparse equations `sum of coefficient * cell = right side`, by equation and by cell. Holds no value and no secret.
class AdditiveSystem {
 public:
  /// All sums of a cube: along each axis, each inner node is the sum of its children. Error wrong_input "system.too_large" beyond 2^32 cells.
  [[nodiscard]] static base::Result<AdditiveSystem> of_cube(std::vector<SystemAxis> axes);
  /// A plain list of equations: terms of equation e are [start[e], start[e + 1]).
  [[nodiscard]] static AdditiveSystem of_equations(std::uint32_t cell_count, std::vector<std::uint64_t> start, std::vector<SystemTerm> terms,
                                                   std::vector<std::int64_t> right_side);

  [[nodiscard]] std::uint32_t cell_count() const { return cell_count_; }
  [[nodiscard]] std::uint32_t equation_count() const { return static_cast<std::uint32_t>(right_side_.size()); }
  [[nodiscard]] std::span<const SystemTerm> terms(SystemEquation e) const { return {terms_.data() + start_[e], terms_.data() + start_[e + 1]}; }
  [[nodiscard]] std::span<const CellEquation> equations(SystemCell c) const { return {by_cell_.data() + cell_start_[c], by_cell_.data() + cell_start_[c + 1]}; }
  [[nodiscard]] std::int64_t right_side(SystemEquation e) const { return right_side_[e]; }
  [[nodiscard]] const std::optional<ProductShape>& product() const { return product_; }

 private:
  void index_by_cell();
  std::uint32_t cell_count_ = 0;
  std::vector<std::uint64_t> start_{0};
  std::vector<SystemTerm> terms_;
  std::vector<std::int64_t> right_side_;
  std::vector<std::uint64_t> cell_start_;
  std::vector<CellEquation> by_cell_;
  std::optional<ProductShape> product_;
};

/// What the reader sees of a cell.
enum class CellStanding : std::uint8_t {
  shown,         ///< s: may be hidden to protect another
  always_shown,  ///< z: published zeros, cells published before, cells that must be shown
  primary,       ///< u: hidden because it is sensitive
  secondary,     ///< x: hidden to protect another
};
[[nodiscard]] constexpr bool is_hidden(CellStanding s) { return s == CellStanding::primary || s == CellStanding::secondary; }
[[nodiscard]] char letter_of(CellStanding standing);
[[nodiscard]] CellStanding standing_of(char letter);

/// Says whether every equation holds. Cost: linear in the terms.
[[nodiscard]] bool adds_up(const AdditiveSystem& system, std::span<const std::int64_t> values);

}  // namespace candour::table
