#include <candour/cli/published_tables.hpp>

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/cli/system_tables.hpp>
#include <candour/table/linked_cubes.hpp>
#include <candour/tabulate/coded_table.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::cli {
namespace {

using base::Result;
using table::CellStanding;
using table::SystemCell;
namespace fs = std::filesystem;
using Hierarchies = std::vector<std::pair<std::string, fs::path>>;

// Our own form ends in value,status and names every cell.
Result<bool> is_own_form(const fs::path& file) {
  if (file.extension() != ".csv") return false;
  CANDOUR_TRY(text, base::read_file(file));
  std::string_view first = std::string_view(text).substr(0, text.find('\n'));
  return base::trimmed(first).ends_with(",value,status");
}

void set_bounds(knowledge::SystemView& view, table::ZeroConvention convention) {
  std::int64_t largest = 0;
  for (std::size_t c = 0; c < view.value.size(); ++c)
    if (!table::is_hidden(view.standing[c])) largest = std::max(largest, view.value[c]);
  const bool total_shown = !table::is_hidden(view.standing[0]);
  view.lowest.assign(view.value.size(), convention == table::ZeroConvention::hidden_at_least_one ? 1 : 0);
  view.highest.assign(view.value.size(), total_shown ? view.value[0] : 1'000'000'000 + largest);
}

// What the values are: as the order says, else as the table's own file says, else by their decimals.
Result<PublishedTables::Unit> unit_of(const PublishedTablesOrder& order, const fs::path& file, int decimals) {
  using Unit = PublishedTables::Unit;
  if (order.values != "as-named") return order.values == "amounts" ? Unit::amounts : Unit::counts;
  std::error_code status;
  const fs::path beside = file.parent_path() / "table.json";
  if (fs::is_regular_file(beside, status)) {
    CANDOUR_TRY(text, base::read_file(beside));
    if (text.find("\"unit\": \"records\"") != std::string::npos) return Unit::counts;
    if (text.find("\"unit\": \"sum of ") != std::string::npos) return Unit::amounts;
  }
  return decimals > 0 ? Unit::amounts : Unit::counts;
}

table::ZeroConvention convention_of(const PublishedTablesOrder& order, PublishedTables::Unit unit) {
  return unit == PublishedTables::Unit::amounts ? table::ZeroConvention::hidden_may_be_zero : order.convention;
}

// A table of the field: statuses say what is hidden, levels (if any) how far it must reach.
Result<PublishedTables> read_coded(const PublishedTablesOrder& order, const fs::path& file, const Hierarchies& hierarchies) {
  const bool with_levels = order.history.has_value();
  CANDOUR_TRY(coded,
              tabulate::read_coded_table(
                  {file, order.metadata, order.history, hierarchies, {}, with_levels ? tabulate::HiddenValues::read : tabulate::HiddenValues::never_read}));
  PublishedTables tables;
  tables.decimals = coded.decimals;
  CANDOUR_TRY(named, unit_of(order, file, coded.decimals));
  // Metadata tell counts (<FREQUENCY>) from amounts (<NUMERIC>).
  const bool amounts =
      named == PublishedTables::Unit::amounts || (order.values == "as-named" && file.extension() != ".csv" && coded.unit == tabulate::CodedTable::Unit::amount);
  const auto unit = amounts ? PublishedTables::Unit::amounts : PublishedTables::Unit::counts;
  tables.unit = unit;
  tables.view = {nullptr, coded.standing, coded.value, {}, {}};
  set_bounds(tables.view, convention_of(order, unit));
  for (const tabulate::GivenLevels& levels : coded.levels) {
    const std::int64_t x = coded.value[levels.cell];
    if (!table::is_hidden(coded.standing[levels.cell])) continue;
    tables.asked_by_levels.push_back({levels.cell, std::max<std::int64_t>(0, x - levels.lower), x + levels.upper, levels.sliding});
  }
  // Whoever attacks their own table tells the true values; bounds must hold them.
  if (with_levels)
    for (SystemCell c = 0; c < coded.value.size(); ++c)
      tables.view.lowest[c] = std::min(tables.view.lowest[c], coded.value[c]), tables.view.highest[c] = std::max(tables.view.highest[c], 2 * coded.value[c]);
  tables.published_count = coded.system.cell_count();
  tables.system = std::move(coded.system);
  tables.parts.push_back({std::move(coded.variables), {}, {}});
  return tables;
}

Result<PublishedTables> read_one(const PublishedTablesOrder& order, const fs::path& file, const Hierarchies& hierarchies) {
  CANDOUR_TRY(own, is_own_form(file));
  if (!own) return read_coded(order, file, hierarchies);
  CANDOUR_TRY(cells, read_published_cells(file, hierarchies, order.convention));
  PublishedTables tables;
  tables.decimals = cells.decimals;
  CANDOUR_TRY(unit, unit_of(order, file, cells.decimals));
  tables.unit = unit;
  tables.changed = cells.any_changed;
  tables.view = std::move(cells.view);
  set_bounds(tables.view, convention_of(order, unit));
  tables.published_count = cells.system.cell_count();
  tables.system = std::move(cells.system);
  tables.parts.push_back({std::move(cells.variables), {}, {}});
  return tables;
}

Result<PublishedTables> link_all(std::vector<PublishedTables> all, const PublishedTablesOrder& order) {
  for (std::size_t d = 0; d < all.size(); ++d)
    if (all[d].changed)
      return base::fail(base::Error{base::Cause::wrong_input,
                                    "cells.changed",
                                    {order.tables[d].string(), 0, 0},
                                    "a rounded table, or one with noise, is attacked by itself",
                                    "give one table"});
  std::vector<table::LinkedDesign> designs;
  for (const PublishedTables& one : all) {
    designs.emplace_back();
    for (const table::Hierarchy& variable : one.parts[0].variables) designs.back().columns.push_back(variable.name());
    designs.back().hierarchies = one.parts[0].variables;
  }
  CANDOUR_TRY(linked, table::link(designs));
  PublishedTables tables;
  tables.published_count = linked.published_count;
  tables.decimals = all[0].decimals, tables.unit = all[0].unit;
  const std::size_t n = linked.system.cell_count();
  // A cell that no table shows is hidden; it may be anything that the others allow.
  tables.view = {nullptr, std::vector<CellStanding>(n, CellStanding::secondary), std::vector<std::int64_t>(n, 0), std::vector<std::int64_t>(n, 0),
                 std::vector<std::int64_t>(n, 0)};
  std::int64_t most = 0;
  for (std::size_t d = 0; d < all.size(); ++d) {
    const knowledge::SystemView& own = all[d].view;
    for (SystemCell c = 0; c < own.value.size(); ++c) {
      const SystemCell at = linked.cell_of[d][c];
      most = std::max(most, own.highest[c]);
      const bool known = !table::is_hidden(tables.view.standing[at]);
      if (table::is_hidden(own.standing[c])) {
        if (!known) tables.view.lowest[at] = own.lowest[c], tables.view.highest[at] = own.highest[c];
        continue;
      }
      if (known && tables.view.value[at] != own.value[c])
        return base::fail(base::Error{base::Cause::wrong_input,
                                      "cells.disagree",
                                      {order.tables[d].string(), 0, 0},
                                      "a cell that another table shows too has another value there",
                                      "linked tables are about the same records"});
      tables.view.standing[at] = own.standing[c], tables.view.value[at] = own.value[c], tables.view.lowest[at] = own.value[c],
      tables.view.highest[at] = own.value[c];
    }
  }
  for (std::size_t c = tables.published_count; c < n; ++c) tables.view.highest[c] = most;
  for (std::size_t d = 0; d < all.size(); ++d)
    tables.parts.push_back({std::move(all[d].parts[0].variables), std::move(linked.cubes[d]), std::move(linked.cell_of[d])});
  tables.system = std::move(linked.system);
  return tables;
}

}  // namespace

std::string PublishedTables::name_of(SystemCell cell) const {
  for (const PublishedPart& part : parts) {
    const bool alone = part.cell_of.empty();
    const auto at = std::find(part.cell_of.begin(), part.cell_of.end(), cell);
    if (!alone && at == part.cell_of.end()) continue;
    return base::joined(codes_of(part.variables, alone ? system : part.cube, alone ? cell : static_cast<SystemCell>(at - part.cell_of.begin())), ", ");
  }
  return fmt::format("cell {}", cell);
}

Result<PublishedTables> read_published_tables(const PublishedTablesOrder& order) {
  // A column may have several hierarchies: the table that uses the second is named by its place among those with the column.
  std::vector<std::pair<std::string, std::vector<fs::path>>> files;
  for (const std::string& text : order.hierarchies) {
    CANDOUR_TRY(pair, split_hierarchy_option(text));
    const auto known = std::find_if(files.begin(), files.end(), [&](const auto& entry) { return entry.first == pair.first; });
    if (known == files.end()) files.push_back({pair.first, {pair.second}});
    else known->second.push_back(pair.second);
  }
  std::vector<PublishedTables> all;
  for (const fs::path& file : order.tables) {
    // Every choice of hierarchies is tried in turn; codes that are not in a hierarchy say that it is not the one.
    std::size_t choices = 1;
    for (const auto& [name, of_it] : files) choices *= of_it.size();
    std::optional<base::Error> first_fault;
    for (std::size_t choice = 0; choice < choices; ++choice) {
      Hierarchies hierarchies;
      std::size_t left = choice;
      for (const auto& [name, of_it] : files) {
        hierarchies.emplace_back(name, of_it[left % of_it.size()]);
        left /= of_it.size();
      }
      auto read = read_one(order, file, hierarchies);
      if (read) {
        all.push_back(std::move(*read));
        break;
      }
      if (!first_fault) first_fault = read.error();
      if (choice + 1 == choices) return base::fail(*std::move(first_fault));
    }
  }
  return all.size() == 1 ? std::move(all[0]) : link_all(std::move(all), order);
}

}  // namespace candour::cli
