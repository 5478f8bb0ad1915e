#include <candour/release/number_words.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace candour::release {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 26> numbers{
    {{"two", "2"},      {"three", "3"},      {"four", "4"},      {"five", "5"},      {"six", "6"},       {"seven", "7"},     {"eight", "8"},
     {"nine", "9"},     {"ten", "10"},       {"eleven", "11"},   {"twelve", "12"},   {"thirteen", "13"}, {"fourteen", "14"}, {"fifteen", "15"},
     {"sixteen", "16"}, {"seventeen", "17"}, {"eighteen", "18"}, {"nineteen", "19"}, {"twenty", "20"},   {"thirty", "30"},   {"forty", "40"},
     {"fifty", "50"},   {"sixty", "60"},     {"seventy", "70"},  {"eighty", "80"},   {"ninety", "90"}}};

constexpr std::array<std::string_view, 13> harmless{"month", "months", "year",  "years",   "week",     "weeks", "day",
                                                    "days",  "hour",   "hours", "minutes", "quarters", "lists"};

// The words of a text in lower case; what parts them does not matter here.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isalpha(byte) != 0) word += static_cast<char>(std::tolower(byte));
    else if (!word.empty()) words.push_back(std::exchange(word, {}));
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace

std::vector<NumberWord> number_words_of(std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  std::vector<NumberWord> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto number = std::find_if(numbers.begin(), numbers.end(), [&](const auto& one) { return one.first == words[i]; });
    if (number == numbers.end()) continue;
    const bool is_harmless = i + 1 < words.size() && std::find(harmless.begin(), harmless.end(), words[i + 1]) != harmless.end();
    if (!is_harmless) found.push_back({words[i], std::string(number->second)});
  }
  return found;
}

}  // namespace candour::release
