#include <candour/cli/protect_output.hpp>

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/cli/system_tables.hpp>
#include <candour/cli/table_export.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace candour::cli {
namespace {

using nlohmann::ordered_json;
using table::SystemCell;

bool wants(const ProtectOrder& order, std::string_view form) {
  if (!order.exports) return false;
  const auto forms = base::split(*order.exports, ',');
  return std::find(forms.begin(), forms.end(), form) != forms.end();
}

// The published cells of one cube, in its own order. The published values say nothing of hidden cells; the true ones are for private files.
CubeToExport cube_of(const ProtectTable& table, std::size_t d, const Protected& result, const std::vector<std::int64_t>& values) {
  CubeToExport cube{&table.cubes[d].variables,
                    &table.cube(d),
                    {},
                    {},
                    {},
                    {},
                    table.decimals,
                    table.unit == ProtectTable::Unit::records ? CubeToExport::Unit::counts : CubeToExport::Unit::amounts};
  constexpr SystemCell elsewhere = static_cast<SystemCell>(-1);
  std::vector<SystemCell> own(table.system.cell_count(), elsewhere);
  for (SystemCell c = 0; c < cube.cube->cell_count(); ++c) {
    const SystemCell at = table.place(d, c);
    cube.standing.push_back(result.standing[at]);
    cube.value.push_back(values[at]);
    cube.cost.push_back(table.truth.loss[at]);
    own[at] = c;
  }
  for (const truth::SystemSecret& secret : table.truth.secrets)
    if (own[secret.cell] != elsewhere) cube.secrets.push_back({own[secret.cell], secret.reach_down, secret.reach_up, secret.width});
  return cube;
}

table::ZeroConvention convention_of(const ProtectOrder& order, const ProtectTable& table) {
  return order.has_symbol_of_zero() || table.unit == ProtectTable::Unit::amount ? table::ZeroConvention::hidden_may_be_zero
                                                                                : table::ZeroConvention::hidden_at_least_one;
}

std::string csv_of(const CubeToExport& cube, Protected::Exactness exactness) {
  return cells_csv(*cube.variables, *cube.cube, cube.value, cube.standing, {cube.decimals, exactness == Protected::Exactness::exact ? "shown" : "changed"});
}

ordered_json about(const ProtectOrder& order, const ProtectTable& table, const Protected& result) {
  ordered_json json{{"title", title_of(order, table)},
                    {"unit", table.unit == ProtectTable::Unit::amount ? "sum of " + order.sum.value_or("the value") : std::string("records")},
                    {"decimals", table.decimals},
                    {"method", order.method}};
  ordered_json tables = ordered_json::array();
  for (std::size_t d = 0; d < table.cubes.size(); ++d) {
    ordered_json variables = ordered_json::array();
    for (const table::Hierarchy& variable : table.cubes[d].variables)
      variables.push_back({{"name", variable.name()}, {"total", variable.code(0)}, {"categories", variable.size()}, {"levels", variable.depth()}});
    tables.push_back({{"file", table.cubes.size() == 1 ? std::string("cells.csv") : fmt::format("cells-{}.csv", d + 1)}, {"variables", variables}});
  }
  json["tables"] = tables;
  const bool hides = std::any_of(result.standing.begin(), result.standing.end(), [](table::CellStanding s) { return table::is_hidden(s); });
  if (hides)
    json["symbol"] = {{"[c]", convention_of(order, table) == table::ZeroConvention::hidden_at_least_one ? "withheld; at least 1" : "withheld; may be 0"}};
  if (!result.perturbation.empty()) json["change"] = ordered_json::parse(result.perturbation);
  json["vetting"] = "unvetted";
  return json;
}

}  // namespace

base::Result<base::Done> check_exports(const ProtectOrder& order) {
  if (!order.exports) return base::Done{};
  for (const std::string& form : base::split(*order.exports, ','))
    if (form != "jj" && form != "tab")
      return base::fail(base::Error{
          base::Cause::wrong_input, "protect.export", {}, fmt::format("--export: '{}' is no form of table", form), "jj, tab, or both: --export jj,tab"});
  return base::Done{};
}

std::string title_of(const ProtectOrder& order, const ProtectTable& table) {
  if (order.title) return *order.title;
  std::vector<std::string> names;
  for (const PublishedCube& cube : table.cubes)
    for (const table::Hierarchy& variable : cube.variables)
      if (std::find(names.begin(), names.end(), variable.name()) == names.end()) names.push_back(variable.name());
  return (table.unit == ProtectTable::Unit::amount ? "Sum of " + order.sum.value_or("the value") : std::string("Number of records")) + " by " +
         base::listed(names);
}

base::Result<base::Done> write_protected(const ProtectOrder& order, const ProtectTable& table, const Protected& result, const ordered_json& summary) {
  base::FolderToWrite open{order.out / "public", base::FolderAccess::everyone, {{"table.json", about(order, table, result).dump(2) + "\n"}}};
  base::FolderToWrite closed{order.out / "private",
                             base::FolderAccess::owner_only,
                             {{"summary.json", summary.dump(2) + "\n"}, {"key.bin", std::string(order.key.bytes.begin(), order.key.bytes.end())}}};
  for (std::size_t d = 0; d < table.cubes.size(); ++d) {
    const std::string number = table.cubes.size() == 1 ? "" : fmt::format("-{}", d + 1);
    const CubeToExport published = cube_of(table, d, result, result.values);
    open.files.push_back({"cells" + number + ".csv", csv_of(published, result.exactness)});
    if (!wants(order, "tab")) continue;
    for (base::FileToWrite& file : public_tab_of(published, "table" + number)) open.files.push_back(std::move(file));
    for (base::FileToWrite& file : private_tab_of(cube_of(table, d, result, table.truth.value), "table" + number)) closed.files.push_back(std::move(file));
  }
  // A changed table no longer adds up, or adds up to other figures: as a system of sums it is for the authority alone.
  if (wants(order, "jj") && result.exactness == Protected::Exactness::exact)
    open.files.push_back(
        {"table.jj", formats::write_jj(public_jj_of(table.system, result.standing, result.values, convention_of(order, table), table.decimals))});
  if (!result.evidence.empty()) closed.files.push_back({"witnesses.txt", result.evidence});
  std::vector<table::CellStanding> standing = result.standing;
  standing.resize(table.system.cell_count(), table::CellStanding::primary);
  formats::JjFile own = jj_of(table.system, table.truth, standing);
  own.decimals = table.decimals;
  closed.files.push_back({"table.jj", formats::write_jj(own)});
  return base::replace_folders_whole({std::move(open), std::move(closed)});
}

}  // namespace candour::cli
