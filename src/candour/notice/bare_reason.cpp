#include <candour/notice/bare_reason.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace candour::notice {
namespace {

// Words that say no more than that something is small or might identify.
constexpr std::array<std::string_view, 121> empty_words{"a",
                                                        "about",
                                                        "above",
                                                        "act",
                                                        "all",
                                                        "also",
                                                        "an",
                                                        "and",
                                                        "any",
                                                        "anonymity",
                                                        "anonymous",
                                                        "any",
                                                        "apply",
                                                        "applied",
                                                        "applies",
                                                        "are",
                                                        "as",
                                                        "at",
                                                        "be",
                                                        "because",
                                                        "been",
                                                        "being",
                                                        "below",
                                                        "beneath",
                                                        "breach",
                                                        "but",
                                                        "by",
                                                        "can",
                                                        "case",
                                                        "category",
                                                        "cell",
                                                        "cells",
                                                        "confidential",
                                                        "contains",
                                                        "contain",
                                                        "convention",
                                                        "could",
                                                        "count",
                                                        "counts",
                                                        "data",
                                                        "detail",
                                                        "disclosed",
                                                        "disclosing",
                                                        "disclosure",
                                                        "disclosive",
                                                        "due",
                                                        "exempt",
                                                        "exemption",
                                                        "fall",
                                                        "falls",
                                                        "few",
                                                        "fewer",
                                                        "fewest",
                                                        "fig",
                                                        "figure",
                                                        "figures",
                                                        "fine",
                                                        "finer",
                                                        "five",
                                                        "four",
                                                        "for",
                                                        "from",
                                                        "gdpr",
                                                        "given",
                                                        "had",
                                                        "has",
                                                        "have",
                                                        "high",
                                                        "house",
                                                        "identifiable",
                                                        "identification",
                                                        "identified",
                                                        "identify",
                                                        "identifying",
                                                        "if",
                                                        "in",
                                                        "individual",
                                                        "individuals",
                                                        "information",
                                                        "insufficient",
                                                        "is",
                                                        "it",
                                                        "its",
                                                        "lead",
                                                        "less",
                                                        "level",
                                                        "likely",
                                                        "low",
                                                        "lower",
                                                        "may",
                                                        "might",
                                                        "minimum",
                                                        "must",
                                                        "not",
                                                        "number",
                                                        "numbers",
                                                        "of",
                                                        "on",
                                                        "one",
                                                        "only",
                                                        "or",
                                                        "our",
                                                        "people",
                                                        "person",
                                                        "personal",
                                                        "persons",
                                                        "policy",
                                                        "population",
                                                        "practice",
                                                        "privacy",
                                                        "protect",
                                                        "protected",
                                                        "protection",
                                                        "risk",
                                                        "rule",
                                                        "rules",
                                                        "sensitive",
                                                        "small",
                                                        "smaller",
                                                        "so",
                                                        "standard"};
constexpr std::array<std::string_view, 36> more_empty_words{
    "statistical", "suppress", "suppressed", "suppression", "ten",   "than", "that", "the",    "their",    "there",    "these",  "they",
    "this",        "three",    "threshold",  "thus",        "to",    "too",  "two",  "under",  "us",       "value",    "values", "very",
    "was",         "we",       "were",       "when",        "which", "will", "with", "within", "withheld", "withhold", "would",  "year"};
constexpr std::size_t telling_words = 3;

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool is_empty_word(const std::string& word) {
  return std::ranges::find(empty_words, word) != empty_words.end() || std::ranges::find(more_empty_words, word) != more_empty_words.end();
}

std::set<std::string> telling_words_of(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += c;
      continue;
    }
    if (word.size() > 1 && !is_empty_word(word)) words.insert(word);
    word.clear();
  }
  return words;
}

bool blames_a_program(const std::string& text) {
  static constexpr std::array<std::string_view, 7> names{"certificate", "certif", "candour", "the program", "the software", "the tool", "the system refus"};
  static constexpr std::array<std::string_view, 9> verbs{"refus",     "does not", "did not",   "not certif", "no certificate",
                                                         "would not", "block",    "cannot be", "reject"};
  const auto holds = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  return std::ranges::any_of(names, holds) && std::ranges::any_of(verbs, holds);
}

}  // namespace

std::optional<BareReason> bare_reason_in(std::string_view text) {
  const std::string low = lowered(text);
  if (blames_a_program(low)) return BareReason::refused_by_a_program;
  if (telling_words_of(low).size() < telling_words) return BareReason::small_number;
  return std::nullopt;
}

std::string_view sentence_of(BareReason reason) {
  return reason == BareReason::small_number ? "a small number is no reason by itself: who could find out what, and from what"
                                            : "a certificate that was refused is a fact for a person, not an exemption";
}

}  // namespace candour::notice
