#pragma once
// Charts of published tables, as SVG written here: bars with their figures beside them, drawn from the cells as they are printed.

#include <candour/release/grid.hpp>

#include <string>
#include <string_view>

namespace candour::release {

/// Gives a figure with one or two bar charts of a grid, or an empty text where bars would not help: fewer than two figures, more than forty rows, or no
/// single column of figures and no totals. Rows above the deepest level are left out, for a bar of a total dwarfs its parts.
///
/// A cell without a figure is no bar of length nothing: withheld cells are hatched, others outlined by dashes, both with their symbol, and of one width
/// whatever they hide. Colour says nothing that a word does not say. `id` begins the identifiers; `title` names the table. Takes nothing but the texts of the
/// grid, so that no figure is born here. Cost: linear in the rows and columns.
[[nodiscard]] std::string chart_of(const Grid& grid, std::string_view id, std::string_view title);

}  // namespace candour::release
