#pragma once
// Letters of every script: names are compared as readers compare them.

#include <string>
#include <string_view>

namespace candour::base {

/// Gives the code points of a text. Bytes that are no UTF-8 each count as one of the same number.
[[nodiscard]] std::u32string code_points_of(std::string_view utf_8);
/// Gives a text for comparison: small letters in every script that has two cases, each run of white space as one blank, none at the ends.
/// One letter written as two code points (a letter and an accent) is not the one written as one.
[[nodiscard]] std::u32string folded(std::string_view utf_8);
[[nodiscard]] bool is_letter(char32_t point);

}  // namespace candour::base
