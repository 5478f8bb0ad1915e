// The plain CSV holding: what it reads, and what it says about what it cannot read.

#include <candour/holdings/holding.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace candour::holdings {
namespace {

class CsvHoldingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("candour-csv-" + std::to_string(::getpid()) + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    settings_.path = (folder_ / "records.csv").string();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& text) const { std::ofstream(settings_.path, std::ios::binary) << text; }

  /// The columns as texts, "-" for a missing value, joined with "|"; or the error.
  base::Result<std::vector<std::string>> rows(const std::vector<ColumnRequest>& columns) {
    auto holding = open_csv(settings_);
    if (!holding) return tl::make_unexpected(holding.error());
    std::vector<std::string> out;
    auto quality = (*holding)->read(columns, [&](const RecordBatch& batch, const auto& texts) -> base::Result<base::Done> {
      for (std::size_t r = 0; r < batch.row_count; ++r) {
        std::string row;
        for (std::size_t c = 0; c < batch.columns.size(); ++c) {
          const auto code = batch.columns[c].codes[r];
          row += (c == 0 ? "" : "|") + (code == ColumnBatch::missing ? "-" : texts[c][code]);
        }
        out.push_back(row);
        lines_.push_back(batch.line_of(r));
      }
      return base::Done{};
    });
    if (!quality) return tl::make_unexpected(quality.error());
    quality_ = *quality;
    return out;
  }
  base::Error error_of(const std::vector<ColumnRequest>& columns) {
    const auto read = rows(columns);
    EXPECT_FALSE(read.has_value());
    return read ? base::Error{} : read.error();
  }

  std::filesystem::path folder_;
  CsvSettings settings_;
  DataQuality quality_;
  std::vector<std::uint64_t> lines_;
};

using Rows = std::vector<std::string>;

TEST_F(CsvHoldingTest, ReadsQuotedDelimitersQuotesAndLineEnds) {
  write("a,b\r\n\"x,1\",\"he said \"\"no\"\"\"\r\n\"two\nlines\",z\r\n");
  EXPECT_EQ(rows({{"a"}, {"b"}}).value(), (Rows{"x,1|he said \"no\"", "two\nlines|z"}));
  EXPECT_EQ(lines_, (std::vector<std::uint64_t>{2, 3}));
}

TEST_F(CsvHoldingTest, ALastRowNeedsNoLineEndAndAByteOrderMarkIsNoText) {
  write(
      "\xEF\xBB\xBF"
      "a,b\n1,2");
  EXPECT_EQ(rows({{"a"}, {"b"}}).value(), (Rows{"1|2"}));
}

TEST_F(CsvHoldingTest, AnUnquotedEmptyFieldIsMissingAndAQuotedOneIsAnEmptyText) {
  write("a,b\n,x\n\"\",y\nn/a,z\n\"n/a\",w\n");
  settings_.missing_texts = {"n/a"};
  EXPECT_EQ(rows({{"a"}, {"b"}}).value(), (Rows{"-|x", "|y", "-|z", "n/a|w"}));
}

TEST_F(CsvHoldingTest, ReadsWindows1252AndAnyDelimiter) {
  write("a;b\nCaf\xE9;\x80\n");
  settings_.delimiter = ';';
  settings_.encoding = CsvSettings::Encoding::windows_1252;
  EXPECT_EQ(rows({{"a"}, {"b"}}).value(), (Rows{"Café|€"}));
}

TEST_F(CsvHoldingTest, BytesThatAreNotUtf8NameFileAndLineOnly) {
  write("a\nok\nCaf\xE9\n");
  const auto error = error_of({{"a"}});
  EXPECT_EQ(error.code, "csv.not_utf_8");
  EXPECT_EQ(error.place.line, 3U);
  EXPECT_EQ(error.sentence.find("Caf"), std::string::npos);
}

