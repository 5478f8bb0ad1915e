#pragma once
// RecordCubes: counts, distinct people and amounts for every combination of categories at every level asked for, in one reading of a holding.

#include <candour/base/decimal.hpp>
#include <candour/base/result.hpp>
#include <candour/holdings/holding.hpp>
#include <candour/holdings/parallel_csv.hpp>
#include <candour/table/hierarchy.hpp>
#include <candour/tabulate/tabulate.hpp>
#include <candour/truth/magnitude_table.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace candour::tabulate {

/// One variable of a cube: how its column is read and which levels are shown. The total is always shown.
///
/// With `trees`, the texts of the column (through `source.mapping`) are leaf codes of the first tree; further trees are other ways to add up the same leaves
/// (calendar and financial year). Without trees the categories are those that occur, and `levels` are built-in names: day, month, quarter, year, financial-year
/// (of an ISO date, or as `source.date_form` says); single-year, five-year, ten-year (of a whole number); none: the text itself. `source.unknown_code` is the
/// category of missing values (in a built-in level "unknown" if it is empty).
struct RecordCubeVariable {
  std::string name;
  VariableSource source;  ///< its `derivation` turns values into leaf codes of the trees; without trees the levels say it
  std::vector<std::shared_ptr<const table::Hierarchy>> trees;
  std::vector<std::string> levels;  ///< names of levels of any tree; empty: the leaves
};

/// A numeric column to be added up, and who stands behind the amounts.
struct CubeSum {
  std::string column;
  std::optional<std::string> contributor_column;  ///< default: the cube's people column; without either each record is a contributor of its own
  std::optional<std::string> group_column;        ///< contributors of one group count as one; a missing value: the contributor stands alone
  std::optional<std::string> weight_column;       ///< each amount is multiplied by it in the sum; contributions stay as they are
  std::size_t largest_count = 0;                  ///< how many of the largest contributors to keep for each cell
};

/// One question about a holding.
struct CubeRequest {
  std::vector<RecordCubeVariable> by;
  std::vector<FilterTerm> where;
  std::optional<std::string> people_column;
  std::optional<CubeSum> sum;
};

struct CubeCategory {
  std::string code;
  std::string label;
  std::string level;  ///< name of its level
};

/// The amounts of one cell: its contributors' totals, largest first, in units of 10^-scale of the cube.
struct LargestContributors {
  std::int64_t contributor_count = 0;  ///< contributors of the cell, groups as one
  std::vector<std::int64_t> amounts;   ///< by absolute value, at most CubeSum::largest_count
};

/// The cells that hold records, ascending; a cell not listed has none. Numbers as in table::TableLayout: the last variable runs fastest.
struct RecordCube {
  std::vector<std::vector<CubeCategory>> categories;  ///< one list a variable; the total first
  std::vector<std::uint64_t> cells;
  std::vector<std::int64_t> records;
  std::vector<std::int64_t> people;  ///< empty where no people column was named; each record without a person counts as one
  std::vector<std::int64_t> sums;    ///< empty where no sum was asked; in units of 10^-sum_scale
  int sum_scale = 0;
  std::vector<LargestContributors> largest;  ///< empty unless asked for

  [[nodiscard]] std::uint64_t cell_count() const;  ///< of the whole table, empty cells included
  /// Splits a cell number into the category of each variable.
  [[nodiscard]] std::vector<std::uint32_t> split(std::uint64_t cell) const;
};

/// What was read, and what was noticed (counts only; for the private data-quality page).
struct CubeFacts {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;                          ///< of files
  std::chrono::nanoseconds reading{0};              ///< until the last row was read and coded
  std::chrono::nanoseconds adding_up{0};            ///< people, roll-up and amounts afterwards
  std::chrono::nanoseconds adding_up_processor{0};  ///< processor time of all threads in adding_up
  std::chrono::nanoseconds in_database{0};          ///< of reading: waiting for databases
  std::vector<std::string> statements;              ///< what databases were asked; may hold values of the filter: to be shown on request, never logged
  std::vector<std::string> notes;
};

struct RecordCubes {
  std::vector<RecordCube> cubes;
  CubeFacts facts;
};

/// Where the records come from: a CSV read in parallel, any holding read row by row, or one that counts inside itself.
using CubeInput = std::variant<holdings::ParallelCsv*, holdings::RecordHolding*, holdings::CountingHolding*>;

struct CubeSettings {
  unsigned threads = 0;  ///< 0: as many as there are processors
};

/// Fills all cubes in one reading of the inputs, which together are one holding (files of one kind, shards).
///
/// A database counts inside itself, one GROUP BY a cube, and is asked only about the records that the filter keeps; sums that it cannot make exactly, and the
/// largest contributors, are made of its records, read once for all such cubes.
/// Cost: linear in rows; people: linear in rows times combinations of levels. Memory: cells that occur, and 16 bytes a record where people are counted.
/// Errors: as the holding; wrong_input "tabulate.outside_code_list", "tabulate.unknown_level", "tabulate.different_leaves" (trees that do not share their
/// leaves); could_not_finish "tabulate.cube_too_large" (more than 2^62 combinations), "decimal.overflow".
[[nodiscard]] base::Result<RecordCubes> tabulate_cubes(const std::vector<CubeInput>& inputs, const std::vector<CubeRequest>& requests,
                                                       const CubeSettings& settings);

/// The cells of a cube with amounts, in its order, as the rules of `assess` take them. Takes a cube made with CubeSum::largest_count above 0 and no weights.
[[nodiscard]] truth::MagnitudeTable magnitudes_of(const RecordCube& cube);

}  // namespace candour::tabulate
