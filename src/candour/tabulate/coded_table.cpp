#include <candour/tabulate/coded_table.hpp>

#include <candour/base/decimal.hpp>
#include <candour/base/files.hpp>
#include <candour/tabulate/coded_rows.hpp>
#include <candour/tabulate/cube.hpp>
#include <candour/tabulate/field_hierarchy.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace candour::tabulate {
namespace {

using base::Decimal;
using base::Done;
using base::Result;
using coded::Columns;
using coded::no_column;
using coded::wrong;

constexpr int most_decimals = 9;
constexpr std::int64_t most_units = std::int64_t{1} << 51;  // beyond, linear programs in double numbers are no longer exact

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// Digits after the point that say something: 3.50 has one.
int significant_decimals(const Decimal& number) {
  int decimals = number.scale();
  for (std::int64_t units = number.units(); decimals > 0 && units % 10 == 0; units /= 10) --decimals;
  return decimals;
}

Result<std::int64_t> in_units(const Decimal& number, int decimals) {
  std::int64_t units = number.units();
  int scale = number.scale();
  for (; scale > decimals && units % 10 == 0; --scale) units /= 10;
  CANDOUR_TRY(scaled, Decimal::of_units(units, scale).rescaled(std::max(scale, decimals)));
  return scaled.units();
}

// A hierarchy from codes whose first letters are their parents.
Result<table::Hierarchy> by_digits(const formats::ArgusVariable& variable, const std::string& total, const std::set<std::string>& codes) {
  std::vector<table::CategoryRow> rows{{total, "", total}};
  std::set<std::string> made;
  for (const std::string& code : codes) {
    std::string parent = total;
    std::size_t letters = 0;
    for (const int digits : variable.level_digits) {
      letters = std::min(code.size(), letters + static_cast<std::size_t>(digits));
      const std::string node = code.substr(0, letters);
      if (digits == 0 || node == parent) continue;
      if (made.insert(node).second) rows.push_back({node, parent, node});
      parent = node;
      if (letters == code.size()) break;
    }
  }
  return table::Hierarchy::build(variable.name, {}, rows);
}

class Reader {
 public:
  Reader(const CodedTableOrder& order, const coded::Rows& rows) : order_(order), rows_(rows), columns_(rows.columns) {}

  Result<CodedTable> run() {
    CANDOUR_TRY_DONE(make_cube());
    CANDOUR_TRY_DONE(find_decimals());
    make_room();
    for (const holdings::CsvRow& row : rows_.rows) CANDOUR_TRY_DONE(take(row));
    if (order_.history) CANDOUR_TRY_DONE(take_history());
    CANDOUR_TRY_DONE(complete());
    return std::move(*read_);
  }

 private:
  [[nodiscard]] base::Error at(std::string code, std::uint64_t line, std::string sentence, std::string hint = {}) const {
    return wrong(std::move(code), order_.table, line, std::move(sentence), std::move(hint));
  }

  Result<table::Hierarchy> hierarchy_of(std::size_t k) {
    const formats::ArgusVariable& variable = columns_.variable[k];
    std::set<std::string> codes;
    for (const holdings::CsvRow& row : rows_.rows) codes.insert(row.fields[columns_.category[k]].text);
    std::string total = variable.total_code;
    if (total.empty())
      for (const char* usual : {"Total", "total", "TOTAL", "Tot", "T", ""})
        if (total.empty() && codes.contains(usual)) total = usual;
    totals_.push_back(total);
    if (total.empty()) total = "Total";
    codes.erase(totals_.back());
    codes.erase("");
    const auto given = std::find_if(order_.hierarchies.begin(), order_.hierarchies.end(), [&](const auto& pair) { return pair.first == variable.name; });
    if (given != order_.hierarchies.end()) return read_field_hierarchy(given->second, variable.name, {total, variable.lead});
    if (!variable.hierarchy_file.empty()) return read_field_hierarchy(variable.hierarchy_file, variable.name, {total, variable.lead});
    if (!variable.level_digits.empty()) return by_digits(variable, total, codes);
    std::vector<table::CategoryRow> rows;
    for (const std::string& code : codes) rows.push_back({code, "", code});
    return table::Hierarchy::flat(variable.name, rows, total, total);
  }

