// Hiding places of archives, text and pictures.

#include "package_builder.hpp"
#include "specimen.hpp"

#include <candour/base/files.hpp>

#include <unistd.h>
#include <zip.h>
#include <zlib.h>

#include <filesystem>
#include <stdexcept>

namespace candour::inspect::specimens {
namespace {

using enum FindingKind;

const std::string table_text = "month,age,count\n2024-01,under 18,12\n2024-02,18 to 24,7\n";

std::string big_endian(std::uint64_t value, std::size_t length) {
  std::string out(length, '\0');
  for (std::size_t i = 0; i < length; ++i) out[length - 1 - i] = static_cast<char>(value >> (8 * i));
  return out;
}

std::string jpeg_segment(unsigned char marker, const std::string& content) {
  return std::string("\xFF") + static_cast<char>(marker) + big_endian(content.size() + 2, 2) + content;
}

std::string jpeg(const std::string& segments, const std::string& after = "") {
  return "\xFF\xD8" + jpeg_segment(0xE0, std::string("JFIF\0\1\1\0\0\1\0\1\0\0", 14)) + segments + jpeg_segment(0xDA, std::string("\1\1\0\0\x3F\0", 6)) +
         "pixels\xFF\xD9" + after;
}

/// A TIFF block with one camera tag, or with a GPS group.
std::string exif(bool with_place) {
  const auto little = [](std::uint64_t value, std::size_t length) {
    std::string out = big_endian(value, length);
    return std::string(out.rbegin(), out.rend());
  };
  const auto entry = [&](std::uint16_t tag, std::uint16_t type, std::uint32_t count, const std::string& value) {
    return little(tag, 2) + little(type, 2) + little(count, 4) + value;
  };
  std::string block = std::string("II*\0", 4) + little(8, 4) + little(1, 2);
  if (with_place) block += entry(0x8825, 4, 1, little(26, 4)) + little(0, 4) + little(1, 2) + entry(0x0001, 2, 2, std::string("N\0\0\0", 4)) + little(0, 4);
  else block += entry(0x0110, 2, 4, std::string("C12\0", 4)) + little(0, 4);
  return std::string("Exif\0\0", 6) + block;
}

/// Rewrites an archive through libzip, on disk.
template <class Change>
std::string changed_archive(const std::string& bytes, Change change) {
  const auto file = std::filesystem::temp_directory_path() / ("candour-specimen-" + std::to_string(::getpid()) + ".zip");
  base::write_file_whole(file, bytes).value();
  zip_t* archive = zip_open(file.c_str(), 0, nullptr);
  change(archive);
  if (zip_close(archive) != 0) throw std::runtime_error(std::string("the specimen cannot be built: ") + zip_strerror(archive));
  std::string out = base::read_file(file).value();
  std::filesystem::remove(file);
  return out;
}

std::string replaced(std::string bytes, const std::string& from, const std::string& to, std::size_t occurrence) {
  std::size_t at = bytes.find(from);
  for (; occurrence > 0; --occurrence) at = bytes.find(from, at + 1);
  return bytes.replace(at, from.size(), to);
}

}  // namespace

std::string png_chunk(const std::string& name, const std::string& content) {
  const std::string body = name + content;
  const auto checksum = crc32(0, reinterpret_cast<const unsigned char*>(body.data()), static_cast<unsigned>(body.size()));
  return big_endian(content.size(), 4) + body + big_endian(checksum, 4);
}

namespace {
std::string png(const std::string& chunks, const std::string& after = "") {
  return std::string("\x89PNG\r\n\x1A\n", 8) + png_chunk("IHDR", std::string("\0\0\0\1\0\0\0\1\x08\0\0\0\0", 13)) + chunks + png_chunk("IDAT", "pixels") +
         png_chunk("IEND", "") + after;
}
}  // namespace

std::string plain_png() { return png(""); }
std::string plain_jpeg() { return jpeg(""); }

std::vector<Specimen> picture_specimens() {
  return {
      {"PngText", picture_metadata, "tEXt", "", png(png_chunk("tEXt", std::string("Author\0A. Person", 16))), ""},
      {"PngExif", picture_metadata, "Model", "", png(png_chunk("eXIf", exif(false).substr(6))), ""},
      {"PngTime", picture_metadata, "tIME", "", png(png_chunk("tIME", "1234567")), ""},
      {"PngTrailingData", trailing_data, "bytes ", "", png("", "secret"), ""},
      {"JpegExif", picture_metadata, "Model", "", jpeg(jpeg_segment(0xE1, exif(false))), ""},
      {"JpegPlace", picture_location, "GPS", "", jpeg(jpeg_segment(0xE1, exif(true))), ""},
      {"JpegXmp", picture_metadata, "APP1", "", jpeg(jpeg_segment(0xE1, std::string("http://ns.adobe.com/xap/1.0/\0<x/>", 33))), ""},
      {"JpegComment", picture_metadata, "COM", "", jpeg(jpeg_segment(0xFE, "by A. Person")), ""},
      {"JpegTrailingData", trailing_data, "bytes ", "", jpeg("", "secret"), ""},
  };
}

std::vector<Specimen> text_specimens() {
  const auto csv = [](const std::string& name, FindingKind kind, const std::string& where, const std::string& bytes) {
    return Specimen{"Csv" + name, kind, where, "", bytes, ""};
  };
  return {
      csv("ExtraColumn", extra_column, "D2", "month,age,count\n2024-01,under 18,12,Alder\n2024-02,18 to 24,7\n"),
      csv("RowAfterBlank", row_after_blank, "A5", table_text + "\nAlder,under 18,1\n"),
      csv("SeveralTables", several_tables, "A5", table_text + "\nname,count\nAlder,1\n"),
      csv("EmbeddedLineEnd", embedded_line_end, "B2", "month,age,count\n2024-01,\"under\n18\",12\n2024-02,18 to 24,7\n"),
      csv("NulByte", nul_byte, "B2", "month,age,count\n2024-01,under" + std::string(1, '\0') + "18,12\n2024-02,18 to 24,7\n"),
      csv("InnerByteOrderMark", invisible_character, "B2", "month,age,count\n2024-01,\xEF\xBB\xBFunder 18,12\n2024-02,18 to 24,7\n"),
      csv("MixedEncoding", mixed_encoding, "B2", "month,age,count\n2024-01,na\xEFve,12\n2024-02,18 to 24,7\n"),
      csv("ZeroWidth", invisible_character, "B2",
          "month,age,count\n2024-01,un\xE2\x80\x8B"
          "der,12\n2024-02,18 to 24,7\n"),
      csv("TagCharacter", invisible_character, "B2", "month,age,count\n2024-01,a\xF3\xA0\x81\x81,12\n2024-02,18 to 24,7\n"),
      csv("Direction", direction_control, "B2",
          "month,age,count\n2024-01,12\xE2\x80\xAE"
          "34,12\n2024-02,18 to 24,7\n"),
      csv("MixedScripts", mixed_scripts, "B2",
          "month,age,count\n2024-01,\xD0\xA1"
          "ardiff,12\n2024-02,18 to 24,7\n"),
      csv("FormulaStart", formula_start, "B2", "month,age,count\n2024-01,=1+1,12\n2024-02,18 to 24,7\n"),
      csv("AfterEndMark", trailing_data, "bytes ",
          table_text + "\x1A"
                       "Alder,under 18,1\n"),
      {"JsonInvisibleCharacter", invisible_character, "/month/0", "", "{\"month\": [\"Jan\\u200buary\"]}\n", ""},
      {"JsonDirectionOfAName", direction_control, "/", "", "{\"mo\\u202enth\": [\"January\"]}\n", ""},
      {"JsonMixedScripts", mixed_scripts, "/month", "", "{\"month\": \"J\\u0430nuary\"}\n", ""},
      {"JsonDuplicateName", duplicate_name, "/1/month", "", "[12, {\"month\": \"January\", \"month\": \"Alder\"}]\n", ""},
      {"HtmlComment", hidden_markup, "byte ", "", "<!DOCTYPE html>\n<p>An answer.</p><!-- was 41 -->\n", ""},
      {"HtmlHiddenElement", hidden_markup, "byte ", "", "<!doctype html>\n<p>An answer.</p><p hidden>41</p>\n", ""},
      {"HtmlNotDisplayed", hidden_markup, "byte ", "", "<!doctype html>\n<p>An answer.</p><p style=\"display: none\">41</p>\n", ""},
      {"HtmlScript", hidden_markup, "byte ", "", "<!doctype html>\n<p>An answer.</p><script>let raw = 41</script>\n", ""},
      {"HtmlDataAddress", hidden_markup, "byte ", "", "<!doctype html>\n<a href=\"data:text/csv,Alder\">x</a>\n", ""},
      {"TextZeroWidth", invisible_character, "line 2", "", "An answer.\nTwo\xE2\x80\x8B words.\n", ""},
      {"TextNul", nul_byte, "line 1", "",
       "An answer in many words, so that it counts as text all the same, although" + std::string(1, '\0') + "here is a nought.\n", ""},
  };
}

std::vector<Specimen> container_specimens() {
  const std::string book = WorkbookSpec().bytes(Naming::customary);
  const std::string two = formats::write_zip(std::vector<formats::ZipEntryToWrite>{{"aaaa.txt", "one"}, {"bbbb.txt", "two"}}).value();
  const std::string commented = changed_archive(book, [](zip_t* archive) { zip_set_archive_comment(archive, "by A. Person", 12); });
  const std::string entry_commented = changed_archive(book, [](zip_t* archive) { zip_file_set_comment(archive, 0, "by A. Person", 12, 0); });
  const std::string extra = changed_archive(
      book, [](zip_t* archive) { zip_file_extra_field_set(archive, 0, 0x7777, 0, reinterpret_cast<const zip_uint8_t*>("secret"), 6, ZIP_FL_CENTRAL); });
  return {
      {"ZipComment", archive_comment, "archive", "", commented, ""},
      {"ZipEntryComment", archive_comment, "entry", "", entry_commented, ""},
      {"ZipExtraField", extra_field, "header", "", extra, ""},
      {"ZipBytesBefore", bytes_outside_records, "bytes 0..6", "", "secret" + book, ""},
      {"ZipBytesAfter", bytes_outside_records, "bytes " + std::to_string(book.size()), "", book + "secret", ""},
      {"ZipDuplicateName", duplicate_name, "name", "", replaced(replaced(two, "bbbb.txt", "aaaa.txt", 0), "bbbb.txt", "aaaa.txt", 0), ""},
      {"ZipCaseVariant", duplicate_name, "name", "", replaced(replaced(two, "bbbb.txt", "AAAA.txt", 0), "bbbb.txt", "AAAA.txt", 0), ""},
      {"ZipTwoNames", name_mismatch, "local header", "", replaced(two, "bbbb.txt", "cccc.txt", 0), ""},
      {"ZipNestedWorkbook", very_hidden_sheet, "A1", "Raw",
       formats::write_zip(std::vector<formats::ZipEntryToWrite>{{"in.xlsx", workbook_specimens()[1].bytes}}).value(), ""},
  };
}

std::vector<CleanFile> clean_files() {
  OpenDocumentSpec letter;
  letter.body_kind = "text";
  letter.body = "<text:p>The answer is in the table.</text:p>";
  return {
      {"Xlsx", WorkbookSpec().bytes(Naming::customary)},
      {"XlsxRenamed", WorkbookSpec().bytes(Naming::meaningless)},
      {"Docx", DocumentSpec().bytes(Naming::customary)},
      {"Ods", OpenDocumentSpec().bytes()},
      {"Odt", letter.bytes()},
      {"Csv", table_text},
      {"Pdf", plain_pdf()},
      {"Text", "Dear Sir or Madam,\n\nhere is the answer.\n"},
      {"Png", plain_png()},
      {"Jpeg", plain_jpeg()},
      {"Html", "<!doctype html>\n<html lang=\"en\"><head><title>Answer</title></head><body><p>The answer is not hidden.</p></body></html>\n"},
      {"Empty", ""},
      {"Json", "{\"month\": [\"January\", 12, 1.5, true, null, {}]}\n"},
      {"TextThatBeginsLikeJson", "[Draft] Dear Sir or Madam,\n\nhere is the answer.\n"},
  };
}

std::vector<Specimen> all_specimens() {
  std::vector<Specimen> out;
  for (auto& list :
       {workbook_specimens(), document_specimens(), opendocument_specimens(), container_specimens(), text_specimens(), picture_specimens(), pdf_specimens()}) {
    out.insert(out.end(), list.begin(), list.end());
  }
  return out;
}

}  // namespace candour::inspect::specimens
