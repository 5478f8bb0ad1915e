#include <candour/casework/register/import_release.hpp>

#include <candour/base/text.hpp>
#include <candour/holdings/open_holding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace candour::casework {
namespace {

using base::Setting;
using table::Release;
using table::ReleasedCategory;
using table::ReleasedCell;
using table::ReleasedRatio;
using table::ReleasedTable;
using table::ReleasedVariable;

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

std::vector<std::string> codes_of(const std::string& text) {
  std::vector<std::string> codes;
  for (const std::string& code : base::split(text, ','))
    if (const std::string_view trimmed = base::trimmed(code); !trimmed.empty()) codes.emplace_back(trimmed);
  return codes;
}

// Rows of a file as they are written.
struct Grid {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::uint64_t> lines;
};

class TableReader {
 public:
  TableReader(const Setting& setting, const std::filesystem::path& description) : setting_(setting), description_(description) {}

  base::Result<ReleasedTable> run() {
    CANDOUR_TRY_DONE(read_grid());
    ReleasedTable table{setting_.text_of("id"), setting_.text_of("title"), setting_.text_of("counted"), setting_.text_of("counted_among"), {}, {}, {}, 0};
    const bool is_wide = setting_.find("across") != nullptr;
    if (is_wide == (setting_.find("figures") != nullptr))
      return base::fail(wrong(setting_.line, "figures", "a table has either 'figures', the column of its figures, or [table.across]"));
    for (const Setting* column : setting_.tables_of("column")) CANDOUR_TRY_DONE(add_column(*column, table));
    if (is_wide) CANDOUR_TRY_DONE(add_across(*setting_.find("across"), table));
    for (const Setting* limit : setting_.tables_of("limit")) {
      const std::string codes = limit->text_of("codes");
      table.limited_to.push_back({limit->text_of("variable"), {{limit->text_of("words", codes), "", codes_of(codes)}}});
    }
    for (ReleasedVariable& variable : table.by) CANDOUR_TRY_DONE(sum_up_total(variable));
    CANDOUR_TRY_DONE(fill(table));
    if (const auto variance = setting_.number_of("noise_variance")) {
      constexpr int thousandths = 3;
      const auto units = variance->scale() <= thousandths ? variance->rescaled(thousandths) : *variance;
      if (!units || units->scale() != thousandths || units->units() < 1)
        return base::fail(wrong(setting_.line_of("noise_variance"), "noise", "the variance of the noise is above 0 and has at most three decimals"));
      table.noise_thousandths = units->units();
      table.noise_key = setting_.text_of("noise_key");
      CANDOUR_TRY_DONE(widen(table.cells));
    } else if (setting_.find("noise_at_most") != nullptr) {
      return base::fail(wrong(setting_.line_of("noise_at_most"), "noise", "noise_at_most is given, expected noise_variance beside it"));
    }
    return table;
  }

 private:
  [[nodiscard]] base::Error wrong(std::uint64_t line, std::string code, std::string sentence, std::string hint = {}) const {
    return {base::Cause::wrong_input, "import." + code, {description_.string(), line}, std::move(sentence), std::move(hint)};
  }

  // A figure with noise says how far its count can lie from it, or nothing where the noise has no bound. Of a hidden cell it still says what the symbol means.
  base::Result<base::Done> widen(std::vector<ReleasedCell>& cells) const {
    const auto most = setting_.whole_number_of("noise_at_most");
    if (most && *most < 1) return base::fail(wrong(setting_.line_of("noise_at_most"), "noise", "noise_at_most is at least 1"));
    for (ReleasedCell& cell : cells) {
      if (!most) cell = ReleasedCell{};
      else if (cell.says_something() && !cell.is_hidden) cell = {std::max<std::int64_t>(0, cell.lowest - *most), cell.highest + *most, false};
    }
    return base::Done{};
  }

