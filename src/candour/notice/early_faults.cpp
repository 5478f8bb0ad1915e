#include <candour/notice/early_faults.hpp>

#include <candour/law/provisions.hpp>

namespace candour::notice {
namespace {

Fate fate_of_stretch(table::CoverageStatus status) {
  switch (status) {
    case table::CoverageStatus::available: return Fate::given;
    case table::CoverageStatus::did_not_run: return Fate::did_not_run;
    case table::CoverageStatus::not_recorded: return Fate::not_recorded;
    case table::CoverageStatus::over_cost_limit: return Fate::not_searched;
    case table::CoverageStatus::withheld: return Fate::withheld;
    case table::CoverageStatus::not_held: return Fate::not_held;
  }
  return Fate::given;
}

QuestionFacts assumed(const request::Case& the_case, const request::Question& question) {
  QuestionFacts facts;
  facts.question = question.number;
  const bool figures = question.kind == request::QuestionKind::statistics && question.decision.decision == request::Decision::given;
  if (request::gives_records(question)) {
    facts.fates[Fate::given] = 1;
    if (the_case.personal_information) facts.fates[Fate::withheld_in_detail] = 1;
  } else if (!figures) {
    facts.fates[fate_of(question.decision.decision)] = 1;
  } else {
    facts.fates[Fate::given] = 1;
    if (the_case.personal_information && !question.by.empty()) facts.fates[Fate::withheld_in_detail] = 1;
    for (const table::CoverageStretch& stretch : question.coverage) facts.fates[fate_of_stretch(stretch.status)] = 1;
  }
  for (const auto& [fate, count] : facts.fates) facts.asked += count;
  facts.periods = {{{}, facts.fates}};
  return facts;
}

}  // namespace

base::Errors early_faults(const request::Case& the_case, base::Date answered_on) {
  std::vector<QuestionFacts> facts;
  for (const request::Question& question : the_case.questions) facts.push_back(assumed(the_case, question));
  auto notice = build_notice(the_case, std::move(facts), answered_on);
  return notice ? base::Errors{} : std::move(notice.error());
}

}  // namespace candour::notice
