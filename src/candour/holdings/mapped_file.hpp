#pragma once
// A file mapped into memory that may shrink under our hands without stopping the program.

#include <candour/base/result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace candour::holdings {

/// The bytes of a file, read on demand by the operating system. A page that is gone because the file was cut reads as zeros, and `shrank` says so from then on.
///
/// To tell a cut file from a crash the class answers the signal SIGBUS for addresses inside its mappings; others go to whoever answered before.
class MappedFile {
 public:
  /// At most 16 files are mapped at once. Errors holding_unreachable "holding.unreachable".
  [[nodiscard]] static base::Result<std::unique_ptr<MappedFile>> open(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  [[nodiscard]] std::string_view bytes() const { return {data_, size_}; }
  /// Gives memory back that holds pages of [first, end); reading them again is allowed.
  void release(std::size_t first, std::size_t end) const;
  [[nodiscard]] bool shrank() const;

 private:
  MappedFile() = default;
  const char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t slot_ = 0;
};

}  // namespace candour::holdings