  base::Result<base::Done> read_grid() {
    const std::string file = setting_.text_of("file");
    holdings::CsvSettings csv{"", ',', holdings::CsvSettings::Encoding::utf_8, {}};
    if (setting_.text_of("encoding") == "windows-1252") csv.encoding = holdings::CsvSettings::Encoding::windows_1252;
    if (const std::string delimiter = setting_.text_of("delimiter"); delimiter.size() == 1) csv.delimiter = delimiter.front();
    CANDOUR_TRY(location, holdings::locate_holding((description_.parent_path() / file).string()));
    if (location.form != holdings::HoldingForm::csv && location.form != holdings::HoldingForm::workbook)
      return base::fail(wrong(setting_.line_of("file"), "file", "the table is no CSV, ODS or XLSX file"));
    CANDOUR_TRY(records, holdings::open_records(location, csv));
    CANDOUR_TRY(names, records->column_names());
    grid_.header = names;
    std::vector<holdings::ColumnRequest> requests;
    for (const std::string& name : names) requests.push_back({name, holdings::ColumnKind::text, base::DateForm::iso, "Europe/London"});
    CANDOUR_TRY(quality, records->read(
                             requests, [&](const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts) -> base::Result<base::Done> {
                               for (std::uint64_t row = 0; row < batch.row_count; ++row) {
                                 grid_.rows.emplace_back();
                                 grid_.lines.push_back(batch.line_of(row));
                                 for (std::size_t c = 0; c < names.size(); ++c) {
                                   const std::uint32_t code = batch.columns[c].codes[row];
                                   grid_.rows.back().push_back(code == holdings::ColumnBatch::missing ? "" : std::string(base::trimmed(texts[c][code])));
                                 }
                               }
                               return base::Done{};
                             }));
    (void)quality;
    return base::Done{};
  }

  base::Result<std::size_t> place_of(const std::string& header, std::uint64_t line) const {
    const auto at = std::find(grid_.header.begin(), grid_.header.end(), header);
    if (at != grid_.header.end()) return static_cast<std::size_t>(at - grid_.header.begin());
    const auto near = base::nearest_word(header, grid_.header);
    return base::fail(wrong(line, "no_column", fmt::format("the table '{}' has no column '{}'", setting_.text_of("id"), header),
                            near ? fmt::format("is '{}' meant?", *near) : fmt::format("its columns: {}", base::joined(grid_.header, ", "))));
  }

  base::Result<base::Done> add_column(const Setting& column, ReleasedTable& table) {
    CANDOUR_TRY(place, place_of(column.text_of("header"), column.line_of("header")));
    ReleasedVariable variable{column.text_of("variable"), {}};
    const Setting* codes = column.find("codes");
    const std::string total = column.text_of("total"), everything = column.text_of("everything");
    for (const auto& row : grid_.rows) {
      const std::string& text = row[place];
      if (std::any_of(variable.categories.begin(), variable.categories.end(), [&](const ReleasedCategory& c) { return c.words == text; })) continue;
      const Setting* code = codes == nullptr ? nullptr : codes->find(text);
      ReleasedCategory category{text, "", {}};
      if (code != nullptr) category.codes = codes_of(code->text);
      else if (!everything.empty() && text == everything) everything_.emplace(variable.name, text);
      else if (text != total || total.empty()) category.codes = {text};
      if (category.codes.size() == 1) category.code = category.codes.front();
      variable.categories.push_back(std::move(category));
    }
    if (codes != nullptr)
      for (const auto& [text, code] : codes->entries)
        if (std::none_of(variable.categories.begin(), variable.categories.end(), [&, &text = text](const ReleasedCategory& c) { return c.words == text; }))
          return base::fail(wrong(code.line, "no_category", fmt::format("no row of column '{}' says '{}'", column.text_of("header"), text)));
    columns_.push_back(place);
    table.by.push_back(std::move(variable));
    return base::Done{};
  }

  base::Result<base::Done> add_across(const Setting& across, ReleasedTable& table) {
    ReleasedVariable variable{across.text_of("variable"), {}};
    const auto add = [&](const std::string& header, std::uint64_t line, std::vector<std::string> codes) -> base::Result<base::Done> {
      CANDOUR_TRY(place, place_of(header, line));
      across_.push_back(place);
      variable.categories.push_back({header, codes.size() == 1 ? codes.front() : "", std::move(codes)});
      return base::Done{};
    };
    for (const auto& [header, code] : across.find("columns")->entries) CANDOUR_TRY_DONE(add(header, code.line, codes_of(code.text)));
    if (const std::string total = across.text_of("total"); !total.empty()) CANDOUR_TRY_DONE(add(total, across.line_of("total"), {}));
    if (const std::string everything = across.text_of("everything"); !everything.empty()) {
      CANDOUR_TRY_DONE(add(everything, across.line_of("everything"), {}));
      everything_.emplace(variable.name, everything);
    }
    table.by.push_back(std::move(variable));
    return base::Done{};
  }

