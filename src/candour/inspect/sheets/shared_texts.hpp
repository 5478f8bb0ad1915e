#pragma once
// The texts that a workbook's cells share, and which of them a cell uses.

#include <candour/inspect/package/open_package.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candour::inspect {

/// The shared texts by number. Texts beyond the limit of bytes are counted, not kept.
class SharedTexts {
 public:
  explicit SharedTexts(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}
  void add(std::string_view text);
  /// Gives a text and marks it as used; empty for a number that does not exist.
  std::string_view use(std::uint64_t number);
  /// Gives whether all texts were kept.
  [[nodiscard]] bool is_complete() const { return kept_ == used_.size(); }
  /// Writes down the texts that no cell used.
  void note_unused(Inspection& inspection, const InspectionPlace& place) const;

 private:
  [[nodiscard]] std::string_view text_at(std::size_t number) const;

  std::uint64_t most_bytes_;
  std::string texts_;
  std::vector<std::uint32_t> ends_;
  std::vector<bool> used_;
  std::size_t kept_ = 0;
};

/// Reads the shared texts of a part; phonetic texts and the like are found on the way.
[[nodiscard]] base::Result<base::Done> read_shared_texts(const OpenPackage& package, const PackagePart& part, Inspection& inspection, SharedTexts& texts);

}  // namespace candour::inspect
