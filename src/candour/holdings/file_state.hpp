#pragma once
// Whether a file is still the one that was opened.

#include <candour/base/result.hpp>

#include <cstdint>
#include <string>

namespace candour::holdings {

/// Size, identity and time of change of a file.
class FileState {
 public:
  /// Error holding_unreachable "holding.unreachable" if there is no such file or it may not be read.
  [[nodiscard]] static base::Result<FileState> of(const std::string& path);
  /// Error holding_unreachable "holding.changed" if the file is gone, or is another one by now. Pipes are never judged.
  [[nodiscard]] base::Result<base::Done> still_same() const;
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// True for a plain file, which can be read again and mapped; false for a pipe.
  [[nodiscard]] bool is_regular() const { return regular_; }

 private:
  std::string path_;
  std::uint64_t size_ = 0;
  std::uint64_t inode_ = 0;
  std::int64_t changed_seconds_ = 0;
  std::int64_t changed_nanoseconds_ = 0;
  bool regular_ = true;
};

}  // namespace candour::holdings
