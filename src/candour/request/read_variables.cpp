#include <candour/base/text.hpp>
#include <candour/request/built_in_hierarchies.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::request {
namespace {

using base::Setting;

// What a variable's categories come to, before the hierarchy is built.
struct Categories {
  std::vector<table::CategoryRow> rows;
  std::vector<std::string> levels;  // below the total
  std::vector<std::pair<std::int64_t, std::string>> bands;
  enum class Source { months, ages, codes } source = Source::codes;
};

std::optional<Categories> months_of(const Setting& months, const std::string& total_label, Mistakes& mistakes) {
  std::optional<MonthNumber> ends[2];
  const std::string_view keys[2] = {"first", "last"};
  for (std::size_t i = 0; i < 2; ++i) {
    ends[i] = parse_month(months.text_of(keys[i]));
    if (!ends[i])
      mistakes.add(months.line_of(keys[i]), "month",
                   fmt::format("'{}' of [variable.months] is '{}', expected a month such as \"2020-06\"", keys[i], months.text_of(keys[i])));
  }
  if (!ends[0] || !ends[1]) return std::nullopt;
  if (*ends[1] < *ends[0] || *ends[1] - *ends[0] >= 1200) {
    mistakes.add(months.line_of("last"), "month_order",
                 fmt::format("the period goes from {} to {}, expected the last month at most a hundred years after the first", months.text_of("first"),
                             months.text_of("last")));
    return std::nullopt;
  }
  const YearKind years = months.text_of("years") == "financial" ? YearKind::financial : YearKind::calendar;
  return Categories{month_rows(*ends[0], *ends[1], years, total_label), {"year", "quarter", "month"}, {}, Categories::Source::months};
}

Categories of_bands(Bands bands, std::vector<std::string> levels) {
  return {std::move(bands.rows), std::move(levels), std::move(bands.lowest_and_code), Categories::Source::ages};
}

std::optional<Categories> ages_of(const Setting& ages, const std::string& total_label, Mistakes& mistakes) {
  const auto starts = ages.whole_numbers_of("starts");
  const std::string width = ages.text_of("width");
  const auto from = ages.whole_number_of("from");
  const auto to = ages.whole_number_of("to");
  if (!starts.empty()) {
    if (!width.empty() || from || to) {
      mistakes.add(ages.line, "ages_mixed", "[variable.ages] has 'starts' together with 'width', 'from' or 'to', expected one way to say the bands");
      return std::nullopt;
    }
    if (starts.front() < 0 || starts.back() > 1000000000 || std::ranges::adjacent_find(starts, std::ranges::greater_equal{}) != starts.end()) {
      mistakes.add(ages.line_of("starts"), "ages_order", "'starts' of [variable.ages] is not in order, expected the lowest age of each band, from low to high");
      return std::nullopt;
    }
    return of_bands(listed_bands(starts, total_label), {"band"});
  }
  if (width.empty() || !from || !to) {
    mistakes.add(ages.line, "ages_missing", "[variable.ages] does not say the bands, expected 'starts', or 'width', 'from' and 'to' together");
    return std::nullopt;
  }
  const std::int64_t step = width == "five-year" ? 5 : 10;
  if (*to <= *from || *to > 1000 || (*to - *from) % step != 0) {
    mistakes.add(ages.line_of("to"), "ages_range", fmt::format("the bands go from {} to {}, expected a whole number of bands of {} years", *from, *to, step));
    return std::nullopt;
  }
  if (step == 5) return of_bands(five_year_bands(*from, *to, total_label), {"ten-year", "five-year"});
  std::vector<std::int64_t> tens;
  for (std::int64_t start = *from; start <= *to; start += 10) tens.push_back(start);
  return of_bands(listed_bands(tens, total_label), {"ten-year"});
}

std::optional<Categories> listed_of(const Setting& table, const std::string& total_label, Mistakes& mistakes) {
  const std::string total = table.text_of("total_code", "total");
  Categories categories{{{total, "", total_label}}, table.texts_of("levels"), {}, Categories::Source::codes};
  std::vector<std::string> codes;
  for (const Setting* category : table.tables_of("categories")) codes.push_back(category->text_of("code"));
  bool right = true;
  for (const Setting* category : table.tables_of("categories")) {
    const std::string parent = category->text_of("parent", total);
    if (parent != total && std::ranges::find(codes, parent) == codes.end()) {
      mistakes.add_unknown(category->line_of("parent"), "unknown_parent", "category", parent, codes);
      right = false;
    }
    categories.rows.push_back({category->text_of("code"), parent, category->text_of("label")});
  }
  if (!right) return std::nullopt;
  return categories;
}

std::optional<Categories> categories_of(const Setting& table, const Case& the_case, Mistakes& mistakes) {
  const std::string name = table.text_of("name");
  const std::string total_label = table.text_of("total_label", "Total");
  std::vector<std::string> ways;
  for (const std::string_view key : {"months", "ages", "categories", "categories_file"})
    if (table.find(key) != nullptr) ways.emplace_back(key);
  if (ways.size() != 1) {
    mistakes.add(table.line, "categories",
                 fmt::format("the variable '{}' has {}, expected exactly one of months, ages, categories and categories_file", name,
                             ways.empty() ? "no categories" : base::listed(ways)));
    return std::nullopt;
  }
  if (ways[0] != "categories" && table.find("total_code") != nullptr)
    mistakes.add(table.line_of("total_code"), "total_code", fmt::format("'total_code' stands beside '{}', expected it only beside 'categories'", ways[0]));
  if (ways[0] == "months") return months_of(*table.find("months"), total_label, mistakes);
  if (ways[0] == "ages") return ages_of(*table.find("ages"), total_label, mistakes);
  if (ways[0] == "categories") return listed_of(table, total_label, mistakes);
  auto rows = read_code_list(the_case.folder / table.text_of("categories_file"));
  if (!rows) {
    mistakes.add(table.line_of("categories_file"), "code_list",
                 base::to_text({rows.error().cause, rows.error().code, rows.error().place, rows.error().sentence, {}}), rows.error().hint);
    return std::nullopt;
  }
  return Categories{std::move(*rows), table.texts_of("levels"), {}, Categories::Source::codes};
}

void add_unknown_category(Categories& categories, const std::string& unknown) {
  if (unknown.empty() || std::ranges::find(categories.rows, unknown, &table::CategoryRow::code) != categories.rows.end()) return;
  const auto root = std::ranges::find_if(categories.rows, [](const table::CategoryRow& row) { return row.parent.empty(); });
  if (root != categories.rows.end()) categories.rows.push_back({unknown, root->code, "Unknown"});
}

// Level names from the total down. One that is not given is called after the variable if it is the finest.
std::optional<std::vector<std::string>> level_names(const Setting& table, const Categories& categories, int depth, Mistakes& mistakes) {
  std::vector<std::string> names{"total"};
  if (categories.source != Categories::Source::codes && table.find("levels") != nullptr) {
    mistakes.add(table.line_of("levels"), "levels", "'levels' stands beside months or ages, expected none: their levels have names already",
                 fmt::format("they are {}", base::listed(categories.levels)));
    return std::nullopt;
  }
  names.insert(names.end(), categories.levels.begin(), categories.levels.end());
  if (static_cast<int>(names.size()) > depth + 1) {
    mistakes.add(table.line_of("levels"), "levels",
                 fmt::format("found {} names of levels, expected at most {}: the categories are no deeper", categories.levels.size(), depth));
    return std::nullopt;
  }
  for (auto level = static_cast<int>(names.size()); level <= depth; ++level)
    names.push_back(level == depth ? table.text_of("name") : fmt::format("level {}", level));
  auto sorted = names;
  std::ranges::sort(sorted);
  if (const auto twice = std::ranges::adjacent_find(sorted); twice != sorted.end()) {
    mistakes.add(table.line_of("levels"), "levels", fmt::format("two levels are called '{}', expected a name of its own for each", *twice));
    return std::nullopt;
  }
  return names;
}

std::optional<table::Hierarchy> hierarchy_of(const Setting& table, const Categories& categories, Mistakes& mistakes) {
  const std::string name = table.text_of("name");
  const auto plain = table::Hierarchy::build(name, {}, categories.rows);
  if (!plain) {
    mistakes.add(table.line, "hierarchy", fmt::format("the categories of '{}' do not make a tree: {}", name, plain.error().sentence), plain.error().hint);
    return std::nullopt;
  }
  if (plain->leaf_count() < 1 || plain->depth() < 1) {
    mistakes.add(table.line, "hierarchy", fmt::format("the variable '{}' has only a total, expected categories below it", name));
    return std::nullopt;
  }
  auto levels = level_names(table, categories, plain->depth(), mistakes);
  if (!levels) return std::nullopt;
  return table::Hierarchy::build(name, std::move(*levels), categories.rows).value();
}

void check_mapping(const Setting& reading, const table::Hierarchy& hierarchy, Mistakes& mistakes) {
  const Setting* mapping = reading.find("mapping");
  if (mapping == nullptr) return;
  std::vector<std::string> leaves;
  for (table::LeafIndex leaf = 0; leaf < hierarchy.leaf_count(); ++leaf) leaves.push_back(hierarchy.code(hierarchy.node_of_leaf(leaf)));
  for (const auto& [text, code] : mapping->entries)
    if (std::ranges::find(leaves, code.text) == leaves.end())
      mistakes.add_unknown(code.line, "unknown_code", fmt::format("finest category of '{}'", hierarchy.name()), code.text, leaves);
}

VariableReading read_reading(const Setting& table, const Categories& categories, const Case& the_case, const std::string& unknown, Mistakes& mistakes) {
  VariableReading reading;
  reading.holding = table.text_of("holding");
  reading.column = table.text_of("column");
  reading.unknown_code = unknown;
  const CaseHolding* holding = find_holding(the_case, reading.holding);
  if (holding == nullptr) {
    std::vector<std::string> known;
    for (const CaseHolding& each : the_case.holdings) known.push_back(each.id);
    mistakes.add_unknown(table.line_of("holding"), "unknown_holding", "holding", reading.holding, known);
  }
  using Source = Categories::Source;
  const std::string_view natural = categories.source == Source::months ? "dates" : categories.source == Source::ages ? "ages" : "codes";
  const std::string_view usual = holding != nullptr && holding->kind == HoldingKind::counts ? "codes" : natural;
  const std::string values = table.text_of("values", usual);
  if (values != "codes" && values != natural)
    mistakes.add(table.line_of("values"), "values",
                 fmt::format("the column is said to hold {}, expected {}", values, natural == "codes" ? "codes" : fmt::format("{} or codes", natural)),
                 "dates go with months, ages with bands");
  if (values == "dates") reading.derivation = "month";
  if (values == "ages") {
    reading.derivation = "bands";
    reading.bands = categories.bands;
  }
  if (const Setting* mapping = table.find("mapping"))
    for (const auto& [text, code] : mapping->entries) reading.mapping.emplace(text, code.text);
  const std::string form = table.text_of("dates");
  reading.date_form = form == "rfc3339" ? base::DateForm::rfc3339 : form == "dd/mm/yyyy" ? base::DateForm::day_month_year : base::DateForm::iso;
  reading.time_zone = table.text_of("time_zone", reading.time_zone);
  if (!base::parse_rfc3339_local_day("2000-01-01T12:00:00Z", reading.time_zone))
    mistakes.add(table.line_of("time_zone"), "time_zone",
                 fmt::format("'{}' is not a time zone known to this system, expected one such as \"Europe/London\"", reading.time_zone));
  return reading;
}

void read_readings(const Setting& table, const Categories& categories, const Case& the_case, CaseVariable& variable, Mistakes& mistakes) {
  const std::string unknown = table.text_of("unknown");
  for (const Setting* each : table.tables_of("reading")) {
    check_mapping(*each, variable.variable.hierarchy, mistakes);
    VariableReading reading = read_reading(*each, categories, the_case, unknown, mistakes);
    if (std::ranges::find(variable.readings, reading.holding, &VariableReading::holding) != variable.readings.end())
      mistakes.add(each->line, "duplicate", fmt::format("the variable '{}' is read twice from '{}', expected once", variable.variable.name, reading.holding));
    variable.readings.push_back(std::move(reading));
  }
}

}  // namespace

