#include <candour/tabulate/cube.hpp>

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/holdings/csv_rules.hpp>
#include <candour/tabulate/field_hierarchy.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>

namespace candour::tabulate {
namespace {

using base::Cause;
using base::Done;
using base::Error;
using base::Result;
using holdings::CsvRow;

constexpr std::uint64_t key_modulus = 100'000'000;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Error wrong(std::string code, const std::filesystem::path& file, std::uint64_t line, std::string sentence, std::string hint = {}) {
  return Error{Cause::wrong_input, std::move(code), {file.string(), line, 0}, std::move(sentence), std::move(hint)};
}

template <class Sink>
Result<Done> for_each_row(const std::filesystem::path& file, Sink&& sink) {
  CANDOUR_TRY(text, base::read_file(file));
  holdings::CsvScanner scanner(file.string(), ',', [&](const CsvRow& row) -> Result<Done> {
    if (row.fields.size() == 1 && row.fields[0].text.empty()) return Done{};
    return sink(row);
  });
  const std::string_view bytes = text;
  CANDOUR_TRY_DONE(scanner.take(bytes.starts_with(byte_order_mark) ? bytes.substr(byte_order_mark.size()) : bytes));
  return scanner.finish();
}

// Records are read as strictly as a holding's: each column named once, each row as long as the header, and at least one row.
template <class Header, class Sink>
Result<Done> for_each_record(const std::filesystem::path& file, Header&& header, Sink&& sink) {
  holdings::CsvSettings settings;
  settings.path = file.string();
  std::size_t columns = 0;
  std::uint64_t records = 0;
  const auto take = [&](const CsvRow& row) -> Result<Done> {
    if (columns == 0) {
      columns = row.fields.size();
      CANDOUR_TRY(names, holdings::csv_header_names(row, settings));
      return header(names);
    }
    if (row.fields.size() != columns) return base::fail(holdings::wrong_field_count(settings, row, columns));
    ++records;
    return sink(row);
  };
  CANDOUR_TRY_DONE(for_each_row(file, take));
  if (columns == 0) return base::fail(holdings::no_header(settings.path));
  if (records == 0) return base::fail(wrong("cube.no_records", file, 1, "no record stands below the header, expected one line a record"));
  return Done{};
}

Result<std::size_t> column_of(const std::vector<std::string>& names, const std::string& name, const std::filesystem::path& file) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  return base::fail(holdings::unknown_column(file.string(), name, names));
}

// Without a hierarchy the categories are those that occur, in order, below a total.
Result<table::Hierarchy> flat_hierarchy(const CubeOrder& order, const std::string& column) {
  static const std::string total = "Total";
  std::set<std::string> codes;
  std::size_t at = 0;
  const auto header = [&](const std::vector<std::string>& names) -> Result<Done> {
    CANDOUR_TRY(found, column_of(names, column, order.records));
    at = found;
    return Done{};
  };
  const auto record = [&](const CsvRow& row) -> Result<Done> {
    if (!codes.insert(row.fields[at].text).second) return Done{};
    if (row.fields[at].text == total)
      return base::fail(wrong("cube.total_code", order.records, row.line,
                              fmt::format("a category of column '{}' is called as the total is, '{}'", column, total),
                              "leave out lines that are sums of others, or call the total something else: --hierarchy NAME=FILE"));
    if (!base::is_valid_utf8(row.fields[at].text))
      return base::fail(wrong("csv.not_utf_8", order.records, row.line, "these bytes are not UTF-8", "save the file as CSV UTF-8"));
    return Done{};
  };
  CANDOUR_TRY_DONE(for_each_record(order.records, header, record));
  std::vector<table::CategoryRow> rows;
  for (const std::string& code : codes) rows.push_back({code, "", code});
  return table::Hierarchy::flat(column, rows, total);
}

table::SystemAxis axis_of(const table::Hierarchy& hierarchy) {
  std::vector<std::uint32_t> parents(hierarchy.size(), 0);
  for (table::NodeIndex node = 1; node < hierarchy.size(); ++node) parents[node] = hierarchy.parent(node);
  return table::axis_of_parents(std::move(parents));
}

// The steps from cell 0 that a leaf's path makes, for each leaf of an axis.
std::vector<std::vector<std::uint64_t>> steps_of(const table::Hierarchy& hierarchy, std::uint64_t stride) {
  std::vector<std::vector<std::uint64_t>> steps(hierarchy.leaf_count());
  for (table::LeafIndex leaf = 0; leaf < hierarchy.leaf_count(); ++leaf) {
    table::NodeIndex node = hierarchy.node_of_leaf(leaf);
    for (; node != 0; node = hierarchy.parent(node)) steps[leaf].push_back(node * stride);
    steps[leaf].push_back(0);
  }
  return steps;
}

class Counter {
 public:
  Counter(const CubeOrder& order, Cube& cube) : order_(order), cube_(cube) {
    const table::ProductShape& shape = *cube.system.product();
    for (std::size_t k = 0; k < cube.variables.size(); ++k) {
      steps_.push_back(steps_of(cube.variables[k], shape.stride[k]));
      auto& leaves = leaf_of_.emplace_back();
      for (table::LeafIndex leaf = 0; leaf < cube.variables[k].leaf_count(); ++leaf)
        leaves.emplace(cube.variables[k].code(cube.variables[k].node_of_leaf(leaf)), leaf);
    }
    cube.records.assign(cube.system.cell_count(), 0);
    if (order.identifier_column) cube.key.assign(cube.system.cell_count(), 0);
    if (!order.amount_column) return;
    for (auto* part : {&cube.amount, &cube.largest, &cube.second}) part->assign(cube.system.cell_count(), 0);
  }

