// Answers that were published by other means: a CSV, an ODS and an XLSX table, described once.

#include <candour/base/files.hpp>
#include <candour/casework/register/import_release.hpp>
#include <candour/formats/zip_writer.hpp>

#include <scratch_folder.hpp>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <xlsxwriter.h>

#include <limits>

namespace candour::casework {
namespace {

using table::Release;
using testing::ElementsAre;

class Import : public ::testing::Test {
 protected:
  void write(const std::string& name, const std::string& bytes) { ASSERT_TRUE(base::write_file_whole(folder.path() / name, bytes)); }
  base::ResultOrErrors<Release> import(const std::string& description) {
    write("answer.toml", description);
    return import_release(folder.path() / "answer.toml");
  }
  std::vector<std::string> codes_of_errors(const std::string& description) {
    std::vector<std::string> codes;
    const auto release = import(description);
    if (!release)
      for (const base::Error& error : release.error()) codes.push_back(error.code);
    return codes;
  }
  support::ScratchFolder folder;
};

const std::string about = R"(
[release]
id = "FOI-118"
population = "stops"
published_on = 2022-05-03
extracted_on = 2022-04-12
)";

const std::string ages = R"(
[[table]]
id = "ages"
file = "ages.csv"
counted = "arrested"
counted_among = "stopped"
figures = "Arrests"
rounded_to = 5
hidden = ["*"]
hidden_at_most = 4
no_figure = ["-"]
[[table.column]]
header = "Age group"
variable = "age"
total = "All ages"
[table.column.codes]
"Under 18" = "0-17"
"18 or 19" = "18, 19"
[[table.limit]]
variable = "month"
codes = "2022-01..2022-03"
words = "January to March 2022"
)";

TEST_F(Import, FiguresWithNoiseSayHowFarTheyLieFromTheirCountsWhereTheNoiseHasABound) {
  write("ages.csv", "Age group,Arrests\nAll ages,112\nUnder 18,*\n18 or 19,3\n20+,0\n");
  const auto with = [](const std::string& noise) {
    std::string text = ages;
    return text.replace(text.find("rounded_to = 5"), 14, noise);
  };
  const auto unbounded = import(about + with("noise_variance = 3"));
  ASSERT_TRUE(unbounded) << base::to_text(unbounded.error().front());
  EXPECT_FALSE(unbounded->tables.at(0).cells.at(0).says_something());
  const auto bounded = import(about + with("noise_variance = 3\nnoise_at_most = 5\nnoise_key = \"k\""));
  ASSERT_TRUE(bounded) << base::to_text(bounded.error().front());
  const table::ReleasedTable& table = bounded->tables.at(0);
  EXPECT_EQ(table.noise_thousandths, 3000);
  const auto& categories = table.by.at(0).categories;
  for (std::size_t c = 0; c < categories.size(); ++c) {
    const table::ReleasedCell& cell = table.cells.at(c);
    if (categories[c].words == "Under 18") {
      EXPECT_TRUE(cell.is_hidden);
    } else if (categories[c].words == "18 or 19") {
      EXPECT_EQ(cell, (table::ReleasedCell{0, 8, false}));
    } else if (categories[c].words == "20+") {
      EXPECT_EQ(cell, (table::ReleasedCell{0, 5, false}));
    } else {
      EXPECT_EQ(cell, (table::ReleasedCell{107, 117, false}));
    }
  }
  EXPECT_FALSE(import(about + with("noise_at_most = 5"))) << "a bound of what noise?";
}

TEST_F(Import, ATableInRowsWithSymbolsRoundingAndATotal) {
  write("ages.csv", "Age group,Arrests\nAll ages,\"1,125\"\nUnder 18,*\n18 or 19,40\n20+,-\n");
  const auto release = import(about + ages);
  ASSERT_TRUE(release) << base::to_text(release.error().front());
  EXPECT_EQ(release->origin, "import");
  const table::ReleasedTable& table = release->tables.at(0);
  EXPECT_THAT(table.by.at(0).categories.at(0).codes, ElementsAre("0-17", "18", "19", "20+"));
  EXPECT_THAT(table.by.at(0).categories.at(2).codes, ElementsAre("18", "19"));
  EXPECT_EQ(table.limited_to.at(0).categories.at(0).words, "January to March 2022");
  EXPECT_THAT(table.cells,
              ElementsAre(table::ReleasedCell{1123, 1127, false}, table::ReleasedCell{1, 4, true}, table::ReleasedCell{38, 42, false}, table::ReleasedCell{}));
}

TEST_F(Import, APercentageInTheWordsOfItsTables) {
  write("ages.csv", "Age group,Arrests\nAll ages,40\nUnder 18,11\n18 or 19,29\n");
  const auto release = import(about + ages + R"(
[[ratio]]
kind = "per-cent"
figure = 37.9
part_table = "ages"
part = ["Under 18"]
whole_table = "ages"
whole = ["18 or 19"]
)");
  ASSERT_TRUE(release) << base::to_text(release.error().front());
  EXPECT_EQ(release->ratios.at(0).units, 379);
  EXPECT_EQ(release->ratios.at(0).decimals, 1);
  EXPECT_EQ(release->ratios.at(0).part, (table::ReleasedPlace{0, 1}));
  EXPECT_EQ(release->ratios.at(0).whole, (table::ReleasedPlace{0, 2}));
}

