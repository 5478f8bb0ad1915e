#include <candour/formats/plain_jpeg.hpp>

#include <candour/formats/picture_blocks.hpp>

#include <fmt/format.h>

namespace candour::formats {
namespace {

base::Error wrong(std::string_view code, std::string sentence,
                  std::string hint = "save it as a JPEG without metadata: drawing programs ask for that on export") {
  return {base::Cause::wrong_input, fmt::format("picture.{}", code), {}, std::move(sentence), std::move(hint)};
}

// Start of a frame: the markers C0 to CF but for tables, arithmetic conditioning and the reserved one.
bool is_frame(std::string_view name) {
  for (const std::string_view marker : {"192", "193", "194", "195", "197", "198", "199", "201", "202", "203", "205", "206", "207"})
    if (name == fmt::format("segment {}", marker)) return true;
  return false;
}

int two_bytes(std::string_view content, std::size_t at) { return static_cast<unsigned char>(content[at]) * 256 + static_cast<unsigned char>(content[at + 1]); }

}  // namespace

base::Result<PictureSize> read_plain_jpeg(std::string_view bytes) {
  if (!bytes.starts_with("\xFF\xD8\xFF")) return base::fail(wrong("not_jpeg", "the picture is not a JPEG, expected one"));
  if (bytes.size() > most_picture_bytes)
    return base::fail(wrong("too_large", fmt::format("the picture has {} bytes, expected at most {}", bytes.size(), most_picture_bytes), "make it smaller"));
  CANDOUR_TRY(picture, read_picture_blocks(bytes));
  PictureSize size;
  for (const PictureBlock& block : picture.blocks) {
    const std::string_view content = bytes.substr(static_cast<std::size_t>(block.content.begin), static_cast<std::size_t>(block.content.size()));
    const bool is_header =
        (block.name == "APP0" && content.starts_with("JFIF") && content.size() <= 14) || (block.name == "APP14" && content.starts_with("Adobe"));
    if ((block.name.starts_with("APP") && !is_header) || block.name == "COM")
      return base::fail(wrong("metadata", fmt::format("the picture holds a block {} that nobody sees, expected the picture alone", block.name)));
    if (is_frame(block.name) && content.size() >= 6) size = {two_bytes(content, 3), two_bytes(content, 1)};
  }
  if (picture.end < bytes.size())
    return base::fail(wrong("metadata", fmt::format("the picture holds {} bytes after its end, expected none", bytes.size() - picture.end)));
  if (size.width < 1 || size.height < 1) return base::fail(wrong("no_size", "the picture has no size, expected a frame with width and height"));
  if (size.width > most_picture_pixels || size.height > most_picture_pixels)
    return base::fail(wrong("too_large",
                            fmt::format("the picture is {} by {} pixels, expected at most {} a side", size.width, size.height, most_picture_pixels),
                            "make it smaller"));
  return size;
}

}  // namespace candour::formats
