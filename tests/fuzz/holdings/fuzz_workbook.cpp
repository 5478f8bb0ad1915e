#include "entries.hpp"

#include <candour/formats/zip_writer.hpp>
#include <candour/holdings/workbook_holding.hpp>

#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

namespace candour::fuzz {
namespace {

using formats::ZipEntryToWrite;

std::string xlsx_around(const std::string& sheet) {
  const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return formats::write_zip(
             std::vector<ZipEntryToWrite>{
                 {"xl/workbook.xml",
                  "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + relations + "\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
                  formats::Compression::stored},
                 {"xl/_rels/workbook.xml.rels",
                  "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" "
                  "Target=\"worksheets/sheet1.xml\"/></Relationships>",
                  formats::Compression::stored},
                 {"xl/sharedStrings.xml", "<sst xmlns=\"" + main + "\"><si><t>a</t></si><si><r><t>b</t></r></si></sst>", formats::Compression::stored},
                 {"xl/worksheets/sheet1.xml", sheet, formats::Compression::stored}})
      .value();
}

void read_all(const std::string& path) {
  auto holding = holdings::open_workbook(path, "");
  if (!holding) return;
  std::vector<holdings::ColumnRequest> columns;
  const auto names = (*holding)->column_names().value();
  for (const std::string& name : names) columns.push_back({name, holdings::ColumnKind::text, base::DateForm::iso, "Europe/London"});
  static_cast<void>((*holding)->read(
      columns, [](const holdings::RecordBatch&, const std::vector<std::vector<std::string>>&) { return base::Result<base::Done>(base::Done{}); }));
}

}  // namespace

void fuzz_workbook(const std::uint8_t* bytes, std::size_t size) {
  if (size < 1) return;
  const std::string body(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  const bool ods = bytes[0] % 2 == 1;
  std::string file = body;
  if (bytes[0] % 4 == 2) file = xlsx_around(body);
  if (bytes[0] % 4 == 3) file = formats::write_zip(std::vector<ZipEntryToWrite>{{"content.xml", body, formats::Compression::stored}}).value();
  const std::string path = "/dev/shm/candour-fuzz-" + std::to_string(::getpid()) + (ods ? ".ods" : ".xlsx");
  std::ofstream(path, std::ios::binary | std::ios::trunc) << file;
  read_all(path);
  ::unlink(path.c_str());
}

}  // namespace candour::fuzz

#ifdef CANDOUR_FUZZER
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  candour::fuzz::fuzz_workbook(bytes, size);
  return 0;
}
#endif