// "One in ten was under 18": the whole is everybody, not the sum of the rows that the table happens to have.
TEST_F(Import, WhoeverHasNoRowCountsInEverythingAndNotInATotal) {
  write("ages.csv", "Age group,Arrests\nAll ages,40\nUnder 18,4\n");
  std::string rows = ages;
  const std::string no_such_row = "\"18 or 19\" = \"18, 19\"\n";
  rows.erase(rows.find(no_such_row), no_such_row.size());
  const auto total = import(about + rows);
  ASSERT_FALSE(total);
  EXPECT_EQ(total.error().front().code, "import.total_of_one");
  std::string everybody = rows;
  everybody.replace(everybody.find("total = "), 8, "everything = ");
  const auto release = import(about + everybody);
  ASSERT_TRUE(release) << base::to_text(release.error().front());
  EXPECT_TRUE(release->tables[0].by[0].categories[0].codes.empty());
  EXPECT_EQ(release->tables[0].by[0].categories[1].codes.size(), 1U);
}

// Two months by two ages, one figure hidden, as a spreadsheet program would write them: figures as numbers.
const std::vector<std::vector<std::string>> sheet{{"Month", "18 to 24", "25 and over"}, {"2022-01", "12", "30"}, {"2022-02", "[c]", "31"}};
bool is_number(const std::string& text) { return text.size() == 2; }

std::string sheet_as_ods() {
  std::string rows;
  for (const auto& row : sheet) {
    rows += "<table:table-row>";
    for (const std::string& text : row)
      rows += is_number(text) ? fmt::format("<table:table-cell office:value-type=\"float\" office:value=\"{0}\"><text:p>{0}</text:p></table:table-cell>", text)
                              : fmt::format("<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>", text);
    rows += "</table:table-row>";
  }
  const std::string content =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
      "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body>"
      "<office:spreadsheet><table:table table:name=\"Figures\">" +
      rows + "</table:table></office:spreadsheet></office:body></office:document-content>";
  return formats::write_zip(std::vector<formats::ZipEntryToWrite>{{"content.xml", content, formats::Compression::deflated}}).value();
}

void write_xlsx(const std::string& file) {
  lxw_workbook* workbook = workbook_new(file.c_str());
  lxw_worksheet* figures = workbook_add_worksheet(workbook, "Figures");
  for (std::size_t r = 0; r < sheet.size(); ++r)
    for (std::size_t c = 0; c < sheet[r].size(); ++c) {
      const auto row = static_cast<lxw_row_t>(r);
      const auto column = static_cast<lxw_col_t>(c);
      if (is_number(sheet[r][c])) worksheet_write_number(figures, row, column, std::stod(sheet[r][c]), nullptr);
      else worksheet_write_string(figures, row, column, sheet[r][c].c_str(), nullptr);
    }
  workbook_close(workbook);
}

TEST_F(Import, AWideSheetOfBothForms) {
  write("wide.ods", sheet_as_ods());
  write_xlsx((folder.path() / "wide.xlsx").string());
  for (const std::string form : {"ods", "xlsx"}) {
    const auto release = import(about + "\n[[table]]\nid = \"t\"\nfile = \"wide." + form + R"("
counted = "stopped"
hidden = ["[c]"]
[[table.column]]
header = "Month"
variable = "month"
[table.across]
variable = "age"
[table.across.columns]
"18 to 24" = "18-24"
"25 and over" = "25+"
)");
    ASSERT_TRUE(release) << form << ": " << base::to_text(release.error().front());
    const table::ReleasedTable& table = release->tables.at(0);
    EXPECT_EQ(table.by.size(), 2U);
    EXPECT_THAT(table.cells, ElementsAre(table::ReleasedCell{12, 12, false}, table::ReleasedCell{30, 30, false},
                                         table::ReleasedCell{1, std::numeric_limits<std::int64_t>::max(), true}, table::ReleasedCell{31, 31, false}))
        << form;
  }
}

TEST_F(Import, MistakesAreNamedWithTheirPlace) {
  write("ages.csv", "Age group,Arrests\nUnder 18,11\n18 or 19,many\n");
  EXPECT_THAT(codes_of_errors("[release]\nid = \"x\"\n"), testing::Contains("import.missing_key"));
  EXPECT_THAT(codes_of_errors(about + ages), ElementsAre("import.no_figure"));
  write("ages.csv", "Age group,Arrests\nUnder 18,11\nUnder 18,12\n18 or 19,4\n");
  EXPECT_THAT(codes_of_errors(about + ages), ElementsAre("import.twice"));
  write("ages.csv", "Age,Arrests\nUnder 18,11\n");
  EXPECT_THAT(codes_of_errors(about + ages), ElementsAre("import.no_column"));
  write("ages.csv", "Age group,Arrests\nUnder 18,11\n");
  EXPECT_THAT(codes_of_errors(about + ages), ElementsAre("import.no_category"));
}

}  // namespace
}  // namespace candour::casework
