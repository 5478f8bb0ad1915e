// Workbooks: what is written can be read back, nothing stands where a reader does not see it, and the bytes do not change from run to run.

#include <candour/formats/workbook.hpp>

#include <candour/base/check.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <map>
#include <string>

namespace candour::formats {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

Workbook small_workbook() {
  Workbook workbook{"A title <&>", "en", "GB", base::Date{2024y / 3 / 28}, {}};
  workbook.sheets.push_back({"Cover", {"A title", "A line"}, std::nullopt, 60});
  SheetTable table{"table_1", {"Month", "18 to 24", "25+"}, 1, {}};
  table.rows.push_back({"January", SheetFigure{1377, 0}, "[c]"});
  table.rows.push_back({"=SUM(A1)", SheetFigure{-1250, 2}, SheetFigure{0, 0}});
  workbook.sheets.push_back({"Table 1", {"Table 1: Counted", "Unit"}, table, 0});
  return workbook;
}

// The parts of a zip archive by their paths.
std::map<std::string, std::string> parts_of(const std::string& bytes) {
  std::map<std::string, std::string> parts;
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  EXPECT_NE(archive, nullptr);
  if (archive == nullptr) return parts;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
    zip_stat_t status;
    EXPECT_EQ(zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &status), 0);
    std::string part(status.size, '\0');
    zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    EXPECT_EQ(zip_fread(file, part.data(), part.size()), static_cast<zip_int64_t>(part.size()));
    zip_fclose(file);
    parts[status.name] = std::move(part);
  }
  zip_discard(archive);
  return parts;
}

std::string ods() {
  auto bytes = write_ods(small_workbook());
  EXPECT_TRUE(bytes.has_value());
  return bytes ? *bytes : std::string();
}

std::string xlsx() {
  auto bytes = write_xlsx(small_workbook());
  EXPECT_TRUE(bytes.has_value());
  return bytes ? *bytes : std::string();
}

TEST(FormatsWorkbook, SameWorkbookGivesSameBytes) {
  EXPECT_EQ(ods(), ods());
  EXPECT_EQ(xlsx(), xlsx());
}

TEST(FormatsWorkbook, OpenDocumentStartsWithItsMediaTypeUncompressed) {
  EXPECT_EQ(ods().substr(30, 54), "mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
}

TEST(FormatsWorkbook, FiguresAreNumbersAndSymbolsAreWords) {
  const std::string content = parts_of(ods()).at("content.xml");
  EXPECT_THAT(content, HasSubstr("office:value-type=\"float\" office:value=\"1377\""));
  EXPECT_THAT(content, HasSubstr("office:value=\"-12.50\""));
  EXPECT_THAT(content, HasSubstr("office:value-type=\"string\"><text:p>[c]</text:p>"));
  const std::string sheet = parts_of(xlsx()).at("xl/worksheets/sheet2.xml");
  EXPECT_THAT(sheet, HasSubstr("<v>1377</v>"));
  EXPECT_THAT(sheet, HasSubstr("<v>-12.5</v>"));
}

TEST(FormatsWorkbook, NothingIsCalculatedMergedHiddenOrFiltered) {
  for (const auto& [path, part] : parts_of(ods())) {
    for (const char* word : {"table:formula", "spanned", "visibility", "display=\"false\"", "table:filter"}) EXPECT_THAT(part, Not(HasSubstr(word))) << path;
  }
  for (const auto& [path, part] : parts_of(xlsx())) {
    for (const char* word : {"<f>", "mergeCell", "hidden", "autoFilter", "<pane", "externalLink", "definedName"})
      EXPECT_THAT(part, Not(HasSubstr(word))) << path;
  }
}

TEST(FormatsWorkbook, PropertiesNameNobody) {
  EXPECT_THAT(parts_of(ods()).at("meta.xml"), Not(HasSubstr("creator")));
  EXPECT_THAT(parts_of(xlsx()).at("docProps/core.xml"), HasSubstr("<dc:creator></dc:creator>"));
}

TEST(FormatsWorkbook, OnlyDateIsTheOneGiven) {
  const std::string meta = parts_of(ods()).at("meta.xml");
  EXPECT_THAT(meta, HasSubstr("<dc:date>2024-03-28T00:00:00</dc:date>"));
  EXPECT_THAT(parts_of(xlsx()).at("docProps/core.xml"), HasSubstr("2024-03-28T00:00:00Z</dcterms:created>"));
}

TEST(FormatsWorkbook, TablesAreMarkedAsTables) {
  EXPECT_THAT(parts_of(ods()).at("content.xml"), HasSubstr("table:name=\"table_1\" table:target-range-address=\"'Table 1'.A3:'Table 1'.C5\""));
  EXPECT_THAT(parts_of(xlsx()).at("xl/tables/table1.xml"), HasSubstr("ref=\"A3:C5\""));
}

TEST(FormatsWorkbook, RulesOfAPlainWorkbookAreOurFault) {
  const auto stops = [](auto change) {
    Workbook workbook = small_workbook();
    change(workbook);
    EXPECT_THROW(check_workbook(workbook), base::InternalFault);
  };
  stops([](Workbook& one) { one.sheets[1].table->header[2] = "18 to 24"; });
  stops([](Workbook& one) { one.sheets[1].table->rows[0][2] = ""; });
  stops([](Workbook& one) { one.sheets[1].table->rows[0].pop_back(); });
  stops([](Workbook& one) { one.sheets[1].name = "Cover"; });
  stops([](Workbook& one) { one.sheets[1].name = "a/b"; });
  stops([](Workbook& one) { one.sheets[0].lines[1] = ""; });
  stops([](Workbook& one) { one.sheets[1].table->name = "table 1"; });
}

}  // namespace
}  // namespace candour::formats
