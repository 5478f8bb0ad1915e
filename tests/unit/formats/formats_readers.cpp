// The readers of foreign bytes, one by one.

#include <candour/formats/byte_source.hpp>
#include <candour/formats/compound_file.hpp>
#include <candour/formats/csv_scanner.hpp>
#include <candour/formats/pdf_reader.hpp>
#include <candour/formats/picture_blocks.hpp>
#include <candour/formats/xml_tree.hpp>
#include <candour/formats/zip_reader.hpp>
#include <candour/formats/zip_writer.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace candour::formats {
namespace {

using base::Done;
using base::Result;

std::string archive() { return write_zip(std::vector<ZipEntryToWrite>{{"a.txt", std::string(5000, 'a')}, {"b/c.txt", "second", Compression::stored}}).value(); }

template <class T>
std::string code_of(const Result<T>& result) {
  return result ? std::string("none") : result.error().code;
}

TEST(ByteSource, ReadsAFileAndATextAlike) {
  const auto file = std::filesystem::path(testing::TempDir()) / "candour-byte-source";
  std::ofstream(file, std::ios::binary) << "0123456789";
  const auto from_file = ByteSource::of_file(file);
  ASSERT_TRUE(from_file);
  for (const auto& source : {*from_file, ByteSource::of_bytes("0123456789")}) {
    EXPECT_EQ(source.size(), 10u);
    EXPECT_EQ(source.read({2, 5}).value(), "234");
    EXPECT_EQ(code_of(source.read({8, 11})), "file.cut_short");
  }
  std::filesystem::remove(file);
}

TEST(ByteSource, RefusesAFolder) { EXPECT_EQ(code_of(ByteSource::of_file(testing::TempDir())), "file.unreadable"); }

TEST(ZipReader, GivesEntriesAndTheirContent) {
  const auto reader = ZipReader::open(ByteSource::of_bytes(archive()), {});
  ASSERT_TRUE(reader);
  ASSERT_EQ(reader->survey().entries.size(), 2u);
  EXPECT_EQ(reader->survey().entries[1].name, "b/c.txt");
  EXPECT_EQ(reader->read(0, 1 << 20).value(), std::string(5000, 'a'));
  EXPECT_EQ(reader->read(1, 1 << 20).value(), "second");
  EXPECT_TRUE(reader->survey().unclaimed.empty());
  EXPECT_EQ(code_of(reader->read(0, 100)), "zip.over_limit");
}

TEST(ZipReader, ReadsFromAFileWithBytesBeforeTheArchive) {
  const auto file = std::filesystem::path(testing::TempDir()) / "candour-zip-reader";
  std::ofstream(file, std::ios::binary) << "prefix" << archive();
  const auto reader = ZipReader::open(ByteSource::of_file(file).value(), {});
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->read(1, 1 << 20).value(), "second");
  ASSERT_EQ(reader->survey().unclaimed.size(), 1u);
  EXPECT_EQ(reader->survey().unclaimed[0], (ByteRange{0, 6}));
  std::filesystem::remove(file);
}

TEST(ZipReader, HandsBackTheSinksError) {
  const auto reader = ZipReader::open(ByteSource::of_bytes(archive()), {});
  ASSERT_TRUE(reader);
  const auto stopped = reader->stream(0, [](std::string_view) -> Result<Done> {
    return base::fail({base::Cause::could_not_finish, "test.enough", {}, {}, {}});
  });
  EXPECT_EQ(code_of(stopped), "test.enough");
}

TEST(ZipSurvey, FindsADeletedEntryBetweenTheRecords) {
  // The directory is rebuilt to name the first entry only: the second one's bytes lie there, named by nothing.
  std::string bytes = archive();
  const std::size_t first = bytes.find("PK\x01\x02"), second = bytes.find("PK\x01\x02", first + 1), end = bytes.find("PK\x05\x06");
  const auto removed = static_cast<char>(end - second);
  bytes.erase(second, end - second);
  const std::size_t record = bytes.find("PK\x05\x06");
  bytes[record + 8] = bytes[record + 10] = 1;
  bytes[record + 12] = static_cast<char>(bytes[record + 12] - removed);
  const auto survey = survey_zip(ByteSource::of_bytes(bytes), {});
  ASSERT_TRUE(survey) << survey.error().sentence;
  EXPECT_EQ(survey->entries.size(), 1u);
  ASSERT_EQ(survey->unclaimed.size(), 1u);
  EXPECT_EQ(bytes.substr(survey->unclaimed[0].begin, 4), "PK\x03\x04");
}

