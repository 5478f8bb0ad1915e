#pragma once
// The words of a text, as search and comparison see them.

#include <string>
#include <string_view>
#include <vector>

namespace candour::similar {

/// Gives the words of a text in their order: in lower case, Latin letters without accents, split at everything that is neither letter nor digit, words of one
/// letter left out. The search of the published log (templates/search.js) splits in the same way. Cost: linear.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

/// Gives whether a word tells nothing of what a text is about: "the", "please", "information", "act". Requests are full of them.
[[nodiscard]] bool says_little(std::string_view word);

/// Gives a word without the ending of its plural: "searches" and "search" are one. English, and no more than that: "police" stays.
[[nodiscard]] std::string without_plural(std::string_view word);

}  // namespace candour::similar
