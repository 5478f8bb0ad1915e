#include <candour/formats/picture_blocks.hpp>

namespace candour::formats {
namespace {

using base::Cause;
using base::Error;
using base::fail;
using base::Result;

constexpr std::string_view png_mark("\x89PNG\r\n\x1A\n", 8);

Error damaged(std::string sentence) { return {Cause::could_not_finish, "picture.damaged", {}, std::move(sentence), {}}; }

unsigned char byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

std::uint64_t big_endian(std::string_view bytes, std::size_t at, std::size_t length) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < length; ++i) value = (value << 8) | byte_at(bytes, at + i);
  return value;
}

std::string jpeg_name(unsigned char marker) {
  if (marker >= 0xE0 && marker <= 0xEF) return "APP" + std::to_string(marker - 0xE0);
  if (marker == 0xFE) return "COM";
  if (marker == 0xDA) return "SOS";
  return "segment " + std::to_string(marker);
}

/// Gives where the picture data that start at `at` end: at the next marker that is neither a restart nor an escaped byte.
std::size_t end_of_scan(std::string_view bytes, std::size_t at) {
  for (;; ++at) {
    at = bytes.find('\xFF', at);
    if (at == std::string_view::npos || at + 1 >= bytes.size()) return bytes.size();
    const unsigned char next = byte_at(bytes, at + 1);
    if (next != 0x00 && next != 0xFF && !(next >= 0xD0 && next <= 0xD7)) return at;
  }
}

Result<PictureBlocks> read_jpeg(std::string_view bytes) {
  PictureBlocks out;
  for (std::size_t at = 2; at + 2 <= bytes.size();) {
    if (byte_at(bytes, at) != 0xFF) return fail(damaged("a marker is not where the segment before ends"));
    const unsigned char marker = byte_at(bytes, at + 1);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker == 0xD9) {
      out.end = at + 2;
      return out;
    }
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
      at += 2;
      continue;
    }
    if (bytes.size() - at < 4) break;
    const auto length = static_cast<std::size_t>(big_endian(bytes, at + 2, 2));
    if (length < 2 || length > bytes.size() - at - 2) return fail(damaged("a segment reaches beyond the end"));
    out.blocks.push_back({jpeg_name(marker), {at + 4, at + 2 + length}});
    at += 2 + length;
    if (marker == 0xDA) at = end_of_scan(bytes, at);
  }
  return fail(damaged("the picture has no end marker"));
}

Result<PictureBlocks> read_png(std::string_view bytes) {
  PictureBlocks out;
  out.form = PictureForm::png;
  for (std::size_t at = png_mark.size(); bytes.size() - at >= 12;) {
    const auto length = static_cast<std::size_t>(big_endian(bytes, at, 4));
    if (length > bytes.size() - at - 12) return fail(damaged("a chunk reaches beyond the end"));
    const std::string name(bytes.substr(at + 4, 4));
    out.blocks.push_back({name, {at + 8, at + 8 + length}});
    at += 12 + length;
    if (name == "IEND") {
      out.end = at;
      return out;
    }
  }
  return fail(damaged("the picture has no end chunk"));
}

}  // namespace

Result<PictureBlocks> read_picture_blocks(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return read_jpeg(bytes);
  if (bytes.starts_with(png_mark)) return read_png(bytes);
  return fail({Cause::could_not_finish, "picture.unknown", {}, "neither a JPEG nor a PNG picture", {}});
}

}  // namespace candour::formats
