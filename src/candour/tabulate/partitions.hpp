#pragma once
// Entries about persons, spread over partitions by person, so that each partition can be put in order on its own.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace candour::tabulate {

/// Who was seen in which finest cell. `who` is a mixed PersonKey.
struct PersonInCell {
  std::uint64_t who = 0;
  std::uint64_t cell = 0;  ///< LeafKey
};
/// An amount of a contributor in a finest cell.
struct AmountInCell {
  std::uint64_t who = 0;
  std::uint64_t cell = 0;
  std::int64_t amount = 0;
};

/// The entries of one thread. Memory: the entries, in chunks.
template <class Entry>
class Partitions {
 public:
  static constexpr std::size_t count = 256;

  void add(const Entry& entry) {
    Partition& partition = partitions_[entry.who >> 56U];
    if (partition.next == partition.end) open_chunk(partition);
    *partition.next++ = entry;
  }
  /// Appends a partition's entries to `into`, and forgets them.
  void move_to(std::size_t number, std::vector<Entry>& into) {
    Partition& partition = partitions_[number];
    for (std::size_t i = 0; i < partition.chunks.size(); ++i) {
      const Entry* first = partition.chunks[i]->data();
      const Entry* end = i + 1 == partition.chunks.size() ? partition.next : first + chunk_entries;
      into.insert(into.end(), first, end);
    }
    partition = {};
  }
  template <class Change>
  void for_each(Change&& change) {
    for (Partition& partition : partitions_)
      for (std::size_t i = 0; i < partition.chunks.size(); ++i) {
        Entry* first = partition.chunks[i]->data();
        Entry* end = i + 1 == partition.chunks.size() ? partition.next : first + chunk_entries;
        std::for_each(first, end, change);
      }
  }

 private:
  static constexpr std::size_t chunk_entries = 1024;
  using Chunk = std::array<Entry, chunk_entries>;
  struct Partition {
    std::vector<std::unique_ptr<Chunk>> chunks;
    Entry* next = nullptr;
    Entry* end = nullptr;
  };
  static void open_chunk(Partition& partition) {
    partition.chunks.push_back(std::unique_ptr<Chunk>(new Chunk));
    partition.next = partition.chunks.back()->data();
    partition.end = partition.next + chunk_entries;
  }
  std::array<Partition, count> partitions_;
};

/// Orders the entries of one partition by person, then cell, in linear time: spread by the next bits of the person into buckets of a few entries, then sorted
/// there.
template <class Entry>
void order_by_person(std::vector<Entry>& entries, std::vector<Entry>& scratch) {
  const auto before = [](const Entry& a, const Entry& b) { return a.who != b.who ? a.who < b.who : a.cell < b.cell; };
  if (entries.size() < 64) return std::sort(entries.begin(), entries.end(), before);
  const auto bits = static_cast<unsigned>(std::bit_width(entries.size() / 4));
  const auto bucket_of = [bits](const Entry& entry) { return static_cast<std::size_t>(entry.who << 8U >> (64U - bits)); };
  std::vector<std::uint32_t> ends((std::size_t{1} << bits) + 1);
  for (const Entry& entry : entries) ++ends[bucket_of(entry) + 1];
  for (std::size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
  scratch.resize(entries.size());
  for (const Entry& entry : entries) scratch[ends[bucket_of(entry)]++] = entry;
  std::size_t first = 0;
  for (std::size_t bucket = 0; bucket + 1 < ends.size(); ++bucket) {
    const std::size_t end = ends[bucket];
    if (end - first > 1) std::sort(scratch.begin() + static_cast<std::ptrdiff_t>(first), scratch.begin() + static_cast<std::ptrdiff_t>(end), before);
    first = end;
  }
  entries.swap(scratch);
}

}  // namespace candour::tabulate
