#include <candour/publish/site/search_files.hpp>

#include <candour/publish/site/site_frame.hpp>
#include <candour/similar/words.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

namespace candour::publish {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t title_field = 0, text_field = 1, field_count = 2;

/// Where a word stands: for each field the answers and how often.
using Postings = std::array<std::vector<std::pair<std::size_t, int>>, field_count>;

struct WordIndex {
  std::map<std::string, Postings> words;
  std::array<std::vector<std::size_t>, field_count> lengths;  ///< different words of each answer
};

void add_text(WordIndex& index, std::size_t field, std::size_t entry, const std::vector<std::string>& words) {
  std::map<std::string, int> counts;
  for (const std::string& word : words)
    if (word.size() <= 40) ++counts[word];
  for (const auto& [word, count] : counts) index.words[word][field].push_back({entry, count});
  index.lengths[field].push_back(counts.size());
}

WordIndex word_index(const std::vector<LogEntry>& entries) {
  WordIndex index;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    add_text(index, title_field, i, similar::words_of(entries[i].title));
    std::vector<std::string> text = similar::words_of(entries[i].reference);
    for (const LogQuestion& question : entries[i].questions)
      for (std::string& word : similar::words_of(question.text))
        if (!similar::says_little(word)) text.push_back(std::move(word));
    add_text(index, text_field, i, text);
  }
  return index;
}

// ["word",{"0":{"12":1},"1":{"12":3,"40":1}}]
std::string word_json(const std::string& word, const Postings& postings) {
  std::string fields;
  for (std::size_t field = 0; field < field_count; ++field) {
    if (postings[field].empty()) continue;
    std::string places;
    for (const auto& [entry, count] : postings[field]) places += fmt::format("{}\"{}\":{}", places.empty() ? "" : ",", entry, count);
    fields += fmt::format("{}\"{}\":{{{}}}", fields.empty() ? "" : ",", field, places);
  }
  return fmt::format("[{},{{{}}}]", Json(word).dump(), fields);
}

void append_words(const WordIndex& index, std::vector<base::FileToWrite>& files) {
  std::map<std::string, std::string> parts;
  for (const auto& [word, postings] : index.words) {
    std::string& part = parts[beginning_of(word)];
    part += (part.empty() ? "[" : ",\n") + word_json(word, postings);
  }
  for (auto& [beginning, part] : parts) files.push_back({fmt::format("find/words-{}.json", beginning), part + "]\n"});
}

std::vector<std::string> all_sections(const std::vector<LogEntry>& entries) {
  std::set<std::string> codes;
  for (const LogEntry& entry : entries) {
    const auto of_entry = sections_of(entry);
    codes.insert(of_entry.begin(), of_entry.end());
  }
  return {codes.begin(), codes.end()};
}

std::size_t place_of(const std::vector<std::string>& list, const std::string& code) {
  return static_cast<std::size_t>(std::lower_bound(list.begin(), list.end(), code) - list.begin());
}

std::string entries_json(const std::vector<LogEntry>& entries, const WordIndex& index) {
  const std::vector<std::string> sections = all_sections(entries);
  std::set<std::string> outcome_set;
  for (const LogEntry& entry : entries) outcome_set.insert(folder_of_reference(entry.outcome));
  const std::vector<std::string> outcomes(outcome_set.begin(), outcome_set.end());
  Json years = Json::array(), outcome = Json::array(), section = Json::array(), beginnings = Json::array();
  for (const LogEntry& entry : entries) {
    years.push_back(static_cast<int>(entry.answered.year()));
    outcome.push_back(place_of(outcomes, folder_of_reference(entry.outcome)));
    Json places = Json::array();
    for (const std::string& code : sections_of(entry)) places.push_back(place_of(sections, code));
    section.push_back(places.size() == 1 ? places.front() : places);
  }
  std::set<std::string> seen;
  for (const auto& [word, postings] : index.words) seen.insert(beginning_of(word));
  Json json{{"count", entries.size()},
            {"block", entries_in_a_block},
            {"outcomes", outcomes},
            {"sections", sections},
            {"beginnings", seen},
            {"titleLength", index.lengths[title_field]},
            {"textLength", index.lengths[text_field]},
            {"year", years},
            {"outcome", outcome},
            {"section", section}};
  return json.dump() + "\n";
}

void append_blocks(const std::vector<LogEntry>& entries, std::vector<base::FileToWrite>& files) {
  for (std::size_t begin = 0; begin < entries.size(); begin += entries_in_a_block) {
    Json block = Json::array();
    for (std::size_t i = begin; i < std::min(entries.size(), begin + entries_in_a_block); ++i) {
      const LogEntry& entry = entries[i];
      block.push_back(Json::array(
          {address_of(entry), entry.title, gist_of(entry), entry.outcome, label_of_outcome(entry.outcome), entry.reference, base::to_words(entry.answered)}));
    }
    files.push_back({fmt::format("find/block-{}.json", begin / entries_in_a_block), block.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"});
  }
}

}  // namespace

std::vector<base::FileToWrite> search_files(const std::vector<LogEntry>& entries) {
  const WordIndex index = word_index(entries);
  std::vector<base::FileToWrite> files{{"find/entries.json", entries_json(entries, index)}};
  append_blocks(entries, files);
  append_words(index, files);
  return files;
}

}  // namespace candour::publish
