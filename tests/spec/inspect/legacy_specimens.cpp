// Hiding places of the old workbook: an OLE2 container and the records in it, built by hand.

#include "specimen.hpp"

#include <cstdint>
#include <utility>

namespace candour::inspect::specimens {
namespace {

using enum FindingKind;

constexpr std::size_t sector_bytes = 512, least_stream_bytes = 4096;
constexpr std::uint32_t no_entry = 0xFFFFFFFF, end_of_chain = 0xFFFFFFFE, table_sector = 0xFFFFFFFD, free_sector = 0xFFFFFFFF;

std::string little(std::uint64_t value, std::size_t length) {
  std::string out(length, '\0');
  for (std::size_t i = 0; i < length; ++i) out[i] = static_cast<char>(value >> (8 * i));
  return out;
}

std::string filled(std::string bytes, std::size_t unit, char with = '\0') {
  bytes.resize((bytes.size() + unit - 1) / unit * unit, with);
  return bytes;
}

/// A container of streams and empty storages, all directly under its root. Streams are long enough to lie in sectors of their own.
struct Container {
  std::vector<std::pair<std::string, std::string>> streams;
  std::vector<std::string> storages;
  std::string lost_name;     ///< a directory entry that no other leads to
  std::string lost_content;  ///< bytes in a sector that no stream uses

  [[nodiscard]] std::string bytes() const {
    std::string directory = entry("Root Entry", 5, no_entry, streams.empty() && storages.empty() ? no_entry : 1, end_of_chain, 0);
    std::string content;
    std::vector<std::uint32_t> table{table_sector};
    const std::size_t entries = 1 + streams.size() + storages.size() + (lost_name.empty() ? 0 : 1), directory_sectors = (entries + 3) / 4;
    const auto add_chain = [&](std::size_t sectors) {
      for (std::size_t i = 0; i < sectors; ++i) table.push_back(i + 1 == sectors ? end_of_chain : static_cast<std::uint32_t>(table.size() + 1));
    };
    add_chain(directory_sectors);
    std::uint32_t number = 1;
    const auto next = [&] { return number == streams.size() + storages.size() ? no_entry : number + 1; };
    for (const auto& [name, bytes] : streams) {
      const std::string stream = filled(bytes.size() < least_stream_bytes ? filled(bytes, least_stream_bytes) : bytes, sector_bytes);
      directory += entry(name, 2, next(), no_entry, static_cast<std::uint32_t>(table.size()), stream.size());
      add_chain(stream.size() / sector_bytes);
      content += stream;
      ++number;
    }
    for (const auto& name : storages) {
      directory += entry(name, 1, next(), no_entry, 0, 0);
      ++number;
    }
    if (!lost_name.empty()) directory += entry(lost_name, 1, no_entry, no_entry, 0, 0);
    if (!lost_content.empty()) content += filled(lost_content, sector_bytes);
    std::string sectors;
    for (const auto next_sector : table) sectors += little(next_sector, 4);
    return header() + filled(sectors, sector_bytes, '\xFF') + filled(directory, directory_sectors * sector_bytes) + content;
  }

 private:
  static std::string header() {
    std::string out = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(16, '\0') + little(0x3E, 2) + little(3, 2) + little(0xFFFE, 2) + little(9, 2) +
                      little(6, 2) + std::string(10, '\0');
    out += little(1, 4) + little(1, 4) + little(0, 4) + little(least_stream_bytes, 4) + little(end_of_chain, 4) + little(0, 4) + little(end_of_chain, 4) +
           little(0, 4) + little(0, 4);
    for (int i = 1; i < 109; ++i) out += little(free_sector, 4);
    return out;
  }
  static std::string entry(const std::string& name, unsigned char kind, std::uint32_t right, std::uint32_t child, std::uint32_t first, std::uint64_t size) {
    std::string wide;
    for (const char letter : name) wide += std::string(1, letter) + '\0';
    std::string out = wide;
    out.resize(64, '\0');
    out += little(wide.size() + 2, 2) + std::string(1, static_cast<char>(kind)) + '\1' + little(no_entry, 4) + little(right, 4) + little(child, 4);
    return out + std::string(36, '\0') + little(first, 4) + little(size, 8);
  }
};

std::string record(std::uint16_t type, const std::string& content) { return little(type, 2) + little(content.size(), 2) + content; }
std::string begin(std::uint16_t kind) { return record(0x0809, little(0x0600, 2) + little(kind, 2) + std::string(12, '\0')); }
std::string end() { return record(0x000A, ""); }
std::string number_at(std::uint16_t row, std::uint16_t column) {
  return record(0x0203, little(row, 2) + little(column, 2) + little(0, 2) + std::string(8, '\1'));
}

/// The stream of a workbook with one sheet.
struct OldBook {
  std::string globals;  ///< records of the workbook
  std::string records;  ///< records of the sheet
  unsigned char state = 0;
  unsigned char kind = 0;

