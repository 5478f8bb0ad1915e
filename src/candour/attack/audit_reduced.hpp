#pragma once
// Inside the auditor: the system of hidden cells that are still open.

#include <candour/attack/audit.hpp>

#include <cstdint>
#include <vector>

namespace candour::attack::inside {

constexpr std::uint32_t not_open = 0xffffffff;

struct RowTerm {
  std::uint32_t column;
  std::int32_t coefficient;
};
struct ColumnTerm {
  std::uint32_t row;
  std::int32_t coefficient;
};

/// Hidden cells as columns, the sums that hold at least one of them as rows. Bounds are those proved so far.
struct Reduced {
  std::vector<table::SystemCell> cell;   ///< column -> cell
  std::vector<std::uint32_t> column_of;  ///< cell -> column or not_open
  std::vector<std::uint64_t> row_start{0};
  std::vector<RowTerm> terms;
  std::vector<std::int64_t> right_side;
  std::vector<std::uint64_t> column_start;
  std::vector<ColumnTerm> column_terms;
  std::vector<std::int64_t> lowest, highest;
  std::vector<double> start;         ///< a table that fits
  std::vector<char> start_is_whole;  ///< by column: its whole component is whole
  [[nodiscard]] std::uint32_t columns() const { return static_cast<std::uint32_t>(cell.size()); }
  [[nodiscard]] std::uint32_t rows() const { return static_cast<std::uint32_t>(right_side.size()); }
  [[nodiscard]] std::size_t rows_of(std::uint32_t column) const { return column_start[column + std::size_t{1}] - column_start[column]; }
};

/// The error of published values that contradict each other.
[[nodiscard]] base::Error inconsistent();

/// Builds the system of the hidden cells. Error "audit.inconsistent" if a sum of published values alone does not hold.
[[nodiscard]] base::Result<Reduced> reduce(const knowledge::SystemView& view);

/// Fills the terms by column from those by row.
void index_columns(Reduced& system);

/// How a bound that falls between two whole numbers is rounded. `outwards` holds over the real numbers too; the two differ only where a coefficient is not 1 or
/// -1.
enum class BoundRounding { outwards, to_whole_numbers };

/// Tightens the bounds until nothing changes (or a row was visited often enough). Error "audit.inconsistent" if bounds cross.
[[nodiscard]] base::Result<base::Done> propagate(Reduced& system, BoundRounding rounding);

/// Component of each column over rows that join open columns (lowest < highest); fixed columns are not_open. Gives the sizes.
[[nodiscard]] std::vector<std::uint32_t> find_components(const Reduced& system, std::vector<std::uint32_t>& component_of);

}  // namespace candour::attack::inside
