// Every numeral of the written files comes from a sealed figure or a declared fact; and every figure stands in its own place.

#include "texts_of_files.hpp"

#include <support/hand_made_answer.hpp>

#include <candour/release/declared_facts.hpp>
#include <candour/release/readable_answer.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace candour::release {
namespace {

ReleasedFiles released(const support::HandMadeAnswer& answer) {
  auto files = release(answer.order());
  EXPECT_TRUE(files.has_value());
  return files ? *std::move(files) : ReleasedFiles{};
}

// Facts of the files themselves, and of whom the letter goes to: declared here because only this walk meets them.
// How many figures the tables of a question have, and how many of them are withheld: anybody can count them.
void declare_counts_of_marks(NumeralTrace& trace, const ReadableQuestion& question) {
  int figures = 0, withheld = 0;
  for (const ReadableTable& table : question.tables) {
    for (const table::PublishedCell& cell : table.published->cells) {
      figures += table::exact_value(cell).has_value() ? 1 : 0;
      withheld += table::is_suppressed(cell) ? 1 : 0;
    }
  }
  if (withheld > 0) trace.declare_phrase("Of the " + std::to_string(figures + withheld) + " figures of these tables " + std::to_string(withheld));
}

NumeralTrace facts_of_files(const support::HandMadeAnswer& answer, const ReleasedFiles& files) {
  const ReleaseOrder order = answer.order();
  auto readable = readable_answer(order);
  EXPECT_TRUE(readable.has_value());
  NumeralTrace trace = declared_facts(*readable);
  for (const ReadableQuestion& question : readable->questions) declare_counts_of_marks(trace, question);
  trace.declare_phrase("17 Heron Lane");
  trace.declare_phrase("1 Station Road");
  for (const char* address_of_a_standard : {"http://www.w3.org/ns/csvw"}) trace.declare_phrase(address_of_a_standard);
  trace.declare_phrase("shown as 0");
  trace.declare_phrase("sha256");
  trace.declare_phrase("2024-03-28T00:00:00");
  for (const auto* list : {&files.reply, &files.log}) {
    for (const base::FileToWrite& file : *list) {
      trace.declare_phrase(file.path.generic_string());
      trace.declare_phrase(file.path.filename().string());
      trace.declare_phrase(base::digest_of(file.bytes).to_hex());
    }
  }
  return trace;
}

// "table_1", "Table 1" and the like name a table by its place; "bytes" is the size of a file.
bool names_a_place(const support::PlacedText& text) {
  // JSON-stat: its own version, how many categories a code list has, the number of a question.
  if (text.place == "size" || text.place == "version" || text.place == "question") return true;
  return text.place == "bytes" || (text.place == "number" && text.text.size() <= 2) || text.text.starts_with("table_");
}

std::vector<std::string> untraced_in(const std::vector<base::FileToWrite>& files, const NumeralTrace& trace) {
  std::vector<std::string> found;
  for (const base::FileToWrite& file : files) {
    if (file.path.extension() == ".pdf") continue;  // the same blocks as the letter's HTML; read back by its own test
    for (const support::PlacedText& text : support::texts_of(file)) {
      if (names_a_place(text)) continue;
      for (const UntracedNumeral& one : trace.untraced_in(text.text))
        found.push_back(file.path.string() + ", " + text.place + ": " + one.numeral + " in '" + one.around + "'");
    }
  }
  return found;
}

TEST(ReleaseSpecNumerals, EveryNumeralOfEveryFileIsTraced) {
  const support::HandMadeAnswer answer;
  const ReleasedFiles files = released(answer);
  const NumeralTrace trace = facts_of_files(answer, files);
  EXPECT_EQ(untraced_in(files.log, trace), std::vector<std::string>{});
  EXPECT_EQ(untraced_in(files.reply, trace), std::vector<std::string>{});
}

// The alarm rings: a numeral planted in any file is found.
TEST(ReleaseSpecNumerals, PlantedNumeralIsFoundInEveryFile) {
  const support::HandMadeAnswer answer;
  ReleasedFiles files = released(answer);
  const NumeralTrace trace = facts_of_files(answer, files);
  std::size_t planted = 0;
  for (base::FileToWrite& file : files.log) {
    const std::string extension = file.path.extension().string();
    std::string changed = file.bytes;
    if (extension == ".html") changed.replace(changed.find("Totals cover"), 6, "98765,");
    else if (extension == ".csv") changed += "98765,,,\r\n";
    else if (extension == ".json") changed.replace(changed.rfind('}'), 1, ", \"more\": 98765}");
    else continue;
    EXPECT_EQ(untraced_in({{file.path, changed}}, trace).size(), 1U) << file.path;
    ++planted;
  }
  EXPECT_GE(planted, 4U);
}

// Membership alone would let two figures change places: each value of the CSV is the sealed figure of its own cell.
TEST(ReleaseSpecNumerals, EachValueOfACsvIsTheSealedFigureOfItsCell) {
  const support::HandMadeAnswer answer;
  const ReleasedFiles files = released(answer);
  const auto readable = readable_answer(answer.order());
  ASSERT_TRUE(readable.has_value());
  for (const ReadableTable* table : readable->tables()) {
    const auto file =
        std::find_if(files.log.begin(), files.log.end(), [&](const base::FileToWrite& one) { return one.path == "csv/draft-" + table->file_stem + ".csv"; });
    ASSERT_NE(file, files.log.end());
    std::vector<std::string> fields;
    for (const support::PlacedText& text : support::texts_of(*file)) fields.push_back(text.text);
    // A row ends with CR LF, which the reader gives as one empty field more.
    const std::size_t width = 3 * table->layout->variable_count() + 3;
    ASSERT_EQ(fields.size(), width * (table->published->cells.size() + 1));
    for (std::size_t cell = 0; cell < table->published->cells.size(); ++cell) {
      const std::string& value = fields[width * (cell + 1) + width - 3];
      const auto exact = table::exact_value(table->published->cells[cell]);
      EXPECT_EQ(value, exact ? std::to_string(*exact) : std::string()) << file->path << ", row " << cell + 2;
    }
  }
}

table::NodeIndex node_labelled(const table::Hierarchy& hierarchy, const std::string& label) {
  for (table::NodeIndex node = 0; node < hierarchy.size(); ++node) {
    if (hierarchy.label(node) == label) return node;
  }
  ADD_FAILURE() << "no category is called " << label;
  return 0;
}

// The cell that a grid's labels name.
table::CellIndex cell_at(const ReadableTable& table, const Grid& grid, const GridRow& row, std::size_t column) {
  std::vector<table::NodeIndex> nodes;
  for (const table::ShownVariable& shown : table.published->design.by) {
    const table::Variable& variable = table.space->variables[shown.variable];
    nodes.push_back(node_labelled(variable.hierarchy, variable.label == grid.row_variable ? row.heading.label : grid.columns[column].label));
  }
  return table.layout->find(nodes).value();
}

TEST(ReleaseSpecNumerals, EachCellOfThePageIsTheSealedFigureThatItsLabelsName) {
  const support::HandMadeAnswer answer;
  const auto readable = readable_answer(answer.order());
  ASSERT_TRUE(readable.has_value());
  for (const ReadableTable* table : readable->tables()) {
    std::size_t cells = 0;
    for (const Grid& grid : table->grids) {
      for (const GridRow& row : grid.rows) {
        for (std::size_t column = 0; column < row.cells.size(); ++column, ++cells) {
          const table::CellIndex cell = cell_at(*table, grid, row, column);
          EXPECT_EQ(row.cells[column].text, text_of(table->published->cells[cell], table->published->scale)) << table->title << ", " << row.heading.label;
        }
      }
    }
    EXPECT_EQ(cells, table->published->cells.size());
  }
}

}  // namespace
}  // namespace candour::release
