#pragma once
// EXIF metadata, through libexif.

#include <string>
#include <string_view>
#include <vector>

namespace candour::formats {

/// One EXIF tag.
struct ExifTag {
  std::string group;  ///< "GPS", "EXIF", "0", "1", "Interoperability"
  std::string name;
  std::string value;
};

/// What an EXIF block holds.
struct ExifFacts {
  std::vector<ExifTag> tags;
  std::size_t thumbnail_bytes = 0;
};

/// Takes the block from "Exif\0\0" on, as JPEG's APP1 holds it. A block that libexif cannot read gives no tags.
[[nodiscard]] ExifFacts read_exif(std::string_view block);

}  // namespace candour::formats
