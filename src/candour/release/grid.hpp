#pragma once
// A published table laid out in rows and columns for people: wide tables are turned or split, tables of three variables become one grid a category.

#include <candour/release/words.hpp>
#include <candour/table/table_design.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace candour::release {

/// The heading of one row or column.
struct GridHeading {
  std::string label;
  int indent = 0;         ///< how many shown levels stand above it
  bool is_total = false;  ///< the total of its variable
};

struct GridCell {
  std::string text;
  CellReading reading = CellReading::figure;
};

struct GridRow {
  GridHeading heading;
  std::vector<GridCell> cells;  ///< one a column
};

/// What fits on a page: at most `widest_grid` columns of figures.
struct Grid {
  std::string caption;          ///< what tells it from the other grids of the table: "Ethnicity: White", "columns, part 2 of 3"; may be empty
  std::string row_variable;     ///< heading of the first column: "Month"
  std::string column_variable;  ///< what the columns are: "Age band"; empty if there is one column of figures
  std::vector<GridHeading> columns;
  std::vector<GridRow> rows;
};

inline constexpr std::size_t widest_grid = 10;

/// Lays a table out. `figure_heading` heads a single column of figures: "Arrests".
/// Cost: linear in the cells.
[[nodiscard]] std::vector<Grid> grids_of(const table::PublishedTable& table, const table::TableLayout& layout, std::string_view figure_heading);

/// What a shown variable is called over its categories: a period by the finest level shown ("Quarter"), any other by its label.
[[nodiscard]] std::string heading_of_variable(const table::TableLayout& layout, std::size_t place);

/// Which shown variable runs down and which across; both are places in the design.
struct Axes {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<std::size_t> fixed;  ///< the others: one grid for each combination of their categories
};

/// Chooses the axes of a table of two variables or more: the period runs down, unless turning the table makes it narrow enough.
[[nodiscard]] Axes axes_of(const table::TableLayout& layout);

}  // namespace candour::release
