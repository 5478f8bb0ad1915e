// Hiding places as a real office program writes them: our specimens, converted by LibreOffice to its own way of saying the same.

#include "package_builder.hpp"
#include "specimen.hpp"

#include <candour/base/files.hpp>
#include <candour/inspect/inspect_file.hpp>
#include <candour/inspect/rendering.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace candour::inspect::specimens {
namespace {

class LibreOffice : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::filesystem::path(testing::TempDir()) / "candour-libreoffice";
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    ASSERT_TRUE(base::write_file_whole(folder_ / "book.xlsx", hiding_book()));
    convert("ods");
    convert("xls");
    ASSERT_TRUE(base::write_file_whole(folder_ / "letter.docx", hiding_letter()));
    run("odt", "letter.docx");
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }

  static void convert(const std::string& form) { run(form, "book.xlsx"); }
  static void run(const std::string& form, const std::string& file) {
    const std::string command = "soffice --headless -env:UserInstallation=file://" + (folder_ / "profile").string() + " --convert-to " + form + " --outdir " +
                                folder_.string() + " " + (folder_ / file).string() + " >/dev/null 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }

  static std::string hiding_book() {
    WorkbookSpec book;
    auto& sheet = book.sheets[0];
    sheet.before = R"(<cols><col min="4" max="4" width="9" hidden="1" customWidth="1"/></cols>)";
    sheet.rows +=
        R"(<row r="3" hidden="1"><c r="A3"><v>41</v></c></row><row r="4"><c r="A4"><v>1</v></c><c r="D4"><v>43</v></c></row><row r="5"><c r="A5" s="1"><v>47</v></c></row>)";
    sheet.rows += R"(<row r="6"><c r="A6" s="2"><v>53</v></c></row>)";
    book.styles =
        R"(<numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts><fonts><font><sz val="11"/><color rgb="FF000000"/></font><font><sz val="11"/><color rgb="FFFFFFFF"/></font></fonts>)"
        R"(<fills><fill><patternFill patternType="none"/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>)"
        R"(<cellXfs><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="0" fontId="1" fillId="0" applyFont="1"/><xf numFmtId="170" fontId="0" fillId="0" applyNumberFormat="1"/></cellXfs>)";
    book.sheets.push_back({"Raw", R"( state="hidden")", "", R"(<row r="1"><c r="A1"><v>59</v></c></row>)", ""});
    book.after_sheets = R"(<definedNames><definedName name="secret">Raw!$A$1</definedName></definedNames>)";
    return book.bytes(Naming::customary);
  }
  static std::string hiding_letter() {
    DocumentSpec letter;
    letter.body += R"(<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>41 people</w:t></w:r></w:p>)";
    letter.body += R"(<w:p><w:del w:id="1" w:author="A. Person" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>43 people</w:delText></w:r></w:del></w:p>)";
    letter.body += R"(<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>47 people</w:t></w:r></w:p>)";
    return letter.bytes(Naming::customary);
  }

  static testing::AssertionResult finds(const std::string& file, FindingKind kind, const std::string& where, const std::string& sheet = {}) {
    const auto report = inspect_file(folder_ / file, {});
    for (const auto& finding : report.findings) {
      if (finding.kind != kind || (!sheet.empty() && finding.place.sheet != sheet)) continue;
      if (std::any_of(finding.where.begin(), finding.where.end(), [&](const std::string& each) { return each.starts_with(where); }))
        return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << entry_of(kind).name << " at " << where << "\n" << to_text({report});
  }

  static inline std::filesystem::path folder_;
};

TEST_F(LibreOffice, HidesASheetWhereWeFindIt) {
  EXPECT_TRUE(finds("book.ods", FindingKind::hidden_sheet, "A1", "Raw"));
  EXPECT_TRUE(finds("book.xls", FindingKind::hidden_sheet, "A1", "Raw"));
}

TEST_F(LibreOffice, HidesRowsAndColumnsWhereWeFindThem) {
  EXPECT_TRUE(finds("book.ods", FindingKind::hidden_row, "A3", "Table 1"));
  EXPECT_TRUE(finds("book.ods", FindingKind::hidden_column, "D4", "Table 1"));
  EXPECT_TRUE(finds("book.xls", FindingKind::hidden_row, "A3", "Table 1"));
  EXPECT_TRUE(finds("book.xls", FindingKind::hidden_column, "D4", "Table 1"));
}

TEST_F(LibreOffice, WritesWhiteTextAndEmptyFormatsWhereWeFindThem) { EXPECT_TRUE(finds("book.ods", FindingKind::invisible_text, "A5:A6", "Table 1")); }

TEST_F(LibreOffice, WritesNamesAndAFirstPagePictureWhereWeFindThem) {
  EXPECT_TRUE(finds("book.ods", FindingKind::defined_name, "table:named-range"));
  EXPECT_TRUE(finds("book.ods", FindingKind::thumbnail, "part"));
}

TEST_F(LibreOffice, HidesTextWhereWeFindIt) {
  EXPECT_TRUE(finds("letter.odt", FindingKind::hidden_text, "paragraph"));
  EXPECT_TRUE(finds("letter.odt", FindingKind::tracked_change, "text:changed-region"));
  EXPECT_TRUE(finds("letter.odt", FindingKind::invisible_text, "paragraph"));
}

TEST_F(LibreOffice, NeverMakesAnOldWorkbookClean) { EXPECT_EQ(inspect_file(folder_ / "book.xls", {}).outcome(), InspectionOutcome::not_fully_inspected); }

}  // namespace
}  // namespace candour::inspect::specimens