  Result<Done> make_cube() {
    std::vector<table::Hierarchy> variables;
    std::vector<table::SystemAxis> axes;
    for (std::size_t k = 0; k < columns_.category.size(); ++k) {
      CANDOUR_TRY(hierarchy, hierarchy_of(k));
      std::vector<std::uint32_t> parents(hierarchy.size(), 0);
      for (table::NodeIndex node = 1; node < hierarchy.size(); ++node) parents[node] = hierarchy.parent(node);
      axes.push_back(table::axis_of_parents(std::move(parents)));
      variables.push_back(std::move(hierarchy));
    }
    CANDOUR_TRY(system, table::AdditiveSystem::of_cube(std::move(axes)));
    read_ = CodedTable{std::move(variables), std::move(system), 0, CodedTable::Unit::records, {}, {}, CodedTable::Statuses::none, {}, {}, {}, {}, {}};
    return Done{};
  }

  // All numbers of the table's unit; people and records are whole by themselves.
  [[nodiscard]] std::vector<std::size_t> unit_columns() const {
    std::vector<std::size_t> unit{value_column(), columns_.lower, columns_.upper, columns_.sliding};
    unit.insert(unit.end(), columns_.largest.begin(), columns_.largest.end());
    unit.erase(std::remove(unit.begin(), unit.end(), no_column), unit.end());
    return unit;
  }
  [[nodiscard]] std::size_t value_column() const { return columns_.value != no_column ? columns_.value : columns_.records; }

  Result<std::optional<Decimal>> number(const holdings::CsvRow& row, std::size_t column) const {
    const std::string& text = row.fields[column].text;
    if (text.empty()) return std::optional<Decimal>();
    const auto parsed = Decimal::parse(text);
    if (!parsed || *parsed < Decimal(0))
      return base::fail(at("coded.number", row.line, fmt::format("field {} is not a number from 0 upwards", column + 1),
                           "decimals have a point; a table with negative values can come as a constraint file (--jj), with the bounds of its cells"));
    return std::optional(*parsed);
  }

  Result<Done> find_decimals() {
    for (const holdings::CsvRow& row : rows_.rows) {
      CANDOUR_TRY(standing, standing_of(row));
      for (const std::size_t column : unit_columns()) {
        if (is_unread(standing) && column == value_column()) continue;
        CANDOUR_TRY(parsed, number(row, column));
        if (parsed) read_->decimals = std::max(read_->decimals, significant_decimals(*parsed));
      }
    }
    if (read_->decimals > most_decimals)
      return base::fail(at("coded.number", 0, fmt::format("a number has more than {} decimals", most_decimals), "use a coarser unit"));
    return Done{};
  }

  [[nodiscard]] bool is_unread(const std::optional<table::CellStanding>& standing) const {
    return order_.hidden == HiddenValues::never_read && standing && table::is_hidden(*standing);
  }

  Result<std::optional<table::CellStanding>> standing_of(const holdings::CsvRow& row) const {
    using table::CellStanding;
    const std::string value = lowered(row.fields[value_column()].text);
    const bool symbol = value == "x" || value == "-" || value == "[c]" || value == "." || value == "*";
    if (columns_.status == no_column) return symbol ? std::optional(CellStanding::secondary) : std::nullopt;
    const std::string word = lowered(row.fields[columns_.status].text);
    if (word == lowered(rows_.unsafe) || word == "u" || word == "primary") return std::optional(CellStanding::primary);
    if (word == "x" || word == "m" || word == "d" || word == "secondary" || word == "suppressed" || word == "confidential")
      return std::optional(CellStanding::secondary);
    if (symbol) return std::optional(CellStanding::secondary);
    if (word.empty() || word == lowered(rows_.safe) || word == "s" || word == "shown") return std::optional(CellStanding::shown);
    if (word == lowered(rows_.protect) || word == "p" || word == "z" || word == "e") return std::optional(CellStanding::always_shown);
    return base::fail(at("coded.status", row.line, "the status is none of u, x, m, s, z and p",
                         "u hidden as sensitive, x or m hidden to protect others, s shown, z or p must be shown"));
  }

  void make_room() {
    const std::size_t n = read_->system.cell_count();
    read_->unit = columns_.value != no_column ? CodedTable::Unit::amount : CodedTable::Unit::records;
    read_->value.assign(n, 0);
    read_->standing.assign(n, table::CellStanding::shown);
    seen_.assign(n, 0);
    if (columns_.status != no_column) read_->statuses = CodedTable::Statuses::given;
    if (columns_.cost != no_column) read_->cost.assign(n, 0);
    if (columns_.records != no_column) read_->records.assign(n, 0);
    if (columns_.people != no_column) read_->people.assign(n, 0);
    if (!columns_.largest.empty()) read_->largest.assign(n, {});
  }

