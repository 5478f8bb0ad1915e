#include <candour/similar/words.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace candour::similar {
namespace {

// U+00C0 to U+017F without accents, in lower case. A '?' stands for what is left as it is but for its case, ' ' for what is no letter.
constexpr std::u32string_view plain_letters =
    U"aaaaaaæceeeeiiii"
    U"ðnooooo øuuuuyþß"
    U"aaaaaaæceeeeiiii"
    U"ðnooooo øuuuuyþy"
    U"aaaaaaccccccccdd"
    U"đđeeeeeeeeeegggg"
    U"gggghhħħiiiiiiii"
    U"iıĳĳjjkkĸllllllŀ"
    U"ŀłłnnnnnnŉŋŋoooo"
    U"ooœœrrrrrrssssss"
    U"ssttttŧŧuuuuuuuu"
    U"uuuuwwyyyzzzzzzſ";

struct Letter {
  char32_t code = 0;
  std::size_t bytes = 1;
};

// Reads one character; bytes that are no UTF-8 count as one character that is no letter.
Letter letter_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t first = byte(at);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
  if (length == 0 || at + length > text.size()) return {U' ', 1};
  std::uint32_t code = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) code = (code << 6U) | (byte(at + i) & 0x3FU);
  return {code, length};
}

// The letter as words are compared, or 0 for what stands between words.
char32_t folded(char32_t code) {
  if (code < 0x80) {
    if (code >= U'A' && code <= U'Z') return code + 32;
    return (code >= U'a' && code <= U'z') || (code >= U'0' && code <= U'9') ? code : 0;
  }
  if (code < 0xC0) return code == 0xAA || code == 0xB5 || code == 0xBA ? code : 0;
  if (code < 0xC0 + plain_letters.size()) {
    const char32_t plain = plain_letters[code - 0xC0];
    return plain == U' ' ? 0 : plain;
  }
  const bool is_mark = (code >= 0x2000 && code < 0x2C00) || (code >= 0x3000 && code < 0x3040) || (code >= 0xFE00 && code < 0xFE50) || code >= 0xFFF0;
  return is_mark ? 0 : code;
}

void append(std::string& word, char32_t code) {
  if (code < 0x80) {
    word += static_cast<char>(code);
  } else if (code < 0x800) {
    word += static_cast<char>(0xC0U | (code >> 6U));
    word += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    word += static_cast<char>(0xE0U | (code >> 12U));
    word += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    word += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    word += static_cast<char>(0xF0U | (code >> 18U));
    word += static_cast<char>(0x80U | ((code >> 12U) & 0x3FU));
    word += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    word += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

// Sorted. What every request says, whatever it is about.
constexpr std::array<std::string_view, 171> little{
    "about",    "above",     "act",      "after",     "all",     "also",     "am",      "an",         "and",         "answer", "any",       "are",
    "as",       "ask",       "asked",    "asking",    "at",      "be",       "because", "been",       "before",      "being",  "below",     "between",
    "both",     "breakdown", "broken",   "but",       "by",      "can",      "could",   "dear",       "details",     "did",    "do",        "does",
    "down",     "during",    "each",     "either",    "email",   "etc",      "every",   "faithfully", "figures",     "foi",    "following", "for",
    "format",   "freedom",   "from",     "further",   "give",    "given",    "had",     "has",        "have",        "held",   "hello",     "her",
    "here",     "him",       "his",      "hold",      "how",     "if",       "in",      "including",  "information", "into",   "is",        "it",
    "its",      "just",      "kind",     "know",      "let",     "like",     "list",    "madam",      "made",        "make",   "many",      "may",
    "me",       "more",      "most",     "much",      "must",    "my",       "no",      "nor",        "not",         "number", "numbers",   "of",
    "on",       "only",      "or",       "other",     "our",     "out",      "over",    "own",        "per",         "please", "possible",  "provide",
    "question", "questions", "recorded", "regarding", "regards", "relating", "request", "requested",  "requests",    "same",   "section",   "send",
    "she",      "should",    "since",    "sincerely", "sir",     "so",       "some",    "such",       "team",        "than",   "thank",     "thanks",
    "that",     "the",       "their",    "them",      "then",    "there",    "these",   "they",       "this",        "those",  "through",   "to",
    "total",    "under",     "until",    "up",        "us",      "use",      "very",    "want",       "was",         "we",     "were",      "what",
    "when",     "where",     "whether",  "which",     "who",     "will",     "wish",    "with",       "within",      "would",  "write",     "year",
    "years",    "you",       "your"};

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  std::size_t letters = 0;
  const auto close = [&] {
    if (letters > 1) words.push_back(word);
    word.clear();
    letters = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const Letter letter = letter_at(text, at);
    at += letter.bytes;
    const char32_t code = folded(letter.code);
    if (code == 0) {
      close();
      continue;
    }
    append(word, code);
    ++letters;
  }
  close();
  return words;
}

bool says_little(std::string_view word) {
  static_assert(std::is_sorted(little.begin(), little.end()));
  return std::binary_search(little.begin(), little.end(), word);
}

std::string without_plural(std::string_view word) {
  const auto ends = [&](std::string_view ending) { return word.size() > ending.size() + 1 && word.ends_with(ending); };
  const auto without = [&](std::size_t letters) { return std::string(word.substr(0, word.size() - letters)); };
  if (ends("ies") && word.size() > 4) return without(3) + "y";
  for (const std::string_view ending : {"sses", "ches", "shes", "xes"})
    if (ends(ending)) return without(2);
  const bool is_singular = word.size() < 4 || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is");
  return ends("s") && !is_singular ? without(1) : std::string(word);
}

}  // namespace candour::similar
