#include <candour/base/check.hpp>
#include <candour/formats/xml_writer.hpp>
#include <candour/formats/zip_writer.hpp>

#include <gtest/gtest.h>
#include <zip.h>
#include <pugixml.hpp>

#include <vector>

namespace candour::formats {
namespace {

const std::vector<ZipEntryToWrite> small_package = {
    {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", Compression::stored},
    {"content.xml", std::string(4000, 'a'), Compression::deflated},
    {"META-INF/manifest.xml", "<m/>", Compression::deflated},
};

TEST(ZipWriter, GivesTheSameBytesForTheSameEntries) {
  const auto first = write_zip(small_package);
  const auto second = write_zip(small_package);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
}

TEST(ZipWriter, PutsTheStoredMimetypeWhereOpenDocumentReadersLookForIt) {
  const auto bytes = write_zip(small_package);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->substr(0, 4), "PK\x03\x04");
  EXPECT_EQ((*bytes)[8], 0);   // stored
  EXPECT_EQ((*bytes)[28], 0);  // no extra field
  EXPECT_EQ(bytes->substr(30, 8), "mimetype");
  EXPECT_EQ(bytes->substr(38, 46), "application/vnd.oasis.opendocument.spreadsheet");
}

TEST(ZipWriter, WritesTheSameFixedDateWhateverTheClockAndZone) {
  const auto bytes = write_zip(small_package);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->substr(10, 4), std::string("\x00\x00\x21\x00", 4));
}

TEST(ZipWriter, IsReadBackWithTheEntriesInTheOrderGiven) {
  const auto bytes = write_zip(small_package);
  ASSERT_TRUE(bytes);
  zip_source_t* source = zip_source_buffer_create(bytes->data(), bytes->size(), 0, nullptr);
  zip_t* archive = zip_open_from_source(source, ZIP_CHECKCONS, nullptr);
  ASSERT_NE(archive, nullptr);
  ASSERT_EQ(zip_get_num_entries(archive, 0), 3);
  for (zip_uint64_t i = 0; i < 3; ++i) EXPECT_EQ(zip_get_name(archive, i, 0), small_package[i].path);
  zip_file_t* file = zip_fopen_index(archive, 1, 0);
  std::string content(5000, '\0');
  EXPECT_EQ(zip_fread(file, content.data(), content.size()), 4000);
  zip_fclose(file);
  zip_discard(archive);
}

TEST(ZipWriter, RefusesPathsThatLeaveTheArchiveOrOccurTwice) {
  const auto code = [](std::vector<ZipEntryToWrite> entries) {
    const auto bytes = write_zip(entries);
    return bytes ? std::string("written") : bytes.error().code;
  };
  EXPECT_EQ(code({{"../a", "", Compression::stored}}), "zip.bad_path");
  EXPECT_EQ(code({{"/a", "", Compression::stored}}), "zip.bad_path");
  EXPECT_EQ(code({{"a\\b", "", Compression::stored}}), "zip.bad_path");
  EXPECT_EQ(code({{"a//b", "", Compression::stored}}), "zip.bad_path");
  EXPECT_EQ(code({{"a", "", Compression::stored}, {"A", "", Compression::stored}}), "zip.duplicate_path");
  EXPECT_EQ(code({}), "zip.no_entries");
}

TEST(XmlWriter, WritesTextThatAReaderTakesBackUnchanged) {
  const std::string awkward = "a<b>&\"'\t\n\r]]> \xC3\xA9 \xF0\x9F\x98\x80";
  XmlWriter xml;
  xml.open("a:root").attribute("b", awkward).element("c", awkward).open("d").close().close();
  const std::string bytes = xml.finish();
  pugi::xml_document document;
  ASSERT_TRUE(document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default & ~pugi::parse_wconv_attribute));
  EXPECT_EQ(document.child("a:root").attribute("b").value(), awkward);
  EXPECT_EQ(document.child("a:root").child("c").text().get(), awkward);
  EXPECT_NE(bytes.find("<d/>"), std::string::npos);
}

TEST(XmlWriter, ReplacesWhatXmlForbids) {
  EXPECT_EQ(escaped_xml_text(std::string("a\0b\x01", 4)),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(escaped_xml_text("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong slash
  EXPECT_EQ(escaped_xml_text("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // surrogate
  EXPECT_EQ(escaped_xml_text("\xEF\xBF\xBF"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // U+FFFF
}

TEST(XmlWriter, StopsAtAnElementLeftOpenOrAWrongName) {
  XmlWriter left_open;
  left_open.open("a");
  EXPECT_THROW((void)left_open.finish(), base::InternalFault);
  XmlWriter wrong_name;
  EXPECT_THROW(wrong_name.open("a b"), base::InternalFault);
  XmlWriter late_attribute;
  late_attribute.open("a").text("x");
  EXPECT_THROW(late_attribute.attribute("b", "c"), base::InternalFault);
}

}  // namespace
}  // namespace candour::formats
