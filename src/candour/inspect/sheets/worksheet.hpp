#pragma once
// Reads one SpreadsheetML worksheet as a stream.

#include <candour/inspect/package/open_package.hpp>
#include <candour/inspect/sheets/cell_styles.hpp>
#include <candour/inspect/sheets/shared_texts.hpp>
#include <candour/inspect/sheets/sheet_watcher.hpp>

#include <set>
#include <string>
#include <vector>

namespace candour::inspect {

/// What a sheet needs to know of its workbook.
struct WorkbookFacts {
  CellStyles styles;
  SharedTexts texts;
  std::vector<std::string> hidden_sheets;  ///< names
  bool wants_formula_cells = false;        ///< there is a calculation chain to compare with
};

/// One sheet as the workbook lists it.
struct ListedSheet {
  std::string name;
  SheetState state = SheetState::visible;
  std::vector<CellBlock> filters;  ///< of the tables on it; the sheet's own filter is read from the sheet
  BlockIndex covered;              ///< by pictures and filled shapes
};

/// A cell as one number, for sorted lists.
[[nodiscard]] constexpr std::uint64_t cell_number(CellAddress cell) { return (std::uint64_t{cell.row} << 32) | cell.column; }

/// Reads the sheet and writes down what is found. Gives the cells with formulas where the facts want them, sorted. Memory does not grow with the sheet.
[[nodiscard]] base::Result<std::vector<std::uint64_t>> inspect_worksheet(const OpenPackage& package, const PackagePart& part, ListedSheet sheet,
                                                                         WorkbookFacts& facts, Inspection& inspection);

}  // namespace candour::inspect
