#pragma once
// Bytes from front to back: a file, a pipe, or what gzip packed.

#include <candour/base/result.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace candour::holdings {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Reads up to `size` bytes, fewer only at the end; 0 at the end. Errors holding_unreachable "holding.unreachable", "holding.truncated" (packed data that
  /// ends too early) and "holding.damaged" (packed data that does not unpack).
  [[nodiscard]] virtual base::Result<std::size_t> read(char* into, std::size_t size) = 0;
  [[nodiscard]] virtual base::Result<base::Done> still_same() = 0;
};

/// Opens a file or pipe; unpacks it if it starts as gzip data. Path "-" is the standard input.
[[nodiscard]] base::Result<std::unique_ptr<ByteStream>> open_byte_stream(const std::string& path);

}  // namespace candour::holdings
