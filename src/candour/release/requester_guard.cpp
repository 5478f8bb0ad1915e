#include <candour/release/requester_guard.hpp>

#include <candour/base/letters.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace candour::release {
namespace {

// A sign of a script that writes words or syllables says as much as two letters.
std::size_t letters_in(const std::u32string& line) {
  constexpr char32_t first_of_such_scripts = 0x2E80;
  std::size_t letters = 0;
  for (const char32_t point : line)
    if (base::is_letter(point)) letters += point < first_of_such_scripts ? 1 : 2;
  return letters;
}

std::vector<std::u32string> identifying_lines(const request::Requester& requester) {
  std::vector<std::u32string> lines;
  for (const std::string& line : base::split(requester.name + "\n" + requester.address, '\n')) {
    std::u32string text = base::folded(line);
    if (letters_in(text) >= 4) lines.push_back(std::move(text));
  }
  return lines;
}

}  // namespace

base::Errors find_requester(const request::Requester& requester, const std::vector<std::pair<std::string, std::string>>& public_texts) {
  base::Errors errors;
  const std::vector<std::u32string> lines = identifying_lines(requester);
  for (const auto& [place, text] : public_texts) {
    const std::u32string plain = base::folded(text);
    if (std::any_of(lines.begin(), lines.end(), [&](const std::u32string& line) { return plain.find(line) != std::u32string::npos; })) {
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
