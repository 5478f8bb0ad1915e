#include <candour/tabulate/coded_rows.hpp>

#include <candour/base/files.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace candour::tabulate::coded {
namespace {

using base::Done;
using base::Result;
namespace fs = std::filesystem;

std::optional<fs::path> metadata_of(const CodedTableOrder& order) {
  if (order.metadata) return order.metadata;
  fs::path beside = order.table;
  beside.replace_extension(".rda");
  std::error_code status;
  if (order.table.extension() != ".csv" && fs::is_regular_file(beside, status)) return beside;
  return std::nullopt;
}

Columns columns_of(const formats::ArgusMetadata& metadata) {
  using formats::ArgusColumn;
  Columns columns;
  columns.count = metadata.variables.size();
  for (std::size_t i = 0; i < metadata.variables.size(); ++i) {
    switch (metadata.variables[i].column) {
      case ArgusColumn::category:
        columns.category.push_back(i);
        columns.variable.push_back(metadata.variables[i]);
        break;
      case ArgusColumn::value:
        if (columns.value == no_column) columns.value = i;
        break;
      case ArgusColumn::frequency: columns.records = i; break;
      case ArgusColumn::contribution: columns.largest.push_back(i); break;
      case ArgusColumn::status: columns.status = i; break;
      case ArgusColumn::cost: columns.cost = i; break;
      case ArgusColumn::lower_level: columns.lower = i; break;
      case ArgusColumn::upper_level: columns.upper = i; break;
      case ArgusColumn::other: break;
    }
  }
  return columns;
}

// The names that a header may use; what stands before the first of them is a variable.
struct KnownName {
  std::string_view name;
  std::size_t Columns::*column;
};
constexpr std::array<KnownName, 17> known_names{{{"value", &Columns::value},
                                                 {"sum", &Columns::value},
                                                 {"records", &Columns::records},
                                                 {"freq", &Columns::records},
                                                 {"Freq", &Columns::records},
                                                 {"count", &Columns::records},
                                                 {"frequency", &Columns::records},
                                                 {"people", &Columns::people},
                                                 {"status", &Columns::status},
                                                 {"sdcStatus", &Columns::status},
                                                 {"cost", &Columns::cost},
                                                 {"weight", &Columns::cost},
                                                 {"weights", &Columns::cost},
                                                 {"lpl", &Columns::lower},
                                                 {"upl", &Columns::upper},
                                                 {"spl", &Columns::sliding},
                                                 {"strID", nullptr}}};

Result<Columns> columns_of_header(const holdings::CsvRow& header, const CodedTableOrder& order) {
  Columns columns;
  columns.count = header.fields.size();
  bool values_began = false;
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const std::string& name = header.fields[i].text;
    const auto known = std::find_if(known_names.begin(), known_names.end(), [&](const KnownName& k) { return k.name == name; });
    if (order.value_column && name == *order.value_column) {
      columns.value = i;
    } else if (known != known_names.end()) {
      if (!known->column) continue;
      if (columns.*known->column == no_column) columns.*known->column = i;
    } else if (name.starts_with("largest_") || name.starts_with("top_")) {
      columns.largest.push_back(i);
    } else if (!values_began) {
      columns.category.push_back(i);
      columns.variable.push_back({name, formats::ArgusColumn::category, {}, {}, "@", {}, 0});
      continue;
    } else {
      continue;  // a further column that nobody asked for
    }
    values_began = true;
  }
  if (order.value_column && columns.value == no_column)
    return base::fail(
        wrong("coded.header", order.table, header.line, fmt::format("there is no column '{}'", *order.value_column), "the first line names the columns"));
  if (columns.category.empty() || (columns.value == no_column && columns.records == no_column))
    return base::fail(wrong("coded.header", order.table, header.line, "expected one column a variable, then value or records",
                            "a .tab without a header needs its .rda beside it, or --metadata"));
  return columns;
}

}  // namespace

base::Error wrong(std::string code, const fs::path& file, std::uint64_t line, std::string sentence, std::string hint) {
  return base::Error{base::Cause::wrong_input, std::move(code), {file.string(), line, 0}, std::move(sentence), std::move(hint)};
}

Result<Rows> read_rows(const CodedTableOrder& order) {
  Rows rows;
  bool has_header = true;
  if (const auto metadata = metadata_of(order)) {
    CANDOUR_TRY(text, base::read_file(*metadata));
    CANDOUR_TRY(read, formats::read_argus_metadata(text, metadata->string()));
    rows.columns = columns_of(read);
    rows.separator = read.separator, rows.safe = read.safe, rows.unsafe = read.unsafe, rows.protect = read.protect;
    has_header = false;
    // Names of files in the metadata are those beside it, wherever the table was made.
    for (formats::ArgusVariable& variable : rows.columns.variable) {
      if (variable.hierarchy_file.empty()) continue;
      const std::size_t slash = variable.hierarchy_file.find_last_of("/\\");
      variable.hierarchy_file =
          (metadata->parent_path() / (slash == std::string::npos ? variable.hierarchy_file : variable.hierarchy_file.substr(slash + 1))).string();
    }
  }
  CANDOUR_TRY(text, base::read_file(order.table));
  if (has_header) {
    const std::string_view first = std::string_view(text).substr(0, text.find('\n'));
    if (first.find(',') == std::string_view::npos && first.find(';') != std::string_view::npos) rows.separator = ';';
  }
  holdings::CsvScanner scanner(order.table.string(), rows.separator, [&](const holdings::CsvRow& row) -> Result<Done> {
    if (row.fields.size() == 1 && row.fields[0].text.empty()) return Done{};
    if (has_header) {
      has_header = false;
      CANDOUR_TRY(columns, columns_of_header(row, order));
      rows.columns = std::move(columns);
      return Done{};
    }
    if (row.fields.size() != rows.columns.count)
      return base::fail(wrong("coded.columns", order.table, row.line, fmt::format("{} fields, expected {}", row.fields.size(), rows.columns.count)));
    rows.rows.push_back(row);
    return Done{};
  });
  std::string_view bytes = text;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  CANDOUR_TRY_DONE(scanner.take(bytes));
  CANDOUR_TRY_DONE(scanner.finish());
  if (rows.rows.empty()) return base::fail(wrong("coded.header", order.table, 0, "the table has no rows"));
  return rows;
}

}  // namespace candour::tabulate::coded
