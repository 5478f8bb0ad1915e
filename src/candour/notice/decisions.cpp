#include <candour/base/text.hpp>
#include <candour/notice/writing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace candour::notice {
namespace {

using law::Provision;
using law::ProvisionKind;
using law::Standing;
using request::Decision;
using request::Question;

std::string_view title_of(Decision decision) {
  switch (decision) {
    case Decision::withheld: return "withheld";
    case Decision::referred: return "already accessible elsewhere";
    case Decision::intended_for_publication: return "intended for publication";
    case Decision::neither_confirmed_nor_denied: return "neither confirmed nor denied";
    case Decision::decision_pending: return "still being decided";
    case Decision::other_regime: return "handled under other law";
    case Decision::outside_scope: return "outside the request";
    case Decision::given:
    case Decision::not_held:
    case Decision::not_searched: return "";
  }
  return "";
}

bool withholds_periods(const Question& question) {
  return question.decision.decision == Decision::given &&
         std::ranges::any_of(question.coverage, [](const table::CoverageStretch& stretch) { return stretch.status == table::CoverageStatus::withheld; });
}

std::string_view heading_of(const Question& question) {
  return withholds_periods(question) ? "withheld for some periods" : title_of(question.decision.decision);
}

// Outside the Act of 2000 the notice also names the exemption that would apply if the information existed.
bool is_what_would_apply(const Provision& provision, const request::DecisionRecord& record, law::Regime regime) {
  return regime != law::Regime::foia && provision.is_exemption() && !provision.confirm_or_deny.empty() &&
         std::ranges::find(record.provisions, provision.confirm_or_deny) != record.provisions.end();
}

// Whether a provision can carry a decision.
bool fits(const Provision& provision, const request::DecisionRecord& record, law::Regime regime) {
  const auto is = [&](law::NoticeRole role) { return provision.code == law::in_role(regime, role); };
  switch (record.decision) {
    case Decision::withheld: return provision.is_exemption() || provision.kind == ProvisionKind::vexatious;
    case Decision::referred: return is(law::NoticeRole::accessible_elsewhere);
    case Decision::intended_for_publication: return is(law::NoticeRole::future_publication) || is(law::NoticeRole::research);
    case Decision::neither_confirmed_nor_denied: return provision.kind == ProvisionKind::neither || is_what_would_apply(provision, record, regime);
    case Decision::decision_pending: return provision.is_exemption() && provision.standing == Standing::qualified;
    case Decision::other_regime:
    case Decision::outside_scope: return true;
    case Decision::given: return provision.is_exemption();  // of single periods
    case Decision::not_held:
    case Decision::not_searched: return false;
  }
  return false;
}

void write_fact(const Question& question, NoticeSection& section) {
  const auto add = [&](ParagraphKind kind, std::string text) { section.paragraphs.push_back({kind, question.number, {}, std::move(text)}); };
  const std::string& number = question.number;
  switch (question.decision.decision) {
    case Decision::withheld: return add(ParagraphKind::refusal, fmt::format("We do not give the information asked for in question {}.", number));
    case Decision::referred:
      return add(ParagraphKind::refusal, fmt::format("The information asked for in question {} can reasonably be had elsewhere.", number));
    case Decision::intended_for_publication:
      return add(ParagraphKind::refusal,
                 fmt::format("The information asked for in question {} is held and, when the request came in, was already intended to be published.", number));
    case Decision::neither_confirmed_nor_denied:
      return add(
          ParagraphKind::refusal,
          fmt::format("We neither confirm nor deny that we hold information of the kind asked for in question {}. Nothing should be concluded from this.",
                      number));
    case Decision::decision_pending:
      return add(ParagraphKind::refusal, fmt::format("An exemption applies to the information asked for in question {}; whether the public interest requires "
                                                     "its disclosure is still being considered.",
                                                     number));
    case Decision::other_regime: return add(ParagraphKind::scope, fmt::format("Question {} is handled under other law.", number));
    case Decision::outside_scope: return add(ParagraphKind::scope, fmt::format("Question {} is not answered as a request for recorded information.", number));
    case Decision::given:
    case Decision::not_held:
    case Decision::not_searched: return;
  }
}

void write_public_interest(Writing& writing, const Question& question, const Provision& provision, NoticeSection& section) {
  const request::DecisionRecord& record = question.decision;
  if (is_what_would_apply(provision, record, writing.regime())) return;  // what is weighed is whether to reveal that it exists
  if (provision.standing == Standing::absolute)
    section.paragraphs.push_back({ParagraphKind::public_interest, question.number, provision.code,
                                  fmt::format("{} is absolute: the law asks for no weighing of the public interest.", capitalised(provision.citation))});
  if (provision.standing != Standing::qualified || record.decision == Decision::decision_pending) return;
  if (base::trimmed(record.public_interest).empty()) {
    writing.missing(writing.in_role(law::NoticeRole::part_public_interest),
                    fmt::format("why, for question {}, the public interest in relying on {} outweighs that in disclosing", question.number, provision.citation),
                    "add public_interest to the decision; the exemption is qualified");
    return;
  }
  section.paragraphs.push_back({ParagraphKind::public_interest, question.number, provision.code, as_sentence(record.public_interest)});
}

// Gives the provision if it exists and fits, and cites it.
std::optional<Provision> write_provision(Writing& writing, const Question& question, const std::string& code, NoticeSection& section) {
  auto provision = writing.provision(code);
  if (!provision) return std::nullopt;
  if (const std::string act = fmt::format("{}/", law::word_of(writing.regime()));
      !provision->code.starts_with(act) && question.decision.decision != Decision::other_regime && question.decision.decision != Decision::outside_scope) {
    writing.errors.push_back(
        {base::Cause::wrong_input,
         "notice.wrong_provision",
         {(writing.the_case.folder / "case.toml").string()},
         fmt::format("question {} cites {}, expected a provision of the {}", question.number, law::cited(*provision), law::name_of(writing.regime())),
         fmt::format("the case says regime = \"{}\"; its codes begin with {}", law::word_of(writing.regime()), act)});
    return std::nullopt;
  }
  if (!fits(*provision, question.decision, writing.regime())) {
    writing.errors.push_back(
        {base::Cause::wrong_input,
         "notice.wrong_provision",
         {(writing.the_case.folder / "case.toml").string()},
         fmt::format("question {} is {} and cites {}, expected a provision that allows it", question.number, heading_of(question), provision->citation),
         "docs/reference/law.md lists them by kind"});
    return std::nullopt;
  }
  const bool would = is_what_would_apply(*provision, question.decision, writing.regime());
  section.paragraphs.push_back(
      {ParagraphKind::provision, question.number, provision->code,
       fmt::format("{}: {} ({}).", would ? "What would apply if we held such information" : "Provision relied on", law::cited(*provision), provision->title)});
  if (provision->kind == ProvisionKind::exemption_uncovered)
    section.paragraphs.push_back({ParagraphKind::supplied_by_officer, question.number, provision->code,
                                  fmt::format("The conditions of {} were examined by {}.", provision->citation, question.decision.decided_by)});
  return provision;
}

// Under the Act of 2002 publication within twelve weeks of the request is what makes the exemption.
void check_twelve_weeks(Writing& writing, const Question& question) {
  const request::DecisionRecord& record = question.decision;
  if (!record.publication_date || std::ranges::find(record.provisions, "FOISA/27(1)") == record.provisions.end()) return;
  const base::Date last(std::chrono::sys_days(writing.the_case.received) + std::chrono::days(84));
  if (*record.publication_date > last)
    writing.errors.push_back(
        {base::Cause::wrong_input,
         "notice.too_late_to_publish",
         {(writing.the_case.folder / "case.toml").string()},
         fmt::format("question {} rests on section 27(1) with publication on {}, expected a day not after {}: twelve weeks after the request", question.number,
                     base::to_iso(*record.publication_date), base::to_iso(last)),
         {}});
}

void write_dates(Writing& writing, const Question& question, NoticeSection& section) {
  const request::DecisionRecord& record = question.decision;
  const bool unfinished = std::ranges::find(record.provisions, "EIR/12(4)(d)") != record.provisions.end();
  check_twelve_weeks(writing, question);
  if (record.publication_date)
    section.paragraphs.push_back({ParagraphKind::expected_date, question.number, unfinished ? "EIR/14(4)" : "",
                                  unfinished ? fmt::format("We estimate that the material will be finished by {} ({}).",
                                                           base::to_words(*record.publication_date), Writing::known("EIR/14(4)").citation)
                                             : fmt::format("Publication is intended on {}.", base::to_words(*record.publication_date))});
  if (record.decision != Decision::decision_pending || writing.in_role(law::NoticeRole::pending).empty()) return;
  const Provision estimate = writing.role(law::NoticeRole::pending);
  if (!record.expected_on)
    writing.missing(estimate.citation, fmt::format("an estimate of the day of the decision on question {}", question.number),
                    "add expected_on to the decision");
  else
    section.paragraphs.push_back({ParagraphKind::expected_date, question.number, estimate.code,
                                  fmt::format("We expect to decide by {} ({}).", base::to_words(*record.expected_on), law::cited(estimate))});
}

// What single exemptions have to show beside a reason.
void write_grounds(const Writing& writing, const Question& question, const std::vector<Provision>& provisions, NoticeSection& section) {
  const request::DecisionRecord& record = question.decision;
  const auto add = [&](std::string text) { section.paragraphs.push_back({ParagraphKind::ground, question.number, {}, std::move(text)}); };
  const bool prejudice = std::ranges::any_of(provisions, [](const Provision& one) { return one.kind == ProvisionKind::exemption_prejudice; });
  if (prejudice && record.decision != Decision::neither_confirmed_nor_denied) {
    const std::string_view how = writing.regime() == law::Regime::foisa ? "harm it substantially" : "harm it";
    add(fmt::format("The interest: {}", as_sentence(record.interest)));
    add(fmt::format("How disclosure {} {}: {}", record.likelihood.empty() ? "would" : record.likelihood, how, as_sentence(record.causal_link)));
  }
  if (record.opinion_on)
    add(fmt::format("This rests on the reasonable opinion of {}, given on {}.", record.qualified_person, base::to_words(*record.opinion_on)));
  if (record.intended_since && *record.intended_since != base::Date{})
    add(fmt::format("Publication has been intended since {}, before the request was received.", base::to_words(*record.intended_since)));
  if (!record.found_at.empty()) add(fmt::format("It can be had here: {}", as_sentence(record.found_at)));
  if (!record.earlier_request.empty()) add(fmt::format("The earlier request: {}", as_sentence(record.earlier_request)));
}

void write_decision(Writing& writing, const Question& question) {
  const request::DecisionRecord& record = question.decision;
  // Periods withheld without a provision of their own are personal information.
  if (title_of(record.decision).empty() && (!withholds_periods(question) || record.provisions.empty())) return;
  NoticeSection& section = writing.section(fmt::format("Question {}: {}", question.number, heading_of(question)));
  write_fact(question, section);
  const bool refuses = record.decision != Decision::other_regime && record.decision != Decision::outside_scope;
  if (refuses && record.provisions.empty())
    writing.missing(writing.in_role(law::NoticeRole::part_provision), fmt::format("the provision relied on for question {}", question.number),
                    "add provisions to the decision");
  std::vector<Provision> cited_here;
  for (const std::string& code : record.provisions)
    if (auto provision = write_provision(writing, question, code, section)) cited_here.push_back(std::move(*provision));
  if (record.decision == Decision::neither_confirmed_nor_denied && writing.regime() != law::Regime::foia &&
      std::ranges::none_of(cited_here, [](const Provision& one) { return one.is_exemption(); }))
    writing.missing(writing.in_role(law::NoticeRole::part_provision),
                    fmt::format("what would apply to question {} if the information existed", question.number),
                    "add the exemption to 'provisions', beside the provision for neither confirming nor denying");
  if (base::trimmed(record.reason).empty())
    writing.missing(writing.in_role(law::NoticeRole::part_reason), fmt::format("why question {} is {}", question.number, heading_of(question)),
                    "add reason to the decision");
  else section.paragraphs.push_back({ParagraphKind::reason, question.number, {}, as_sentence(record.reason)});
  write_grounds(writing, question, cited_here, section);
  for (const Provision& provision : cited_here) write_public_interest(writing, question, provision, section);
  write_dates(writing, question, section);
}

}  // namespace

void write_decisions(Writing& writing) {
  for (const Question& question : writing.the_case.questions) write_decision(writing, question);
}

}  // namespace candour::notice
