#pragma once
// Tables as systems on the command line: what `protect` writes and `attack` reads.

#include <candour/base/files.hpp>
#include <candour/formats/jj.hpp>
#include <candour/knowledge/system_view.hpp>
#include <candour/table/hierarchy.hpp>
#include <candour/table/published_table.hpp>
#include <candour/tabulate/cube.hpp>
#include <candour/tabulate/jj_table.hpp>
#include <candour/truth/system_truth.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace candour::cli {

/// "age=ages.csv" as a variable's name and file. Error wrong_input "hierarchy.option".
[[nodiscard]] base::Result<std::pair<std::string, std::filesystem::path>> split_hierarchy_option(const std::string& text);

/// The codes of a cell, one a variable.
[[nodiscard]] std::vector<std::string> codes_of(const std::vector<table::Hierarchy>& variables, const table::AdditiveSystem& cube, table::SystemCell cell);

/// How values are written: in units of 10^-decimals, and with which status where they are not hidden.
struct CellWriting {
  int decimals = 0;
  std::string shown = "shown";
};
/// The public table: one column a variable, then value and status (shown or changed, suppressed). Hidden values are written "[c]"; which hidden cell is primary
/// is not told.
[[nodiscard]] std::string cells_csv(const std::vector<table::Hierarchy>& variables, const table::AdditiveSystem& cube, const std::vector<std::int64_t>& values,
                                    const std::vector<table::CellStanding>& standing, const CellWriting& writing = {});

/// The table as others read it, with the true values: private.
[[nodiscard]] formats::JjFile jj_of(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const std::vector<table::CellStanding>& standing);

/// A published cells.csv laid over its hierarchies.
struct PublishedCells {
  std::vector<table::Hierarchy> variables;
  table::AdditiveSystem system;
  int decimals = 0;            ///< values are in units of 10^-decimals
  bool any_changed = false;    ///< some values are rounded or hold noise
  knowledge::SystemView view;  ///< its system is to be set to the one above where the value comes to rest
};
/// Reads a public table. A variable without a hierarchy is flat: the code "Total" (or "total") and the others below it.
/// Errors wrong_input: "cells.header", "cells.unknown_code", "cells.value", "cells.twice", "cells.missing" with the line.
[[nodiscard]] base::Result<PublishedCells> read_published_cells(const std::filesystem::path& file,
                                                                const std::vector<std::pair<std::string, std::filesystem::path>>& hierarchies,
                                                                table::ZeroConvention convention);

}  // namespace candour::cli
