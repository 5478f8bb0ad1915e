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
      writing.missing(writing.in_role(law::NoticeRole::part_account), fmt::format("one account of question {}; there are {}", question.number, entries),
                      "every question is answered, or has a reason why it is not");
  }
  for (const QuestionFacts& facts : writing.facts) {
    const std::int64_t accounted =
        std::accumulate(facts.fates.begin(), facts.fates.end(), std::int64_t{0}, [](std::int64_t sum, const auto& entry) { return sum + entry.second; });
    if (accounted != facts.asked || facts.asked < 1)
      writing.missing(writing.in_role(law::NoticeRole::part_account), fmt::format("an account of everything asked for in question {}", facts.question),
                      "given, withheld and the other fates must add up to what was asked");
  }
}

// Every paragraph that cites what a refusal rests on names its questions; figures given less finely rest on the provision on personal information.
std::map<std::string, std::vector<std::string>> relied_on(const request::Case& the_case, const std::vector<QuestionFacts>& facts) {
  const law::Regime regime = law::regime_of(the_case.authority.regime);
  std::map<std::string, std::vector<std::string>> codes;
  for (const QuestionFacts& each : facts) {
    const auto question = std::ranges::find(the_case.questions, each.question, &request::Question::number);
    if (question == the_case.questions.end()) continue;
    std::vector<std::string>& of_question = codes[each.question];
    of_question = question->decision.provisions;
    const bool withheld_period = each.has(Fate::withheld) && of_question.empty();
    if (each.has(Fate::withheld_in_detail) || withheld_period) of_question.emplace_back(law::in_role(regime, law::NoticeRole::personal_information));
    if (each.has(Fate::not_searched) && question->decision.decision == request::Decision::given)
      of_question.emplace_back(law::in_role(regime, law::NoticeRole::cost_limit));
    // An exception of its own under the Regulations of 2004.
    if (regime == law::Regime::eir && (each.has(Fate::not_held) || each.has(Fate::not_recorded)))
      of_question.emplace_back(law::in_role(regime, law::NoticeRole::not_held));
    std::ranges::sort(of_question);
    of_question.erase(std::unique(of_question.begin(), of_question.end()), of_question.end());
  }
  return codes;
}

// What a law does not know cannot be decided under it.
void check_regime(Writing& writing) {
  if (writing.regime() == law::Regime::foia) return;
  const auto refuse = [&](std::string_view code, std::string sentence, std::string hint) {
    writing.errors.push_back(
        {base::Cause::wrong_input, std::string(code), {(writing.the_case.folder / "case.toml").string()}, std::move(sentence), std::move(hint)});
  };
  const std::string_view law = law::name_of(writing.regime());
  for (const request::Question& question : writing.the_case.questions)
    if (question.decision.decision == request::Decision::decision_pending)
      refuse("law.no_extension",
             fmt::format("question {} is pending, expected a decision: the {} knows no more time for the public interest", question.number, law),
             writing.regime() == law::Regime::eir ? "regulation 7(1) gives more time for complex and voluminous requests only" : "");
  if (const auto numbers = questions_with(writing.facts, Fate::not_searched); writing.regime() == law::Regime::eir && !numbers.empty())
    refuse("law.no_cost_limit",
           fmt::format("{} not searched for on grounds of cost, expected another decision: the {} know no cost limit",
                       capitalised(questions_in_words(numbers)) + (numbers.size() == 1 ? " is" : " are"), law),
           "regulation 12(4)(b), manifestly unreasonable, is weighed against the public interest by a named person");
}

// Provisions that the rule base has from settled knowledge only, and that nobody has read for this case: of the Act of 2000 those that a refusal rests on,
// of the other laws all that the notice cites.
std::vector<std::string> to_confirm(const request::Case& the_case, const Notice& notice) {
  std::vector<std::string> codes;
  for (const auto& [question, relied] : notice.relied_on) codes.insert(codes.end(), relied.begin(), relied.end());
  if (law::regime_of(the_case.authority.regime) != law::Regime::foia)
    for (const NoticeSection& section : notice.sections)
      for (const Paragraph& paragraph : section.paragraphs)
        if (!paragraph.provision.empty()) codes.push_back(paragraph.provision);
  std::vector<std::string> sentences;
  for (const std::string& code : codes) {
    const auto provision = law::find_provision(code);
    const bool read =
        std::ranges::any_of(the_case.findings, [&](const request::OfficerFinding& one) { return one.kind == "provision-read" && one.id == code; });
    if (!provision || provision->checked != "knowledge" || read) continue;
    std::string sentence = fmt::format(
        "Read {} before this goes out: the rule base has it from settled knowledge, not from the text. "
        "A [[finding]] of kind \"provision-read\" with id = \"{}\" records it.",
        law::cited(*provision), code);
    if (std::ranges::find(sentences, sentence) == sentences.end()) sentences.push_back(std::move(sentence));
  }
  return sentences;
}

}  // namespace

// Nobody can promise that no person will ever be found in figures; a letter that does is refused.
bool is_promise(std::string_view words) {
  const std::string text = lowered(words);
  return (text.find("guarantee") != std::string::npos && text.find("anonym") != std::string::npos) || text.find("fully anonymous") != std::string::npos ||
         text.find("completely anonymous") != std::string::npos;
}

void check_promises(Writing& writing) {
  for (const NoticeSection& section : writing.notice.sections)
    for (const Paragraph& paragraph : section.paragraphs)
      if (is_promise(paragraph.text))
        writing.errors.push_back({base::Cause::wrong_input,
                                  "notice.promise",
                                  {(writing.the_case.folder / "case.toml").string()},
                                  fmt::format("under '{}' the text promises that figures are anonymous, expected no such promise", section.heading),
                                  "say what was checked and what was found"});
}

base::ResultOrErrors<Notice> build_notice(const request::Case& the_case, std::vector<QuestionFacts> facts, base::Date answered_on) {
  Writing writing{the_case, facts, answered_on, {}, {}};
  check_account(writing);
  check_regime(writing);
  write_opening(writing);
  write_personal_information(writing);
  write_decisions(writing);
  write_cost(writing);
  write_absence(writing);
  write_form(writing);
  write_remedies(writing);
  check_promises(writing);
  // A notice that lacks a part is mended first; then its sentences are held against each other.
  if (writing.errors.empty()) check_texts(writing);
  if (writing.errors.empty()) check_advice(writing);
  if (!writing.errors.empty()) return tl::make_unexpected(std::move(writing.errors));
  Notice notice = std::move(writing.notice);
  notice.relied_on = relied_on(the_case, facts);
  notice.to_confirm = to_confirm(writing.the_case, notice);
  notice.facts = std::move(facts);
  return notice;
}

}  // namespace candour::notice
