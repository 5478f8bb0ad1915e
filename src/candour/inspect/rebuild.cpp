#include <candour/inspect/rebuild.hpp>

#include <candour/formats/xml_writer.hpp>
#include <candour/formats/zip_writer.hpp>

#include <map>
#include <set>

namespace candour::inspect {
namespace {

constexpr std::string_view spreadsheet_type = "application/vnd.oasis.opendocument.spreadsheet";

/// The visible cells by row, in columns without gaps.
struct Grid {
  std::vector<std::vector<const VisibleCell*>> rows;  ///< null where a cell is empty
};

Grid grid_of(const VisibleSheet& sheet) {
  std::set<std::uint32_t> columns;
  std::map<std::uint32_t, std::vector<const VisibleCell*>> by_row;
  for (const auto& cell : sheet.cells) {
    columns.insert(cell.column);
    by_row[cell.row].push_back(&cell);
  }
  std::map<std::uint32_t, std::size_t> place;
  for (const auto column : columns) place.emplace(column, place.size());
  Grid grid;
  for (const auto& [number, cells] : by_row) {
    std::vector<const VisibleCell*> row(columns.size(), nullptr);
    for (const VisibleCell* cell : cells) row[place[cell->column]] = cell;
    grid.rows.push_back(std::move(row));
  }
  return grid;
}

std::string csv_field(const VisibleCell& cell) {
  std::string text = cell.text;
  const bool is_formula = cell.content == CellContent::text && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos &&
                          text.find_first_not_of("0123456789.,eE+-% ") != std::string::npos;
  if (is_formula) text.insert(text.begin(), '\'');
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

void write_cell(const VisibleCell* cell, formats::XmlWriter& xml) {
  xml.open("table:table-cell");
  if (cell != nullptr) {
    const bool is_number = cell->content == CellContent::number;
    xml.attribute("office:value-type", is_number ? "float" : "string");
    if (is_number) xml.attribute("office:value", cell->text);
    xml.element("text:p", cell->text);
  }
  xml.close();
}

std::string content_of(std::span<const VisibleSheet> sheets) {
  formats::XmlWriter xml;
  xml.open("office:document-content")
      .attribute("xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0")
      .attribute("xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0")
      .attribute("xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0")
      .attribute("office:version", "1.3");
  xml.open("office:body").open("office:spreadsheet");
  for (const auto& sheet : sheets) {
    const Grid grid = grid_of(sheet);
    xml.open("table:table").attribute("table:name", sheet.name);
    const std::size_t width = grid.rows.empty() ? 1 : grid.rows.front().size();
    xml.open("table:table-column").attribute("table:number-columns-repeated", std::to_string(width)).close();
    for (const auto& row : grid.rows) {
      xml.open("table:table-row");
      for (const VisibleCell* cell : row) write_cell(cell, xml);
      xml.close();
    }
    if (grid.rows.empty()) xml.open("table:table-row").open("table:table-cell").close().close();
    xml.close();
  }
  xml.close().close().close();
  return xml.finish();
}

std::string manifest() {
  formats::XmlWriter xml;
  xml.open("manifest:manifest").attribute("xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0").attribute("manifest:version", "1.3");
  xml.open("manifest:file-entry")
      .attribute("manifest:full-path", "/")
      .attribute("manifest:version", "1.3")
      .attribute("manifest:media-type", spreadsheet_type)
      .close();
  xml.open("manifest:file-entry").attribute("manifest:full-path", "content.xml").attribute("manifest:media-type", "text/xml").close();
  xml.close();
  return xml.finish();
}

}  // namespace

std::string rebuilt_csv(const VisibleSheet& sheet) {
  std::string out;
  for (const auto& row : grid_of(sheet).rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ',';
      if (row[i] != nullptr) out += csv_field(*row[i]);
    }
    out += "\r\n";
  }
  return out;
}

base::Result<std::string> rebuilt_ods(std::span<const VisibleSheet> sheets) {
  const std::vector<formats::ZipEntryToWrite> entries = {
      {"mimetype", std::string(spreadsheet_type), formats::Compression::stored},
      {"content.xml", content_of(sheets)},
      {"META-INF/manifest.xml", manifest()},
  };
  return formats::write_zip(entries);
}

}  // namespace candour::inspect
