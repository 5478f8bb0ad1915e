#pragma once
// Writes a zip archive into memory, byte for byte the same whenever the entries are the same.

#include <candour/base/result.hpp>

#include <span>
#include <string>

namespace candour::formats {

enum class Compression { stored, deflated };

/// One file of an archive to be written.
struct ZipEntryToWrite {
  std::string path;  ///< relative, '/' between folders, no "." or ".." part
  std::string bytes;
  Compression compression = Compression::deflated;
};

/// Gives the bytes of a zip archive that holds the entries in the order given.
///
/// Every date is 1980-01-01 00:00, there are no comments and no extra fields, and the central directory closes the file: same entries,
/// same bytes. An ODF package asks that its first entry is "mimetype", stored: put it first.
///
/// Takes:  at least one entry; paths that differ even when upper and lower case are read alike.
/// Fails:  wrong_input "zip.bad_path", "zip.duplicate_path", "zip.no_entries"; could_not_finish "zip.not_written".
/// Cost:   linear in the bytes, all held in memory.
[[nodiscard]] base::Result<std::string> write_zip(std::span<const ZipEntryToWrite> entries);

}  // namespace candour::formats
