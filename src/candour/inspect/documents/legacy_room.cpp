#include <candour/inspect/documents/legacy_room.hpp>

#include <candour/formats/compound_file.hpp>
#include <candour/formats/little_endian.hpp>
#include <candour/inspect/documents/legacy_workbook.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace candour::inspect {
namespace {

using formats::CompoundEntry;
using formats::little_endian_or_zero;

/// What an entry's name says; these names are part of the format.
struct NameRule {
  std::string_view begins;
  FindingKind kind;
};
constexpr std::array name_rules = {
    NameRule{"_SX_DB", FindingKind::pivot_cache},
    NameRule{"Revision Log", FindingKind::revision_history},
    NameRule{"User Names", FindingKind::person},
    NameRule{"MBD", FindingKind::embedded_object},
    NameRule{"_VBA_PROJECT", FindingKind::macro},
    NameRule{"Macros", FindingKind::macro},
    NameRule{"\001Ole10Native", FindingKind::embedded_object},
    NameRule{"ObjectPool", FindingKind::embedded_object},
    NameRule{"Ctls", FindingKind::control},
    NameRule{"MsoDataStore", FindingKind::custom_xml},
};

std::optional<std::string_view> property_name(bool is_document_summary, std::uint32_t id) {
  if (is_document_summary) return id == 14 ? std::optional<std::string_view>("manager") : id == 15 ? std::optional<std::string_view>("company") : std::nullopt;
  switch (id) {
    case 3: return "subject";
    case 4: return "author";
    case 5: return "keywords";
    case 6: return "comments";
    case 7: return "template";
    case 8: return "last author";
    default: return std::nullopt;
  }
}

/// Reads the texts of a property set that tell of people.
void inspect_properties(std::string_view bytes, const CompoundEntry& entry, Inspection& inspection) {
  const bool is_document_summary = entry.name.find("Document") != std::string::npos;
  const std::size_t section = little_endian_or_zero<std::uint32_t>(bytes, 44);
  const std::uint32_t count = std::min<std::uint32_t>(little_endian_or_zero<std::uint32_t>(bytes, section + 4), 1'000);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto name = property_name(is_document_summary, little_endian_or_zero<std::uint32_t>(bytes, section + 8 + std::size_t{8} * i));
    const std::size_t at = section + little_endian_or_zero<std::uint32_t>(bytes, section + 12 + std::size_t{8} * i);
    if (!name || little_endian_or_zero<std::uint32_t>(bytes, at) != 0x1E || at + 8 > bytes.size()) continue;
    std::string_view text = bytes.substr(at + 8, little_endian_or_zero<std::uint32_t>(bytes, at + 4));
    text = text.substr(0, text.find('\0'));
    if (!text.empty()) inspection.at(FindingKind::document_properties, inspection.place(entry.path)).add(*name, text);
  }
}

class LegacyReading {
 public:
  LegacyReading(const formats::CompoundFile& file, Inspection& inspection) : file_(file), inspection_(inspection) {}

  std::string read() {
    for (const auto& entry : file_.entries()) look_at(entry);
    for (const auto& range : file_.unused_bytes()) {
      inspection_.at(FindingKind::trailing_data, inspection_.place(""))
          .add("bytes " + std::to_string(range.begin) + ".." + std::to_string(range.end), "", range.size());
    }
    const char* sentence = format_ == "XLS" ? "an old workbook cannot be looked through to the end: convert it to XLSX, ODS or CSV and inspect that"
                                            : "a file of this old form cannot be looked through to the end: convert it and inspect that";
    inspection_.gap(inspection_.place(""), encrypted_ ? "legacy.encrypted" : "legacy.old_format", encrypted_ ? "the package is encrypted" : sentence);
    return format_;
  }

 private:
  void look_at(const CompoundEntry& entry) {
    const InspectionPlace place = inspection_.place(entry.path);
    if (!entry.is_reached && !entry.name.empty()) inspection_.at(FindingKind::unreferenced_object, place).add("directory entry", "", 1);
    for (const auto& rule : name_rules) {
      if (std::string_view(entry.name).starts_with(rule.begins))
        inspection_.at(rule.kind, place).add(entry.is_storage ? "storage" : "stream", "", std::max<std::uint64_t>(entry.size, 1));
    }
    if (entry.is_storage) return;
    if (entry.name == "EncryptedPackage") encrypted_ = true;
    if (entry.name == "WordDocument") format_ = "DOC";
    if (entry.size > inspection_.limits().most_part_bytes) return inspection_.gap(place, "inspect.over_limit", "a stream is larger than the limit");
    const auto bytes = file_.read(entry);
    if (!bytes) return inspection_.gap(place, bytes.error());
    if (entry.name == "Workbook" || entry.name == "Book") {
      format_ = "XLS";
      inspect_legacy_workbook(*bytes, entry.path, inspection_);
    } else if (entry.name == "\005SummaryInformation" || entry.name == "\005DocumentSummaryInformation") {
      inspect_properties(*bytes, entry, inspection_);
    } else if (bytes->starts_with("PK\x03\x04") || bytes->starts_with("%PDF-")) {
      inspection_.at(FindingKind::embedded_object, place).add("stream", "", 1);
      inspection_.inspect_nested(entry.path, *bytes);
    }
  }

  const formats::CompoundFile& file_;
  Inspection& inspection_;
  std::string format_ = "OLE2";
  bool encrypted_ = false;
};

}  // namespace

bool is_legacy(const formats::ByteSource& source) {
  const auto head = source.read({0, std::min<std::uint64_t>(8, source.size())});
  return head && formats::CompoundFile::looks_like_one(*head);
}

std::string inspect_legacy(const formats::ByteSource& source, Inspection& inspection) {
  if (source.size() > inspection.limits().most_document_bytes) {
    inspection.gap(inspection.place(""), "inspect.over_limit", "the file is larger than the limit");
    return "OLE2";
  }
  auto bytes = source.read({0, source.size()});
  auto file = bytes ? formats::CompoundFile::open(std::move(*bytes)) : tl::make_unexpected(bytes.error());
  if (!file) {
    inspection.gap(inspection.place(""), file.error());
    return "OLE2";
  }
  return LegacyReading(*file, inspection).read();
}

}  // namespace candour::inspect
