#include <candour/release/requester_guard.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace candour::release {
namespace {

// Lower case, runs of blanks as one.
std::string folded(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isspace(byte) == 0) result += static_cast<char>(std::tolower(byte));
    else if (!result.empty() && result.back() != ' ') result += ' ';
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

std::vector<std::string> identifying_lines(const request::Requester& requester) {
  std::vector<std::string> lines;
  for (const std::string& line : base::split(requester.name + "\n" + requester.address, '\n')) {
    const std::string text = folded(line);
    const auto letters = std::count_if(text.begin(), text.end(), [](unsigned char letter) { return std::isalpha(letter) != 0; });
    if (letters >= 4) lines.push_back(text);
  }
  return lines;
}

}  // namespace

base::Errors find_requester(const request::Requester& requester, const std::vector<std::pair<std::string, std::string>>& public_texts) {
  base::Errors errors;
  const std::vector<std::string> lines = identifying_lines(requester);
  for (const auto& [place, text] : public_texts) {
    const std::string plain = folded(text);
    if (std::any_of(lines.begin(), lines.end(), [&](const std::string& line) { return plain.find(line) != std::string::npos; })) {
      errors.push_back({base::Cause::wrong_input,
                        "release.requester_in_public",
                        {},
                        fmt::format("{} holds the requester's name or a line of the address", place),
                        "take it out: this text is published, and who asked is nobody's business"});
    }
  }
  return errors;
}

std::vector<std::pair<std::string, std::string>> public_texts_of(const ReleaseOrder& order) {
  std::vector<std::pair<std::string, std::string>> texts;
  const request::Case& the_case = *order.the_case;
  texts.emplace_back("the request's text", the_case.request_text);
  texts.emplace_back("the subject", the_case.subject);
  texts.emplace_back("the reference", the_case.reference);
  for (const request::Question& question : the_case.questions) {
    const std::string name = fmt::format("question {}", question.number);
    texts.emplace_back(name + ", text", question.text);
    for (const std::string* text :
         {&question.branch_reason, &question.decision.reason, &question.decision.public_interest, &question.document, &question.explanation,
          &question.answered_only_for, &question.answered_only_because, &question.counted_label, &question.operation}) {
      texts.emplace_back(name, *text);
    }
    for (const request::Alternative& one : question.alternatives) texts.emplace_back(name + ", alternatives", one.text);
    for (const std::string& note : question.notes) texts.emplace_back(name + ", notes", note);
    for (const table::CoverageStretch& stretch : question.coverage) texts.emplace_back(name + ", coverage", stretch.reason);
  }
  for (const table::PublishedPopulation& population : *order.published) {
    for (const table::PublishedStatement& statement : population.statements) texts.emplace_back("a sealed sentence", statement.text);
  }
  return texts;
}

}  // namespace candour::release
