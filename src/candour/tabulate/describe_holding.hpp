#pragma once
// What a holding looks like, for the private data-quality page: counts and positions, never a record's contents.

#include <candour/base/result.hpp>
#include <candour/holdings/holding.hpp>
#include <candour/table/hierarchy.hpp>
#include <candour/tabulate/tabulate.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace candour::tabulate {

/// A variable read from the holding, with its code list.
struct VariableToCheck {
  std::string name;
  VariableSource source;
  const table::Hierarchy* hierarchy = nullptr;
};

struct ColumnDescription {
  std::string name;
  std::string kind;  ///< what all its values can be read as: "whole numbers", "decimals", "days (yyyy-mm-dd)", "days (dd/mm/yyyy)", "time stamps", "truth
                     ///< values", "texts", "nothing"
  std::uint64_t missing_rows = 0;
  std::uint64_t distinct_values = 0;
};

/// How the values of a variable's column fare with its code list.
struct CodeListDescription {
  std::string variable;
  std::uint64_t mapped_rows = 0, missing_rows = 0, outside_rows = 0;  ///< outside: neither mapped nor a code; also where they count as unknown
  std::uint64_t outside_values = 0;                                   ///< different ones among them
  std::uint64_t unknown_rows = 0;                                     ///< whose value says unknown itself; those without a value are not among them
};

/// A month with less than half of what the three months before it had in the middle: a feed may have stopped.
struct SuddenDrop {
  std::string column;
  std::string month;
  std::uint64_t rows = 0;
  std::uint64_t usual_rows = 0;
};

/// Finds the drops among consecutive months, given with their rows.
[[nodiscard]] std::vector<SuddenDrop> sudden_drops(const std::string& column, const std::vector<std::pair<std::string, std::uint64_t>>& months);

struct HoldingDescription {
  std::string name;
  std::uint64_t rows = 0;
  std::uint64_t identical_rows = 0;
  std::vector<ColumnDescription> columns;
  std::vector<CodeListDescription> code_lists;
  std::vector<SuddenDrop> drops;
  std::vector<std::string> notes;
};

/// Reads the holding once. Cost: rows times columns; memory: the different values. Errors: as the holding.
[[nodiscard]] base::Result<HoldingDescription> describe_holding(holdings::RecordHolding& holding, const std::vector<VariableToCheck>& variables);

}  // namespace candour::tabulate
