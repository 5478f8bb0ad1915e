#pragma once
// Reads the OLE2 container of old office files: storages, streams, and the sectors that belong to none.

#include <candour/formats/byte_source.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candour::formats {

/// One storage or stream.
struct CompoundEntry {
  std::string path;  ///< names from the root, joined by '/', in UTF-8; control characters as they stand
  std::string name;
  bool is_storage = false;
  bool is_reached = false;  ///< the tree of the directory leads to it; else it was deleted or lost
  std::uint64_t size = 0;
  std::uint32_t first_sector = 0;
};

/// An open container, held in memory.
class CompoundFile {
 public:
  /// Fails: could_not_finish "compound.damaged" (not a container, chains that leave the file or run in a circle).
  [[nodiscard]] static base::Result<CompoundFile> open(std::string bytes);

  [[nodiscard]] const std::vector<CompoundEntry>& entries() const { return entries_; }
  /// Gives the stream's bytes. Fails "compound.damaged".
  [[nodiscard]] base::Result<std::string> read(const CompoundEntry& entry) const;
  /// Gives the free sectors that hold anything but zeros, and what follows the last sector.
  [[nodiscard]] std::vector<ByteRange> unused_bytes() const;

  [[nodiscard]] static bool looks_like_one(std::string_view first_bytes);

 private:
  explicit CompoundFile(std::string bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] base::Result<base::Done> read_table();
  [[nodiscard]] base::Result<base::Done> read_directory();
  void reach(std::uint32_t index, const std::string& folder, std::size_t depth);
  [[nodiscard]] base::Result<std::string> chain(std::uint32_t first) const;
  [[nodiscard]] std::string_view sector(std::uint32_t number) const;
  [[nodiscard]] std::uint32_t sector_count() const;

  struct Node {
    std::uint32_t left, right, child;
  };
  std::string bytes_;
  std::uint32_t sector_bytes_ = 512;
  std::vector<std::uint32_t> next_;        ///< the table of sectors
  std::vector<std::uint32_t> next_small_;  ///< the table of small sectors
  std::string small_;                      ///< the stream that small sectors lie in
  std::uint32_t small_limit_ = 4096;
  std::vector<CompoundEntry> entries_;
  std::vector<Node> nodes_;
};

}  // namespace candour::formats
