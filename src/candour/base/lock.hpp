#pragma once
// One process at a time in a folder: for files that are read, changed and written again.

#include <candour/base/result.hpp>

#include <filesystem>

namespace candour::base {

/// Holds a folder for this process until it is destroyed, or the process ends in whatever way. Nothing is written for it: a kill leaves no trace.
///
/// Not to be taken twice by one process: the second waits for the first.
class FolderLock {
 public:
  /// Waits up to a minute for another process; then could_not_finish "folder.busy". The folder is created where it is missing.
  /// Errors: could_not_finish "file.unwritable".
  [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path& folder);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int handle) : handle_(handle) {}
  int handle_ = -1;
};

}  // namespace candour::base