  // A total holds what all others hold together; "everything" also what has no row.
  base::Result<base::Done> sum_up_total(ReleasedVariable& variable) const {
    std::vector<std::string> all;
    std::size_t others = 0;
    for (const ReleasedCategory& category : variable.categories) {
      all.insert(all.end(), category.codes.begin(), category.codes.end());
      if (!category.codes.empty()) ++others;
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (ReleasedCategory& category : variable.categories) {
      if (!category.codes.empty() || everything_.contains({variable.name, category.words})) continue;
      if (others == 1)
        return base::fail(
            wrong(setting_.line, "total_of_one",
                  fmt::format("the total '{}' of '{}' would be the sum of one other category only, expected two or more", category.words, variable.name),
                  fmt::format("everything = \"{}\" says that it counts those too who have no row", category.words)));
      category.codes = all;
    }
    return base::Done{};
  }

  base::Result<base::Done> fill(ReleasedTable& table) {
    std::size_t cells = 1;
    for (const ReleasedVariable& variable : table.by) cells *= variable.categories.size();
    table.cells.assign(cells, ReleasedCell{});
    std::vector<bool> is_filled(cells);
    const std::string figures = setting_.text_of("figures");
    std::size_t figure_column = 0;
    if (across_.empty()) {
      CANDOUR_TRY(place, place_of(figures, setting_.line_of("figures")));
      figure_column = place;
    }
    for (std::size_t r = 0; r < grid_.rows.size(); ++r) {
      std::size_t row_cell = 0;
      for (std::size_t v = 0; v < columns_.size(); ++v) row_cell = row_cell * table.by[v].categories.size() + place_in(table.by[v], grid_.rows[r][columns_[v]]);
      for (std::size_t a = 0; a < std::max<std::size_t>(1, across_.size()); ++a) {
        const std::size_t cell = across_.empty() ? row_cell : row_cell * across_.size() + a;
        if (is_filled[cell])
          return base::fail(base::Error{base::Cause::wrong_input,
                                        "import.twice",
                                        {setting_.text_of("file"), grid_.lines[r]},
                                        "the categories of this row stood in a row before",
                                        "describe the columns that tell the two apart"});
        is_filled[cell] = true;
        CANDOUR_TRY(value, cell_of(grid_.rows[r][across_.empty() ? figure_column : across_[a]], grid_.lines[r]));
        table.cells[cell] = value;
      }
    }
    return base::Done{};
  }

  static std::size_t place_in(const ReleasedVariable& variable, const std::string& words) {
    return static_cast<std::size_t>(
        std::find_if(variable.categories.begin(), variable.categories.end(), [&](const ReleasedCategory& c) { return c.words == words; }) -
        variable.categories.begin());
  }

  base::Result<ReleasedCell> cell_of(std::string text, std::uint64_t line) const {
    const auto is_one_of = [&](std::string_view key) {
      const std::vector<std::string> symbols = setting_.texts_of(key);
      return std::find(symbols.begin(), symbols.end(), text) != symbols.end();
    };
    if (is_one_of("hidden"))
      return ReleasedCell{setting_.whole_number_of("hidden_at_least").value_or(1), setting_.whole_number_of("hidden_at_most").value_or(unlimited), true};
    if (text.empty() || is_one_of("no_figure")) return ReleasedCell{};
    std::erase(text, ',');
    std::int64_t figure = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), figure);
    // A sheet may hold 12 as 12.0.
    const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (status != std::errc{} || (!rest.empty() && rest != ".0") || figure < 0)
      return base::fail(base::Error{base::Cause::wrong_input,
                                    "import.no_figure",
                                    {setting_.text_of("file"), line},
                                    fmt::format("table '{}': a field is neither a whole number nor one of the symbols", setting_.text_of("id")),
                                    "list the symbol under hidden or no_figure"});
    const std::int64_t base = setting_.whole_number_of("rounded_to").value_or(1);
    const std::int64_t reach = setting_.text_of("rounding") == "random" ? base - 1 : base / 2;
    return ReleasedCell{std::max<std::int64_t>(0, figure - reach), figure + reach, false};
  }