  Result<table::SystemCell> cell_of(const std::vector<std::string>& codes, const std::filesystem::path& file, std::uint64_t line) const {
    std::uint64_t cell = 0;
    for (std::size_t k = 0; k < codes.size(); ++k) {
      if (codes[k].empty() || codes[k] == totals_[k]) continue;
      const auto node = read_->variables[k].find(codes[k]);
      if (!node)
        return base::fail(wrong("coded.unknown_code", file, line, fmt::format("the code of '{}' is not in its hierarchy", read_->variables[k].name())));
      cell += *node * read_->system.product()->stride[k];
    }
    return static_cast<table::SystemCell>(cell);
  }

  Result<Done> take(const holdings::CsvRow& row) {
    std::vector<std::string> codes;
    for (const std::size_t column : columns_.category) codes.push_back(row.fields[column].text);
    CANDOUR_TRY(cell, cell_of(codes, order_.table, row.line));
    if (seen_[cell]) return base::fail(at("coded.twice", row.line, "this cell stands in the table twice"));
    seen_[cell] = 1;
    CANDOUR_TRY(standing, standing_of(row));
    if (standing) read_->standing[cell] = *standing;
    if (standing && table::is_hidden(*standing)) read_->statuses = CodedTable::Statuses::given;
    if (!is_unread(standing)) {
      CANDOUR_TRY(value, units_of(row, value_column(), read_->decimals));
      if (!value)
        return base::fail(
            at("coded.number", row.line, "the cell has no value",
               order_.hidden == HiddenValues::read ? "a table to be protected needs the true value of every cell" : "write x or [c] for a hidden value"));
      read_->value[cell] = *value;
    }
    return take_facts(row, cell);
  }

  Result<std::optional<std::int64_t>> units_of(const holdings::CsvRow& row, std::size_t column, int decimals) const {
    CANDOUR_TRY(parsed, number(row, column));
    if (!parsed) return std::optional<std::int64_t>();
    const auto units = in_units(*parsed, decimals);
    if (!units || *units > most_units || significant_decimals(*parsed) > decimals)
      return base::fail(at("coded.number", row.line, fmt::format("field {} is too large or has a fraction where a whole number belongs", column + 1)));
    return std::optional(*units);
  }

  Result<Done> take_facts(const holdings::CsvRow& row, table::SystemCell cell) {
    const bool hidden = order_.hidden == HiddenValues::never_read;
    for (const auto& [column, into] :
         {std::pair{columns_.records, &read_->records}, std::pair{columns_.people, &read_->people}, std::pair{columns_.cost, &read_->cost}}) {
      if (column == no_column || hidden) continue;
      CANDOUR_TRY(whole, units_of(row, column, 0));
      if (whole) (*into)[cell] = *whole;
    }
    if (hidden) return Done{};
    for (const std::size_t column : columns_.largest) {
      CANDOUR_TRY(units, units_of(row, column, read_->decimals));
      if (units) read_->largest[cell].push_back(*units);
    }
    GivenLevels levels{cell, 0, 0, 0};
    bool any = false;
    for (const auto& [column, into] :
         {std::pair{columns_.lower, &levels.lower}, std::pair{columns_.upper, &levels.upper}, std::pair{columns_.sliding, &levels.sliding}}) {
      if (column == no_column) continue;
      CANDOUR_TRY(units, units_of(row, column, read_->decimals));
      if (units) *into = *units, any = any || *units > 0;
    }
    if (any) read_->levels.push_back(levels);
    return Done{};
  }

  Result<Done> take_history() {
    CANDOUR_TRY(text, base::read_file(*order_.history));
    const char separator = text.find(';') != std::string::npos ? ';' : rows_.separator == ';' ? ',' : rows_.separator;
    CANDOUR_TRY(lines, formats::read_history(text, order_.history->string(), columns_.category.size(), separator));
    for (const formats::HistoryLine& line : lines) {
      CANDOUR_TRY(cell, cell_of(line.codes, *order_.history, line.line));
      CANDOUR_TRY_DONE(apply(line, cell));
    }
    return Done{};
  }

