#pragma once
// What lies in the container of a zip archive itself: the records, and the bytes that belong to none of them.

#include <candour/formats/byte_source.hpp>

#include <string>
#include <vector>

namespace candour::formats {

/// One file of an archive, as its records describe it.
struct ZipEntry {
  std::string name;               ///< from the central directory, bytes as they stand
  std::string local_name;         ///< from the header before the data; the same in an honest archive
  std::uint64_t size = 0;         ///< bytes when expanded, as declared
  std::uint64_t packed_size = 0;  ///< bytes in the archive
  ByteRange packed;               ///< where they stand
  std::string comment;
  std::vector<std::uint16_t> extra_fields;  ///< identifiers of both headers' extra fields, in order
  std::uint16_t method = 0;                 ///< 0 stored, 8 deflated
  bool encrypted = false;

  [[nodiscard]] bool is_folder() const { return !name.empty() && name.back() == '/'; }
};

/// The container of an archive.
struct ZipSurvey {
  std::vector<ZipEntry> entries;     ///< in the order of the central directory
  ByteRange archive;                 ///< where the archive itself begins and ends
  std::vector<ByteRange> unclaimed;  ///< bytes before, between and after what the directory names
  std::string comment;               ///< of the archive
};

/// Limits on what an archive may be, so that a hostile one costs little.
struct ArchiveLimits {
  std::uint64_t most_entries = 20'000;
  std::uint64_t longest_name_bytes = 2'048;
  std::uint64_t most_entry_bytes = std::uint64_t{4} << 30;
  std::uint64_t most_total_bytes = std::uint64_t{8} << 30;
  std::uint64_t highest_expansion_ratio = 300;  ///< checked for entries above the next figure
  std::uint64_t ratio_free_bytes = std::uint64_t{4} << 20;
};

/// Reads the records of an archive without expanding anything. libzip does not show bytes outside the records, local names or deleted entries, so
/// this walk is our own.
///
/// Fails:  could_not_finish "zip.damaged" (no end record, records that contradict each other or overlap, a name that leaves the archive),
///         "zip.over_limit" (entries, name length, total size; the sentence names the limit).
/// Cost:   linear in the number of entries.
[[nodiscard]] base::Result<ZipSurvey> survey_zip(const ByteSource& source, const ArchiveLimits& limits);

/// Tells whether the bytes end like a zip archive (an end record near the end) or begin like one.
[[nodiscard]] bool looks_like_zip(const ByteSource& source);

}  // namespace candour::formats