TEST(XmlReader, GivesCanonicalNamesWhateverThePrefix) {
  const auto tree = read_xml_tree(
      R"(<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><y:sheet xmlns:y="http://schemas.openxmlformats.org/spreadsheetml/2006/main" name="a&amp;b"/><z xmlns="urn:z"/></x:workbook>)");
  ASSERT_TRUE(tree);
  const auto root = (*tree)->child("s:workbook");
  EXPECT_STREQ(root.child("s:sheet").attribute("name").value(), "a&b");
  EXPECT_TRUE(root.child("{urn:z}z"));
}

TEST(XmlReader, RefusesWhatCouldDefineEntities) {
  EXPECT_EQ(code_of(read_xml_tree("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")), "xml.doctype");
  EXPECT_EQ(code_of(read_xml_tree("<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a/>")), "xml.doctype");
}

TEST(XmlReader, SaysWhereATextIsMalformed) {
  const auto tree = read_xml_tree("<a>\n<b></a>");
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().code, "xml.malformed");
  EXPECT_EQ(tree.error().place.line, 2u);
}

TEST(XmlReader, StopsAtATagThatNeverEnds) {
  XmlLimits limits;
  limits.longest_markup_bytes = 1000;
  EXPECT_EQ(code_of(read_xml_tree("<a b=\"" + std::string(3 << 20, 'x'), limits)), "xml.over_limit");
}

std::vector<std::vector<std::string>> records_of(const std::string& text, char delimiter) {
  std::vector<std::vector<std::string>> out;
  CsvScanner scanner(delimiter, 1 << 20, [&](const CsvRecord& record) -> Result<Done> {
    out.emplace_back();
    for (const auto& field : record.fields) out.back().push_back(field.text);
    return Done{};
  });
  // Byte by byte, so that every state is left and entered again.
  for (const char c : text) EXPECT_TRUE(scanner.feed({&c, 1}));
  EXPECT_TRUE(scanner.finish());
  return out;
}

TEST(CsvScanner, SplitsQuotesLineEndsAndEmptyFields) {
  using Records = std::vector<std::vector<std::string>>;
  EXPECT_EQ(records_of("a,\"b \"\"c\"\"\nd\",\r\n1,2,3\r4,5,6", ','), (Records{{"a", "b \"c\"\nd", ""}, {"1", "2", "3"}, {"4", "5", "6"}}));
  EXPECT_EQ(records_of("a;b\n\nc;d\n", ';'), (Records{{"a", "b"}, {""}, {"c", "d"}}));
}

TEST(CsvScanner, SaysWhenAQuoteIsNeverClosed) {
  CsvScanner scanner(',', 1 << 20, [](const CsvRecord&) -> Result<Done> { return Done{}; });
  ASSERT_TRUE(scanner.feed("a,\"b\nc"));
  EXPECT_EQ(code_of(scanner.finish()), "csv.open_quote");
}

TEST(CsvShape, TellsTablesFromProse) {
  EXPECT_EQ(guess_csv_shape("a,b,c\n1,2,3\n").width, 3u);
  EXPECT_EQ(guess_csv_shape("a;b\n1,5;2\n").delimiter, ';');
  EXPECT_EQ(guess_csv_shape("Dear Sir,\n\nhere, as asked, is it,\nwith regards,\n").width, 1u);
}

TEST(PictureBlocks, RefuseWhatHasNoEnd) {
  EXPECT_EQ(code_of(read_picture_blocks("\xFF\xD8\xFF\xE0")), "picture.damaged");
  EXPECT_EQ(code_of(read_picture_blocks(std::string("\x89PNG\r\n\x1A\n\0\0\0\xFFtEXt", 16))), "picture.damaged");
  EXPECT_EQ(code_of(read_picture_blocks("text")), "picture.unknown");
}

TEST(CompoundFile, RefusesChainsInACircle) {
  std::string bytes(512 * 3, '\0');
  bytes.replace(0, 8, std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8));
  bytes[30] = 9;
  bytes[32] = 6;
  for (std::size_t i = 76; i < 512; ++i) bytes[i] = '\xFF';
  for (std::size_t i = 76; i < 80; ++i) bytes[i] = 0;  // the table is sector 0
  bytes.replace(68, 4, "\xFE\xFF\xFF\xFF");
  bytes[48] = 1;       // the directory starts at sector 1 ...
  bytes[512 + 4] = 1;  // ... which is followed by itself
  EXPECT_EQ(code_of(CompoundFile::open(bytes)), "compound.damaged");
}

TEST(PdfReader, RefusesWhatIsNone) { EXPECT_EQ(code_of(read_pdf(ByteSource::of_bytes("%PDF-1.7\nnothing"), {})), "pdf.damaged"); }

}  // namespace
}  // namespace candour::formats
