#pragma once
// Bytes to be read: a file on disk, read where asked, or a text in memory. Readers do not tell the two apart.

#include <candour/base/result.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace candour::formats {

/// Bytes from `begin` up to and without `end`.
struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  [[nodiscard]] std::uint64_t size() const { return end - begin; }
  bool operator==(const ByteRange&) const = default;
};

/// Takes each piece of a stream in turn; an error stops the stream and is handed back.
using ChunkSink = std::function<base::Result<base::Done>(std::string_view)>;

/// A read-only run of bytes. Cheap to copy: copies share the file or the text.
class ByteSource {
 public:
  /// Error could_not_finish "file.unreadable"; folders and pipes are refused too.
  [[nodiscard]] static base::Result<ByteSource> of_file(const std::filesystem::path& file);
  [[nodiscard]] static ByteSource of_bytes(std::string bytes);

  [[nodiscard]] std::uint64_t size() const;
  /// Gives exactly the bytes of the range. Error could_not_finish "file.cut_short" if it reaches beyond the end, or the file shrank.
  [[nodiscard]] base::Result<std::string> read(ByteRange range) const;
  /// Hands all bytes to the sink in pieces of at most 256 KiB.
  [[nodiscard]] base::Result<base::Done> stream(const ChunkSink& sink) const;
  /// The file's path, or nothing for bytes in memory.
  [[nodiscard]] const std::optional<std::filesystem::path>& path() const;
  /// The whole text, for bytes in memory only; empty for a file.
  [[nodiscard]] std::string_view bytes_in_memory() const;

 private:
  struct State;
  explicit ByteSource(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace candour::formats
