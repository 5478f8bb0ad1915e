// The OpenDocument form of a workbook.

#include <candour/formats/workbook.hpp>

#include <candour/base/decimal.hpp>
#include <candour/formats/xml_writer.hpp>
#include <candour/formats/zip_writer.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace candour::formats {
namespace {

constexpr std::string_view media_type = "application/vnd.oasis.opendocument.spreadsheet";
constexpr std::array<std::pair<const char*, const char*>, 10> name_spaces{{
    {"xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"},
    {"xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"},
    {"xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"},
    {"xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"},
    {"xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"},
    {"xmlns:number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"},
    {"xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"},
    {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
    {"xmlns:svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"},
    {"office:version", "1.3"},
}};

void open_document(XmlWriter& xml, std::string_view name) {
  xml.open(name);
  for (const auto& [attribute, value] : name_spaces) xml.attribute(attribute, value);
}

// A cell style with its properties of cell, paragraph and text; empty ones are left out.
struct CellStyle {
  std::string name;
  std::string data_style;
  std::vector<std::pair<std::string, std::string>> cell;
  std::vector<std::pair<std::string, std::string>> paragraph;
  std::vector<std::pair<std::string, std::string>> text;
};

void write_properties(XmlWriter& xml, std::string_view element, const std::vector<std::pair<std::string, std::string>>& properties) {
  if (properties.empty()) return;
  xml.open(element);
  for (const auto& [name, value] : properties) xml.attribute(name, value);
  xml.close();
}

void write_cell_style(XmlWriter& xml, const CellStyle& style) {
  xml.open("style:style").attribute("style:name", style.name).attribute("style:family", "table-cell").attribute("style:parent-style-name", "Default");
  if (!style.data_style.empty()) xml.attribute("style:data-style-name", style.data_style);
  write_properties(xml, "style:table-cell-properties", style.cell);
  write_properties(xml, "style:paragraph-properties", style.paragraph);
  write_properties(xml, "style:text-properties", style.text);
  xml.close();
}

std::set<int> decimals_of(const Workbook& workbook) {
  std::set<int> decimals;
  for (const Sheet& sheet : workbook.sheets) {
    if (!sheet.table) continue;
    for (const auto& row : sheet.table->rows) {
      for (const SheetValue& value : row) {
        if (const auto* figure = std::get_if<SheetFigure>(&value)) decimals.insert(figure->decimals);
      }
    }
  }
  return decimals;
}

void write_automatic_styles(XmlWriter& xml, const Workbook& workbook) {
  xml.open("office:automatic-styles");
  std::set<int> widths;
  for (const Sheet& sheet : workbook.sheets) {
    for (const int width : column_widths(sheet)) widths.insert(width);
  }
  for (const int width : widths) {
    xml.open("style:style").attribute("style:name", fmt::format("width{}", width)).attribute("style:family", "table-column");
    xml.open("style:table-column-properties").attribute("style:column-width", fmt::format("{}.{}cm", width * 2 / 10, width * 2 % 10)).close();
    xml.close();
  }
  for (const int decimals : decimals_of(workbook)) {
    xml.open("number:number-style").attribute("style:name", fmt::format("number{}", decimals));
    xml.open("number:number").attribute("number:decimal-places", std::to_string(decimals)).attribute("number:min-decimal-places", std::to_string(decimals));
    xml.attribute("number:min-integer-digits", "1").attribute("number:grouping", "true").close();
    xml.close();
    write_cell_style(xml,
                     {fmt::format("figure{}", decimals), fmt::format("number{}", decimals), {{"style:vertical-align", "top"}}, {{"fo:text-align", "end"}}, {}});
  }
  write_cell_style(xml, {"title", {}, {}, {}, {{"fo:font-size", "15pt"}, {"fo:font-weight", "bold"}}});
  write_cell_style(xml, {"line", {}, {}, {}, {}});
  write_cell_style(xml, {"wrapped", {}, {{"fo:wrap-option", "wrap"}, {"style:vertical-align", "top"}}, {}, {}});
  write_cell_style(xml, {"symbol", {}, {{"style:vertical-align", "top"}}, {{"fo:text-align", "end"}}, {}});
  const std::vector<std::pair<std::string, std::string>> header_cell{
      {"fo:wrap-option", "wrap"}, {"style:vertical-align", "bottom"}, {"fo:border-bottom", "1pt solid #16202a"}};
  write_cell_style(xml, {"header", {}, header_cell, {}, {{"fo:font-weight", "bold"}}});
  write_cell_style(xml, {"figure-header", {}, header_cell, {{"fo:text-align", "end"}}, {{"fo:font-weight", "bold"}}});
  xml.close();
}

void write_text_cell(XmlWriter& xml, std::string_view style, std::string_view text) {
  xml.open("table:table-cell").attribute("table:style-name", style).attribute("office:value-type", "string").element("text:p", text).close();
}

void write_value(XmlWriter& xml, const SheetValue& value, bool is_words) {
  if (const auto* text = std::get_if<std::string>(&value)) return write_text_cell(xml, is_words ? "wrapped" : "symbol", *text);
  const auto& figure = std::get<SheetFigure>(value);
  const std::string text = base::Decimal::of_units(figure.units, figure.decimals).to_text();
  xml.open("table:table-cell").attribute("table:style-name", fmt::format("figure{}", figure.decimals)).attribute("office:value-type", "float");
  xml.attribute("office:value", text).element("text:p", text).close();
}

void write_table_rows(XmlWriter& xml, const SheetTable& table) {
  xml.open("table:table-header-rows").open("table:table-row");
  for (std::size_t i = 0; i < table.header.size(); ++i) write_text_cell(xml, i < table.heading_columns ? "header" : "figure-header", table.header[i]);
  xml.close().close();
  for (const auto& row : table.rows) {
    xml.open("table:table-row");
    for (std::size_t i = 0; i < row.size(); ++i) write_value(xml, row[i], i < table.heading_columns);
    xml.close();
  }
}

void write_sheet(XmlWriter& xml, const Sheet& sheet) {
  xml.open("table:table").attribute("table:name", sheet.name);
  for (const int width : column_widths(sheet)) xml.open("table:table-column").attribute("table:style-name", fmt::format("width{}", width)).close();
  for (std::size_t i = 0; i < sheet.lines.size(); ++i) {
    xml.open("table:table-row");
    // Lines of a sheet that has a table run on over the columns beside them; elsewhere they are wrapped.
    write_text_cell(xml, i == 0 ? "title" : sheet.table ? "line" : "wrapped", sheet.lines[i]);
    xml.close();
  }
  if (sheet.table) write_table_rows(xml, *sheet.table);
  xml.close();
}

std::string column_letters(std::size_t column) {
  std::string letters;
  for (++column; column > 0; column = (column - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  return letters;
}

// Names each table's range, so that a reader's program can jump to it.
void write_ranges(XmlWriter& xml, const Workbook& workbook) {
  xml.open("table:database-ranges");
  for (const Sheet& sheet : workbook.sheets) {
    if (!sheet.table) continue;
    const std::size_t first = sheet.lines.size() + 1;
    const std::string range =
        fmt::format("'{0}'.A{1}:'{0}'.{2}{3}", sheet.name, first, column_letters(sheet.table->header.size() - 1), first + sheet.table->rows.size());
    xml.open("table:database-range").attribute("table:name", sheet.table->name).attribute("table:target-range-address", range).close();
  }
  xml.close();
}

std::string content_of(const Workbook& workbook) {
  XmlWriter xml;
  open_document(xml, "office:document-content");
  write_automatic_styles(xml, workbook);
  xml.open("office:body").open("office:spreadsheet");
  for (const Sheet& sheet : workbook.sheets) write_sheet(xml, sheet);
  if (std::any_of(workbook.sheets.begin(), workbook.sheets.end(), [](const Sheet& sheet) { return sheet.table.has_value(); })) write_ranges(xml, workbook);
  xml.close().close().close();
  return xml.finish();
}

std::string styles_of(const Workbook& workbook) {
  XmlWriter xml;
  open_document(xml, "office:document-styles");
  xml.open("office:styles");
  xml.open("style:default-style").attribute("style:family", "table-cell");
  xml.open("style:text-properties").attribute("fo:font-family", "Arial").attribute("fo:font-size", "11pt");
  xml.attribute("fo:language", workbook.language).attribute("fo:country", workbook.country).close();
  xml.close();
  xml.open("style:style").attribute("style:name", "Default").attribute("style:family", "table-cell").close();
  xml.close().close();
  return xml.finish();
}

std::string meta_of(const Workbook& workbook) {
  const std::string created = base::to_iso(workbook.created) + "T00:00:00";
  XmlWriter xml;
  open_document(xml, "office:document-meta");
  xml.open("office:meta").element("dc:title", workbook.title);
  xml.element("dc:language", workbook.language + "-" + workbook.country).element("meta:creation-date", created).element("dc:date", created);
  xml.close().close();
  return xml.finish();
}

std::string manifest() {
  XmlWriter xml;
  xml.open("manifest:manifest").attribute("xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0").attribute("manifest:version", "1.3");
  const auto entry = [&](std::string_view path, std::string_view type) {
    xml.open("manifest:file-entry").attribute("manifest:full-path", path).attribute("manifest:media-type", type).close();
  };
  entry("/", media_type);
  for (const char* part : {"content.xml", "styles.xml", "meta.xml"}) entry(part, "text/xml");
  xml.close();
  return xml.finish();
}

}  // namespace

base::Result<std::string> write_ods(const Workbook& workbook) {
  check_workbook(workbook);
  const std::array<ZipEntryToWrite, 5> entries{{{"mimetype", std::string(media_type), Compression::stored},
                                                {"content.xml", content_of(workbook)},
                                                {"styles.xml", styles_of(workbook)},
                                                {"meta.xml", meta_of(workbook)},
                                                {"META-INF/manifest.xml", manifest()}}};
  return write_zip(entries);
}

}  // namespace candour::formats
