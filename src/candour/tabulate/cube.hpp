#pragma once
// A whole cube from a file of records: counts, amounts and the largest contributions of every cell, margins included.

#include <candour/base/result.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/table/hierarchy.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::tabulate {

struct CubeVariable {
  std::string column;
  std::optional<std::filesystem::path> hierarchy;  ///< CSV `code,parent[,label]`; without it the codes found, flat below a total
};

struct CubeOrder {
  std::filesystem::path records;  ///< CSV with a header
  std::vector<CubeVariable> by;
  std::optional<std::string> identifier_column;                      ///< a stable identifier of the record
  std::function<std::uint64_t(std::string_view)> key_of_identifier;  ///< with it, the keys of a cell's records are added up (modulo 10^8)
  std::optional<std::string> amount_column;                          ///< whole numbers; each record is a contributor of its own
};

struct Cube {
  std::vector<table::Hierarchy> variables;
  table::AdditiveSystem system;
  std::vector<std::int64_t> records;  ///< one a cell
  std::vector<std::int64_t> amount;   ///< empty without an amount column
  std::vector<std::int64_t> largest;  ///< largest and second largest contribution; empty without an amount column
  std::vector<std::int64_t> second;
  std::vector<std::uint64_t> key;  ///< empty without an identifier column
};

/// Reads the records once and adds each to all cells above it.
/// Errors: wrong_input "holding.unknown_column", "cube.unknown_code" (with the line, not the code), "cube.amount", "cube.no_records", "cube.total_code" (a
/// category without hierarchy is called Total), those of the hierarchy and, as with a holding, of the CSV. Cost: records times the product of the depths;
/// memory linear in cells.
[[nodiscard]] base::Result<Cube> tabulate_cube(const CubeOrder& order);

/// Reads a hierarchy file.
[[nodiscard]] base::Result<table::Hierarchy> read_hierarchy(const std::filesystem::path& file, const std::string& name);

}  // namespace candour::tabulate
