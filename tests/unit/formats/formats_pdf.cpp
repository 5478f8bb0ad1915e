// The letter's PDF: tagged, complete over page ends, and the same bytes for the same blocks.

#include <candour/formats/pdf_document.hpp>

#include <gtest/gtest.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <map>
#include <string>

namespace candour::formats {
namespace {

using namespace std::chrono_literals;

PdfDocument letter(int rows) {
  PdfDocument document;
  document.title = "A letter";
  document.author = "Northmoor Constabulary";
  document.language = "en-GB";
  document.created = base::Date{2024y / 3 / 28};
  document.mark = "DRAFT";
  document.blocks = {PdfHeading{1, "Heading"}, PdfParagraph{"First line\nsecond line"}, PdfQuote{{"Somebody's words"}}, PdfList{{"one", "two"}}};
  PdfTable table{"A table", {"Month", "Counted"}, {}};
  for (int i = 0; i < rows; ++i) table.rows.push_back({"Row " + std::to_string(i), 0, false, {std::to_string(i)}});
  document.blocks.emplace_back(std::move(table));
  return document;
}

std::string written(const PdfDocument& document) {
  auto bytes = write_pdf(document);
  EXPECT_TRUE(bytes.has_value());
  return bytes ? *bytes : std::string();
}

// Counts the structure elements by their names; header cells as "TH/Row" and "TH/Column".
void count_elements(QPDFObjectHandle element, std::map<std::string, int>& counts) {
  if (element.isArray()) {
    for (QPDFObjectHandle child : element.aitems()) count_elements(child, counts);
    return;
  }
  if (!element.isDictionary()) return;
  QPDFObjectHandle name = element.getKey("/S");
  if (name.isName()) {
    std::string text = name.getName().substr(1);
    if (text == "TH") text += element.getKey("/A").getKey("/Scope").getName();
    ++counts[text];
  }
  count_elements(element.getKey("/K"), counts);
}

std::map<std::string, int> elements_of(const std::string& bytes) {
  QPDF pdf;
  pdf.processMemoryFile("test", bytes.data(), bytes.size());
  std::map<std::string, int> counts;
  count_elements(pdf.getRoot().getKey("/StructTreeRoot").getKey("/K"), counts);
  return counts;
}

TEST(FormatsPdf, SameBlocksGiveSameBytes) { EXPECT_EQ(written(letter(40)), written(letter(40))); }

TEST(FormatsPdf, NamesLanguageAndShowsTitle) {
  const std::string bytes = written(letter(1));
  QPDF pdf;
  pdf.processMemoryFile("test", bytes.data(), bytes.size());
  EXPECT_EQ(pdf.getRoot().getKey("/Lang").getUTF8Value(), "en-GB");
  EXPECT_TRUE(pdf.getRoot().getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
  EXPECT_TRUE(pdf.getRoot().getKey("/MarkInfo").getKey("/Marked").getBoolValue());
}

TEST(FormatsPdf, TagsEveryBlockAndSaysWhatHeaderCellsHead) {
  const std::map<std::string, int> counts = elements_of(written(letter(3)));
  EXPECT_EQ(counts.at("H1"), 1);
  EXPECT_EQ(counts.at("P"), 3);
  EXPECT_EQ(counts.at("BlockQuote"), 1);
  EXPECT_EQ(counts.at("LI"), 2);
  EXPECT_EQ(counts.at("Caption"), 1);
  EXPECT_EQ(counts.at("TH/Column"), 2);
  EXPECT_EQ(counts.at("TH/Row"), 3);
  EXPECT_EQ(counts.at("TD"), 3);
}

TEST(FormatsPdf, LongTableGoesOnOverPagesWithItsHeader) {
  const std::string bytes = written(letter(120));
  QPDF pdf;
  pdf.processMemoryFile("test", bytes.data(), bytes.size());
  const auto pages = pdf.getAllPages().size();
  EXPECT_GE(pages, 2U);
  const std::map<std::string, int> counts = elements_of(bytes);
  EXPECT_EQ(counts.at("TH/Row"), 120);
  EXPECT_EQ(counts.at("TH/Column"), static_cast<int>(2 * pages));
}

TEST(FormatsPdf, TextLongerThanAPageGoesOn) {
  PdfDocument document = letter(1);
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "word ";
  document.blocks.emplace_back(PdfParagraph{text});
  const std::string bytes = written(document);
  QPDF pdf;
  pdf.processMemoryFile("test", bytes.data(), bytes.size());
  EXPECT_GE(pdf.getAllPages().size(), 3U);
}

}  // namespace
}  // namespace candour::formats
