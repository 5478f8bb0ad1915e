// Every limit: beyond it a file is never called clean.

#include "left_open.hpp"
#include "package_builder.hpp"
#include "specimen.hpp"

#include <candour/formats/zip_reader.hpp>
#include <candour/inspect/inspect_file.hpp>
#include <candour/inspect/needles.hpp>
#include <candour/inspect/rendering.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace candour::inspect::specimens {
namespace {

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

WorkbookSpec book_with_shared_texts() {
  WorkbookSpec book;
  book.shared_texts = "<si><t>January</t></si><si><t>February</t></si>";
  book.sheets[0].rows = R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)";
  return book;
}

TEST(InspectionLimits, StopAtTheSizeOfSharedTexts) {
  const std::string book = book_with_shared_texts().bytes(Naming::customary);
  EXPECT_EQ(inspect_bytes("file", book, {}).outcome(), InspectionOutcome::clean);
  InspectionOptions options;
  options.limits.most_shared_text_bytes = 10;
  EXPECT_TRUE(is_left_open(book, "inspect.over_limit", options));
  options.limits.most_shared_text_bytes = 15;
  EXPECT_EQ(inspect_bytes("file", book, options).outcome(), InspectionOutcome::clean);
}

TEST(InspectionLimits, StopAtTheNumberOfSharedTexts) {
  InspectionOptions options;
  options.limits.most_shared_texts = 1;
  EXPECT_TRUE(is_left_open(book_with_shared_texts().bytes(Naming::customary), "inspect.over_limit", options));
}

TEST(InspectionLimits, StopAtTheSizeOfOneSharedText) {
  WorkbookSpec book = book_with_shared_texts();
  book.shared_texts = "<si><t>" + std::string((1 << 20) + 1, 'x') + "</t></si><si><t>February</t></si>";
  EXPECT_TRUE(is_left_open(book.bytes(Naming::customary), "inspect.over_limit"));
}

