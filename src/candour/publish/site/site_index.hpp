#pragma once
// What leads to an answer: its year, its outcome, the sections relied on, and its words.

#include <candour/publish/log_entry.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace candour::publish {

/// Answers that share something, as places in LogContents::entries; the newest first.
struct Facet {
  std::string code;   ///< of its page: "2024", "given-in-part", "foia-40"
  std::string label;  ///< "2024", "Given in part", "Section 40: personal information"
  std::vector<std::size_t> entries;
};

struct SiteIndex {
  std::vector<Facet> years;     ///< the newest first
  std::vector<Facet> outcomes;  ///< by label
  std::vector<Facet> sections;  ///< by Act and number
  std::map<std::string, std::vector<std::size_t>> words;
};

/// Builds the index of titles and questions. Cost: linear in the words.
[[nodiscard]] SiteIndex index_of(const std::vector<LogEntry>& entries);

/// The words under which an entry is found: those of its title and questions that say something. Sorted, each once.
[[nodiscard]] std::vector<std::string> index_words_of(const LogEntry& entry);

/// The codes of the sections that an entry relies on ("foia-40"), each once.
[[nodiscard]] std::vector<std::string> sections_of(const LogEntry& entry);

/// The name of the page of all words that begin like this one: its first two letters, or "other" where they are no plain letters or digits.
[[nodiscard]] std::string beginning_of(const std::string& word);

}  // namespace candour::publish
