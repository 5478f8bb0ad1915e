#pragma once
// A CSV text in pieces that end where rows end, so that several threads can read it at once.

#include <candour/base/result.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::holdings {

class MappedFile;

/// Whole rows. May be read 64 bytes beyond its end.
struct RowBlock {
  std::string_view bytes;
  std::uint64_t number = 0;             ///< 0, 1, 2 ... in the order of the text
  std::uint64_t first_line = 1;         ///< of the text, 1-based
  std::shared_ptr<std::string> buffer;  ///< holds the bytes of a stream; empty where the file is mapped
  std::size_t offset = 0;               ///< in a mapped file
};

/// Cuts a text into blocks of about 256 KiB. Where a quoted field runs over the border, the border moves. Safe for several threads.
///
/// A cut needs only the parity of the quotes before it, so it costs one pass of counting (about 10 GB/s) under a lock, and the parsing is parallel.
class RowBlocks {
 public:
  virtual ~RowBlocks() = default;
  /// Gives the next block, or nothing at the end. Errors holding_unreachable "holding.unreachable" and "holding.changed";
  /// could_not_finish "csv.row_too_long" where a row of a stream is longer than 256 MiB.
  [[nodiscard]] virtual base::Result<std::optional<RowBlock>> next() = 0;
  /// Tells that a block will not be read again: its memory may go.
  virtual void done_with(const RowBlock& block) = 0;
  /// Asked at the end: Error "holding.changed" if what was read is not one state of the file.
  [[nodiscard]] virtual base::Result<base::Done> still_same() = 0;
};

/// A file on a disk is mapped; a pipe is read block by block; what starts as gzip data is unpacked. Path "-" is the standard input.
/// Blocks are of about `block_bytes`.
[[nodiscard]] base::Result<std::unique_ptr<RowBlocks>> open_row_blocks(const std::string& path, std::size_t block_bytes);

}  // namespace candour::holdings
