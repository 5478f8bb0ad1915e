#pragma once
// Characters that a reader does not see, or takes for others.

#include <cstdint>
#include <string_view>

namespace candour::inspect {

/// What stands in a text, by number of occurrences.
struct TextTricks {
  std::uint64_t invisible_characters = 0;    ///< zero-width, soft hyphens, tag characters, variation supplements, control characters but tab and line ends
  std::uint64_t direction_controls = 0;      ///< bidi embeddings, overrides, isolates and marks
  std::uint64_t mixed_words = 0;             ///< words that mix Latin with Greek or Cyrillic letters
  std::uint64_t broken_bytes = 0;            ///< bytes that are not UTF-8
  std::uint64_t inner_byte_order_marks = 0;  ///< U+FEFF; at the very start of a file the caller removes it first
  [[nodiscard]] bool any() const { return (invisible_characters | direction_controls | mixed_words | broken_bytes | inner_byte_order_marks) != 0; }
};

/// Takes UTF-8; plain ASCII text costs one pass. A word joiner between Arabic or Indic letters (U+200C, U+200D) belongs to spelling and is not counted.
[[nodiscard]] TextTricks tricks_in(std::string_view text);

}  // namespace candour::inspect
