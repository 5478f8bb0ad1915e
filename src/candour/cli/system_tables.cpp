#include <candour/cli/system_tables.hpp>

#include <candour/base/decimal.hpp>
#include <candour/holdings/csv_scanner.hpp>
#include <candour/tabulate/field_hierarchy.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace candour::cli {
namespace {

using base::Result;

base::Error wrong(std::string code, const std::filesystem::path& file, std::uint64_t line, std::string sentence, std::string hint = {}) {
  return base::Error{base::Cause::wrong_input, std::move(code), {file.string(), line, 0}, std::move(sentence), std::move(hint)};
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

struct Rows {
  std::vector<std::string> header;
  std::vector<holdings::CsvRow> rows;
};

Result<Rows> read_rows(const std::filesystem::path& file) {
  CANDOUR_TRY(text, base::read_file(file));
  Rows rows;
  holdings::CsvScanner scanner(file.string(), ',', [&](const holdings::CsvRow& row) -> Result<base::Done> {
    if (row.fields.size() == 1 && row.fields[0].text.empty()) return base::Done{};
    if (rows.header.empty())
      for (const holdings::CsvField& field : row.fields) rows.header.push_back(field.text);
    else rows.rows.push_back(row);
    return base::Done{};
  });
  CANDOUR_TRY_DONE(scanner.take(text));
  CANDOUR_TRY_DONE(scanner.finish());
  return rows;
}

// The total as the table writes it; an .hrc does not hold it.
std::string total_of_column(const Rows& rows, std::size_t column) {
  for (const holdings::CsvRow& row : rows.rows)
    if (const std::string& code = row.fields[column].text; code == "Total" || code == "total") return code;
  return "Total";
}

Result<table::Hierarchy> flat_of_column(const Rows& rows, std::size_t column, const std::filesystem::path& file) {
  std::set<std::string> codes;
  std::string total;
  for (const holdings::CsvRow& row : rows.rows) {
    const std::string& code = row.fields[column].text;
    if (code == "Total" || code == "total") total = code;
    else codes.insert(code);
  }
  if (total.empty())
    return base::fail(wrong("cells.total", file, 1, fmt::format("column '{}' has no total", rows.header[column]), "give its hierarchy: --hierarchy NAME=FILE"));
  std::vector<table::CategoryRow> categories;
  for (const std::string& code : codes) categories.push_back({code, "", code});
  return table::Hierarchy::flat(rows.header[column], categories, total, total);
}

// The most decimals of any value; what is no number is found out later, with its line.
int decimals_of(const Rows& rows, std::size_t column) {
  int decimals = 0;
  for (const holdings::CsvRow& row : rows.rows)
    if (const auto number = base::Decimal::parse(row.fields[column].text)) decimals = std::max(decimals, number->scale());
  return decimals;
}

table::SystemAxis axis_of(const table::Hierarchy& hierarchy) {
  std::vector<std::uint32_t> parents(hierarchy.size(), 0);
  for (table::NodeIndex node = 1; node < hierarchy.size(); ++node) parents[node] = hierarchy.parent(node);
  return table::axis_of_parents(std::move(parents));
}

Result<base::Done> take_cell(const holdings::CsvRow& row, const std::filesystem::path& file, PublishedCells& cells, std::vector<char>& seen) {
  const std::size_t variables = cells.variables.size();
  if (row.fields.size() != variables + 2) return base::fail(wrong("cells.columns", file, row.line, fmt::format("expected {} columns", variables + 2)));
  std::uint64_t at = 0;
  for (std::size_t k = 0; k < variables; ++k) {
    const auto node = cells.variables[k].find(row.fields[k].text);
    if (!node)
      return base::fail(wrong("cells.unknown_code", file, row.line, fmt::format("the code in column '{}' is not in its hierarchy", cells.variables[k].name())));
    at += *node * cells.system.product()->stride[k];
  }
  if (seen[at]) return base::fail(wrong("cells.twice", file, row.line, "this cell stands in the table twice"));
  seen[at] = 1;
  const std::string& value = row.fields[variables].text;
  if (value == "[c]" || row.fields[variables + 1].text == "suppressed") {
    cells.view.standing[at] = table::CellStanding::secondary;
    return base::Done{};
  }
  const auto number = base::Decimal::parse(value);
  const auto units = number ? number->rescaled(std::max(number->scale(), cells.decimals)) : number;
  const bool changed = row.fields[variables + 1].text == "changed";  // noise may go below zero
  cells.any_changed = cells.any_changed || changed;
  if (!units || (*number < base::Decimal(0) && !changed))
    return base::fail(wrong("cells.value", file, row.line, "the value is neither a number from 0 upwards nor [c]"));
  cells.view.value[at] = units->units();
  return base::Done{};
}

}  // namespace

Result<std::pair<std::string, std::filesystem::path>> split_hierarchy_option(const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos || at == 0 || at + 1 == text.size())
    return base::fail(
        base::Error{base::Cause::wrong_input, "hierarchy.option", {}, "expected --hierarchy NAME=FILE", "NAME is the column, FILE has the header code,parent"});
  return std::pair{text.substr(0, at), std::filesystem::path(text.substr(at + 1))};
}

