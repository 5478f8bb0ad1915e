#include <candour/similar/round_robin.hpp>

#include <candour/similar/words.hpp>

#include <re2/re2.h>

#include <algorithm>

namespace candour::similar {
namespace {

struct Sign {
  const char* pattern;
  const char* why;
};

// Bodies that many requests go to at once; BODIES in the patterns below.
constexpr std::string_view bodies =
    "(?:local authorit(?:y|ies)|authorit(?:y|ies)|councils?|(?:police )?forces?|"
    "constabular(?:y|ies)|(?:nhs )?trusts?|health boards?|schools?|"
    "universit(?:y|ies)|departments?|public bodies|fire (?:and rescue )?services?|ambulance services?|boroughs?)";

constexpr Sign signs[] = {
    {"\\b(?:all|every|each|several|many|multiple|a number of|other|various)(?: of the)?(?: [a-z]+){0,3} BODIES", "speaks to or of all bodies of a kind"},
    {"\\b(?:sent|sending|submitt(?:ed|ing)|writing|addressed|made|making|contacting)\\b[^.?!]{0,60}\\bto (?:all|every|each|a number "
     "of|several|many|multiple|other|various)\\b",
     "says that it went to others"},
    {"\\[(?:name of )?(?:your )?(?:the )?(?:authority|council|force|trust|organisation|organization|body|department|area|name)[^\\]]{0,30}\\]",
     "leaves the name of the authority open"},
    {"\\byour (?:authority|council|force|trust|board|department|organisation|school|university) ?(?:/|or) ?(?:your "
     ")?(?:authority|council|force|trust|board|department|organisation|school|university|area)",
     "names several kinds of bodies at once"},
    {"\\byour (?:local authority|council|force|trust|health board|organisation|organization|constabulary|institution)\\b",
     "calls the authority by its kind, not by its name"},
    {"\\b(?:round robin|survey|questionnaire|benchmarking|nationwide|across the (?:country|uk|united kingdom)|national (?:picture|comparison|study|survey))\\b",
     "gathers the same from many"},
    {"\\b(?:if you are not|if this is not|where you are not) (?:the |a )?(?:responsible |relevant |unitary |upper.tier )?BODIES",
     "allows for bodies that differ"},
};

std::string lowered_on_one_line(std::string_view text) {
  std::string line;
  for (const char letter : text) {
    const bool is_blank = letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
    if (is_blank) line += line.empty() || line.back() == ' ' ? "" : " ";
    else line += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  }
  return line;
}

// RE2 takes time linear in the text and little memory, whatever a letter holds.
std::string searched_by(std::string pattern) {
  constexpr std::string_view name = "BODIES";
  for (std::size_t at = pattern.find(name); at != std::string::npos; at = pattern.find(name)) pattern.replace(at, name.size(), bodies);
  return "(" + pattern + ")";
}

// The words of a title without numbers, in their order.
std::string wording_of(std::string_view title) {
  std::string wording;
  for (const std::string& word : words_of(title))
    if (word.find_first_not_of("0123456789") != std::string::npos) wording += without_plural(word) + ' ';
  return wording;
}

}  // namespace

std::vector<RoundRobinSign> round_robin_signs(std::string_view text) {
  constexpr std::size_t longest_text = 100'000;
  const std::string line = lowered_on_one_line(text.substr(0, longest_text));
  std::vector<RoundRobinSign> found;
  for (const Sign& sign : signs) {
    std::string match;
    if (RE2::PartialMatch(line, RE2(searched_by(sign.pattern), RE2::Latin1), &match)) found.push_back({match, sign.why});
  }
  return found;
}

std::size_t times_sent(std::string_view title, const std::vector<std::string>& titles) {
  const std::string wording = wording_of(title);
  if (wording.empty()) return 0;
  return static_cast<std::size_t>(std::count_if(titles.begin(), titles.end(), [&](const std::string& other) { return wording_of(other) == wording; }));
}

}  // namespace candour::similar
