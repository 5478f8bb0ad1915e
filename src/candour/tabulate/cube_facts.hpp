#pragma once
// What rules look at beside the counts of a cube: people, exact amounts, contributors and their largest shares, and a column of costs.

#include <candour/base/result.hpp>
#include <candour/tabulate/cube.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::tabulate {

struct CubeFactsOrder {
  std::filesystem::path records;
  std::vector<std::string> columns;  ///< one a variable of the cube
  std::optional<std::string> people_column;
  std::optional<std::string> amount_column;       ///< decimals, exact
  std::optional<std::string> contributor_column;  ///< who stands behind an amount; left out: the people, or each record for itself
  std::optional<std::string> group_column;        ///< contributors of one group count as one
  std::optional<std::string> weight_column;       ///< each record stands for so many
  std::size_t largest_count = 2;
  std::optional<std::string> cost_column;  ///< what hiding loses: its sum over the records of a cell
};

/// One a cell of the cube. Lists that were not asked for are empty.
struct CubeFactsOfCells {
  std::vector<std::int64_t> people;
  std::vector<std::int64_t> amount;  ///< in units of 10^-decimals
  int decimals = 0;
  std::vector<std::int64_t> contributors;
  std::vector<std::vector<std::int64_t>> largest;  ///< in units of 10^-decimals
  std::vector<std::int64_t> cost;                  ///< rounded to whole numbers, at least 1
};

/// Reads the records once more. With weights the total is the weighted sum; the largest contributions are those of the sample as they were given.
/// Errors: those of tabulate_cubes; wrong_input "cube.negative" for a negative amount or cost.
[[nodiscard]] base::Result<CubeFactsOfCells> facts_of_cube(const Cube& cube, const CubeFactsOrder& order);

}  // namespace candour::tabulate
