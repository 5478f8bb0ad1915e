#pragma once
// Texts of people, cut into paragraphs.

#include <string>
#include <string_view>
#include <vector>

namespace candour::release {

/// The paragraphs of a text as it was received: empty lines part them, single line ends become blanks; no word is lost.
[[nodiscard]] std::vector<std::string> paragraphs_of(std::string_view text);

}  // namespace candour::release
