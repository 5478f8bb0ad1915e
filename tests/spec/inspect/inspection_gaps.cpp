// Every way in which a file cannot be looked through: never called clean.

#include "left_open.hpp"
#include "package_builder.hpp"
#include "specimen.hpp"

#include <gtest/gtest.h>

namespace candour::inspect::specimens {
namespace {

TEST(InspectionGaps, EntitiesAreOff) {
  WorkbookSpec book;
  book.package.link("xl/workbook.xml", "x", "customXml", "customXml/item1.xml");
  book.package.part("customXml/item1.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a>&b;</a>");
  // The part's root cannot even be told without reading past the declaration, which is refused.
  EXPECT_TRUE(is_left_open(book.bytes(Naming::customary), "xml.doctype"));
}

TEST(InspectionGaps, AnUnknownFormatIsNotClean) { EXPECT_TRUE(is_left_open(std::string("\x00\x01\x02\x03\x04\x05\x06\x07", 8), "inspect.unknown_format")); }

TEST(InspectionGaps, TextInAnotherEncodingIsNotClean) {
  EXPECT_TRUE(is_left_open(std::string("\xFF\xFE"
                                       "a\0,\0b\0",
                                       8),
                           "text.encoding"));
  EXPECT_TRUE(is_left_open(std::string("\xFE\xFF"
                                       "\0a\0,\0b",
                                       8),
                           "text.encoding"));
}

TEST(InspectionGaps, AnUnknownPartIsNotClean) {
  WorkbookSpec xml, binary;
  for (WorkbookSpec* book : {&xml, &binary}) book->package.link("xl/workbook.xml", "x", "somethingNew", "xl/new.part");
  xml.package.part("xl/new.part", "<new/>");
  binary.package.part("xl/new.part", "\x01\x02\x03");
  EXPECT_TRUE(is_left_open(xml.bytes(Naming::customary), "package.unknown_part"));
  EXPECT_TRUE(is_left_open(binary.bytes(Naming::customary), "package.unknown_part"));
}

TEST(InspectionGaps, APowerQueryThatCannotBeOpenedIsSaidToBeOne) {
  for (const std::string frame : {"", "AAAA", "AAAAAP////8A", "AAAAAAQAAABub25l"}) {
    WorkbookSpec book;
    book.package.link("xl/workbook.xml", "x", "customXml", "customXml/item1.xml");
    book.package.part("customXml/item1.xml", "<DataMashup xmlns=\"http://schemas.microsoft.com/DataMashup\">" + frame + "</DataMashup>");
    EXPECT_EQ(inspect_bytes("file", book.bytes(Naming::customary), {}).gaps.size(), 1u) << frame;
  }
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

TEST(InspectionGaps, AnEncryptedPackageOrOldWorkbookIsNotClean) {
  EXPECT_TRUE(is_left_open(encrypted_package(), "legacy.encrypted"));
  EXPECT_TRUE(is_left_open(encrypted_xls(), "legacy.encrypted"));
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
