#pragma once
// Numbers that a text says in words.

#include <string>
#include <string_view>
#include <vector>

namespace candour::release {

/// A number said in words, and its digits: {"three", "3"}.
struct NumberWord {
  std::string word;
  std::string digits;
};

/// Gives the numbers from two to twenty, and the tens to ninety, that a text says in words, in order, in any case of letters. "One" is left out, since it is
/// mostly a pronoun; so are stretches of time ("five months") and lists ("two lists"), which are no counts of people or records.
[[nodiscard]] std::vector<NumberWord> number_words_of(std::string_view text);

}  // namespace candour::release
