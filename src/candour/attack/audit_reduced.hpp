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

/// Hidden cells as columns, the sums that hold at least one of them as rows. Bounds are those proved so far.
struct Reduced {
  std::vector<table::SystemCell> cell;   ///< column -> cell
  std::vector<std::uint32_t> column_of;  ///< cell -> column or not_open
  std::vector<std::uint64_t> row_start{0};
  std::vector<RowTerm> terms;
  std::vector<std::int64_t> right_side;
  std::vector<std::uint64_t> column_start;
  std::vector<std::uint32_t> column_rows;
  std::vector<std::int64_t> lowest, highest;
  std::vector<double> start;  ///< a table that fits
  bool start_is_whole = true;
  [[nodiscard]] std::uint32_t columns() const { return static_cast<std::uint32_t>(cell.size()); }
  [[nodiscard]] std::uint32_t rows() const { return static_cast<std::uint32_t>(right_side.size()); }
};

/// Builds the system of the hidden cells. Error "audit.inconsistent" if a sum of published values alone does not hold.
[[nodiscard]] base::Result<Reduced> reduce(const knowledge::SystemView& view);

/// Tightens the bounds until nothing changes (or a row was visited often enough). Error "audit.inconsistent" if bounds cross.
[[nodiscard]] base::Result<base::Done> propagate(Reduced& system);

/// Component of each column over rows that join open columns (lowest < highest); fixed columns are not_open. Gives the sizes.
[[nodiscard]] std::vector<std::uint32_t> find_components(const Reduced& system, std::vector<std::uint32_t>& component_of);

}  // namespace candour::attack::inside
