#include <candour/release/spreadsheets.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace candour::release {
namespace {

using formats::Sheet;
using formats::SheetTable;
using formats::SheetValue;

constexpr int width_of_words = 90;

std::string sheet_name_of(const ReadableTable& table) { return fmt::format("Table {}", table.number); }

const table::Variable& shown_variable(const ReadableTable& table, std::size_t place) {
  return table.space->variables[table.published->design.by[place].variable];
}

std::string category_label(const ReadableTable& table, std::size_t place, std::size_t category) {
  return shown_variable(table, place).hierarchy.label(table.layout->categories(place)[category]);
}

SheetValue value_of(const ReadableTable& table, table::CellIndex cell) {
  const table::PublishedCell& published = table.published->cells[cell];
  if (const auto* figure = std::get_if<table::Value>(&published)) return formats::SheetFigure{figure->units, table.published->scale};
  if (const auto* figure = std::get_if<table::Rounded>(&published)) return formats::SheetFigure{figure->units, table.published->scale};
  if (const auto* figure = std::get_if<table::Perturbed>(&published)) return formats::SheetFigure{figure->units, table.published->scale};
  return text_of(published, table.published->scale);
}

// Headers are unique: one that is taken gets its variable's name before it, then a number.
std::string unique_header(const std::string& label, const std::string& variable, std::set<std::string>& taken) {
  std::string header = label.empty() ? variable : label;
  if (taken.contains(header)) header = fmt::format("{}: {}", variable, header);
  for (int i = 2; !taken.insert(header).second; ++i) header = fmt::format("{}: {} ({})", variable, label, i);
  return header;
}

// Which shown variables head the rows, in order, and which one heads the columns.
struct SheetAxes {
  std::vector<std::size_t> rows;
  std::optional<std::size_t> columns;
};

SheetAxes sheet_axes_of(const table::TableLayout& layout) {
  if (layout.variable_count() == 0) return {};
  if (layout.variable_count() == 1) return {{0}, std::nullopt};
  const Axes axes = axes_of(layout);
  SheetAxes sheet{axes.fixed, axes.columns};
  sheet.rows.push_back(axes.rows);
  return sheet;
}

SheetTable sheet_table_of(const ReadableTable& table) {
  const table::TableLayout& layout = *table.layout;
  const SheetAxes axes = sheet_axes_of(layout);
  SheetTable sheet;
  sheet.name = fmt::format("table_{}", table.number);
  sheet.heading_columns = std::max<std::size_t>(axes.rows.size(), 1);
  std::set<std::string> taken;
  if (axes.rows.empty()) sheet.header.push_back(unique_header("What is counted", {}, taken));
  for (const std::size_t place : axes.rows) sheet.header.push_back(unique_header(heading_of_variable(layout, place), shown_variable(table, place).name, taken));
  const std::size_t column_count = axes.columns ? layout.categories(*axes.columns).size() : 1;
  for (std::size_t i = 0; i < column_count; ++i) {
    sheet.header.push_back(axes.columns ? unique_header(category_label(table, *axes.columns, i), shown_variable(table, *axes.columns).label, taken)
                                        : unique_header(table.figure_heading, "Figure", taken));
  }
  std::vector<std::size_t> at(layout.variable_count(), 0);
  const auto cell_at = [&] {
    table::CellIndex cell = 0;
    for (std::size_t i = 0; i < at.size(); ++i) cell = cell * layout.categories(i).size() + at[i];
    return cell;
  };
  while (true) {
    std::vector<SheetValue> row;
    if (axes.rows.empty()) row.emplace_back("Total");
    for (const std::size_t place : axes.rows) row.emplace_back(category_label(table, place, at[place]));
    for (std::size_t i = 0; i < column_count; ++i) {
      if (axes.columns) at[*axes.columns] = i;
      row.push_back(value_of(table, cell_at()));
    }
    sheet.rows.push_back(std::move(row));
    // The last row variable runs fastest.
    std::size_t i = axes.rows.size();
    while (i > 0 && ++at[axes.rows[i - 1]] == layout.categories(axes.rows[i - 1]).size()) at[axes.rows[--i]] = 0;
    if (i == 0) return sheet;
  }
}

Sheet cover_of(const ReadableAnswer& answer) {
  const request::Case& the_case = answer.the_case();
  Sheet cover{"Cover", {the_case.subject}, std::nullopt, width_of_words};
  cover.lines.push_back(fmt::format("Answer of {} to freedom of information request {}", the_case.authority.name, the_case.reference));
  cover.lines.push_back(fmt::format("Request received: {}", base::to_words(the_case.received)));
  cover.lines.push_back(fmt::format("Answered: {}", base::to_words(answer.order->answered_on)));
  if (answer.order->approval == ApprovalState::draft)
    cover.lines.emplace_back("DRAFT. Not approved and not published: two people have to approve these tables first.");
  for (const std::string& mark : answer.marks) cover.lines.push_back(mark);
  cover.lines.push_back(fmt::format("Licence: {}", the_case.authority.licence));
  if (!the_case.authority.publisher_url.empty()) cover.lines.push_back(fmt::format("Published at: {}", the_case.authority.publisher_url));
  return cover;
}

Sheet contents_of(const ReadableAnswer& answer) {
  Sheet contents{"Contents", {"Contents", "This sheet holds one table."}, SheetTable{"contents", {"Sheet", "What it holds"}, 2, {}}, 0};
  contents.table->rows.push_back({"Cover", "What this workbook is"});
  contents.table->rows.push_back({"Notes", "What the symbols mean, and notes to the questions"});
  for (const ReadableTable* table : answer.tables()) contents.table->rows.push_back({sheet_name_of(*table), table->title});
  return contents;
}

Sheet notes_of(const ReadableAnswer& answer) {
  Sheet notes{"Notes", {"Notes", "This sheet holds one table."}, SheetTable{"notes", {"Symbol or question", "Meaning or note"}, 2, {}}, 24};
  for (const SymbolMeaning& one : answer.legend) notes.table->rows.push_back({one.symbol, one.meaning});
  for (const ReadableQuestion& question : answer.questions) {
    const std::string name = fmt::format("Question {}", question.question->number);
    for (const std::string& kept : question.kept) notes.table->rows.push_back({name, kept});
    for (const std::string& reason : question.reasons) notes.table->rows.push_back({name, reason});
    for (const std::string& note : question.notes) notes.table->rows.push_back({name, note});
  }
  return notes;
}

Sheet sheet_of(const ReadableAnswer& answer, const ReadableTable& table) {
  Sheet sheet{sheet_name_of(table), {fmt::format("Table {}: {}", table.number, table.title)}, sheet_table_of(table), 0};
  sheet.lines.push_back(fmt::format("This sheet holds one table. It answers question {}. Symbols and notes are explained on the sheet Notes.", table.question));
  sheet.lines.push_back(table.unit);
  for (const std::string& mark : answer.order->seal->marks()) sheet.lines.push_back(capitalised(mark) + ".");
  sheet.lines.push_back(fmt::format("Source: {}, {}.", answer.the_case().authority.name, answer.the_case().reference));
  return sheet;
}

}  // namespace

formats::Workbook workbook_of(const ReadableAnswer& answer) {
  const request::Case& the_case = answer.the_case();
  formats::Workbook workbook{fmt::format("{} ({})", the_case.subject, the_case.reference), "en", "GB", answer.order->answered_on, {}};
  workbook.sheets.push_back(cover_of(answer));
  workbook.sheets.push_back(contents_of(answer));
  workbook.sheets.push_back(notes_of(answer));
  for (const ReadableTable* table : answer.tables()) workbook.sheets.push_back(sheet_of(answer, *table));
  return workbook;
}

}  // namespace candour::release
