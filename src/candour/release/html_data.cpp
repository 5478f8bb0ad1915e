#include <candour/release/html_data.hpp>

#include <candour/base/check.hpp>
#include <candour/release/templates.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace candour::release {
namespace {

namespace mustache = kainjow::mustache;

HtmlData empty_list() { return HtmlData{HtmlData::type::list}; }

std::string class_of(const GridCell& cell) {
  switch (cell.reading) {
    case CellReading::figure: return "figure";
    case CellReading::withheld: return "figure withheld";
    case CellReading::not_available:
    case CellReading::not_applicable: return "figure none";
  }
  return "figure";
}

// The deepest rows are plain; those above them stand out.
std::string class_of_row(const GridHeading& heading, int deepest) {
  if (heading.is_total) return "total";
  return fmt::format("indent-{}{}", heading.indent, heading.indent < deepest ? " subtotal" : "");
}

HtmlData row_data(const GridRow& row, const std::vector<GridHeading>& columns, int deepest) {
  HtmlData data;
  data.set("row_label", row.heading.label);
  data.set("row_class", class_of_row(row.heading, deepest));
  HtmlData cells = empty_list();
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    HtmlData cell;
    cell.set("cell_text", row.cells[i].text);
    cell.set("cell_class", class_of(row.cells[i]) + (columns[i].is_total ? " total" : ""));
    cells << cell;
  }
  data.set("cells", cells);
  return data;
}

HtmlData grid_data(const Grid& grid, const std::string& id, const std::string& title) {
  HtmlData data;
  data.set("grid_id", id);
  data.set("grid_caption", grid.caption.empty() ? title : grid.caption);
  data.set("caption_repeats_heading", grid.caption.empty());
  data.set("row_variable", grid.row_variable);
  data.set("has_column_variable", !grid.column_variable.empty());
  data.set("column_variable", grid.column_variable);
  data.set("column_count", std::to_string(grid.columns.size()));
  HtmlData columns = empty_list();
  for (const GridHeading& heading : grid.columns) {
    HtmlData column;
    column.set("column_label", heading.label);
    column.set("column_is_total", heading.is_total);
    columns << column;
  }
  data.set("columns", columns);
  int deepest = 0;
  for (const GridRow& row : grid.rows) deepest = std::max(deepest, row.heading.indent);
  HtmlData rows = empty_list();
  for (const GridRow& row : grid.rows) rows << row_data(row, grid.columns, deepest);
  data.set("rows", rows);
  return data;
}

}  // namespace

HtmlData list_of_texts(const std::vector<std::string>& texts) {
  HtmlData list = empty_list();
  for (const std::string& text : texts) list << HtmlData{text};
  return list;
}

std::string anchor_of(std::string_view prefix, std::string_view name) {
  std::string anchor(prefix);
  anchor += '-';
  for (const char letter : name) anchor += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '-';
  return anchor;
}

HtmlData grids_data(const ReadableTable& table) {
  HtmlData grids = empty_list();
  for (std::size_t i = 0; i < table.grids.size(); ++i) {
    grids << grid_data(table.grids[i], fmt::format("table-{}-{}", table.number, i + 1), fmt::format("Table {}: {}", table.number, table.title));
  }
  return grids;
}

HtmlData notice_data(const NoticeText& notice) {
  HtmlData sections = empty_list();
  for (const NoticeSection& section : notice.sections) {
    HtmlData data;
    data.set("notice_heading", section.heading);
    data.set("notice_paragraphs", list_of_texts(section.paragraphs));
    sections << data;
  }
  return sections;
}

HtmlData letter_data(const std::string& title, const std::string& reference, const std::string& authority, ApprovalState approval) {
  HtmlData data;
  data.set("style", std::string(template_text("style.css")));
  data.set("grid_tables", mustache::partial{[] { return std::string(template_text("grids.html")); }});
  data.set("is_draft", approval == ApprovalState::draft);
  data.set("title", title);
  data.set("reference", reference);
  data.set("authority", authority);
  return data;
}

HtmlData page_data(const ReadableAnswer& answer) {
  const request::Case& the_case = answer.the_case();
  HtmlData data = letter_data(the_case.subject, the_case.reference, the_case.authority.name, answer.order->approval);
  data.set("received", base::to_words(the_case.received));
  data.set("answered", base::to_words(answer.order->answered_on));
  data.set("has_publisher_url", !the_case.authority.publisher_url.empty());
  data.set("publisher_url", the_case.authority.publisher_url);
  data.set("notice", notice_data(answer.notice));
  data.set("request_text", list_of_texts(paragraphs_of(the_case.request_text)));
  return data;
}

std::string filled(std::string_view template_name, HtmlData& data) {
  mustache::mustache page{std::string(template_text(template_name))};
  CANDOUR_CHECK(page.is_valid(), "a template of templates/ is well formed");
  std::string text = page.render(data);
  CANDOUR_CHECK(page.error_message().empty(), "a template of templates/ renders without an error");
  return text;
}

}  // namespace candour::release
