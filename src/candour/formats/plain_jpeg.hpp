#pragma once
// A JPEG picture that holds a picture and nothing else.

#include <candour/base/result.hpp>

#include <cstdint>
#include <string_view>

namespace candour::formats {

struct PictureSize {
  int width = 0;  ///< pixels
  int height = 0;
};

inline constexpr std::uint64_t most_picture_bytes = 300'000;
inline constexpr int most_picture_pixels = 4'000;  ///< of a side

/// Takes the bytes of a JPEG and gives its size. The picture may hold its header (JFIF), tables, frame and scans: EXIF, XMP, colour profiles, comments and data
/// after the end are refused, since nobody sees them.
///
/// Errors wrong_input: "picture.not_jpeg", "picture.too_large", "picture.metadata" (naming the block), "picture.no_size". Cost: linear in the bytes.
[[nodiscard]] base::Result<PictureSize> read_plain_jpeg(std::string_view bytes);

}  // namespace candour::formats
