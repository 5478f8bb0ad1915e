// The letter before an adversary: what somebody who advises requesters would ask of each refusal.

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>
#include <candour/law/cost.hpp>
#include <candour/notice/writing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

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
  if (code == "14/repeated") return refusal.provision.code != "FOIA/14(2)" || is_said(record.earlier_request);
  if (code == "21/where") return is_said(record.found_at);
  if (code == "22/before") return refusal.provision.code != "FOIA/22(1)" || (record.intended_since && *record.intended_since <= the_case.received);
  if (code == "31/interest") return is_said(record.interest);
  if (code == "31/link") return is_said(record.causal_link);
  if (code == "31/likelihood") return is_said(record.likelihood);
  if (code == "36/opinion") return is_said(record.qualified_person) && record.opinion_on.has_value();
  if (code == "40/route") return the_case.personal_information && is_said(the_case.personal_information->route);
  if (code == "40/means") return has_means(the_case, *refusal.question);
  if (code == "40/test") return has_test(the_case);
  if (code == "40/rest") return writing.facts.size() == the_case.questions.size();
  CANDOUR_CHECK(false, "every question of law/refusal_advice.csv has its test");
  return false;
}

// Which questions are asked of a provision. Those of prejudice stand under section 31 and are asked of every exemption that rests on it.
bool concerns(const law::AdviceQuestion& advice, const law::Provision& provision) {
  const std::string_view code = std::string_view(provision.code).substr(5);  // past "FOIA/"
  if (provision.kind == ProvisionKind::neither) return false;                // an answer would give away what is held
  if (advice.section == "31") return provision.kind == ProvisionKind::exemption_prejudice;
  if (advice.section == "36") return provision.kind == ProvisionKind::exemption_opinion;
  if (advice.section == "40") return code.starts_with("40(2)");
  return code.starts_with(advice.section + "(");
}

std::vector<Refusal> refusals_of(const Writing& writing) {
  std::vector<Refusal> refusals;
  const auto add = [&](const Question& question, std::string_view code) {
    const auto provision = law::find_provision(code);
    if (provision && provision->code.starts_with("FOIA/")) refusals.push_back({&question, *provision});
  };
  for (const Question& question : writing.the_case.questions) {
    const auto facts = std::ranges::find(writing.facts, question.number, &QuestionFacts::question);
    if (facts == writing.facts.end()) continue;
    for (const std::string& code : question.decision.provisions) add(question, code);
    if (facts->has(Fate::withheld_in_detail) || (facts->has(Fate::withheld) && question.decision.provisions.empty())) add(question, personal_information_code);
    if (facts->has(Fate::not_searched) && question.decision.decision == request::Decision::given) add(question, "FOIA/12(1)");
  }
  return refusals;
}

}  // namespace

void check_advice(Writing& writing) {
  for (const Refusal& refusal : refusals_of(writing))
    for (const law::AdviceQuestion& advice : law::advice_questions()) {
      if (!concerns(advice, refusal.provision) || is_answered(advice.code, writing, refusal)) continue;
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
