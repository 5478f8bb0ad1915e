// CSV as RFC 4180 has it, with a guard against formulas.

#include <candour/formats/csv_writer.hpp>

#include <candour/base/check.hpp>

#include <gtest/gtest.h>

namespace candour::formats {
namespace {

TEST(FormatsCsv, QuotesOnlyWhereNeeded) {
  CsvWriter csv;
  csv.text("plain").text("a,b").text("say \"hi\"").text("two\nlines").end_row();
  EXPECT_EQ(csv.finish(), "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
}

TEST(FormatsCsv, TextThatASpreadsheetWouldCalculateIsGuarded) {
  for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"}) EXPECT_EQ(guarded_against_formulas(text), "'" + std::string(text));
  for (const char* text : {"", "a=b", "0", " =1"}) EXPECT_EQ(guarded_against_formulas(text), text);
}

TEST(FormatsCsv, NumbersAreNotGuarded) {
  CsvWriter csv;
  csv.number("-12.5").number("").end_row();
  EXPECT_EQ(csv.finish(), "-12.5,\r\n");
}

TEST(FormatsCsv, RowOfAnotherLengthIsOurFault) {
  CsvWriter csv;
  csv.text("a").text("b").end_row();
  csv.text("a");
  EXPECT_THROW(csv.end_row(), base::InternalFault);
}

TEST(FormatsCsv, NumberWithLettersIsOurFault) {
  CsvWriter csv;
  EXPECT_THROW(csv.number("1e5"), base::InternalFault);
}

}  // namespace
}  // namespace candour::formats
