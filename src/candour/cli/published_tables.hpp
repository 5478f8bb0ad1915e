#pragma once
// Tables as a reader has them: which cells are shown, what is known of the hidden ones, and how they add up, alone or linked.

#include <candour/base/result.hpp>
#include <candour/knowledge/system_view.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/table/hierarchy.hpp>
#include <candour/table/published_table.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::cli {

struct PublishedTablesOrder {
  std::vector<std::filesystem::path> tables;  ///< several are about the same records
  std::optional<std::filesystem::path> metadata, history;
  std::vector<std::string> hierarchies;
  table::ZeroConvention convention = table::ZeroConvention::hidden_at_least_one;
  std::string values = "as-named";  ///< or "counts", "amounts"; hidden amounts may be zero, whatever the convention of counts
};

/// One of the tables, its cells placed in the whole.
struct PublishedPart {
  std::vector<table::Hierarchy> variables;
  table::AdditiveSystem cube;              ///< empty for the only table
  std::vector<table::SystemCell> cell_of;  ///< empty likewise
};

struct PublishedTables {
  std::vector<PublishedPart> parts;
  table::AdditiveSystem system;
  std::uint32_t published_count = 0;  ///< cells from here on are finest combinations that no table shows
  knowledge::SystemView view;         ///< its system is to be set to the one above where the value comes to rest
  int decimals = 0;
  enum class Unit { counts, amounts } unit = Unit::counts;
  bool changed = false;                                   ///< its values are rounded or hold noise: only the first of several tables is attacked so
  std::vector<knowledge::AskedInterval> asked_by_levels;  ///< where a history says how far sensitive cells must reach; the view then holds true values

  [[nodiscard]] std::string name_of(table::SystemCell cell) const;
};

/// Reads the tables. CSV as `protect` writes it (one column a variable, then value and status), as sdcTable writes it, or .tab with its metadata. Values of
/// hidden cells are not looked at unless a history is given. Errors: those of read_published_cells, read_coded_table and link; wrong_input "cells.disagree"
/// where two tables show a shared cell with different values.
[[nodiscard]] base::Result<PublishedTables> read_published_tables(const PublishedTablesOrder& order);

}  // namespace candour::cli