void read_variables(const Setting& top, Case& the_case, Mistakes& mistakes) {
  for (const Setting* table : top.tables_of("variable")) {
    const std::string name = table->text_of("name");
    if (!is_plain_name(name))
      mistakes.add(table->line_of("name"), "plain_name", fmt::format("found '{}' as the name of a variable, expected small letters, digits and hyphens", name));
    if (find_variable(the_case, name) != nullptr)
      mistakes.add(table->line_of("name"), "duplicate", fmt::format("the variable '{}' stands twice, expected each name once", name));
    auto categories = categories_of(*table, the_case, mistakes);
    if (!categories) continue;
    const std::string unknown = table->text_of("unknown");
    add_unknown_category(*categories, unknown);
    auto hierarchy = hierarchy_of(*table, *categories, mistakes);
    if (!hierarchy) continue;
    if (const auto node = hierarchy->find(unknown); node && !hierarchy->is_leaf(*node))
      mistakes.add(table->line_of("unknown"), "unknown_category",
                   fmt::format("the category '{}' for empty values has categories below it, expected one of the finest", unknown));
    const std::string role = table->text_of("role");
    CaseVariable variable{{name, table->text_of("label"),
                           role == "sensitive" ? table::Role::sensitive
                           : role == "both"    ? table::Role::both
                                               : table::Role::identifying,
                           std::move(*hierarchy)},
                          {},
                          categories->source == Categories::Source::months || table->truth_of("is_period"),
                          data_class_of(*table)};
    if (!categories->bands.empty()) variable.youngest = categories->bands.front().first;
    read_readings(*table, *categories, the_case, variable, mistakes);
    the_case.variables.push_back(std::move(variable));
  }
}

}  // namespace candour::request