TEST_F(CsvHoldingTest, ReadsDatesInThreeForms) {
  write("d,e,f\n2024-03-01,01/03/2024,2024-02-29T23:30:00Z\n2024-06-30,30/06/2024,2024-06-30T23:30:00+00:00\n");
  ColumnRequest iso{"d", ColumnKind::date}, british{"e", ColumnKind::date, base::DateForm::day_month_year},
      stamp{"f", ColumnKind::date, base::DateForm::rfc3339};
  EXPECT_EQ(rows({iso, british, stamp}).value(), (Rows{"2024-03-01|2024-03-01|2024-02-29", "2024-06-30|2024-06-30|2024-07-01"}));
}

TEST_F(CsvHoldingTest, ABadValueNamesFileLineAndColumnAndNeverTheContents) {
  write("name,age\n\"SECRET\nPERSON\",12\nSECRET,twelve\n");
  const auto error = error_of({{"age", ColumnKind::integer}});
  EXPECT_EQ(error.code, "holding.bad_value");
  EXPECT_EQ(error.place.line, 4U);
  EXPECT_EQ(error.place.file, settings_.path);
  EXPECT_NE(error.sentence.find("'age'"), std::string::npos);
  EXPECT_EQ(base::to_text(error).find("twelve"), std::string::npos);
  EXPECT_EQ(base::to_text(error).find("SECRET"), std::string::npos);
}

TEST_F(CsvHoldingTest, FourSpellingsOfTrueAreOneValue) {
  write("t\ntrue\nYES\n1\nT\nFalse\nn\n");
  EXPECT_EQ(rows({{"t", ColumnKind::truth_value}}).value(), (Rows{"true", "true", "true", "true", "false", "false"}));
}

TEST_F(CsvHoldingTest, IdenticalRowsAndBlankLinesAreReported) {
  write("a,b\n1,2\n\n1,2\n2,1\n1,\"2\"\n1,\n1,\"\"\n");
  EXPECT_EQ(rows({{"a"}}).value().size(), 6U);
  EXPECT_EQ(quality_.rows, 6U);
  EXPECT_EQ(quality_.identical_rows, 2U);
  EXPECT_EQ(quality_.notes.size(), 2U);
}

TEST_F(CsvHoldingTest, InAFileWithOneColumnABlankLineIsAMissingValue) {
  write("a\n1\n\n2\n");
  EXPECT_EQ(rows({{"a"}}).value(), (Rows{"1", "-", "2"}));
}

TEST_F(CsvHoldingTest, MalformedFilesAreNamedByLine) {
  const std::vector<std::pair<std::string, std::string>> cases = {{"a,b\n1,2\n1,2,3\n", "csv.field_count"},
                                                                  {"a,b\n1,2\n1,x\"y\n", "csv.stray_quote"},
                                                                  {"a,b\n1,2\n1,\"x\"y\n", "csv.text_after_quote"},
                                                                  {"a,b\n1,2\n1,\"x\n\n", "csv.unclosed_quote"}};
  for (const auto& [text, code] : cases) {
    write(text);
    const auto error = error_of({{"a"}});
    EXPECT_EQ(error.code, code);
    EXPECT_EQ(error.place.line, 3U) << code;
  }
}

TEST_F(CsvHoldingTest, AnUnknownColumnSuggestsTheNearest) {
  write("ethnicity\nW1\n");
  const auto error = error_of({{"etnicity"}});
  EXPECT_EQ(error.code, "holding.unknown_column");
  EXPECT_NE(error.hint.find("'ethnicity'"), std::string::npos);
}

TEST_F(CsvHoldingTest, AMissingFileIsUnreachableAndAChangedOneIsSaidSo) {
  EXPECT_EQ(open_csv(settings_).error().code, "holding.unreachable");
  write("a\n1\n");
  auto holding = open_csv(settings_);
  ASSERT_TRUE(holding.has_value());
  write("a\n1\n2\n");
  const auto read = (*holding)->read({{"a"}}, [](const RecordBatch&, const auto&) -> base::Result<base::Done> { return base::Done{}; });
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, "holding.changed");
  EXPECT_EQ(base::exit_status(read.error().cause), 4);
}

TEST_F(CsvHoldingTest, ReadingTwiceGivesTheSame) {
  write("a\nx\ny\nx\n");
  EXPECT_EQ(rows({{"a"}}).value(), rows({{"a"}}).value());
}

}  // namespace
}  // namespace candour::holdings
