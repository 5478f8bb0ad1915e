#pragma once
// The texts that a workbook's cells share, and which of them a cell uses.

#include <candour/inspect/package/open_package.hpp>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace candour::inspect {

/// The shared texts by number. Texts beyond the limits are counted, not kept; so is a text of more than 1 MiB, which no cell can hold.
class SharedTexts {
 public:
  SharedTexts(std::uint64_t most_bytes, std::uint64_t most_texts) : most_bytes_(most_bytes), most_texts_(most_texts) {}
  void add(std::string_view text);
  /// Gives a text and marks it as used; empty for a number that does not exist.
  std::string_view use(std::uint64_t number);
  /// Gives whether all texts were kept.
  [[nodiscard]] bool is_complete() const { return texts_.size() == used_.size(); }
  /// Writes down the texts that no cell used.
  void note_unused(Inspection& inspection, const InspectionPlace& place) const;

 private:
  [[nodiscard]] std::string_view text_at(std::size_t number) const;

  /// Where a text lies: in which block, and from where in it.
  struct Kept {
    std::uint32_t block_and_begin;
    std::uint32_t size;
  };

  std::uint64_t most_bytes_, most_texts_;
  std::vector<std::string> blocks_;  ///< of 1 MiB each: a single growing text would need twice its memory while it grows
  std::deque<Kept> texts_;
  std::vector<bool> used_;
};

/// Reads the shared texts of a part; phonetic texts and the like are found on the way.
[[nodiscard]] base::Result<base::Done> read_shared_texts(const OpenPackage& package, const PackagePart& part, Inspection& inspection, SharedTexts& texts);

}  // namespace candour::inspect
