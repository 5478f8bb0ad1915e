#include "request_texts.hpp"

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace candour::casework_tests {
namespace {

using casework::intake::Proposal;
using casework::intake::ProposedQuestion;

std::string word_of(const std::optional<request::QuestionKind>& kind) {
  if (!kind) return "unsure";
  switch (*kind) {
    case request::QuestionKind::statistics: return "statistics";
    case request::QuestionKind::document: return "document";
    case request::QuestionKind::explanation: return "explanation";
    case request::QuestionKind::records: return "records";
  }
  return {};
}

ExpectedQuestion question_in(const std::string& line) {
  ExpectedQuestion question;
  const auto bar = line.find(" | ");
  question.words = line.substr(bar + 3);
  std::istringstream words(line.substr(0, bar));
  std::string key;
  words >> question.number >> question.kind;
  while (words >> key) {
    if (key == "by") words >> question.by;
    if (key == "period") words >> question.period;
    if (key == "alternatives") words >> question.alternatives;
  }
  return question;
}

}  // namespace

std::vector<RequestText> request_texts(const std::filesystem::path& folder) {
  std::vector<RequestText> texts;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto& file = entry.path();
    if (file.extension() != ".txt" && file.extension() != ".eml") continue;
    auto letter = casework::intake::read_letter(*base::read_file(file), file.extension() == ".eml");
    if (!letter) std::abort();
    RequestText text{file.stem().string(), *std::move(letter), {}, {}, {}};
    for (const std::string& line : base::split(*base::read_file(std::filesystem::path(file).replace_extension(".expected")), '\n')) {
      if (line.starts_with("question ")) text.questions.push_back(question_in(line.substr(9)));
      if (line.starts_with("format ")) text.formats.insert(line.substr(7));
      if (line.starts_with("prompt ")) text.prompts.insert(line.substr(7));
    }
    texts.push_back(std::move(text));
  }
  std::ranges::sort(texts, {}, &RequestText::name);
  return texts;
}

ExpectedQuestion as_expected(const ProposedQuestion& question) {
  using Form = casework::intake::AskedPeriod::Form;
  ExpectedQuestion line{question.number, word_of(question.kind), {}, {}, question.text, static_cast<int>(question.alternatives.size())};
  for (const auto& each : question.by) line.by += (line.by.empty() ? "" : ",") + each.name;
  if (question.period && question.period->form != Form::unbounded)
    line.period = casework::intake::to_text(question.period->first) + ".." + casework::intake::to_text(question.period->last);
  return line;
}

std::string described(const Proposal& proposal) {
  std::string text;
  for (const auto& each : proposal.questions) {
    const ExpectedQuestion question = as_expected(each);
    text += fmt::format("question {} {}", question.number, question.kind);
    if (!question.by.empty()) text += " by " + question.by;
    if (!question.period.empty()) text += " period " + question.period;
    if (question.alternatives > 0) text += fmt::format(" alternatives {}", question.alternatives);
    text += " | " + question.words.substr(0, 60) + "\n";
  }
  for (const auto& each : proposal.formats) text += "format " + each + "\n";
  for (const auto& each : proposal.prompts) text += "prompt " + each.code + "\n";
  return text;
}

}  // namespace candour::casework_tests
