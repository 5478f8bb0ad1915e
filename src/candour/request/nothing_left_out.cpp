// What a request asks for and a case forgets.

#include <candour/base/text.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace candour::request {
namespace {

using base::Setting;

// The numbers that begin a line of the request: "3. How many", "2a) Which".
std::vector<std::string> numbers_in(const std::string& request) {
  std::vector<std::string> numbers;
  for (const std::string& line : base::split(request, '\n')) {
    const std::string_view text = base::trimmed(line);
    std::size_t end = 0;
    while (end < text.size() && end < 3 && text[end] >= '0' && text[end] <= '9') ++end;
    if (end == 0) continue;
    if (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
    const bool closes = end + 1 < text.size() && (text[end] == '.' || text[end] == ')') && (text[end + 1] == ' ' || text[end + 1] == '\t');
    if (closes) numbers.emplace_back(text.substr(0, end));
  }
  return numbers;
}

bool has_word(const std::string& text, const std::string& word) {
  const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
    if ((at == 0 || !is_letter(text[at - 1])) && (at + word.size() >= text.size() || !is_letter(text[at + word.size()]))) return true;
  return false;
}

std::string lowered(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

// What the request names and the case leaves out: a numbered question, or a variable that a question is not broken down by.
void check_nothing_left_out(const Setting& top, const Case& the_case, Mistakes& mistakes) {
  for (const std::string& number : numbers_in(the_case.request_text))
    if (find_question(the_case, number) == nullptr)
      mistakes.add(top.find("request")->line_of("text_file"), "question_left_out",
                   fmt::format("the request numbers a question {}, expected a [[question]] that answers it or says why not", number),
                   "every question has an account; to leave one out is a refusal without a notice");
  const std::string request = lowered(the_case.request_text);
  const auto tables = top.tables_of("question");
  for (std::size_t q = 0; q < the_case.questions.size(); ++q) {
    const Question& question = the_case.questions[q];
    const CasePopulation* population = find_population(the_case, question.population);
    if (population == nullptr || !(gives_figures(question) || gives_records(question))) continue;
    for (const std::string& name : population->variables) {
      const bool asked = std::ranges::find(question.by, name, &std::pair<std::string, std::string>::first) != question.by.end();
      const bool excused = std::ranges::find(question.not_asked_by, name) != question.not_asked_by.end();
      if (!asked && !excused && has_word(request, lowered(name)))
        mistakes.add(
            tables[q]->line_of("by"), "breakdown_left_out",
            fmt::format("question {} is not broken down by '{}', which the request names; expected it in 'by', or in 'not_asked_by'", question.number, name));
    }
  }
}

}  // namespace candour::request
