#include <candour/inspect/rooms.hpp>

#include <candour/formats/zip_reader.hpp>
#include <candour/inspect/documents/legacy_room.hpp>
#include <candour/inspect/documents/pdf_room.hpp>
#include <candour/inspect/opendocument/opendocument_room.hpp>
#include <candour/inspect/package/container.hpp>
#include <candour/inspect/package/open_package.hpp>
#include <candour/inspect/package/package_room.hpp>
#include <candour/inspect/pictures/picture_room.hpp>
#include <candour/inspect/text/json_text.hpp>
#include <candour/inspect/text/text_room.hpp>

#include <algorithm>
#include <array>

namespace candour::inspect {
namespace {

std::string beginning_of(const formats::ByteSource& source, std::uint64_t most) {
  auto bytes = source.read({0, std::min(most, source.size())});
  return bytes ? std::move(*bytes) : std::string();
}

bool is_zip(const formats::ByteSource& source) { return formats::looks_like_zip(source); }

/// Opens every file of an archive that is no office document.
std::string inspect_archive(const formats::ByteSource& source, Inspection& inspection) {
  auto archive = formats::ZipReader::open(source, inspection.limits().archive);
  if (!archive) {
    inspection.gap(inspection.place(""), archive.error());
    return "ZIP";
  }
  note_container(archive->survey(), inspection);
  const auto& entries = archive->survey().entries;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].is_folder()) continue;
    auto bytes = archive->read(i, inspection.limits().most_nested_bytes);
    if (bytes) inspection.inspect_nested(entries[i].name, std::move(*bytes));
    else inspection.gap(inspection.place(entries[i].name), bytes.error());
  }
  return "ZIP";
}

std::string inspect_zip(const formats::ByteSource& source, Inspection& inspection) {
  const auto survey = formats::survey_zip(source, inspection.limits().archive);
  if (survey && is_open_package(*survey)) return inspect_package(source, inspection);
  if (survey && is_opendocument(*survey)) return inspect_opendocument(source, inspection);
  return inspect_archive(source, inspection);
}

bool is_picture_file(const formats::ByteSource& source) {
  const std::string head = beginning_of(source, 16);
  return head.starts_with("\xFF\xD8\xFF") || head.starts_with("\x89PNG\r\n");
}

std::string inspect_picture_file(const formats::ByteSource& source, Inspection& inspection) {
  const std::string format = beginning_of(source, 4).starts_with("\x89PNG") ? "PNG" : "JPEG";
  if (source.size() > inspection.limits().most_document_bytes) {
    inspection.gap(inspection.place(""), "inspect.over_limit", "the picture is larger than the limit");
    return format;
  }
  const auto bytes = source.read({0, source.size()});
  if (bytes) inspect_picture(*bytes, inspection.place(""), inspection);
  else inspection.gap(inspection.place(""), bytes.error());
  return format;
}

constexpr std::array all_rooms = {
    Room{is_picture_file, inspect_picture_file},
    Room{is_legacy, inspect_legacy},
    Room{is_pdf, inspect_pdf},
    Room{is_zip, inspect_zip},
    Room{is_json, inspect_json},
    Room{is_text, inspect_text},
};

}  // namespace

std::span<const Room> rooms() { return all_rooms; }

}  // namespace candour::inspect
