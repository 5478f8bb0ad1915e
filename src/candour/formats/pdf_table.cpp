// Tables of the PDF writer.

#include <candour/formats/pdf_page_writer.hpp>

#include <algorithm>
#include <numeric>

namespace candour::formats {
namespace {

constexpr double margin = 62;
constexpr double text_width = 595.28 - 2 * margin;
constexpr double padding = 4;
constexpr double indent_step = 9;
constexpr double size = 9;

}  // namespace

struct PdfPageWriter::Columns {
  std::vector<double> left;
  std::vector<double> width;  ///< without padding
  [[nodiscard]] double end() const { return left.back() + width.back() + padding; }
};

// Each column as wide as its widest text, as long as all fit; else the first column and the widest give way.
PdfPageWriter::Columns PdfPageWriter::columns_of(const PdfTable& table) const {
  std::vector<double> wanted(table.header.size(), 0);
  const bool words = table.cells == PdfTable::Cells::words;
  // Headings of many columns wrap early.
  const double heading_limit = table.header.size() > 4 ? 62 : 130;
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    const double heading = natural_width_of(table.header[i], {size, true});
    wanted[i] = i == 0 || words ? heading : std::min(heading, heading_limit);
  }
  for (const PdfTableRow& row : table.rows) {
    wanted[0] = std::max(wanted[0], natural_width_of(row.heading, {size, row.is_bold}) + row.indent * indent_step);
    for (std::size_t i = 0; i < row.cells.size(); ++i) wanted[i + 1] = std::max(wanted[i + 1], natural_width_of(row.cells[i], {size, row.is_bold}));
  }
  const double room = text_width - 2 * padding * static_cast<double>(wanted.size());
  double total = std::accumulate(wanted.begin(), wanted.end(), 0.0);
  while (total > room) {
    auto widest = std::max_element(wanted.begin(), wanted.end());
    const double cut = std::min(total - room, std::max(*widest * 0.1, 1.0));
    *widest -= cut;
    total -= cut;
  }
  Columns columns;
  double x = margin;
  for (const double width : wanted) {
    columns.left.push_back(x + padding);
    columns.width.push_back(width);
    x += width + 2 * padding;
  }
  return columns;
}

void PdfPageWriter::draw_table_header(const PdfTable& table, const Columns& columns) {
  double height = 0;
  for (std::size_t i = 0; i < table.header.size(); ++i) height = std::max(height, height_of(table.header[i], {size, true}, columns.width[i]));
  begin("TR");
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    const bool is_right = i > 0 && table.cells == PdfTable::Cells::figures;
    begin("TH");
    draw_at(table.header[i], {size, true, is_right}, columns.left[i], y_ + height - height_of(table.header[i], {size, true}, columns.width[i]),
            columns.width[i]);
    end("TH");
  }
  end("TR");
  y_ += height + 3;
  rule(y_, columns.end(), 0.9, 0.1);
  y_ += 2;
}

void PdfPageWriter::draw_table_row(const PdfTable& table, const PdfTableRow& row, const Columns& columns) {
  const TextStyle style{size, row.is_bold};
  const double indent = row.indent * indent_step;
  double height = height_of(row.heading, style, columns.width[0] - indent);
  for (std::size_t i = 0; i < row.cells.size(); ++i) height = std::max(height, height_of(row.cells[i], style, columns.width[i + 1]));
  if (height + 4 > room()) {
    make_room(height + 4);
    draw_table_header(table, columns);
  }
  begin("TR");
  begin("TH");
  draw_at(row.heading, style, columns.left[0] + indent, y_, columns.width[0] - indent);
  end("TH");
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    begin("TD");
    draw_at(row.cells[i], {size, row.is_bold, table.cells == PdfTable::Cells::figures}, columns.left[i + 1], y_, columns.width[i + 1]);
    end("TD");
  }
  end("TR");
  y_ += height + 2;
  rule(y_, columns.end(), 0.35, 0.8);
  y_ += 2;
}

void PdfPageWriter::draw_table(const PdfTable& table) {
  const Columns columns = columns_of(table);
  make_room(70);
  begin("Table");
  if (!table.caption.empty()) {
    flow(table.caption, {9.5, true}, margin, text_width, "Caption");
    space(4);
  }
  draw_table_header(table, columns);
  for (const PdfTableRow& row : table.rows) draw_table_row(table, row, columns);
  end("Table");
  space(12);
}

}  // namespace candour::formats