TEST(InspectionLimits, KeepEverySharedTextAcrossTheirBlocks) {
  WorkbookSpec book;
  book.sheets[0].rows = R"(<row r="1">)";
  for (int i = 0; i < 5; ++i) {
    book.shared_texts += "<si><t>" + std::string(299'998, static_cast<char>('a' + i)) + "77</t></si><si><t/></si>";
    book.sheets[0].rows += "<c r=\"" + std::string(1, static_cast<char>('A' + i)) + "1\" t=\"s\"><v>" + std::to_string(2 * i) + "</v></c>";
  }
  book.sheets[0].rows += "</row>";
  auto needles = std::make_shared<Needles>(base::SecretKey{});
  ASSERT_TRUE(needles->add_distinctive(std::string(299'998, 'e') + "77"));
  InspectionOptions options;
  options.needles = needles;
  const auto report = inspect_bytes("file", book.bytes(Naming::customary), options);
  ASSERT_EQ(report.findings.size(), 1u) << to_text({report});
  EXPECT_EQ(report.findings[0].where, std::vector<std::string>{"E1"});
}

TEST(InspectionLimits, StopAtTheSizeOfACell) {
  InspectionOptions options;
  options.limits.longest_cell_bytes = 5;
  EXPECT_TRUE(is_left_open(plain_book(), "inspect.over_limit", options));
  EXPECT_TRUE(is_left_open(OpenDocumentSpec().bytes(), "inspect.over_limit", options));
}

TEST(InspectionLimits, StopAtTheSizeOfARow) {
  InspectionOptions options;
  options.limits.longest_text_line_bytes = 8;
  EXPECT_TRUE(is_left_open(OpenDocumentSpec().bytes(), "inspect.over_limit", options));
}

TEST(InspectionLimits, StopAtTheNumberOfCellsInARow) {
  OpenDocumentSpec file;
  file.body = "<table:table table:name=\"T\"><table:table-row>";
  for (int i = 0; i < 18'279; ++i) file.body += "<table:table-cell/>";
  file.body += "</table:table-row></table:table>";
  EXPECT_TRUE(is_left_open(file.bytes(), "inspect.over_limit"));
}

TEST(InspectionLimits, StopAtTheNumberOfCellsInARowThatIsSearched) {
  WorkbookSpec book;
  book.sheets[0].rows = R"(<row r="1">)";
  for (int i = 0; i < 65'537; ++i) book.sheets[0].rows += R"(<c r="A1"><v>12</v></c>)";
  book.sheets[0].rows += "</row>";
  auto needles = std::make_shared<Needles>(base::SecretKey{});
  const std::vector<std::string> labels{"January", "under 18"};
  needles->add_addressed(labels, "3");
  InspectionOptions options;
  options.needles = needles;
  EXPECT_TRUE(is_left_open(book.bytes(Naming::customary), "inspect.over_limit", options));
}

TEST(InspectionLimits, StopAtTheNumberOfMergedBlocks) {
  WorkbookSpec book;
  for (int i = 0; i < 1'001; ++i) book.sheets[0].after += R"(<mergeCell ref="D1:D5000"/>)";
  book.sheets[0].after = "<mergeCells>" + book.sheets[0].after + "</mergeCells>";
  EXPECT_TRUE(is_left_open(book.bytes(Naming::customary), "inspect.over_limit"));
}

TEST(InspectionLimits, StopAtTheNumberOfFormulasComparedWithTheCalculationChain) {
  WorkbookSpec book;
  book.package.link("xl/workbook.xml", "chain", "calcChain", "xl/calcChain.xml");
  book.package.part("xl/calcChain.xml", "<calcChain " + spreadsheet_namespaces + R"(><c r="B3" i="1"/><c r="A3"/></calcChain>)");
  book.sheets[0].rows += R"(<row r="3"><c r="A3"><f>6+1</f><v>7</v></c><c r="B3"><f>6+1</f><v>7</v></c></row>)";
  EXPECT_EQ(inspect_bytes("file", book.bytes(Naming::customary), {}).outcome(), InspectionOutcome::clean);
  InspectionOptions options;
  options.limits.most_formula_cells = 1;
  EXPECT_TRUE(is_left_open(book.bytes(Naming::customary), "inspect.over_limit", options));
}

TEST(InspectionLimits, StopAtTheLengthOfATag) {
  InspectionOptions options;
  options.limits.xml.longest_markup_bytes = 1'000;
  WorkbookSpec book;
  book.sheets[0].after = "<oddFooter a=\"" + std::string(200'000, 'x') + "\"/>";
  EXPECT_TRUE(is_left_open(book.bytes(Naming::customary), "xml.over_limit", options));
}

TEST(InspectionLimits, StopAtTheSizeOfAPage) {
  InspectionOptions options;
  options.limits.most_part_bytes = 20;
  EXPECT_TRUE(is_left_open("<!doctype html>\n<p>An answer of more than twenty bytes.</p>\n", "inspect.over_limit", options));
}

TEST(InspectionLimits, StopAtTheSizeOfAnOldFileOrItsStreams) {
  InspectionOptions options;
  options.limits.most_part_bytes = 4'000;
  EXPECT_TRUE(is_left_open(plain_xls(), "inspect.over_limit", options));
  options.limits.most_document_bytes = 4'000;
  EXPECT_TRUE(is_left_open(plain_xls(), "inspect.over_limit", options));
}

/// A limit of PDF reading, made small enough for a document of one line.
struct PdfLimit {
  std::string name;
  std::uint64_t formats::PdfLimits::*limit;
  std::uint64_t least;  ///< with which the document is read through
  std::string code = "pdf.over_limit";
  std::string content = "BT /F1 12 Tf 72 700 Td (The answer is in the table.) Tj ET";
};

class PdfLimitReached : public testing::TestWithParam<PdfLimit> {};

TEST_P(PdfLimitReached, LeavesTheDocumentOpen) {
  const std::string pdf = pdf_with_content(GetParam().content);
  InspectionOptions options;
  options.limits.pdf.*GetParam().limit = GetParam().least;
  EXPECT_EQ(inspect_bytes("file", pdf, options).outcome(), InspectionOutcome::clean) << to_text({inspect_bytes("file", pdf, options)});
  options.limits.pdf.*GetParam().limit = GetParam().least - 1;
  EXPECT_TRUE(is_left_open(pdf, GetParam().code, options));
}

const std::string two_texts_on_a_ground = "0.9 g 0 0 595 842 re f 0 g BT /F1 12 Tf 72 700 Td (An) Tj 0 -20 Td (answer) Tj ET";
INSTANTIATE_TEST_SUITE_P(Limits, PdfLimitReached,
                         testing::Values(PdfLimit{"StreamBytes", &formats::PdfLimits::most_stream_bytes, 58, "pdf.unread"},
                                         PdfLimit{"TotalBytes", &formats::PdfLimits::most_total_bytes, 58, "pdf.unread"},
                                         PdfLimit{"Objects", &formats::PdfLimits::most_objects, 5}, PdfLimit{"Texts", &formats::PdfLimits::most_texts, 1},
                                         PdfLimit{"MarksOfAPage", &formats::PdfLimits::most_marks_a_page, 3, "pdf.over_limit", two_texts_on_a_ground},
                                         PdfLimit{"ComparisonsOfAPage", &formats::PdfLimits::most_comparisons_a_page, 2, "pdf.over_limit",
                                                  two_texts_on_a_ground}),
                         [](const auto& limit) { return limit.param.name; });

TEST(InspectionLimits, StopAtTheSizeOfAFormOrAPictureOfAPdf) {
  InspectionOptions options;
  options.limits.pdf.most_stream_bytes = 20;
  const auto report = inspect_bytes("file", pdf_with_nested_forms(1), options);
  ASSERT_EQ(report.gaps.size(), 1u);
  EXPECT_EQ(report.gaps[0].sentence, "a form on page 1 cannot be expanded");
  for (const auto& specimen : pdf_specimens()) {
    if (specimen.name != "PdfPictureMetadata") continue;
    const auto gaps = inspect_bytes("file", specimen.bytes, options).gaps;
    EXPECT_TRUE(std::any_of(gaps.begin(), gaps.end(), [](const auto& gap) { return gap.sentence == "a picture cannot be read (object 10)"; }));
  }
}

TEST(InspectionLimits, StopWhereFormsOfAPdfLieTooDeepInEachOther) {
  EXPECT_EQ(inspect_bytes("file", pdf_with_nested_forms(11), {}).outcome(), InspectionOutcome::clean)
      << to_text({inspect_bytes("file", pdf_with_nested_forms(11), {})});
  EXPECT_TRUE(is_left_open(pdf_with_nested_forms(12), "pdf.unread"));
}

TEST(InspectionLimits, StopWhereRepeatedCellsAreTooMany) {
  OpenDocumentSpec file;
  file.body =
      R"(<table:table table:name="T"><table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row></table:table>)";
  EXPECT_TRUE(is_left_open(file.bytes(), "inspect.over_limit"));
}

}  // namespace
}  // namespace candour::inspect::specimens
