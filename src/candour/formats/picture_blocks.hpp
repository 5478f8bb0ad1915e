#pragma once
// The blocks of a JPEG or PNG file, without looking at a pixel.

#include <candour/formats/byte_source.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace candour::formats {

enum class PictureForm { jpeg, png };

/// One segment or chunk.
struct PictureBlock {
  std::string name;   ///< "APP1", "COM", "SOS", "tEXt", ...
  ByteRange content;  ///< without marker, length and checksum
};

/// All blocks up to the end marker.
struct PictureBlocks {
  PictureForm form = PictureForm::jpeg;
  std::vector<PictureBlock> blocks;
  std::uint64_t end = 0;  ///< first byte after the end marker
};

/// Fails: could_not_finish "picture.unknown" (neither JPEG nor PNG), "picture.damaged" (a block reaches beyond the end, or there is no end marker).
/// Cost: linear for JPEG, whose picture data must be searched for the next marker; one step a block for PNG.
[[nodiscard]] base::Result<PictureBlocks> read_picture_blocks(std::string_view bytes);

}  // namespace candour::formats