std::vector<std::string> codes_of(const std::vector<table::Hierarchy>& variables, const table::AdditiveSystem& cube, table::SystemCell cell) {
  std::vector<std::string> codes;
  for (std::size_t k = 0; k < variables.size(); ++k) codes.push_back(variables[k].code(cube.product()->node(cell, k)));
  return codes;
}

std::string cells_csv(const std::vector<table::Hierarchy>& variables, const table::AdditiveSystem& cube, const std::vector<std::int64_t>& values,
                      const std::vector<table::CellStanding>& standing, const CellWriting& writing) {
  std::string out;
  for (const table::Hierarchy& variable : variables) out += quoted(variable.name()) + ",";
  out += "value,status\n";
  for (table::SystemCell c = 0; c < cube.cell_count(); ++c) {
    for (const std::string& code : codes_of(variables, cube, c)) out += quoted(code) + ",";
    if (table::is_hidden(standing[c])) out += "[c],suppressed\n";
    else if (writing.decimals == 0) fmt::format_to(std::back_inserter(out), "{},{}\n", values[c], writing.shown);
    else fmt::format_to(std::back_inserter(out), "{},{}\n", base::Decimal::of_units(values[c], writing.decimals).to_text(), writing.shown);
  }
  return out;
}

formats::JjFile jj_of(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const std::vector<table::CellStanding>& standing) {
  formats::JjFile file;
  for (table::SystemCell c = 0; c < system.cell_count(); ++c)
    file.cells.push_back({c, truth.value[c], truth.loss[c], table::letter_of(standing[c]), std::min(truth.lowest[c], truth.value[c]),
                          std::max(truth.highest[c], truth.value[c]), 0, 0, 0});
  for (const truth::SystemSecret& secret : truth.secrets) {
    formats::JjCell& cell = file.cells[secret.cell];
    cell.lower_protection = std::max<std::int64_t>(0, cell.value - secret.reach_down);
    cell.upper_protection = std::max<std::int64_t>(0, secret.reach_up - cell.value);
    cell.sliding_protection = secret.width;
  }
  for (table::SystemEquation e = 0; e < system.equation_count(); ++e) {
    file.relations.right_side.push_back(system.right_side(e));
    for (const table::SystemTerm& term : system.terms(e)) {
      file.relations.cell.push_back(term.cell);
      file.relations.coefficient.push_back(term.coefficient);
    }
    file.relations.term_start.push_back(file.relations.cell.size());
  }
  return file;
}

Result<PublishedCells> read_published_cells(const std::filesystem::path& file, const std::vector<std::pair<std::string, std::filesystem::path>>& hierarchies,
                                            table::ZeroConvention convention) {
  CANDOUR_TRY(rows, read_rows(file));
  const std::size_t columns = rows.header.size();
  if (columns < 3 || rows.header[columns - 2] != "value" || rows.header[columns - 1] != "status")
    return base::fail(wrong("cells.header", file, 1, "expected one column a variable, then value and status"));
  for (const holdings::CsvRow& row : rows.rows)
    if (row.fields.size() != columns) return base::fail(wrong("cells.columns", file, row.line, fmt::format("expected {} columns", columns)));
  std::vector<table::Hierarchy> variables;
  std::vector<table::SystemAxis> axes;
  for (std::size_t k = 0; k + 2 < columns; ++k) {
    const auto given = std::find_if(hierarchies.begin(), hierarchies.end(), [&](const auto& pair) { return pair.first == rows.header[k]; });
    CANDOUR_TRY(hierarchy, given != hierarchies.end() ? tabulate::read_field_hierarchy(given->second, rows.header[k], {total_of_column(rows, k), "@"})
                                                      : flat_of_column(rows, k, file));
    axes.push_back(axis_of(hierarchy));
    variables.push_back(std::move(hierarchy));
  }
  CANDOUR_TRY(system, table::AdditiveSystem::of_cube(std::move(axes)));
  PublishedCells cells{std::move(variables), std::move(system), decimals_of(rows, columns - 2), false, {}};
  const std::size_t n = cells.system.cell_count();
  cells.view.standing.assign(n, table::CellStanding::shown);
  cells.view.value.assign(n, 0);
  std::vector<char> seen(n, 0);
  for (const holdings::CsvRow& row : rows.rows) CANDOUR_TRY_DONE(take_cell(row, file, cells, seen));
  if (const auto missing = std::count(seen.begin(), seen.end(), 0); missing > 0)
    return base::fail(
        wrong("cells.missing", file, 0, fmt::format("{} of the {} cells are missing", missing, n), "every combination of the hierarchies stands in the table"));
  const std::int64_t largest = *std::max_element(cells.view.value.begin(), cells.view.value.end());
  const bool total_shown = !table::is_hidden(cells.view.standing[0]);
  cells.view.lowest.assign(n, convention == table::ZeroConvention::hidden_at_least_one ? 1 : 0);
  cells.view.highest.assign(n, total_shown ? cells.view.value[0] : 1'000'000'000 + largest);
  return cells;
}

}  // namespace candour::cli
