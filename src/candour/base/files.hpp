#pragma once
// Files and folders that appear whole or not at all: written aside, made durable, then renamed.

#include <candour/base/result.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace candour::base {

/// Reads a whole file. Error could_not_finish "file.unreadable".
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file);

enum class FileAccess { everyone, owner_only };  ///< 0644 or 0600

/// Writes `bytes` beside `file`, syncs, renames over it, syncs the folder. On error the old file is untouched and nothing is left aside.
[[nodiscard]] Result<Done> write_file_whole(const std::filesystem::path& file, std::string_view bytes, FileAccess access = FileAccess::everyone);

/// One file of a folder to be written; `path` is relative and stays inside.
struct FileToWrite {
  std::filesystem::path path;
  std::string bytes;
};

enum class FolderAccess { everyone, owner_only };  ///< 0755 or 0700

/// A folder to be put in place of whatever stands there.
struct FolderToWrite {
  std::filesystem::path folder;
  FolderAccess access = FolderAccess::everyone;
  std::vector<FileToWrite> files;
};

/// Replaces several folders together: all are written aside and synced first, then renamed one after another; if a rename fails the ones
/// already done are put back. After any failure each folder is whole: all old, or (if power is lost between renames) old or new, never mixed inside.
[[nodiscard]] Result<Done> replace_folders_whole(const std::vector<FolderToWrite>& folders);

}  // namespace candour::base
