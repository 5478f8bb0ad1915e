#include <candour/formats/workbook.hpp>

#include <candour/base/check.hpp>
#include <candour/base/decimal.hpp>

#include <algorithm>
#include <set>
#include <string_view>

namespace candour::formats {
namespace {

constexpr int widest_words = 46;
constexpr int narrowest = 9;
constexpr int widest_figures = 16;

int length_of(const SheetValue& value) {
  if (const auto* figure = std::get_if<SheetFigure>(&value))
    return static_cast<int>(base::Decimal::of_units(figure->units, figure->decimals).to_text().size()) + 3;
  return static_cast<int>(std::get<std::string>(value).size());
}

void check_table(const SheetTable& table, std::set<std::string>& names) {
  CANDOUR_CHECK(!table.name.empty() && table.name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos,
                "the name of a table has letters, digits and '_' only");
  CANDOUR_CHECK(names.insert(table.name).second, "tables of a workbook have different names");
  CANDOUR_CHECK(!table.header.empty() && !table.rows.empty(), "a table of a workbook has a header and a row");
  CANDOUR_CHECK(table.heading_columns <= table.header.size(), "a table has no more columns of words than columns");
  std::set<std::string> headers(table.header.begin(), table.header.end());
  CANDOUR_CHECK(headers.size() == table.header.size() && !headers.contains(""), "headers of a table are unique and not empty");
  for (const auto& row : table.rows) {
    CANDOUR_CHECK(row.size() == table.header.size(), "a row of a table has as many cells as its header");
    for (const SheetValue& value : row) {
      const auto* text = std::get_if<std::string>(&value);
      CANDOUR_CHECK(text == nullptr || !text->empty(), "no cell of a table is empty");
    }
  }
}

}  // namespace

void check_workbook(const Workbook& workbook) {
  CANDOUR_CHECK(!workbook.sheets.empty(), "a workbook has a sheet");
  std::set<std::string> sheets;
  std::set<std::string> tables;
  for (const Sheet& sheet : workbook.sheets) {
    CANDOUR_CHECK(!sheet.name.empty() && sheet.name.size() <= 31 && sheet.name.find_first_of("[]:*?/\\'") == std::string::npos,
                  "a sheet has a name that all programs take");
    CANDOUR_CHECK(sheets.insert(sheet.name).second, "sheets of a workbook have different names");
    CANDOUR_CHECK(!sheet.lines.empty(), "a sheet has a title");
    CANDOUR_CHECK(std::find(sheet.lines.begin(), sheet.lines.end(), "") == sheet.lines.end(), "no line of a sheet is blank");
    if (sheet.table) check_table(*sheet.table, tables);
  }
}

std::vector<int> column_widths(const Sheet& sheet) {
  if (!sheet.table) return {std::max(sheet.first_column_width, narrowest)};
  std::vector<int> widths;
  for (std::size_t column = 0; column < sheet.table->header.size(); ++column) {
    const bool is_words = column < sheet.table->heading_columns;
    int width = static_cast<int>(sheet.table->header[column].size()) + 2;
    if (!is_words) width = std::min(width, widest_figures);
    for (const auto& row : sheet.table->rows) width = std::max(width, length_of(row[column]) + 2);
    widths.push_back(std::clamp(width, narrowest, is_words ? widest_words : widest_figures + 8));
  }
  if (sheet.first_column_width > 0) widths.front() = sheet.first_column_width;
  return widths;
}

}  // namespace candour::formats
