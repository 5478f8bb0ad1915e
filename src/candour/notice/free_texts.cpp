#include <candour/notice/free_texts.hpp>

#include <fmt/format.h>

namespace candour::notice {
namespace {

void append_question_texts(const request::Question& question, std::vector<FreeText>& texts) {
  const std::string name = fmt::format("question {}", question.number);
  const auto add = [&](std::string_view key, const std::string& text) { texts.push_back({fmt::format("{}, {}", name, key), &text, question.number}); };
  add("branch_reason", question.branch_reason);
  add("decision.reason", question.decision.reason);
  add("decision.public_interest", question.decision.public_interest);
  add("decision.interest", question.decision.interest);
  add("decision.causal_link", question.decision.causal_link);
  add("decision.qualified_person", question.decision.qualified_person);
  add("decision.found_at", question.decision.found_at);
  add("decision.earlier_request", question.decision.earlier_request);
  add("document", question.document);
  for (const request::HeldDocument& document : question.documents) {
    add("held title", document.title);
    add("held version", document.version);
  }
  add("explanation", question.explanation);
  add("answered_only_for", question.answered_only_for);
  add("answered_only_because", question.answered_only_because);
  for (const std::string& note : question.notes) add("notes", note);
  for (const table::CoverageStretch& stretch : question.coverage) add("coverage reason", stretch.reason);
}

}  // namespace

std::vector<FreeText> free_texts_of(const request::Case& the_case) {
  std::vector<FreeText> texts{{"advice", &the_case.advice, {}}, {"form_because", &the_case.form_because, {}}};
  for (const request::Question& question : the_case.questions) append_question_texts(question, texts);
  for (const request::CostItem& item : the_case.costs) {
    texts.push_back({"cost method", &item.method, item.question});
    texts.push_back({"cost unit", &item.unit, item.question});
  }
  for (const request::StaffedStretch& staffed : the_case.staffed) texts.push_back({"staffed", &staffed.text, {}});
  if (the_case.personal_information) {
    const request::PersonalInformationReasons& reasons = *the_case.personal_information;
    for (const std::string* text :
         {&reasons.route, &reasons.legitimate_interest, &reasons.necessity, &reasons.balance, &reasons.living, &reasons.consent_or_public})
      texts.push_back({"personal_information", text, {}});
  }
  for (const request::OfficerFinding& finding : the_case.findings)
    if (finding.kind == "identifiability" || finding.kind == "no-route")
      texts.push_back({fmt::format("finding '{}', means", finding.kind), &finding.means, {}});
  const request::AuthorityWording& wording = the_case.authority.wording;
  for (const std::string* text : {&wording.opening, &wording.closing, &wording.contact, &wording.footer})
    texts.push_back({"the authority's wording", text, {}});
  return texts;
}

}  // namespace candour::notice
