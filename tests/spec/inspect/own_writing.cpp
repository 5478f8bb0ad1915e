// --ours and --rebuild: our own files pass, anybody else's do not.

#include "package_builder.hpp"
#include "specimen.hpp"

#include <candour/formats/csv_writer.hpp>
#include <candour/formats/pdf_document.hpp>
#include <candour/formats/workbook.hpp>
#include <candour/inspect/inspect_file.hpp>
#include <candour/inspect/ours/own_writing.hpp>
#include <candour/inspect/rebuild.hpp>
#include <candour/inspect/rendering.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <tuple>

namespace candour::inspect::specimens {
namespace {

using namespace std::chrono_literals;

InspectionOptions ours() {
  InspectionOptions options;
  options.expectation = Expectation::our_own_writing;
  return options;
}

formats::Workbook full_workbook() {
  formats::Workbook book{"Answer", "en", "GB", 2026y / std::chrono::March / 1, {}};
  book.sheets.push_back({"Cover", {"Answer to request 12", "A line\nof two", " a leading blank"}, std::nullopt, 40});
  formats::SheetTable table{"Table_1", {"Month", "Age", "Count", "Rate", "Share"}, 2, {}};
  table.rows.push_back(
      {std::string("January"), std::string("under 18"), formats::SheetFigure{12, 0}, formats::SheetFigure{125, 1}, formats::SheetFigure{1234, 2}});
  table.rows.push_back({std::string("February"), std::string("18 to 24"), std::string("[c]"), std::string("[z]"), std::string("[x]")});
  book.sheets.push_back({"Table 1", {"Counts by month"}, table, 0});
  return book;
}

/// Every kind of block, and characters for which the machine's other fonts are needed.
std::string full_letter() {
  using namespace formats;
  PdfDocument letter{"Answer to request 12", "Smallford Council", "en-GB", 2026y / std::chrono::March / 1, "DRAFT", "Our reference 12", {}};
  for (const int level : {1, 2, 3}) letter.blocks.emplace_back(PdfHeading{level, "A heading"});
  letter.blocks.emplace_back(
      PdfParagraph{"Dear \xC5\xB4yn \xC5\x81ucja \xCE\xA3\xCE\xBF\xCF\x86\xCE\xAF\xCE\xB1 \xD0\x9E\xD0\xBB\xD1\x8F \xE6\x96\x87 \xE2\x86\x92 \xE2\x88\x91 "
                   "\xF0\x9D\x9B\xBC \xE2\x98\x90 \xF0\x9F\x98\x80",
                   PdfAlignment::right, PdfParagraph::Weight::bold});
  letter.blocks.emplace_back(PdfQuote{{"How many?", "By month?"}});
  letter.blocks.emplace_back(PdfList{{"Smallford Council", "two"}});
  PdfTable table{"Counts", {"Month", "Count"}, {}, PdfTable::Cells::figures};
  for (int row = 0; row < 90; ++row) table.rows.push_back({"January", row % 2, row == 0, {"[c]"}});
  letter.blocks.emplace_back(table);
  table.cells = PdfTable::Cells::words;
  letter.blocks.emplace_back(table);
  return write_pdf(letter).value();
}

bool is_ours(const std::string& bytes) {
  const auto report = inspect_bytes("file", bytes, ours());
  EXPECT_EQ(report.outcome(), InspectionOutcome::clean) << to_text({report});
  return report.outcome() == InspectionOutcome::clean;
}

TEST(OurOwnWriting, PassesTheWhitelist) {
  EXPECT_TRUE(is_ours(formats::write_ods(full_workbook()).value()));
  EXPECT_TRUE(is_ours(formats::write_xlsx(full_workbook()).value()));
  EXPECT_TRUE(is_ours(full_letter()));
  EXPECT_TRUE(is_ours(formats::CsvWriter().text("month").text("count").end_row().text("=a, \"b\"").number("-1.5").end_row().finish()));
  EXPECT_TRUE(is_ours("{\n  \"reference\": \"FOI/12\",\n  \"questions\": []\n}\n"));
  EXPECT_TRUE(
      is_ours("<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><style>p { color: #000 }</style></head><body><p "
              "class=\"mark\">x<br>y</p></body></html>\n"));
}

TEST(OurOwnWriting, ListsNothingTwiceAndInOrder) {
  for (const auto all : {own_elements(), own_document_words()}) {
    const auto in_order = [](const OwnElement& a, const OwnElement& b) { return std::tie(a.root, a.element) < std::tie(b.root, b.element); };
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), in_order));
    EXPECT_EQ(std::adjacent_find(all.begin(), all.end(), [&](const auto& a, const auto& b) { return !in_order(a, b); }), all.end());
  }
}

class ForeignFile : public testing::TestWithParam<CleanFile> {};

std::string name_of_file(const testing::TestParamInfo<CleanFile>& info) { return info.param.name; }

TEST_P(ForeignFile, IsAFindingEvenWhenItHidesNothing) {
  const auto report = inspect_bytes("file", GetParam().bytes, ours());
  EXPECT_TRUE(std::any_of(report.findings.begin(), report.findings.end(), [](const auto& finding) { return finding.kind == FindingKind::not_our_writing; }))
      << to_text({report});
}

/// With another length nothing in a PDF stands where its table says; the reader repairs that, and says so.
std::string replaced_once(std::string text, const std::string& from, const std::string& to) { return text.replace(text.find(from), from.size(), to); }

