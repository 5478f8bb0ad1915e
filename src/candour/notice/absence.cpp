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
void write_absence_of(const Writing& writing, const Absence& absence, NoticeSection& section) {
  const std::string question = absence.questions.size() == 1 ? absence.questions.front() : std::string();
  const std::string reason = as_sentence(absence.stretch.reason);
  const std::string where = fmt::format("{}, {}", capitalised(questions_in_words(absence.questions)), absence.when);
  // Under the Act of 2000 it is no exemption; elsewhere the law asks for a notice of it, or makes it an exception.
  const bool noted = writing.regime() != law::Regime::foia;
  const std::string under = noted ? fmt::format(" ({})", law::cited(writing.role(law::NoticeRole::not_held))) : std::string();
  const auto add = [&](ParagraphKind kind, std::string_view fact) {
    section.paragraphs.push_back({kind, question, {}, fmt::format("{}: {}{}{}", where, fact, reason.empty() ? "" : " ", reason)});
  };
  switch (absence.stretch.status) {
    case CoverageStatus::did_not_run:
      // The officer's sentence usually says it already.
      if (reason.find("did not run") != std::string::npos) return add(ParagraphKind::not_run, "there was nothing to count.");
      return add(ParagraphKind::not_run, fmt::format("{} did not run, so there was nothing to count.", absence.operation));
    case CoverageStatus::not_recorded: return add(ParagraphKind::no_record, fmt::format("no information was recorded, so none is held{}.", under));
    case CoverageStatus::not_held: return add(ParagraphKind::not_held, fmt::format("no information is held{}.", under));
    case CoverageStatus::withheld: return add(ParagraphKind::reason, "the figures are withheld, as explained above.");
    case CoverageStatus::over_cost_limit: return add(ParagraphKind::reason, "not searched for, as explained under the cost limit.");
    case CoverageStatus::available: return;
  }
}

std::string_view not_held_in_words(law::Regime regime) {
  switch (regime) {
    case law::Regime::foia: return "tell you that we do not hold this information";
    case law::Regime::foisa: return "give you notice that we do not hold this information";
    case law::Regime::eir: return "refuse this part, because we did not hold the information when your request was received";
  }
  return "tell you that we do not hold this information";
}

// How to have the answer looked at again: good practice under the Act of 2000, a right with times under the others.
std::string review_in_words(const Writing& writing, const std::string& address) {
  const auto right = [&] { return law::cited(writing.role(law::NoticeRole::review)); };
  switch (writing.regime()) {
    case law::Regime::foia: break;
    case law::Regime::foisa:
      return fmt::format(
          "You can require us to review how we dealt with your request ({}). Do so within forty working days after you receive this letter, in writing or in "
          "another form that can be kept; say what you asked for and why you are not content, and give your name and an address. We answer within twenty "
          "working days ({}). Write to: {}.",
          right(), Writing::known("FOISA/21(1)").citation, address);
    case law::Regime::eir:
      return fmt::format(
          "You can make representations to us if you think that we have not complied with the Regulations ({}). Do so in writing within forty working days. We "
          "answer within forty working days after we receive them, free of charge. Write to: {}.",
          right(), address);
  }
  return fmt::format("You can ask us to review this answer. Write to: {}.", address);
}

std::string complaint_in_words(const Writing& writing, const law::Regulator& regulator) {
  const std::string right = law::cited(writing.role(law::NoticeRole::complaint));
  switch (writing.regime()) {
    case law::Regime::foia: break;
    case law::Regime::foisa:
      return fmt::format(
          "If you are still not content after the review, or do not hear from us in that time, you have the right to apply to the {} for a decision "
          "under {}, within six months: {}. Against that decision there is an appeal to the Court of Session on a point of law ({}).",
          regulator.name, right, regulator.address, writing.role(law::NoticeRole::appeal).citation);
    case law::Regime::eir:
      return fmt::format(
          "If you are still not content after that, you have the right to apply to the {} for a decision under {}, which {} applies: {}. "
          "Against that decision there is an appeal to the First-tier Tribunal ({} of that Act, applied in the same way).",
          regulator.name, right, law::cited(Writing::known("EIR/18")), regulator.address, writing.role(law::NoticeRole::appeal).citation);
  }
  return fmt::format("If you are still not content after the review, you have the right to apply to the {} for a decision under {}: {}.", regulator.name, right,
                     regulator.address);
}

}  // namespace

void write_absence(Writing& writing) {
  const bool nothing_there = !questions_with(writing.facts, Fate::not_held).empty() || !questions_with(writing.facts, Fate::not_recorded).empty();
  NoticeSection section{"What is not held, not recorded or did not run", {}};
  for (const Question& question : writing.the_case.questions) {
    if (question.decision.decision == request::Decision::neither_confirmed_nor_denied) continue;
    if (question.decision.decision == request::Decision::not_held) {
      const law::Provision rule = writing.role(law::NoticeRole::not_held);
      section.paragraphs.push_back({ParagraphKind::not_held, question.number, rule.code,
                                    fmt::format("Question {}: under {} we {}. {}", question.number, law::cited(rule), not_held_in_words(writing.regime()),
                                                as_sentence(question.decision.reason))});
    }
    if (!question.answered_only_for.empty())
      section.paragraphs.push_back(
          {ParagraphKind::narrower,
           question.number,
           {},
           fmt::format("Question {} is answered only for {}. {}", question.number, question.answered_only_for, as_sentence(question.answered_only_because))});
  }
  for (const Absence& absence : absences_of(writing.the_case)) write_absence_of(writing, absence, section);
  if (writing.regime() == law::Regime::eir && nothing_there)
    section.paragraphs.push_back(
        {ParagraphKind::public_interest,
         {},
         "EIR/12(1)(b)",
         fmt::format("The exception in {} is, like every exception, subject to the public interest ({}). Where nothing is held there is nothing that could be "
                     "disclosed, whichever way the public interest points.",
                     Writing::known("EIR/12(4)(a)").citation, Writing::known("EIR/12(1)(b)").citation)});
  if (!section.paragraphs.empty()) writing.notice.sections.push_back(std::move(section));
}

void write_remedies(Writing& writing) {
  NoticeSection& section = writing.section("If you are not content with this answer");
  const std::string review(base::trimmed(writing.the_case.authority.review_address));
  if (review.empty()) writing.missing(writing.in_role(law::NoticeRole::part_review), "how to ask for an internal review", "add review_address to [authority]");
  section.paragraphs.push_back({ParagraphKind::review, {}, writing.in_role(law::NoticeRole::review), review_in_words(writing, review)});
  const auto regulator = law::regulator_on(writing.regime(), writing.answered_on);
  if (!regulator) {
    writing.errors.push_back(regulator.error());
    return;
  }
  section.paragraphs.push_back({ParagraphKind::complaint, {}, writing.in_role(law::NoticeRole::complaint), complaint_in_words(writing, *regulator)});
}

}  // namespace candour::notice
