#pragma once
// The order of a letter: numbered and lettered items at any depth, bullets, and the paragraphs between them.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::casework::intake {

/// One item or paragraph.
struct Block {
  std::string number;                 ///< "1", "2a", "1.2"; empty for a paragraph
  bool number_is_given = false;       ///< the letter says it; else it was counted (bullets)
  std::string text;                   ///< without the marker, in one line
  std::optional<std::size_t> parent;  ///< the block that it stands below
  bool has_children = false;
};

/// Takes the body of a letter; gives its blocks in the order of the text. Linear in its length.
[[nodiscard]] std::vector<Block> outline_of(std::string_view body);

/// Cuts a text into sentences; a list that is cut by semicolons stays whole.
[[nodiscard]] std::vector<std::string> sentences_of(std::string_view text);

}  // namespace candour::casework::intake