std::vector<CleanFile> foreign_files() {
  std::vector<CleanFile> files = clean_files();
  std::erase_if(files, [](const CleanFile& file) { return file.name == "Ods" || file.name == "Pdf" || file.name == "Html" || file.name == "XlsxRenamed"; });
  // Each of these says the same as ours would, in another form.
  files.push_back({"CsvWithoutCarriageReturns", "month,count\nJanuary,12\nMarch,7\n"});
  files.push_back({"CsvWithNeedlessQuotes", "month,count\r\n\"January\",12\r\nMarch,7\r\n"});
  files.push_back({"CsvWithAMark", "\xEF\xBB\xBFmonth,count\r\nJanuary,12\r\nMarch,7\r\n"});
  files.push_back({"CsvOfTwoWidths", "month,count\r\nJanuary,12\r\nMarch,7\r\nApril\r\n\r\n"});
  files.push_back({"JsonWithBlanks", "{\"reference\":  \"FOI/12\"}\n"});
  files.push_back({"JsonWithEscapes", "{\n  \"reference\": \"FOI\\u002f12\"\n}\n"});
  files.push_back({"JsonWithAnotherName", "{\n  \"author\": \"FOI/12\"\n}\n"});
  files.push_back({"HtmlElement", "<!DOCTYPE html>\n<html lang=\"en-GB\"><body><math></math></body></html>\n"});
  files.push_back({"HtmlAttribute", "<!DOCTYPE html>\n<html lang=\"en-GB\"><body><p data-n='41'>x</p></body></html>\n"});
  files.push_back({"HtmlAttributeWithoutQuotes", "<!DOCTYPE html>\n<html lang=\"en-GB\"><body><p class=a title=b>x</p></body></html>\n"});
  files.push_back({"HtmlStyleThatLoads", "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><style>p { background: url(x) }</style></head></html>\n"});
  files.push_back({"PdfKey", replaced_once(plain_pdf(), "/Catalog ", "/Catalog /Lang (en) /Extra 41 ")});
  files.push_back({"PdfOperator", replaced_once(plain_pdf(), "BT ", "0 Tr BT ")});
  return files;
}

INSTANTIATE_TEST_SUITE_P(Formats, ForeignFile, testing::ValuesIn(foreign_files()), name_of_file);

TEST(OurOwnWriting, IsLeftByOneForeignAttribute) {
  WorkbookSpec book;
  book.sheets[0].before = R"(<sheetPr codeName="x"/>)";
  const auto report = inspect_bytes("file", book.bytes(Naming::customary), ours());
  EXPECT_TRUE(std::any_of(report.findings.begin(), report.findings.end(),
                          [](const auto& finding) { return std::find(finding.where.begin(), finding.where.end(), "s:sheetPr") != finding.where.end(); }));
}

class Rebuilding : public testing::Test {
 protected:
  VisibleSheets visible_{1 << 20};
  void read(const std::string& bytes) {
    const auto file = std::filesystem::path(testing::TempDir()) / "candour-rebuild";
    std::ofstream(file, std::ios::binary) << bytes;
    (void)inspect_file(file, {}, visible_);
    std::filesystem::remove(file);
  }
};

WorkbookSpec book_with_secrets() {
  WorkbookSpec book;
  book.sheets[0].before = R"(<cols><col min="3" max="3" width="9" hidden="1"/></cols>)";
  book.sheets[0].rows +=
      R"(<row r="3" hidden="1"><c r="A3"><v>41</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>=March</t></is></c><c r="B4"><v>7</v></c><c r="C4"><v>43</v></c></row>)";
  book.sheets.push_back({"Raw", R"( state="hidden")", "", R"(<row r="1"><c r="A1"><v>47</v></c></row>)", ""});
  return book;
}

TEST_F(Rebuilding, KeepsTheVisibleCellsAndNothingElse) {
  read(book_with_secrets().bytes(Naming::customary));
  ASSERT_EQ(visible_.sheets().size(), 1u);
  EXPECT_EQ(rebuilt_csv(visible_.sheets()[0]), "Month,Count\r\nJanuary,12\r\n'=March,7\r\n");
}

TEST_F(Rebuilding, GivesAFileThatPassesTheWhitelist) {
  read(book_with_secrets().bytes(Naming::customary));
  const auto bytes = rebuilt_ods(visible_.sheets());
  ASSERT_TRUE(bytes);
  EXPECT_TRUE(is_ours(*bytes));
}

TEST_F(Rebuilding, ReadsOpenDocumentToo) {
  OpenDocumentSpec file;
  file.after_body =
      R"(<table:table table:name="T2"><table:table-column/><table:table-row table:visibility="filter"><table:table-cell office:value-type="float" office:value="41"/></table:table-row></table:table>)";
  read(file.bytes());
  ASSERT_EQ(visible_.sheets().size(), 2u);
  EXPECT_EQ(rebuilt_csv(visible_.sheets()[0]), "Month,Count\r\nJanuary,12\r\n");
  EXPECT_EQ(rebuilt_csv(visible_.sheets()[1]), "");
}

TEST_F(Rebuilding, SaysWhenItCouldNotKeepAll) {
  visible_ = VisibleSheets(80);
  read(WorkbookSpec().bytes(Naming::customary));
  EXPECT_FALSE(visible_.is_complete());
}

}  // namespace
}  // namespace candour::inspect::specimens
