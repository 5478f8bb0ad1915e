#include <candour/release/grid.hpp>

#include <candour/base/check.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace candour::release {
namespace {

const table::Variable& variable_at(const table::TableLayout& layout, std::size_t place) { return layout.space().variables[layout.design().by[place].variable]; }

GridHeading heading_of(const table::TableLayout& layout, std::size_t place, std::size_t category) {
  const table::Hierarchy& hierarchy = variable_at(layout, place).hierarchy;
  const table::NodeIndex node = layout.categories(place)[category];
  const std::vector<int>& levels = layout.design().by[place].levels;
  const auto above = std::count_if(levels.begin(), levels.end(), [&](int level) { return level < hierarchy.level(node); });
  return {hierarchy.label(node), static_cast<int>(above), node == 0};
}

// The first cell of a table and how far apart the categories of each shown variable lie.
std::vector<table::CellIndex> strides_of(const table::TableLayout& layout) {
  std::vector<table::CellIndex> strides(layout.variable_count(), 1);
  for (std::size_t i = layout.variable_count(); i-- > 1;) strides[i - 1] = strides[i] * layout.categories(i).size();
  return strides;
}

GridCell shown(const table::PublishedTable& table, table::CellIndex cell) {
  const table::PublishedCell& published = table.cells[cell];
  return {text_of(published, table.scale), reading_of(published)};
}

// All combinations of the categories of the fixed variables, the last running fastest.
std::vector<std::vector<std::size_t>> combinations_of(const table::TableLayout& layout, const std::vector<std::size_t>& fixed) {
  std::vector<std::vector<std::size_t>> combinations{{}};
  for (const std::size_t place : fixed) {
    std::vector<std::vector<std::size_t>> longer;
    for (const auto& combination : combinations) {
      for (std::size_t category = 0; category < layout.categories(place).size(); ++category) {
        longer.push_back(combination);
        longer.back().push_back(category);
      }
    }
    combinations = std::move(longer);
  }
  return combinations;
}

std::string caption_of(const table::TableLayout& layout, const Axes& axes, const std::vector<std::size_t>& combination) {
  std::string caption;
  for (std::size_t i = 0; i < combination.size(); ++i) {
    const std::size_t place = axes.fixed[i];
    caption += fmt::format("{}{}: {}", caption.empty() ? "" : "; ", heading_of_variable(layout, place), heading_of(layout, place, combination[i]).label);
  }
  return caption;
}

// The columns from `first` to `end` of one grid.
struct ColumnRange {
  std::size_t first = 0;
  std::size_t end = 0;
};

std::vector<ColumnRange> split_columns(std::size_t count) {
  const std::size_t parts = (count + widest_grid - 1) / widest_grid;
  std::vector<ColumnRange> ranges;
  for (std::size_t part = 0; part < parts; ++part) ranges.push_back({count * part / parts, count * (part + 1) / parts});
  return ranges;
}

void append_crossed_grids(const table::PublishedTable& table, const table::TableLayout& layout, const Axes& axes, const std::vector<std::size_t>& combination,
                          std::vector<Grid>& grids) {
  const std::vector<table::CellIndex> strides = strides_of(layout);
  table::CellIndex origin = 0;
  for (std::size_t i = 0; i < combination.size(); ++i) origin += combination[i] * strides[axes.fixed[i]];
  const std::vector<ColumnRange> ranges = split_columns(layout.categories(axes.columns).size());
  for (std::size_t part = 0; part < ranges.size(); ++part) {
    Grid grid;
    grid.caption = caption_of(layout, axes, combination);
    if (ranges.size() > 1) grid.caption += fmt::format("{}columns, part {} of {}", grid.caption.empty() ? "" : "; ", part + 1, ranges.size());
    grid.row_variable = heading_of_variable(layout, axes.rows);
    grid.column_variable = heading_of_variable(layout, axes.columns);
    for (std::size_t column = ranges[part].first; column < ranges[part].end; ++column) grid.columns.push_back(heading_of(layout, axes.columns, column));
    for (std::size_t row = 0; row < layout.categories(axes.rows).size(); ++row) {
      GridRow line{heading_of(layout, axes.rows, row), {}};
      for (std::size_t column = ranges[part].first; column < ranges[part].end; ++column) {
        line.cells.push_back(shown(table, origin + row * strides[axes.rows] + column * strides[axes.columns]));
      }
      grid.rows.push_back(std::move(line));
    }
    grids.push_back(std::move(grid));
  }
}

}  // namespace

std::string heading_of_variable(const table::TableLayout& layout, std::size_t place) {
  const table::Variable& variable = variable_at(layout, place);
  const table::ShownVariable& shown = layout.design().by[place];
  return layout.space().period == shown.variable ? capitalised(variable.hierarchy.level_name(shown.levels.back())) : variable.label;
}

Axes axes_of(const table::TableLayout& layout) {
  const std::size_t count = layout.variable_count();
  CANDOUR_CHECK(count >= 2, "a table of fewer than two variables has no columns to choose");
  const auto size_of = [&](std::size_t place) { return layout.categories(place).size(); };
  Axes axes;
  for (std::size_t place = 1; place < count; ++place) {
    if (size_of(place) > size_of(axes.rows)) axes.rows = place;
  }
  for (std::size_t place = 0; place < count; ++place) {
    if (layout.space().period == layout.design().by[place].variable) axes.rows = place;
  }
  axes.columns = axes.rows == 0 ? 1 : 0;
  const auto is_better = [&](std::size_t candidate, std::size_t chosen) {
    const bool fits = size_of(candidate) <= widest_grid;
    const bool chosen_fits = size_of(chosen) <= widest_grid;
    if (fits != chosen_fits) return fits;
    return fits ? size_of(candidate) > size_of(chosen) : size_of(candidate) < size_of(chosen);
  };
  for (std::size_t place = 0; place < count; ++place) {
    if (place != axes.rows && is_better(place, axes.columns)) axes.columns = place;
  }
  if (size_of(axes.columns) > widest_grid && size_of(axes.rows) <= widest_grid) std::swap(axes.rows, axes.columns);
  for (std::size_t place = 0; place < count; ++place) {
    if (place != axes.rows && place != axes.columns) axes.fixed.push_back(place);
  }
  return axes;
}

std::vector<Grid> grids_of(const table::PublishedTable& table, const table::TableLayout& layout, std::string_view figure_heading) {
  std::vector<Grid> grids;
  if (layout.variable_count() >= 2) {
    const Axes axes = axes_of(layout);
    for (const auto& combination : combinations_of(layout, axes.fixed)) append_crossed_grids(table, layout, axes, combination, grids);
    return grids;
  }
  Grid grid;
  grid.columns.push_back({std::string(figure_heading), 0, false});
  if (layout.variable_count() == 0) {
    grid.row_variable = "What is counted";
    grid.rows.push_back({{"Total", 0, true}, {shown(table, 0)}});
  } else {
    grid.row_variable = heading_of_variable(layout, 0);
    for (std::size_t row = 0; row < layout.categories(0).size(); ++row) grid.rows.push_back({heading_of(layout, 0, row), {shown(table, row)}});
  }
  grids.push_back(std::move(grid));
  return grids;
}

}  // namespace candour::release