  Result<Done> apply(const formats::HistoryLine& line, table::SystemCell cell) {
    using formats::HistoryKind;
    std::vector<std::int64_t> numbers;
    for (const std::string& text : line.numbers) {
      const auto parsed = Decimal::parse(text);
      const bool whole = line.kind == HistoryKind::cost;
      const auto units = parsed ? in_units(*parsed, whole ? 0 : read_->decimals) : base::Result<std::int64_t>(0);
      if (!parsed || !units || *units < 0 || *units > most_units || significant_decimals(*parsed) > (whole ? 0 : read_->decimals))
        return base::fail(
            wrong("coded.number", *order_.history, line.line,
                  whole ? "a cost is not a whole number from 0 upwards" : "a protection level is not a number from 0 upwards in the table's decimals"));
      numbers.push_back(*units);
    }
    switch (line.kind) {
      case HistoryKind::safe: read_->standing[cell] = table::CellStanding::shown; break;
      case HistoryKind::protect: read_->standing[cell] = table::CellStanding::always_shown; break;
      case HistoryKind::secondary: read_->standing[cell] = table::CellStanding::secondary; break;
      case HistoryKind::unsafe: read_->standing[cell] = table::CellStanding::primary; break;
      case HistoryKind::cost:
        if (read_->cost.empty()) read_->cost.assign(read_->value.size(), 0);
        read_->cost[cell] = std::max<std::int64_t>(1, numbers[0]);
        break;
      case HistoryKind::levels: break;
    }
    if (numbers.size() == 2) {
      std::erase_if(read_->levels, [&](const GivenLevels& levels) { return levels.cell == cell; });
      read_->levels.push_back({cell, numbers[0], numbers[1], 0});
    }
    if (line.kind != HistoryKind::cost && line.kind != HistoryKind::levels) read_->statuses = CodedTable::Statuses::given;
    return Done{};
  }

  // Totals without a row are added up from their finest cells; then everything must add up, unless values are hidden.
  Result<Done> complete() {
    const table::AdditiveSystem& cube = read_->system;
    const table::ProductShape& shape = *cube.product();
    if (std::find(seen_.begin(), seen_.end(), 0) != seen_.end()) {
      for (auto* facts : {&read_->value, &read_->records}) {
        if (facts->empty()) continue;
        std::vector<std::int64_t> rolled(facts->size(), 0);
        for (table::SystemCell c = 0; c < cube.cell_count(); ++c) {
          bool finest = true;
          for (std::size_t k = 0; k < shape.axes.size(); ++k) finest = finest && shape.axes[k].is_leaf(shape.node(c, k));
          if (finest) rolled[c] = (*facts)[c];
        }
        for (std::size_t k = 0; k < shape.axes.size(); ++k)
          for (table::SystemCell c = cube.cell_count(); c-- > 0;)
            if (const std::uint32_t node = shape.node(c, k); node != 0) rolled[c - (node - shape.axes[k].parent[node]) * shape.stride[k]] += rolled[c];
        for (std::size_t c = 0; c < facts->size(); ++c)
          if (!seen_[c]) (*facts)[c] = rolled[c];
      }
      // Nobody told the value of a total without a row: a reader only knows that it is there.
      if (order_.hidden == HiddenValues::never_read)
        for (std::size_t c = 0; c < seen_.size(); ++c)
          if (!seen_[c] && !read_->system.product()->is_finest(static_cast<table::SystemCell>(c)))
            read_->standing[c] = table::CellStanding::secondary, read_->value[c] = 0;
    }
    if (order_.hidden == HiddenValues::never_read) return Done{};
    return check_sums();
  }

  Result<Done> check_sums() const {
    const table::AdditiveSystem& cube = read_->system;
    for (table::SystemEquation e = 0; e < cube.equation_count(); ++e) {
      std::int64_t sum = 0;
      table::SystemCell total = 0;
      for (const table::SystemTerm& term : cube.terms(e)) {
        sum += term.coefficient * read_->value[term.cell];
        if (term.coefficient < 0) total = term.cell;
      }
      if (sum == 0) continue;
      std::string codes;
      for (std::size_t k = 0; k < read_->variables.size(); ++k) codes += (k == 0 ? "" : ", ") + read_->variables[k].code(cube.product()->node(total, k));
      return base::fail(at("coded.not_additive", 0, fmt::format("the parts of the cell ({}) do not add up to it", codes),
                           "the table must hold true values, unrounded, and its hierarchies must be those it was made with"));
    }
    return Done{};
  }

  const CodedTableOrder& order_;
  const coded::Rows& rows_;
  const Columns& columns_;
  std::vector<std::string> totals_;  ///< as the table writes them
  std::optional<CodedTable> read_;
  std::vector<char> seen_;
};

}  // namespace

Result<CodedTable> read_coded_table(const CodedTableOrder& order) {
  CANDOUR_TRY(rows, coded::read_rows(order));
  return Reader(order, rows).run();
}

}  // namespace candour::tabulate
