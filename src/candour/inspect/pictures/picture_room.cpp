#include <candour/inspect/pictures/picture_room.hpp>

#include <candour/formats/exif_reader.hpp>
#include <candour/formats/picture_blocks.hpp>

#include <algorithm>
#include <array>

namespace candour::inspect {
namespace {

using formats::PictureBlock;
using formats::PictureForm;

constexpr std::array<std::string_view, 8> closed_forms{"GIF8",
                                                       "BM",
                                                       std::string_view("II*\0", 4),
                                                       std::string_view("MM\0*", 4),
                                                       "\xD7\xCD\xC6\x9A",
                                                       std::string_view("\x01\0\0\0", 4),
                                                       "RIFF",
                                                       std::string_view("\x01\x00\x09\x00", 4)};

// What says only how to draw the picture.
constexpr std::array<std::string_view, 15> plain_chunks{"IHDR", "PLTE", "IDAT", "IEND", "gAMA", "cHRM", "sRGB", "iCCP",
                                                        "sBIT", "pHYs", "tRNS", "bKGD", "hIST", "acTL", "cICP"};
constexpr std::array<std::string_view, 11> plain_tags{"XResolution",     "YResolution",     "ResolutionUnit", "Orientation",     "ColorSpace",
                                                      "PixelXDimension", "PixelYDimension", "ExifVersion",    "FlashPixVersion", "ComponentsConfiguration",
                                                      "YCbCrPositioning"};

template <class List>
bool contains(const List& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

void note_exif(std::string_view block, const InspectionPlace& place, Inspection& inspection) {
  const formats::ExifFacts facts = formats::read_exif(block);
  if (facts.tags.empty()) inspection.at(FindingKind::picture_metadata, place).add("EXIF", "", block.size());
  for (const auto& tag : facts.tags) {
    if (tag.group == "GPS") inspection.at(FindingKind::picture_location, place).add(tag.name, tag.value);
    else if (!contains(plain_tags, tag.name)) inspection.at(FindingKind::picture_metadata, place).add(tag.name, tag.value);
    inspection.look_at_text(place, tag.name, tag.value);
  }
  if (facts.thumbnail_bytes > 0) inspection.at(FindingKind::thumbnail, place).add("EXIF", "", facts.thumbnail_bytes);
}

void note_jpeg_block(const PictureBlock& block, std::string_view content, const InspectionPlace& place, Inspection& inspection) {
  if (!block.name.starts_with("APP") && block.name != "COM") return;
  if (content.starts_with(std::string_view("Exif\0", 5))) return note_exif(content, place, inspection);
  const bool is_plain_header = block.name == "APP0" && content.starts_with("JFIF") && content.size() <= 14;
  const bool is_colour = (block.name == "APP2" && content.starts_with("ICC_PROFILE")) || (block.name == "APP14" && content.starts_with("Adobe"));
  if (is_plain_header || is_colour) return;
  inspection.at(FindingKind::picture_metadata, place).add(block.name, content);
  inspection.look_at_text(place, block.name, content.substr(0, 64 * 1024));
}

void note_png_block(const PictureBlock& block, std::string_view content, const InspectionPlace& place, Inspection& inspection) {
  if (contains(plain_chunks, block.name)) return;
  if (block.name == "eXIf") return note_exif(std::string("Exif\0\0", 6) + std::string(content), place, inspection);
  inspection.at(FindingKind::picture_metadata, place).add(block.name, content);
  if (block.name == "tEXt" || block.name == "iTXt") inspection.look_at_text(place, block.name, content.substr(0, 64 * 1024));
}

}  // namespace

bool is_picture(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("\x89PNG\r\n")) return true;
  return std::any_of(closed_forms.begin(), closed_forms.end(), [&](std::string_view mark) { return bytes.starts_with(mark); });
}

void inspect_picture(std::string_view bytes, const InspectionPlace& place, Inspection& inspection) {
  const auto picture = formats::read_picture_blocks(bytes);
  if (!picture) return inspection.gap(place, picture.error());
  for (const auto& block : picture->blocks) {
    const std::string_view content = bytes.substr(static_cast<std::size_t>(block.content.begin), static_cast<std::size_t>(block.content.size()));
    if (picture->form == PictureForm::jpeg) note_jpeg_block(block, content, place, inspection);
    else note_png_block(block, content, place, inspection);
  }
  if (picture->end < bytes.size()) {
    const std::string where = "bytes " + std::to_string(picture->end) + ".." + std::to_string(bytes.size());
    inspection.at(FindingKind::trailing_data, place).add(where, bytes.substr(static_cast<std::size_t>(picture->end), 64), bytes.size() - picture->end);
  }
}

}  // namespace candour::inspect
