#include <candour/tabulate/cube_words.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::tabulate {
namespace {

base::Error bad_where(std::string sentence) {
  return {base::Cause::wrong_input, "tabulate.bad_where", {}, "--where: " + std::move(sentence), "write it as: sex = F and outcome != 'A 1'|A2"};
}

/// Cuts at a separator that stands outside single quotes.
std::vector<std::string> cut_outside_quotes(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (!quoted && text.substr(i).starts_with(separator)) {
      parts.emplace_back();
      i += separator.size() - 1;
    } else {
      parts.back() += text[i];
    }
  }
  return parts;
}

std::string without_quotes(std::string_view text) {
  text = base::trimmed(text);
  if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'') return std::string(text.substr(1, text.size() - 2));
  return std::string(text);
}

base::Result<FilterTerm> read_term(std::string_view text) {
  FilterTerm term;
  auto sides = cut_outside_quotes(text, "!=");
  term.sense = sides.size() == 2 ? FilterTerm::Sense::is_none_of : FilterTerm::Sense::is_one_of;
  if (sides.size() == 1) sides = cut_outside_quotes(text, "=");
  if (sides.size() != 2) return base::fail(bad_where("a term has no '=' or '!=', or several"));
  term.column = without_quotes(sides[0]);
  if (term.column.empty()) return base::fail(bad_where("a term names no column"));
  for (const std::string& value : cut_outside_quotes(sides[1], "|")) term.any_of.push_back(without_quotes(value));
  return term;
}

/// All rows of a small file, as texts; a missing value is an empty text. `columns` that the file lacks are empty too if `optional_from` lets them.
base::Result<std::vector<std::vector<std::string>>> read_columns(const std::filesystem::path& file, const std::vector<std::string>& wanted,
                                                                 std::size_t optional_from) {
  CANDOUR_TRY(holding, holdings::open_csv({file.string(), ',', holdings::CsvSettings::Encoding::utf_8, {}}));
  CANDOUR_TRY(names, holding->column_names());
  std::vector<holdings::ColumnRequest> columns;
  for (std::size_t c = 0; c < wanted.size(); ++c)
    if (c < optional_from || std::find(names.begin(), names.end(), wanted[c]) != names.end())
      columns.push_back({wanted[c], holdings::ColumnKind::text, base::DateForm::iso, {}});
  std::vector<std::vector<std::string>> rows;
  CANDOUR_TRY_DONE(holding->read(columns, [&](const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts) {
    for (std::size_t r = 0; r < batch.row_count; ++r) {
      rows.emplace_back(wanted.size());
      for (std::size_t c = 0; c < columns.size(); ++c)
        if (const std::uint32_t code = batch.columns[c].codes[r]; code != holdings::ColumnBatch::missing) rows.back()[c] = texts[c][code];
    }
    return base::Result<base::Done>(base::Done{});
  }));
  return rows;
}

}  // namespace

base::Result<std::vector<ShownWords>> read_by(std::string_view text) {
  std::vector<ShownWords> all;
  for (const std::string& part : base::split(text, ',')) {
    const auto sides = base::split(base::trimmed(part), '@');
    ShownWords shown{std::string(base::trimmed(sides[0])), {}};
    if (shown.variable.empty() || sides.size() > 2)
      return base::fail(
          {base::Cause::wrong_input, "tabulate.bad_by", {}, "--by: a variable is empty, or has two '@'", "write it as: date@month,age@five-year,ethnicity"});
    if (sides.size() == 2) shown.levels = base::split(sides[1], '+');
    all.push_back(std::move(shown));
  }
  return all;
}

base::Result<std::vector<FilterTerm>> read_where(std::string_view text) {
  std::vector<FilterTerm> terms;
  for (const std::string& part : cut_outside_quotes(text, " and ")) {
    CANDOUR_TRY(term, read_term(part));
    terms.push_back(std::move(term));
  }
  return terms;
}

base::Result<table::Hierarchy> read_hierarchy_file(const std::filesystem::path& file, const std::string& variable, const std::string& stem) {
  CANDOUR_TRY(rows, read_columns(file, {"code", "parent", "label"}, 2));
  std::vector<table::CategoryRow> categories;
  for (const auto& row : rows) categories.push_back({row[0], row[1], row[2]});
  std::vector<std::string> levels{"total"};
  for (std::size_t level = 1; level <= rows.size(); ++level) levels.push_back(stem.empty() ? std::to_string(level) : fmt::format("{}:{}", stem, level));
  auto built = table::Hierarchy::build(variable, std::move(levels), categories);
  if (built) return built;
  base::Error error = std::move(built).error();
  error.place.file = file.string();
  return base::fail(std::move(error));
}

base::Result<std::map<std::string, std::string>> read_mapping_file(const std::filesystem::path& file) {
  CANDOUR_TRY(rows, read_columns(file, {"from", "to"}, 2));
  std::map<std::string, std::string> mapping;
  for (std::size_t r = 0; r < rows.size(); ++r)
    if (!mapping.emplace(rows[r][0], rows[r][1]).second)
      return base::fail({base::Cause::wrong_input, "tabulate.mapped_twice", {file.string(), r + 2, 0}, "a text is mapped twice", "keep one of the two lines"});
  return mapping;
}

}  // namespace candour::tabulate
