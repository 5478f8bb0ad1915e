#include <candour/base/text.hpp>
#include <candour/notice/writing.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::notice {
namespace {

using request::Question;
using table::CoverageStatus;

const table::Hierarchy* periods_of(const request::Case& the_case, const Question& question) {
  for (const request::CasePopulation& population : the_case.populations) {
    if (population.id != question.population) continue;
    for (const request::CaseVariable& variable : the_case.variables)
      if (variable.is_period && std::ranges::find(population.variables, variable.variable.name) != population.variables.end())
        return &variable.variable.hierarchy;
  }
  return nullptr;
}

std::string when(const table::CoverageStretch& stretch, const table::Hierarchy* periods) {
  const auto label = [&](const std::string& code) {
    const auto node = periods == nullptr ? std::nullopt : periods->find(code);
    return node ? periods->label(*node) : code;
  };
  return stretch.first_period == stretch.last_period ? label(stretch.first_period) : label(stretch.first_period) + " to " + label(stretch.last_period);
}

// Questions of which the same is to be said.
struct Absence {
  std::vector<std::string> questions;
  table::CoverageStretch stretch;
  std::string operation;
  std::string when;
};

std::vector<Absence> absences_of(const request::Case& the_case) {
  std::vector<Absence> absences;
  for (const Question& question : the_case.questions) {
    if (question.decision.decision == request::Decision::neither_confirmed_nor_denied) continue;
    const table::Hierarchy* periods = periods_of(the_case, question);
    for (const table::CoverageStretch& stretch : question.coverage) {
      const std::string words = when(stretch, periods);
      const auto same = std::ranges::find_if(absences, [&](const Absence& one) {
        return one.stretch.status == stretch.status && one.stretch.reason == stretch.reason && one.when == words && one.operation == question.operation;
      });
      if (same == absences.end()) absences.push_back({{question.number}, stretch, question.operation, words});
      else same->questions.push_back(question.number);
    }
  }
  return absences;
}

// What is not there is not refused, and is not zero.
void write_absence_of(const Absence& absence, NoticeSection& section) {
  const std::string question = absence.questions.size() == 1 ? absence.questions.front() : std::string();
  const std::string reason = as_sentence(absence.stretch.reason);
  const std::string where = fmt::format("{}, {}", capitalised(questions_in_words(absence.questions)), absence.when);
  const auto add = [&](ParagraphKind kind, std::string_view fact) {
    section.paragraphs.push_back({kind, question, {}, fmt::format("{}: {}{}{}", where, fact, reason.empty() ? "" : " ", reason)});
  };
  switch (absence.stretch.status) {
    case CoverageStatus::did_not_run:
      // The officer's sentence usually says it already.
      if (reason.find("did not run") != std::string::npos) return add(ParagraphKind::not_run, "there was nothing to count.");
      return add(ParagraphKind::not_run, fmt::format("{} did not run, so there was nothing to count.", absence.operation));
    case CoverageStatus::not_recorded: return add(ParagraphKind::no_record, "no information was recorded, so none is held.");
    case CoverageStatus::not_held: return add(ParagraphKind::not_held, "no information is held.");
    case CoverageStatus::withheld: return add(ParagraphKind::reason, "the figures are withheld, as explained above.");
    case CoverageStatus::over_cost_limit: return add(ParagraphKind::reason, "not searched for, as explained under the cost limit.");
    case CoverageStatus::available: return;
  }
}

}  // namespace

void write_absence(Writing& writing) {
  NoticeSection section{"What is not held, not recorded or did not run", {}};
  for (const Question& question : writing.the_case.questions) {
    if (question.decision.decision == request::Decision::neither_confirmed_nor_denied) continue;
    if (question.decision.decision == request::Decision::not_held) {
      const law::Provision right = Writing::known("FOIA/1(1)(a)");
      section.paragraphs.push_back({ParagraphKind::not_held, question.number, right.code,
                                    fmt::format("Question {}: under {} we tell you that we do not hold this information. {}", question.number,
                                                law::cited(right), as_sentence(question.decision.reason))});
    }
    if (!question.answered_only_for.empty())
      section.paragraphs.push_back(
          {ParagraphKind::narrower,
           question.number,
           {},
           fmt::format("Question {} is answered only for {}. {}", question.number, question.answered_only_for, as_sentence(question.answered_only_because))});
  }
  for (const Absence& absence : absences_of(writing.the_case)) write_absence_of(absence, section);
  if (!section.paragraphs.empty()) writing.notice.sections.push_back(std::move(section));
}

void write_remedies(Writing& writing) {
  NoticeSection& section = writing.section("If you are not content with this answer");
  const std::string review(base::trimmed(writing.the_case.authority.review_address));
  if (review.empty()) writing.missing("section 17(7)(a)", "how to ask for an internal review", "add review_address to [authority]");
  section.paragraphs.push_back({ParagraphKind::review, {}, "FOIA/17(7)", fmt::format("You can ask us to review this answer. Write to: {}.", review)});
  const auto regulator = law::regulator_on(law::regime_of(writing.the_case.authority.regime), writing.answered_on);
  if (!regulator) {
    writing.errors.push_back(regulator.error());
    return;
  }
  const law::Provision complaint = Writing::known("FOIA/50(1)");
  section.paragraphs.push_back({ParagraphKind::complaint,
                                {},
                                complaint.code,
                                fmt::format("If you are still not content after the review, you have the right to apply to the {} for a decision under {}: {}.",
                                            regulator->name, law::cited(complaint), regulator->address)});
}

}  // namespace candour::notice
