#pragma once
// A table that arrives as a plain constraint file: its system and its truth.

#include <candour/formats/jj.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/truth/system_truth.hpp>

namespace candour::tabulate {

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
/// "jj.bounds" if a value lies outside its bounds.
[[nodiscard]] base::Result<JjTable> table_of_jj(const formats::JjFile& file, const std::string& name);

}  // namespace candour::tabulate