  const Setting& setting_;
  const std::filesystem::path& description_;
  Grid grid_;
  std::vector<std::size_t> columns_;  ///< of the variables that stand in rows
  std::vector<std::size_t> across_;
  std::set<std::pair<std::string, std::string>> everything_;  ///< variable and words of those who count all there are
};

// The cell whose categories have these words.
base::Result<table::ReleasedPlace> place_in(const Release& release, const Setting& ratio, const std::string& key, const std::string& file) {
  const auto wrong = [&](const std::string& at, std::string sentence) {
    return base::fail(base::Error{base::Cause::wrong_input, "import.no_cell", {file, ratio.line_of(at)}, std::move(sentence), "use the words of the table"});
  };
  const std::string id = ratio.text_of(key + "_table");
  const auto table = std::find_if(release.tables.begin(), release.tables.end(), [&](const ReleasedTable& t) { return t.id == id; });
  if (table == release.tables.end()) return wrong(key + "_table", fmt::format("there is no table '{}'", id));
  const std::vector<std::string> words = ratio.texts_of(key);
  if (words.size() != table->by.size())
    return wrong(key, fmt::format("'{}' has {} texts, expected {}: one a variable of table '{}'", key, words.size(), table->by.size(), id));
  table::CellIndex cell = 0;
  for (std::size_t v = 0; v < words.size(); ++v) {
    const auto& categories = table->by[v].categories;
    const auto at = std::find_if(categories.begin(), categories.end(), [&](const ReleasedCategory& c) { return c.words == words[v]; });
    if (at == categories.end()) return wrong(key, fmt::format("table '{}' has no category '{}' of '{}'", id, words[v], table->by[v].name));
    cell = cell * categories.size() + static_cast<table::CellIndex>(at - categories.begin());
  }
  return table::ReleasedPlace{static_cast<std::uint32_t>(table - release.tables.begin()), cell};
}

base::Result<Release> read(const Setting& top, const std::filesystem::path& description) {
  const Setting& about = *top.find("release");
  Release release{about.text_of("id"),
                  about.text_of("title"),
                  about.text_of("population"),
                  *about.date_of("published_on"),
                  *about.date_of("extracted_on"),
                  about.text_of("corrects"),
                  "import",
                  "",
                  "",
                  {},
                  {}};
  for (const Setting* table : top.tables_of("table")) {
    CANDOUR_TRY(read, TableReader(*table, description).run());
    release.tables.push_back(std::move(read));
  }
  for (const Setting* ratio : top.tables_of("ratio")) {
    CANDOUR_TRY(part, place_in(release, *ratio, "part", description.string()));
    CANDOUR_TRY(whole, place_in(release, *ratio, "whole", description.string()));
    const base::Decimal figure = *ratio->number_of("figure");
    const auto kind = ratio->text_of("kind") == "average" ? ReleasedRatio::Kind::average : ReleasedRatio::Kind::per_cent;
    if (figure.scale() > 6)
      return base::fail(base::Error{
          base::Cause::wrong_input, "import.decimals", {description.string(), ratio->line_of("figure")}, "the figure has more than six decimals", {}});
    release.ratios.push_back({kind, part, whole, figure.scale(), figure.units()});
  }
  return release;
}

}  // namespace

base::ResultOrErrors<Release> import_release(const std::filesystem::path& description) {
  const auto top = base::read_settings(description.string());
  if (!top) return tl::make_unexpected(base::Errors{top.error()});
  base::Errors errors = base::check_settings(*top, import_keys(), description.string(), "import");
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  auto release = read(*top, description);
  if (!release) return tl::make_unexpected(base::Errors{std::move(release).error()});
  return *std::move(release);
}

}  // namespace candour::casework
