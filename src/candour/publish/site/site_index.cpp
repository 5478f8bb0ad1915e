#include <candour/publish/site/site_index.hpp>

#include <candour/law/provisions.hpp>
#include <candour/release/words.hpp>
#include <candour/similar/words.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <tuple>

namespace candour::publish {
namespace {

bool is_plain(char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'); }

// "FOIA/40(2)-40(3A)(a)": the Act and the number of the section.
std::pair<std::string, std::string> act_and_number(const std::string& code) {
  const std::size_t slash = code.find('/');
  if (slash == std::string::npos) return {};
  std::size_t end = slash + 1;
  while (end < code.size() && std::isalnum(static_cast<unsigned char>(code[end])) != 0) ++end;
  return {code.substr(0, slash), code.substr(slash + 1, end - slash - 1)};
}

std::string section_code(const std::string& code) {
  const auto [act, number] = act_and_number(code);
  return number.empty() ? std::string() : folder_of_reference(act + "-" + number);
}

std::string section_label(const std::string& code) {
  const auto provision = law::find_provision(code);
  const auto [act, number] = act_and_number(code);
  if (!provision) return fmt::format("Section {} ({})", number, act);
  const std::string section = release::capitalised(provision->citation.substr(0, provision->citation.find('(')));
  return fmt::format("{}: {}", section, provision->title.substr(0, provision->title.find(':')));
}

void add_to(std::map<std::string, Facet>& facets, const std::string& code, const std::string& label, std::size_t entry) {
  Facet& facet = facets[code];
  if (facet.code.empty()) facet = {code, label, {}};
  facet.entries.push_back(entry);
}

std::vector<Facet> listed(std::map<std::string, Facet> facets) {
  std::vector<Facet> list;
  for (auto& [code, facet] : facets) list.push_back(std::move(facet));
  return list;
}

// "foia-9" before "foia-40".
bool is_before(const Facet& a, const Facet& b) {
  const auto parts = [](const Facet& facet) {
    const std::size_t dash = facet.code.find('-');
    const std::string number = facet.code.substr(dash + 1);
    return std::tuple(facet.code.substr(0, dash), number.size(), number);
  };
  return parts(a) < parts(b);
}

}  // namespace

std::vector<std::string> index_words_of(const LogEntry& entry) {
  std::set<std::string> words;
  const auto add = [&](const std::string& text) {
    for (std::string& word : similar::words_of(text))
      if (word.size() > 2 && word.size() <= 40 && !similar::says_little(word)) words.insert(std::move(word));
  };
  add(entry.title);
  for (const LogQuestion& question : entry.questions) add(question.text);
  return {words.begin(), words.end()};
}

std::vector<std::string> sections_of(const LogEntry& entry) {
  std::vector<std::string> codes;
  for (const std::string& provision : entry.provisions) {
    std::string code = section_code(provision);
    if (!code.empty() && std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(std::move(code));
  }
  return codes;
}

std::string beginning_of(const std::string& word) { return word.size() > 1 && is_plain(word[0]) && is_plain(word[1]) ? word.substr(0, 2) : "other"; }

SiteIndex index_of(const std::vector<LogEntry>& entries) {
  SiteIndex index;
  std::map<std::string, Facet> years, outcomes, sections;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const LogEntry& entry = entries[i];
    const std::string year = std::to_string(static_cast<int>(entry.answered.year()));
    add_to(years, year, year, i);
    add_to(outcomes, folder_of_reference(entry.outcome), label_of_outcome(entry.outcome), i);
    std::set<std::string> seen;
    for (const std::string& provision : entry.provisions) {
      const std::string code = section_code(provision);
      if (!code.empty() && seen.insert(code).second) add_to(sections, code, section_label(provision), i);
    }
    for (const std::string& word : index_words_of(entry)) index.words[word].push_back(i);
  }
  index.years = listed(std::move(years));
  std::reverse(index.years.begin(), index.years.end());
  index.outcomes = listed(std::move(outcomes));
  std::sort(index.outcomes.begin(), index.outcomes.end(), [](const Facet& a, const Facet& b) { return a.label < b.label; });
  index.sections = listed(std::move(sections));
  std::sort(index.sections.begin(), index.sections.end(), is_before);
  return index;
}

}  // namespace candour::publish
