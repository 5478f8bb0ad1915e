#include "readers.hpp"

#include <candour/formats/compound_file.hpp>
#include <candour/formats/csv_scanner.hpp>
#include <candour/formats/exif_reader.hpp>
#include <candour/formats/pdf_reader.hpp>
#include <candour/formats/picture_blocks.hpp>
#include <candour/formats/xml_tree.hpp>
#include <candour/formats/zip_reader.hpp>
#include <candour/formats/zip_writer.hpp>
#include <candour/inspect/inspect_file.hpp>

#include <array>
#include <string>
#include <vector>

namespace candour::inspect::fuzz {
namespace {

using base::Done;
using base::Result;

/// Small limits, so that a hostile input is refused quickly and the time goes into new inputs.
InspectionOptions options() {
  InspectionOptions options;
  options.limits.archive.most_total_bytes = 1 << 22;
  options.limits.archive.most_entry_bytes = 1 << 21;
  options.limits.most_part_bytes = 1 << 20;
  options.limits.most_nested_bytes = 1 << 20;
  options.limits.deepest_nesting = 2;
  return options;
}

void read_zip(std::string_view bytes) {
  const auto archive = formats::ZipReader::open(formats::ByteSource::of_bytes(std::string(bytes)), options().limits.archive);
  if (!archive) return;
  for (std::size_t i = 0; i < archive->survey().entries.size(); ++i) (void)archive->read(i, 1 << 20);
}

void read_xml(std::string_view bytes) { (void)formats::read_xml_tree(bytes); }

void read_csv(std::string_view bytes) {
  const auto shape = formats::guess_csv_shape(bytes);
  formats::CsvScanner scanner(shape.delimiter, 1 << 16, [](const formats::CsvRecord&) -> Result<Done> { return Done{}; });
  if (scanner.feed(bytes)) (void)scanner.finish();
}

/// Any file, compared with our own writing.
void read_as_ours(std::string_view bytes) {
  auto ours = options();
  ours.expectation = Expectation::our_own_writing;
  (void)inspect_bytes("input", std::string(bytes), ours);
}

void read_pdf(std::string_view bytes) {
  formats::PdfLimits limits;
  limits.most_stream_bytes = 1 << 20;
  limits.most_total_bytes = 1 << 23;
  (void)formats::read_pdf(formats::ByteSource::of_bytes(std::string(bytes)), limits);
}

void read_picture(std::string_view bytes) {
  (void)formats::read_picture_blocks(bytes);
  (void)formats::read_exif(bytes);
}

void read_compound(std::string_view bytes) {
  const auto file = formats::CompoundFile::open(std::string(bytes));
  if (!file) return;
  for (const auto& entry : file->entries()) {
    if (entry.size < (1 << 20)) (void)file->read(entry);
  }
  (void)file->unused_bytes();
}

/// The first byte chooses a part of a workbook; the rest is its content.
void read_workbook_part(std::string_view bytes) {
  if (bytes.empty()) return;
  const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  std::vector<formats::ZipEntryToWrite> entries{
      {"[Content_Types].xml", R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)"},
      {"_rels/.rels",
       R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/officeDocument" Target="book.xml"/></Relationships>)"},
      {"book.xml", "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + links + "\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"},
      {"_rels/book.xml.rels",
       R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="x/worksheet" Target="sheet.xml"/>)"
       R"(<Relationship Id="t" Type="x/styles" Target="styles.xml"/><Relationship Id="u" Type="x/sharedStrings" Target="texts.xml"/><Relationship Id="v" Type="x/chart" Target="other.xml"/></Relationships>)"},
      {"sheet.xml", "<worksheet xmlns=\"" + main + "\"><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>"},
      {"styles.xml", "<styleSheet xmlns=\"" + main + "\"/>"},
      {"texts.xml", "<sst xmlns=\"" + main + "\"><si><t>x</t></si></sst>"},
      {"other.xml", "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"/>"},
  };
  entries[1 + static_cast<unsigned char>(bytes.front()) % 7].bytes = bytes.substr(1);
  const auto package = formats::write_zip(entries);
  if (package) (void)inspect_bytes("input", *package, options());
}

/// The first byte chooses a part of a spreadsheet; the rest is its content.
void read_opendocument_part(std::string_view bytes) {
  if (bytes.empty()) return;
  std::vector<formats::ZipEntryToWrite> entries{
      {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", formats::Compression::stored},
      {"content.xml",
       R"(<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><o:body><o:spreadsheet/></o:body></o:document-content>)"},
      {"styles.xml", R"(<o:document-styles xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>)"},
      {"settings.xml", R"(<o:document-settings xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>)"},
      {"META-INF/manifest.xml", R"(<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>)"},
  };
  entries[1 + static_cast<unsigned char>(bytes.front()) % 4].bytes = bytes.substr(1);
  const auto package = formats::write_zip(entries);
  if (package) (void)inspect_bytes("input", *package, options());
}

/// Any file at all, as it comes.
void read_any_file(std::string_view bytes) { (void)inspect_bytes("input", std::string(bytes), options()); }

constexpr std::array all_readers = {
    Reader{"zip", read_zip},
    Reader{"xml", read_xml},
    Reader{"csv", read_csv},
    Reader{"pdf", read_pdf},
    Reader{"picture", read_picture},
    Reader{"compound", read_compound},
    Reader{"workbook", read_workbook_part},
    Reader{"opendocument", read_opendocument_part},
    Reader{"file", read_any_file},
    Reader{"ours", read_as_ours},
};

}  // namespace

std::span<const Reader> readers() { return all_readers; }

}  // namespace candour::inspect::fuzz
