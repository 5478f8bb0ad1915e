#pragma once
// A table of counts or amounts that arrives cell by cell: a .tab of τ-ARGUS with its metadata, or a CSV as sdcTable and `candour tabulate` write it.

#include <candour/base/result.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/table/hierarchy.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace candour::tabulate {

/// Whether the values of hidden cells are part of the table (a table to protect) or must not be looked at (a published one).
enum class HiddenValues { read, never_read };

struct CodedTableOrder {
  std::filesystem::path table;
  std::optional<std::filesystem::path> metadata;  ///< an .rda; left out: the one beside a .tab, if there is one
  std::optional<std::filesystem::path> history;   ///< an .hst
  std::vector<std::pair<std::string, std::filesystem::path>> hierarchies;
  std::optional<std::string> value_column;  ///< CSV: left out, "value", or else the column of counts
  HiddenValues hidden = HiddenValues::read;
};

/// How far the bounds of a cell must lie from its value, in units of the table.
struct GivenLevels {
  table::SystemCell cell = 0;
  std::int64_t lower = 0, upper = 0, sliding = 0;
};

/// The cells of the whole cube, those without a row included. Amounts are in units of 10^-decimals.
struct CodedTable {
  std::vector<table::Hierarchy> variables;
  table::AdditiveSystem system;
  int decimals = 0;
  enum class Unit { records, amount } unit = Unit::records;
  std::vector<std::int64_t> value;            ///< of hidden cells 0 where they are never read
  std::vector<table::CellStanding> standing;  ///< shown where nothing is said
  enum class Statuses { none, given } statuses = Statuses::none;
  std::vector<std::int64_t> cost;  ///< empty where none is given; else 0 where a cell has none
  std::vector<GivenLevels> levels;
  std::vector<std::int64_t> records;               ///< empty where not given
  std::vector<std::int64_t> people;                ///< empty where not given
  std::vector<std::vector<std::int64_t>> largest;  ///< empty where not given; else the largest contributions, falling
};

/// Reads the table. A cell without a row is a total that is added up, or a finest cell of 0.
///
/// CSV: a header with one column a variable, then any of: value (or sum), records (or freq, Freq, count), people, status (or sdcStatus), cost (or weight), lpl,
/// upl, spl, largest_1, largest_2, ... Statuses: u primary, x or m hidden to protect others, s shown, z or p must be shown, in any case; also suppressed,
/// shown. Errors wrong_input with file and line: "coded.header", "coded.columns", "coded.unknown_code", "coded.twice", "coded.number", "coded.status",
/// "coded.total", "coded.not_additive" (names the total's codes, never a value), and those of the metadata, the history and the hierarchies. Cost: linear in
/// the rows and in the cells of the cube.
[[nodiscard]] base::Result<CodedTable> read_coded_table(const CodedTableOrder& order);

}  // namespace candour::tabulate
