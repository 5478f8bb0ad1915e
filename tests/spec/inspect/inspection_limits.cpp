// Every limit, and every way in which a file cannot be looked through: never called clean.

#include "package_builder.hpp"
#include "specimen.hpp"

#include <candour/formats/zip_reader.hpp>
#include <candour/inspect/inspect_file.hpp>
#include <candour/inspect/rendering.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace candour::inspect::specimens {
namespace {

std::vector<std::string> gap_codes(const InspectionReport& report) {
  std::vector<std::string> codes;
  for (const auto& gap : report.gaps) codes.push_back(gap.code);
  return codes;
}

/// Gives whether the file is "not fully inspected" for this reason.
testing::AssertionResult is_left_open(const std::string& bytes, const std::string& code, const InspectionOptions& options = {}) {
  const auto report = inspect_bytes("file", bytes, options);
  const auto codes = gap_codes(report);
  if (report.outcome() == InspectionOutcome::not_fully_inspected && std::find(codes.begin(), codes.end(), code) != codes.end()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "expected " << code << "\n" << to_text({report});
}

std::string archive(const std::vector<formats::ZipEntryToWrite>& entries) { return formats::write_zip(entries).value(); }
std::string plain_book() { return WorkbookSpec().bytes(Naming::customary); }

TEST(InspectionLimits, StopAtTheNumberOfEntries) {
  InspectionOptions options;
  options.limits.archive.most_entries = 2;
  EXPECT_TRUE(is_left_open(archive({{"a", "1"}, {"b", "2"}, {"c", "3"}}), "zip.over_limit", options));
}

TEST(InspectionLimits, StopAtTheLengthOfAName) {
  InspectionOptions options;
  options.limits.archive.longest_name_bytes = 8;
  EXPECT_TRUE(is_left_open(archive({{"a-long-name.txt", "1"}}), "zip.over_limit", options));
}

TEST(InspectionLimits, StopAtTheTotalSize) {
  InspectionOptions options;
  options.limits.archive.most_total_bytes = 100;
  EXPECT_TRUE(is_left_open(archive({{"a", std::string(60, 'a')}, {"b", std::string(60, 'b')}}), "zip.over_limit", options));
}

TEST(InspectionLimits, StopAtTheSizeOfAnEntry) {
  InspectionOptions options;
  options.limits.archive.most_entry_bytes = 50;
  EXPECT_TRUE(is_left_open(archive({{"a", std::string(60, 'a')}}), "zip.over_limit", options));
}

TEST(InspectionLimits, StopAtTheExpansionRatio) {
  InspectionOptions options;
  options.limits.archive.ratio_free_bytes = 1'000;
  options.limits.archive.highest_expansion_ratio = 20;
  EXPECT_TRUE(is_left_open(archive({{"a", std::string(100'000, 'a')}}), "zip.over_limit", options));
  options.limits.archive.ratio_free_bytes = 200'000;
  EXPECT_EQ(inspect_bytes("file", archive({{"a", std::string(100'000, 'a')}}), options).outcome(), InspectionOutcome::clean);
}

TEST(InspectionLimits, RefuseANameThatLeavesTheArchive) {
  std::string bytes = archive({{"aaaaaaaa", "1"}});
  for (std::size_t at = bytes.find("aaaaaaaa"); at != std::string::npos; at = bytes.find("aaaaaaaa")) bytes.replace(at, 8, "../aaaa1");
  EXPECT_TRUE(is_left_open(bytes, "zip.damaged"));
}

TEST(InspectionLimits, RefuseASizeOtherThanDeclared) {
  std::string bytes = archive({{"a.txt", std::string(500, 'x') + "y"}});
  const std::size_t central = bytes.find("PK\x01\x02");
  bytes[central + 24] = 100;  // the declared size; the content expands to 501 bytes
  bytes[central + 25] = 0;
  EXPECT_TRUE(is_left_open(bytes, "zip.damaged"));
}

TEST(InspectionLimits, RefuseAChangedContent) {
  std::string bytes = archive({{"a.txt", "the content", formats::Compression::stored}});
  bytes[bytes.find("the content")] = 'T';
  EXPECT_TRUE(is_left_open(bytes, "zip.damaged"));
}

TEST(InspectionLimits, RefuseACutArchive) {
  const std::string bytes = plain_book();
  EXPECT_TRUE(is_left_open(bytes.substr(0, bytes.size() - 30), "zip.damaged"));
}

TEST(InspectionLimits, LeaveAnEncryptedEntryOpen) {
  std::string bytes = archive({{"a.txt", "the content", formats::Compression::stored}});
  bytes[6] = static_cast<char>(bytes[6] | 1);
  bytes[bytes.find("PK\x01\x02") + 8] |= 1;
  EXPECT_TRUE(is_left_open(bytes, "zip.encrypted"));
}

TEST(InspectionLimits, StopAtTheDepthOfFilesInsideFiles) {
  InspectionOptions options;
  options.limits.deepest_nesting = 1;
  const std::string inner = archive({{"in.txt", "text"}});
  EXPECT_EQ(inspect_bytes("file", inner, options).outcome(), InspectionOutcome::clean);
  EXPECT_TRUE(is_left_open(archive({{"middle.zip", inner}}), "inspect.too_deep", options));
}

TEST(InspectionLimits, StopAtTheSizeOfAFileInsideAFile) {
  InspectionOptions options;
  options.limits.most_nested_bytes = 10;
  EXPECT_TRUE(is_left_open(archive({{"in.txt", "more than ten bytes"}}), "zip.over_limit", options));
}

TEST(InspectionLimits, StopAtTheSizeOfAllFilesInsideAFile) {
  InspectionOptions options;
  options.limits.most_nested_total_bytes = 30;
  EXPECT_TRUE(is_left_open(archive({{"a.txt", "more than ten bytes"}, {"b.txt", "more than ten bytes"}}), "inspect.over_limit", options));
}

TEST(InspectionLimits, StopAtTheSizeOfAPart) {
  InspectionOptions options;
  options.limits.most_part_bytes = 64;
  EXPECT_TRUE(is_left_open(plain_book(), "zip.over_limit", options));
}

TEST(InspectionLimits, StopAtTheDepthOfElements) {
  InspectionOptions options;
  options.limits.xml.most_depth = 4;
  EXPECT_TRUE(is_left_open(plain_book(), "xml.over_limit", options));
}

TEST(InspectionLimits, StopAtTheNumberOfAttributes) {
  InspectionOptions options;
  options.limits.xml.most_attributes = 1;
  EXPECT_TRUE(is_left_open(plain_book(), "xml.over_limit", options));
}

TEST(InspectionLimits, StopAtTheSizeOfAPictureOrDocument) {
  InspectionOptions options;
  options.limits.most_document_bytes = 20;
  EXPECT_TRUE(is_left_open(plain_png(), "inspect.over_limit", options));
  EXPECT_TRUE(is_left_open(plain_pdf(), "inspect.over_limit", options));
}

TEST(InspectionLimits, StopAtTheLengthOfALine) {
  InspectionOptions options;
  options.limits.longest_text_line_bytes = 20;
  EXPECT_TRUE(is_left_open("a line that is longer than twenty bytes\n", "text.over_limit", options));
  EXPECT_TRUE(is_left_open("a;b\n1;2\n1;" + std::string(40, 'x') + "\n", "csv.over_limit", options));
}

TEST(InspectionLimits, StopAtTheDepthOfValuesInJson) {
  EXPECT_EQ(inspect_bytes("file", std::string(200, '[') + std::string(200, ']'), {}).outcome(), InspectionOutcome::clean);
  EXPECT_TRUE(is_left_open(std::string(100'000, '[') + std::string(100'000, ']'), "json.over_limit"));
}

TEST(InspectionLimits, StopAtTheSizeOfJsonThatIsComparedWithOurs) {
  InspectionOptions options;
  options.expectation = Expectation::our_own_writing;
  EXPECT_TRUE(is_left_open("{\n  \"text\": \"" + std::string(9 << 20, 'x') + "\"\n}\n", "inspect.over_limit", options));
}

TEST(InspectionLimits, StopWhereRepeatedCellsAreTooMany) {
  OpenDocumentSpec file;
  file.body = R"(<table:table table:name="T"><table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row></table:table>)";
  EXPECT_TRUE(is_left_open(file.bytes(), "inspect.over_limit"));
}

TEST(InspectionGaps, EntitiesAreOff) {
  WorkbookSpec book;
  book.package.link("xl/workbook.xml", "x", "customXml", "customXml/item1.xml");
  book.package.part("customXml/item1.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a>&b;</a>");
  // The part's root cannot even be told without reading past the declaration, which is refused.
  EXPECT_TRUE(is_left_open(book.bytes(Naming::customary), "xml.doctype"));
}

TEST(InspectionGaps, AnUnknownFormatIsNotClean) { EXPECT_TRUE(is_left_open(std::string("\x00\x01\x02\x03\x04\x05\x06\x07", 8), "inspect.unknown_format")); }

TEST(InspectionGaps, AnUnknownPartIsNotClean) {
  WorkbookSpec xml, binary;
  for (WorkbookSpec* book : {&xml, &binary}) book->package.link("xl/workbook.xml", "x", "somethingNew", "xl/new.part");
  xml.package.part("xl/new.part", "<new/>");
  binary.package.part("xl/new.part", "\x01\x02\x03");
  EXPECT_TRUE(is_left_open(xml.bytes(Naming::customary), "package.unknown_part"));
  EXPECT_TRUE(is_left_open(binary.bytes(Naming::customary), "package.unknown_part"));
}

TEST(InspectionGaps, AnAbsentSheetIsNotClean) {
  PackageBuilder package;
  package.link("", "r", "officeDocument", "xl/workbook.xml");
  package.part("xl/workbook.xml", "<workbook " + spreadsheet_namespaces + R"(><sheets><sheet name="S" sheetId="1" r:id="absent"/></sheets></workbook>)");
  EXPECT_TRUE(is_left_open(package.bytes(Naming::customary), "package.absent_part"));
}

TEST(InspectionGaps, AnEncryptedOpenDocumentIsNotClean) {
  OpenDocumentSpec file;
  file.encryption = "<manifest:encryption-data/>";
  EXPECT_TRUE(is_left_open(file.bytes(), "opendocument.encrypted"));
}

TEST(InspectionGaps, AFormOfPictureThatCannotBeReadIsNotClean) {
  WorkbookSpec book;
  book.package.link("xl/worksheets/sheet1.xml", "x", "image", "xl/media/image1.gif");
  book.package.part("xl/media/image1.gif", "GIF89a and so on");
  EXPECT_TRUE(is_left_open(book.bytes(Naming::customary), "picture.unknown"));
}

TEST(InspectionGaps, ADamagedDocumentIsNotClean) {
  const std::string pdf = plain_pdf();
  EXPECT_TRUE(is_left_open("%PDF-1.7\nnothing", "pdf.damaged"));
  EXPECT_EQ(inspect_bytes("file", pdf.substr(0, pdf.rfind("xref")) + "\n%%EOF\n", {}).outcome(), InspectionOutcome::not_fully_inspected);
}

TEST(InspectionGaps, AnOldContainerIsNeverClean) {
  EXPECT_TRUE(is_left_open(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(600, '\0'), "compound.damaged"));
}

TEST(InspectionGaps, AFileThatCannotBeOpenedIsNotClean) {
  const auto report = inspect_file("/no/such/file", {});
  EXPECT_EQ(report.outcome(), InspectionOutcome::not_fully_inspected);
  EXPECT_EQ(gap_codes(report), std::vector<std::string>{"file.unreadable"});
}

TEST(InspectionOutcomes, GiveTheExitStatus) {
  const auto clean = inspect_bytes("a", "An answer.\n", {});
  const auto finding = inspect_bytes("b", "An\xE2\x80\x8B answer.\n", {});
  const auto open = inspect_bytes("c", std::string("\x00\x01\x02\x03", 4), {});
  EXPECT_EQ(exit_status({clean, clean}), 0);
  EXPECT_EQ(exit_status({clean, finding}), 3);
  EXPECT_EQ(exit_status({clean, open}), 1);
  EXPECT_EQ(exit_status({finding, open}), 3);
}

}  // namespace
}  // namespace candour::inspect::specimens
