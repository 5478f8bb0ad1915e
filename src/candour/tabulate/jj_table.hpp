#pragma once
// A table that arrives as a plain constraint file: its system and its truth.

#include <candour/formats/jj.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/truth/system_truth.hpp>

namespace candour::tabulate {

/// Whether the file holds the true values of its hidden cells, or only of those that are shown.
enum class JjValues { of_all_cells, of_shown_cells };

struct JjTable {
  table::AdditiveSystem system;
  truth::SystemTruth truth;      ///< in units of 10^-decimals
  std::vector<std::int64_t> id;  ///< of each cell
  int decimals = 0;
};

/// Gives system and truth of a JJ file: a cell of status u must reach value - lpl and value + upl (no further than its bounds) and a spread of its sliding
/// level. Secondary cells of the file start as shown. Costs below one unit become one.
/// Sums that miss by less than a billionth are taken as the values make them (files written from binary fractions); beyond 2^51 units digits are given up.
/// Error wrong_input "jj.not_additive" if its own values do not add up,
/// "jj.bounds" if a value lies outside its bounds, "jj.overflow" for numbers beyond 2^60 units.
/// With values of shown cells alone nothing is said of sums that hold hidden ones, and no cell has protection levels.
[[nodiscard]] base::Result<JjTable> table_of_jj(const formats::JjFile& file, const std::string& name, JjValues values = JjValues::of_all_cells);

}  // namespace candour::tabulate
