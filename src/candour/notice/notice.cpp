#include <candour/notice/notice.hpp>

#include <candour/notice/writing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <numeric>

namespace candour::notice {
namespace {

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// The identity of the account: everything asked for has exactly one fate.
void check_account(Writing& writing) {
  for (const request::Question& question : writing.the_case.questions) {
    const auto entries = std::ranges::count(writing.facts, question.number, &QuestionFacts::question);
    if (entries != 1)
      writing.missing("section 1(1)", fmt::format("one account of question {}; there are {}", question.number, entries),
                      "every question is answered, or has a reason why it is not");
  }
  for (const QuestionFacts& facts : writing.facts) {
    const std::int64_t accounted =
        std::accumulate(facts.fates.begin(), facts.fates.end(), std::int64_t{0}, [](std::int64_t sum, const auto& entry) { return sum + entry.second; });
    if (accounted != facts.asked || facts.asked < 1)
      writing.missing("section 1(1)", fmt::format("an account of everything asked for in question {}", facts.question),
                      "given, withheld and the other fates must add up to what was asked");
  }
}

// Every paragraph that cites what a refusal rests on names its questions; figures given less finely rest on the provision on personal information.
std::map<std::string, std::vector<std::string>> relied_on(const request::Case& the_case, const std::vector<QuestionFacts>& facts) {
  std::map<std::string, std::vector<std::string>> codes;
  for (const QuestionFacts& each : facts) {
    const auto question = std::ranges::find(the_case.questions, each.question, &request::Question::number);
    if (question == the_case.questions.end()) continue;
    std::vector<std::string>& of_question = codes[each.question];
    of_question = question->decision.provisions;
    const bool withheld_period = each.has(Fate::withheld) && of_question.empty();
    if (each.has(Fate::withheld_in_detail) || withheld_period) of_question.emplace_back(personal_information_code);
    if (each.has(Fate::not_searched) && question->decision.decision == request::Decision::given) of_question.emplace_back("FOIA/12(1)");
    std::ranges::sort(of_question);
    of_question.erase(std::unique(of_question.begin(), of_question.end()), of_question.end());
  }
  return codes;
}

}  // namespace

// Nobody can promise that no person will ever be found in figures; a letter that does is refused.
void check_promises(Writing& writing) {
  for (const NoticeSection& section : writing.notice.sections)
    for (const Paragraph& paragraph : section.paragraphs) {
      const std::string text = lowered(paragraph.text);
      const bool promise = text.find("guarantee") != std::string::npos && text.find("anonym") != std::string::npos;
      if (promise || text.find("fully anonymous") != std::string::npos || text.find("completely anonymous") != std::string::npos)
        writing.errors.push_back({base::Cause::wrong_input,
                                  "notice.promise",
                                  {(writing.the_case.folder / "case.toml").string()},
                                  fmt::format("under '{}' the text promises that figures are anonymous, expected no such promise", section.heading),
                                  "say what was checked and what was found"});
    }
}

base::ResultOrErrors<Notice> build_notice(const request::Case& the_case, std::vector<QuestionFacts> facts, base::Date answered_on) {
  if (law::regime_of(the_case.authority.regime) != law::Regime::foia)
    return tl::make_unexpected(
        base::Errors{{base::Cause::wrong_input,
                      "notice.regime",
                      {(the_case.folder / "case.toml").string()},
                      fmt::format("the regime is {}, expected FOIA: notices under other Acts are not written yet", the_case.authority.regime),
                      {}}});
  Writing writing{the_case, facts, answered_on, {}, {}};
  check_account(writing);
  write_opening(writing);
  write_personal_information(writing);
  write_decisions(writing);
  write_cost(writing);
  write_absence(writing);
  write_remedies(writing);
  check_promises(writing);
  // A notice that lacks a part is mended first; then its sentences are held against each other.
  if (writing.errors.empty()) check_texts(writing);
  if (writing.errors.empty()) check_advice(writing);
  if (!writing.errors.empty()) return tl::make_unexpected(std::move(writing.errors));
  Notice notice = std::move(writing.notice);
  notice.relied_on = relied_on(the_case, facts);
  notice.facts = std::move(facts);
  return notice;
}

}  // namespace candour::notice
