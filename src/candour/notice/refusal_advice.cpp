// The letter before an adversary: what somebody who advises requesters would ask of each refusal.

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>
#include <candour/law/citations.hpp>
#include <candour/law/cost.hpp>
#include <candour/notice/writing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace candour::notice {
namespace {

using law::ProvisionKind;
using request::Question;

// One refusal: a question, and a provision that it rests on.
struct Refusal {
  const Question* question;
  law::Provision provision;
};

bool is_said(const std::string& text) { return !base::trimmed(text).empty(); }

std::vector<const request::CostItem*> counted_lines(const request::Case& the_case) {
  std::vector<const request::CostItem*> lines;
  for (const request::CostItem& item : the_case.costs)
    if (law::activity_of(item.activity)) lines.push_back(&item);
  return lines;
}

bool is_identifiability_of(const request::OfficerFinding& finding, const Question& question) {
  return finding.kind == "identifiability" && (finding.question.empty() || finding.question == question.number);
}

bool has_means(const request::Case& the_case, const Question& question) {
  return std::ranges::any_of(the_case.findings,
                             [&](const request::OfficerFinding& finding) { return is_identifiability_of(finding, question) && is_said(finding.means); });
}

bool has_test(const request::Case& the_case) {
  if (!the_case.personal_information) return false;
  const request::PersonalInformationReasons& reasons = *the_case.personal_information;
  return is_said(reasons.consent_or_public) || (is_said(reasons.legitimate_interest) && is_said(reasons.necessity) && is_said(reasons.balance));
}

// Words by which a request speaks of people who have died.
bool speaks_of_deaths(const request::Case& the_case, const Question& question) {
  std::string text = question.text + " " + question.counted_label;
  for (const request::CasePopulation& population : the_case.populations)
    if (population.id == question.population) text += " " + population.label;
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  static constexpr std::array<std::string_view, 9> words{"death", "died", "deceased", "fatal", "suicide", "murder", "homicide", "post-mortem", "inquest"};
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

// Each exemption is weighed by itself: where several are, the officer's words name each.
bool is_weighed_by_itself(const Question& question) {
  std::vector<std::string> weighed;
  for (const std::string& code : question.decision.provisions)
    if (const auto provision = law::find_provision(code); provision && provision->is_exemption() && provision->standing == law::Standing::qualified)
      for (const law::Citation& citation : law::citations_in(provision->citation)) weighed.push_back(citation.section + citation.subsections);
  if (weighed.size() < 2) return true;
  std::vector<std::string> named;
  for (const law::Citation& citation : law::citations_in(question.decision.public_interest)) named.push_back(citation.section + citation.subsections);
  return std::ranges::all_of(weighed, [&](const std::string& one) { return std::ranges::find(named, one) != named.end(); });
}

// Whether the case answers a question about a refusal. Each code of law/refusal_advice.csv has its line here.
bool is_answered(std::string_view code, const Writing& writing, const Refusal& refusal) {
  const request::Case& the_case = writing.the_case;
  const request::DecisionRecord& record = refusal.question->decision;
  const bool part_only = record.decision == request::Decision::given;
  if (code == "12/held") return part_only || record.is_held || std::ranges::find(record.provisions, "FOIA/12(2)") != record.provisions.end();
  if (code == "12/sum" || code == "12/excluded") return !counted_lines(the_case).empty();
  if (code == "12/evidence")
    return std::ranges::all_of(counted_lines(the_case),
                               [](const request::CostItem* item) { return is_said(item->measured_by) && item->measured_on.has_value(); });
  if (code == "12/fits") return is_said(the_case.advice);
  if (code == "12/aggregated")
    return std::ranges::none_of(the_case.earlier_requests, [](const request::EarlierRequest& one) { return !is_said(one.reference); });
  if (code == "14/repeated") return is_said(record.earlier_request);
  if (code == "21/where") return is_said(record.found_at);
  if (code == "22/before") return record.intended_since && *record.intended_since <= the_case.received;
  if (code == "22/twelve-weeks") return record.publication_date.has_value();
  if (code == "31/interest") return is_said(record.interest);
  if (code == "31/link") return is_said(record.causal_link);
  if (code == "31/likelihood") return is_said(record.likelihood);
  if (code == "31/own-weighing") return is_weighed_by_itself(*refusal.question);
  if (code == "31/would") return record.likelihood == "would";
  if (code == "12-4-c/help") return is_said(the_case.advice);
  if (code == "36/opinion") return is_said(record.qualified_person) && record.opinion_on.has_value();
  if (code == "40/route") return the_case.personal_information && is_said(the_case.personal_information->route);
  if (code == "40/means") return has_means(the_case, *refusal.question);
  if (code == "40/living")
    return !speaks_of_deaths(the_case, *refusal.question) || (the_case.personal_information && is_said(the_case.personal_information->living));
  if (code == "40/test") return has_test(the_case);
  if (code == "40/rest") return writing.facts.size() == the_case.questions.size();
  CANDOUR_CHECK(false, "every question of law/refusal_advice.csv has its test");
  return false;
}

// Which questions are asked of a provision: by how its code begins, or by its kind.
bool concerns(const law::AdviceQuestion& advice, const Refusal& refusal) {
  const law::Provision& provision = refusal.provision;
  // An answer would give away what is held.
  if (refusal.question->decision.decision == request::Decision::neither_confirmed_nor_denied || provision.kind == ProvisionKind::neither) return false;
  if (advice.asked_of == "form") return false;  // of the request as a whole
  if (advice.asked_of == "prejudice") return provision.kind == ProvisionKind::exemption_prejudice;
  if (advice.asked_of == "opinion") return provision.kind == ProvisionKind::exemption_opinion;
  // The exceptions of the Regulations of 2004 may be weighed together.
  if (advice.asked_of == "weighed") return provision.standing == law::Standing::qualified && !provision.code.starts_with("EIR/");
  return std::ranges::any_of(base::split(advice.asked_of, ' '), [&](const std::string& prefix) { return provision.code.starts_with(prefix); });
}

std::vector<Refusal> refusals_of(const Writing& writing) {
  std::vector<Refusal> refusals;
  const auto add = [&](const Question& question, std::string_view code) {
    const auto provision = law::find_provision(code);
    if (provision && provision->code.starts_with(fmt::format("{}/", law::word_of(writing.regime())))) refusals.push_back({&question, *provision});
  };
  for (const Question& question : writing.the_case.questions) {
    const auto facts = std::ranges::find(writing.facts, question.number, &QuestionFacts::question);
    if (facts == writing.facts.end()) continue;
    for (const std::string& code : question.decision.provisions) add(question, code);
    if (facts->has(Fate::withheld_in_detail) || (facts->has(Fate::withheld) && question.decision.provisions.empty()))
      add(question, writing.in_role(law::NoticeRole::personal_information));
    if (facts->has(Fate::not_searched) && question.decision.decision == request::Decision::given) add(question, writing.in_role(law::NoticeRole::cost_limit));
  }
  return refusals;
}

// Forms that requests ask for and that do not come with every answer by themselves.
struct AskedForm {
  std::string_view word;
  std::string_view form;
};
constexpr std::array<AskedForm, 12> other_forms{{{"word document", "a Word document"},
                                                 {".docx", "a Word document"},
                                                 {"by post", "paper, by post"},
                                                 {"on paper", "paper"},
                                                 {"hard copy", "paper"},
                                                 {"hard copies", "paper"},
                                                 {"large print", "large print"},
                                                 {"braille", "Braille"},
                                                 {"shapefile", "a shapefile"},
                                                 {"access database", "a database file"},
                                                 {"inspect the records", "inspection"},
                                                 {"in person", "inspection"}}};

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// Section 11: the form asked for is given so far as practicable, or the letter says why not.
void check_form(Writing& writing) {
  const request::Case& the_case = writing.the_case;
  if (is_said(the_case.form_asked)) return;
  const std::string text = lowered(the_case.request_text);
  const auto asked = std::ranges::find_if(other_forms, [&](const AskedForm& one) { return text.find(one.word) != std::string::npos; });
  const auto advice = std::ranges::find(law::advice_questions(), "form", &law::AdviceQuestion::asked_of);
  CANDOUR_CHECK(advice != law::advice_questions().end(), "law/refusal_advice.csv asks of the form");
  if (asked == other_forms.end()) return;
  writing.errors.push_back({base::Cause::wrong_input,
                            "notice.open_question",
                            {(the_case.folder / "case.toml").string()},
                            fmt::format("the request seems to ask for {}, and the letter would leave this open: {}", asked->form, advice->question),
                            fmt::format("the answer belongs into {}", advice->answer_in)});
}

}  // namespace

void write_form(Writing& writing) {
  const request::Case& the_case = writing.the_case;
  if (!is_said(the_case.form_asked)) return;
  NoticeSection& section = writing.section("The form that you asked for");
  const std::string asked(base::trimmed(the_case.form_asked));
  section.paragraphs.push_back({ParagraphKind::reason,
                                {},
                                {},
                                is_said(the_case.form_because) ? fmt::format("You asked for this: “{}”. The answer does not come in that form. {}", asked,
                                                                             as_sentence(the_case.form_because))
                                                               : fmt::format("You asked for this: “{}”. The answer comes in that form.", asked)});
}

void check_advice(Writing& writing) {
  check_form(writing);
  for (const Refusal& refusal : refusals_of(writing))
    for (const law::AdviceQuestion& advice : law::advice_questions()) {
      if (!concerns(advice, refusal) || is_answered(advice.code, writing, refusal)) continue;
      base::Error error{base::Cause::wrong_input,
                        "notice.open_question",
                        {(writing.the_case.folder / "case.toml").string()},
                        fmt::format("question {} rests on {}, and the letter would leave this open: {}", refusal.question->number, refusal.provision.citation,
                                    advice.question),
                        fmt::format("the answer belongs into {}", advice.answer_in)};
      if (std::ranges::none_of(writing.errors, [&](const base::Error& other) { return other.sentence == error.sentence; }))
        writing.errors.push_back(std::move(error));
    }
}

}  // namespace candour::notice
