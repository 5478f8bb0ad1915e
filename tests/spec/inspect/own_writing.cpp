// --ours and --rebuild: our own files pass, anybody else's do not.

#include "package_builder.hpp"
#include "specimen.hpp"

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
  table.rows.push_back({std::string("January"), std::string("under 18"), formats::SheetFigure{12, 0}, formats::SheetFigure{125, 1}, formats::SheetFigure{1234, 2}});
  table.rows.push_back({std::string("February"), std::string("18 to 24"), std::string("[c]"), std::string("[z]"), std::string("[x]")});
  book.sheets.push_back({"Table 1", {"Counts by month"}, table, 0});
  return book;
}

bool is_ours(const std::string& bytes) {
  const auto report = inspect_bytes("file", bytes, ours());
  EXPECT_EQ(report.outcome(), InspectionOutcome::clean) << to_text({report});
  return report.outcome() == InspectionOutcome::clean;
}

TEST(OurOwnWriting, PassesTheWhitelist) {
  EXPECT_TRUE(is_ours(formats::write_ods(full_workbook()).value()));
  EXPECT_TRUE(is_ours(formats::write_xlsx(full_workbook()).value()));
}

TEST(OurOwnWriting, ListsNothingTwiceAndInOrder) {
  const auto all = own_elements();
  const auto in_order = [](const OwnElement& a, const OwnElement& b) { return std::tie(a.root, a.element) < std::tie(b.root, b.element); };
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), in_order));
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end(), [&](const auto& a, const auto& b) { return !in_order(a, b); }), all.end());
}

class ForeignFile : public testing::TestWithParam<CleanFile> {};

std::string name_of_file(const testing::TestParamInfo<CleanFile>& info) { return info.param.name; }

TEST_P(ForeignFile, IsAFindingEvenWhenItHidesNothing) {
  const auto report = inspect_bytes("file", GetParam().bytes, ours());
  EXPECT_TRUE(std::any_of(report.findings.begin(), report.findings.end(), [](const auto& finding) { return finding.kind == FindingKind::not_our_writing; })) << to_text({report});
}

std::vector<CleanFile> foreign_files() {
  std::vector<CleanFile> files = clean_files();
  std::erase_if(files, [](const CleanFile& file) { return file.name != "Xlsx" && file.name != "Docx" && file.name != "Odt" && file.name != "Png" && file.name != "Jpeg"; });
  return files;
}

INSTANTIATE_TEST_SUITE_P(Formats, ForeignFile, testing::ValuesIn(foreign_files()), name_of_file);

TEST(OurOwnWriting, IsLeftByOneForeignAttribute) {
  WorkbookSpec book;
  book.sheets[0].before = R"(<sheetPr codeName="x"/>)";
  const auto report = inspect_bytes("file", book.bytes(Naming::customary), ours());
  EXPECT_TRUE(std::any_of(report.findings.begin(), report.findings.end(), [](const auto& finding) {
    return std::find(finding.where.begin(), finding.where.end(), "s:sheetPr") != finding.where.end();
  }));
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
  book.sheets[0].rows += R"(<row r="3" hidden="1"><c r="A3"><v>41</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>=March</t></is></c><c r="B4"><v>7</v></c><c r="C4"><v>43</v></c></row>)";
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
  file.after_body = R"(<table:table table:name="T2"><table:table-column/><table:table-row table:visibility="filter"><table:table-cell office:value-type="float" office:value="41"/></table:table-row></table:table>)";
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