  [[nodiscard]] std::string stream() const {
    const std::string name = "Raw";
    const auto start = [&](std::size_t at) {
      return begin(0x0005) + globals +
             record(0x0085, little(at, 4) + static_cast<char>(state) + static_cast<char>(kind) + static_cast<char>(name.size()) + '\0' + name) + end();
    };
    return start(start(0).size()) + begin(0x0010) + records + end();
  }
  [[nodiscard]] std::string bytes() const { return Container{{{"Workbook", stream()}}, {}, {}, {}}.bytes(); }
};

std::string beside_the_book(const std::pair<std::string, std::string>& stream) {
  return Container{{{"Workbook", OldBook().stream()}, stream}, {}, {}, {}}.bytes();
}
std::string with_storage(const std::string& name) { return Container{{{"Workbook", OldBook().stream()}}, {name}, {}, {}}.bytes(); }

std::string author_property() {
  const std::string value = little(0x1E, 4) + little(10, 4) + std::string("A. Person\0\0\0", 12);
  return std::string(44, '\0') + little(48, 4) + little(16 + value.size(), 4) + little(1, 4) + little(4, 4) + little(16, 4) + value;
}

Specimen old(const std::string& name, FindingKind kind, const std::string& where, const std::string& bytes, const std::string& sheet = {}) {
  return {"Xls" + name, kind, where, sheet, bytes, ""};
}

}  // namespace

std::string plain_xls() { return OldBook{{}, number_at(0, 0), 0, 0}.bytes(); }
std::string encrypted_package() { return Container{{{"EncryptedPackage", "cipher"}, {"EncryptionInfo", "key"}}, {}, {}, {}}.bytes(); }
std::string encrypted_xls() { return OldBook{record(0x002F, std::string(6, '\0')), number_at(0, 0), 1, 0}.bytes(); }

std::vector<Specimen> legacy_specimens() {
  const std::string hidden_row_record = record(0x0208, little(0, 2) + std::string(10, '\0') + little(0x20, 2) + little(0, 2));
  const std::string hidden_column_record = record(0x007D, little(1, 2) + little(2, 2) + little(2560, 2) + little(0, 2) + little(1, 2));
  const std::string flat_column_record = record(0x007D, little(1, 2) + little(2, 2) + little(0, 2) + little(0, 2) + little(0, 2));
  return {
      old("HiddenSheet", hidden_sheet, "A1", OldBook{{}, number_at(0, 0), 1, 0}.bytes(), "Raw"),
      old("VeryHiddenSheet", very_hidden_sheet, "A1", OldBook{{}, number_at(0, 0), 2, 0}.bytes(), "Raw"),
      old("HiddenRow", hidden_row, "C1", OldBook{{}, hidden_row_record + number_at(0, 2), 0, 0}.bytes(), "Raw"),
      old("HiddenColumn", hidden_column, "C4", OldBook{{}, hidden_column_record + number_at(3, 2), 0, 0}.bytes(), "Raw"),
      old("FlatColumn", hidden_column, "C4", OldBook{{}, flat_column_record + number_at(3, 2), 0, 0}.bytes(), "Raw"),
      old("MacroSheet", macro, "macro sheet", OldBook{{}, {}, 0, 1}.bytes(), "Raw"),
      old("LastUser", person, "WRITEACCESS", OldBook{record(0x005C, little(9, 2) + '\0' + "A. Person"), {}, 0, 0}.bytes()),
      old("Comment", comment, "B2", OldBook{{}, record(0x001C, little(1, 2) + little(1, 2) + std::string(4, '\0')), 0, 0}.bytes(), "Raw"),
      old("DefinedName", defined_name, "NAME", OldBook{record(0x0018, std::string(16, '\0')), {}, 0, 0}.bytes()),
      old("FilterCriteria", filter_criteria, "AUTOFILTER", OldBook{{}, record(0x009E, std::string(24, '\0')), 0, 0}.bytes(), "Raw"),
      old("PivotTable", pivot_table, "SXVIEW", OldBook{{}, record(0x00B0, std::string(44, '\0')), 0, 0}.bytes(), "Raw"),
      old("ExternalBook", external_cache, "SUPBOOK", OldBook{record(0x01AE, little(1, 2) + little(8, 2) + "raw.xls"), {}, 0, 0}.bytes()),
      old("Hyperlink", hyperlink, "HLINK", OldBook{{}, record(0x01B8, std::string(32, '\0')), 0, 0}.bytes(), "Raw"),
      old("PivotCache", pivot_cache, "storage", with_storage("_SX_DB_CUR")),
      old("EmbeddedObject", embedded_object, "storage", with_storage("MBD0012AB34")),
      old("MacroProject", macro, "storage", with_storage("_VBA_PROJECT_CUR")),
      old("RevisionLog", revision_history, "stream", beside_the_book({"Revision Log", "was 41"})),
      old("UserNames", person, "stream", beside_the_book({"User Names", "A. Person"})),
      old("Controls", control, "stream", beside_the_book({"Ctls", "x"})),
      old("Author", document_properties, "author", beside_the_book({"\005SummaryInformation", author_property()})),
      old("LostEntry", unreferenced_object, "directory entry", Container{{{"Workbook", OldBook().stream()}}, {}, "Old", {}}.bytes()),
      old("UnusedSector", trailing_data, "bytes ", Container{{{"Workbook", OldBook().stream()}}, {}, {}, "an older answer"}.bytes()),
  };
}

}  // namespace candour::inspect::specimens