  Result<Done> take_header(const std::vector<std::string>& names) {
    for (const CubeVariable& variable : order_.by) {
      CANDOUR_TRY(column, column_of(names, variable.column, order_.records));
      columns_.push_back(column);
    }
    if (order_.identifier_column) {
      CANDOUR_TRY(column, column_of(names, *order_.identifier_column, order_.records));
      identifier_column_ = column;
    }
    if (!order_.amount_column) return Done{};
    CANDOUR_TRY(column, column_of(names, *order_.amount_column, order_.records));
    amount_column_ = column;
    return Done{};
  }

  Result<Done> take(const CsvRow& row) {
    cells_.assign(1, 0);
    for (std::size_t k = 0; k < steps_.size(); ++k) {
      const auto found = leaf_of_[k].find(row.fields[columns_[k]].text);
      if (found == leaf_of_[k].end())
        return base::fail(
            wrong("cube.unknown_code", order_.records, row.line, fmt::format("the code in column '{}' is no leaf of its hierarchy", order_.by[k].column)));
      next_.clear();
      for (const std::uint64_t cell : cells_)
        for (const std::uint64_t step : steps_[k][found->second]) next_.push_back(cell + step);
      cells_.swap(next_);
    }
    for (const std::uint64_t cell : cells_) ++cube_.records[cell];
    if (order_.identifier_column) {
      const std::uint64_t key = order_.key_of_identifier(row.fields[identifier_column_].text);
      for (const std::uint64_t cell : cells_) cube_.key[cell] = (cube_.key[cell] + key) % key_modulus;
    }
    return order_.amount_column ? add_amount(row) : Result<Done>{Done{}};
  }

 private:
  Result<Done> add_amount(const CsvRow& row) {
    std::int64_t amount = 0;
    const std::string& text = row.fields[amount_column_].text;
    const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (fault != std::errc{} || rest != text.data() + text.size() || amount < 0 || amount > 1'000'000'000'000)
      return base::fail(wrong("cube.amount", order_.records, row.line, "the amount is not a whole number from 0 to 10^12", "scale decimals to whole units"));
    for (const std::uint64_t cell : cells_) {
      cube_.amount[cell] += amount;
      if (amount > cube_.largest[cell]) {
        cube_.second[cell] = cube_.largest[cell];
        cube_.largest[cell] = amount;
      } else if (amount > cube_.second[cell]) {
        cube_.second[cell] = amount;
      }
    }
    return Done{};
  }

  const CubeOrder& order_;
  Cube& cube_;
  std::vector<std::vector<std::vector<std::uint64_t>>> steps_;
  std::vector<std::unordered_map<std::string, table::LeafIndex>> leaf_of_;
  std::vector<std::size_t> columns_;
  std::size_t amount_column_ = 0, identifier_column_ = 0;
  std::vector<std::uint64_t> cells_, next_;
};

}  // namespace

Result<table::Hierarchy> read_hierarchy(const std::filesystem::path& file, const std::string& name) {
  std::vector<table::CategoryRow> rows;
  bool header = true;
  CANDOUR_TRY_DONE(for_each_row(file, [&](const CsvRow& row) -> Result<Done> {
    if (header) {
      header = false;
      if (row.fields.size() >= 2 && row.fields[0].text == "code" && row.fields[1].text == "parent") return Done{};
      return base::fail(wrong("hierarchy.header", file, row.line, "expected the header code,parent[,label]"));
    }
    if (row.fields.size() < 2 || row.fields.size() > 3)
      return base::fail(wrong("hierarchy.columns", file, row.line, "expected two or three columns: code,parent[,label]"));
    rows.push_back({row.fields[0].text, row.fields[1].text, row.fields.size() == 3 ? row.fields[2].text : row.fields[0].text});
    return Done{};
  }));
  return table::Hierarchy::build(name, {}, rows);
}

Result<Cube> tabulate_cube(const CubeOrder& order) {
  std::vector<table::Hierarchy> variables;
  std::vector<table::SystemAxis> axes;
  for (const CubeVariable& variable : order.by) {
    CANDOUR_TRY(hierarchy, variable.hierarchy ? read_field_hierarchy(*variable.hierarchy, variable.column) : flat_hierarchy(order, variable.column));
    axes.push_back(axis_of(hierarchy));
    variables.push_back(std::move(hierarchy));
  }
  CANDOUR_TRY(system, table::AdditiveSystem::of_cube(std::move(axes)));
  Cube cube{std::move(variables), std::move(system), {}, {}, {}, {}, {}};
  Counter counter(order, cube);
  const auto header = [&](const std::vector<std::string>& names) { return counter.take_header(names); };
  CANDOUR_TRY_DONE(for_each_record(order.records, header, [&](const CsvRow& row) { return counter.take(row); }));
  return cube;
}

}  // namespace candour::tabulate
