#include <candour/law/citations.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <utility>

namespace candour::law {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

std::size_t past_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
  return at;
}

// Where a keyword such as "section" ends if one begins here.
struct Keyword {
  std::size_t end = 0;
  bool is_subsection = false;
  Citation::Unit unit = Citation::Unit::section;
};

std::optional<Keyword> keyword_at(std::string_view text, std::size_t at) {
  static constexpr std::array<std::pair<std::string_view, bool>, 10> words{{{"regulations", false},
                                                                            {"regulation", false},
                                                                            {"subsections", true},
                                                                            {"subsection", true},
                                                                            {"sections", false},
                                                                            {"section", false},
                                                                            {"ss.", false},
                                                                            {"s.", false},
                                                                            {"ss ", false},
                                                                            {"s ", false}}};
  if (at > 0 && (is_letter(text[at - 1]) || is_digit(text[at - 1]) || text[at - 1] == '\'')) return std::nullopt;
  for (const auto& [word, is_subsection] : words) {
    if (at + word.size() >= text.size()) continue;
    bool same = true;
    for (std::size_t i = 0; i < word.size() && same; ++i) same = std::tolower(static_cast<unsigned char>(text[at + i])) == word[i];
    if (!same) continue;
    const std::size_t end = past_blanks(text, at + word.size());
    if (end < text.size() && (is_digit(text[end]) || (is_subsection && text[end] == '(')))
      return Keyword{end, is_subsection, word.starts_with("regulation") ? Citation::Unit::regulation : Citation::Unit::section};
  }
  return std::nullopt;
}

// "40(3A)(a)", "(3B)", "3(A)".
std::optional<Citation> reference_at(std::string_view text, std::size_t& at, bool is_subsection) {
  Citation citation;
  citation.offset = at;
  std::size_t i = at;
  while (i < text.size() && is_digit(text[i])) citation.section += text[i++];
  while (i < text.size() && !citation.section.empty() && text[i] >= 'A' && text[i] <= 'Z') citation.section += text[i++];
  while (i < text.size() && text[i] == '(') {
    const std::size_t close = text.find(')', i);
    if (close == std::string_view::npos || close - i > 5 || close == i + 1) break;
    if (!std::ranges::all_of(text.substr(i + 1, close - i - 1), [](char c) { return is_digit(c) || is_letter(c); })) break;
    citation.subsections += text.substr(i, close - i + 1);
    i = close + 1;
  }
  if (citation.section.empty() && citation.subsections.empty()) return std::nullopt;
  if (is_subsection && !citation.section.empty()) {
    const bool split = citation.subsections.size() == 3 && citation.subsections[1] >= 'A' && citation.subsections[1] <= 'Z';
    citation.subsections = split ? "(" + citation.section + citation.subsections[1] + ")" : "(" + citation.section + ")" + citation.subsections;
    citation.section.clear();
  }
  at = i;
  return citation;
}

std::size_t past_separator(std::string_view text, std::size_t at) {
  std::size_t i = past_blanks(text, at);
  for (const std::string_view word : {",", "and ", "or ", "to "})
    if (text.substr(i).starts_with(word)) i = past_blanks(text, i + word.size());
  return i;
}

const std::set<std::string>& acts() {
  static const std::set<std::string> names = [] {
    std::set<std::string> all;
    for (const Provision& provision : provisions()) all.insert(provision.act);
    return all;
  }();
  return names;
}

std::string act_at(std::string_view text, std::size_t at) {
  std::string_view rest = text.substr(past_blanks(text, at));
  for (const std::string_view word : {"of ", "the "})
    if (rest.starts_with(word)) rest = rest.substr(past_blanks(rest, word.size()));
  if (rest.starts_with("FOIA")) return "Freedom of Information Act 2000";
  if (rest.starts_with("DPA 2018")) return "Data Protection Act 2018";
  for (const std::string& act : acts()) {
    if (rest.starts_with(act)) return act;
    if (const auto year = act.rfind(" 20"); year != std::string::npos && rest.starts_with(std::string_view(act).substr(0, year))) return act;
  }
  return {};
}

// What the rule base cites, each reference with its Act.
const std::vector<Citation>& known() {
  static const std::vector<Citation> all = [] {
    std::vector<Citation> citations;
    for (const Provision& provision : provisions())
      for (Citation citation : citations_in(provision.citation)) {
        citation.act = provision.act;
        citations.push_back(std::move(citation));
      }
    return citations;
  }();
  return all;
}

bool matches(const Citation& cited, const Citation& known_one) {
  if (cited.unit != known_one.unit) return false;
  if (!cited.section.empty()) return cited.section == known_one.section && known_one.subsections.starts_with(cited.subsections);
  return known_one.subsections.starts_with(cited.subsections);
}

}  // namespace

std::vector<Citation> citations_in(std::string_view text) {
  std::vector<Citation> citations;
  for (std::size_t at = 0; at < text.size();) {
    const auto keyword = keyword_at(text, at);
    if (!keyword) {
      ++at;
      continue;
    }
    const std::size_t first = citations.size();
    std::size_t end = keyword->end;
    for (std::size_t next = keyword->end;;) {
      auto reference = reference_at(text, next, keyword->is_subsection);
      if (!reference) break;
      reference->unit = keyword->unit;
      citations.push_back(std::move(*reference));
      end = next;
      next = past_separator(text, next);
      if (next == end) break;
    }
    const std::string act = act_at(text, end);
    for (std::size_t i = first; i < citations.size(); ++i) citations[i].act = act;
    at = std::max(end, at + 1);
  }
  return citations;
}

bool is_known(const Citation& citation) {
  return std::ranges::any_of(known(), [&](const Citation& one) { return (citation.act.empty() || citation.act == one.act) && matches(citation, one); });
}

std::string right_act_of(const Citation& citation) {
  // A whole section of a low number exists in every Act.
  if (citation.act.empty() || citation.subsections.empty() || is_known(citation)) return {};
  // The Act has the section, with subsections that the rule base does not list; the two Acts of information number theirs alike.
  if (std::ranges::any_of(known(), [&](const Citation& one) {
        return one.act == citation.act && one.unit == citation.unit && !one.section.empty() && one.section == citation.section;
      }))
    return {};
  const auto other = std::ranges::find_if(known(), [&](const Citation& one) { return matches(citation, one); });
  return other == known().end() ? std::string() : other->act;
}

}  // namespace candour::law
