// What people wrote, held against the case and the rule base.

#include <candour/base/text.hpp>
#include <candour/law/citations.hpp>
#include <candour/notice/bare_reason.hpp>
#include <candour/notice/other_notices.hpp>
#include <candour/notice/writing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

namespace candour::notice {
namespace {

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

void complain(Writing& writing, std::string_view code, std::string sentence, std::string hint) {
  writing.errors.push_back(
      {base::Cause::wrong_input, fmt::format("notice.{}", code), {(writing.the_case.folder / "case.toml").string()}, std::move(sentence), std::move(hint)});
}

// The provisions that the notice names: of the decisions, and those that it cites by itself.
using Named = std::vector<law::Citation>;

void append_named(Named& named, std::string_view code) {
  const auto provision = code.empty() ? std::nullopt : std::optional(law::find_provision(code));
  if (!provision || !*provision) return;
  for (law::Citation& citation : law::citations_in((*provision)->citation)) named.push_back(std::move(citation));
}

Named named_in(const Writing& writing) {
  Named named;
  for (const NoticeSection& section : writing.notice.sections)
    for (const Paragraph& paragraph : section.paragraphs) append_named(named, paragraph.provision);
  return named;
}

// Sections count as a whole; of regulation 12 each exception counts by itself.
bool is_named(const Named& named, const law::Citation& cited) {
  return std::ranges::any_of(named, [&](const law::Citation& one) {
    if (one.section != cited.section || one.unit != cited.unit) return false;
    return cited.unit == law::Citation::Unit::section || one.subsections.starts_with(cited.subsections) || cited.subsections.starts_with(one.subsections);
  });
}

// On what a refusal can rest: sections 12, 14 and Part II of the Act of 2000; 12, 14, 18 and Part 2 of that of 2002; regulations 12(4) to (6) and 13.
bool is_ground_of_refusal(law::Regime regime, const law::Citation& citation) {
  int number = 0;
  for (const char c : citation.section)
    if (c >= '0' && c <= '9' && number < 1000) number = number * 10 + (c - '0');
  const bool is_regulation = citation.unit == law::Citation::Unit::regulation;
  if (is_regulation != (regime == law::Regime::eir)) return false;
  switch (regime) {
    case law::Regime::foia: return number == 12 || number == 14 || (number >= 21 && number <= 44);
    case law::Regime::foisa: return number == 12 || number == 14 || number == 18 || (number >= 25 && number <= 41);
    case law::Regime::eir:
      return number == 13 ||
             (number == 12 && (citation.subsections.starts_with("(4)") || citation.subsections.starts_with("(5)") || citation.subsections.starts_with("(6)")));
  }
  return true;
}

void check_citations(Writing& writing, const FreeText& one, const Named& named) {
  for (const law::Citation& citation : law::citations_in(*one.text)) {
    if (const std::string right = law::right_act_of(citation); !right.empty()) {
      complain(writing, "wrong_act", fmt::format("{}: {} is said to be of the {}, expected the {}", one.place, citation.text(), citation.act, right),
               "citations come from the rule base: docs/reference/law.md");
      continue;
    }
    const bool of_the_law = citation.act.empty() || citation.act == law::name_of(writing.regime());
    if (of_the_law && is_ground_of_refusal(writing.regime(), citation) && !is_named(named, citation))
      complain(writing, "unnamed_provision",
               fmt::format("{}: {} is used and the notice does not name it, expected a decision that relies on it", one.place, citation.text()),
               fmt::format("{} asks for everything that is relied on; name it in 'provisions', or leave it out of the text",
                           writing.in_role(law::NoticeRole::part_provision)));
  }
}

// A period's label with the month written out: "March 2021".
std::vector<std::string> months_not_run(const Writing& writing) {
  std::vector<std::string> labels;
  for (const request::Question& question : writing.the_case.questions)
    for (const request::CasePopulation& population : writing.the_case.populations) {
      if (population.id != question.population) continue;
      for (const request::CaseVariable& variable : writing.the_case.variables) {
        if (!variable.is_period || std::ranges::find(population.variables, variable.variable.name) == population.variables.end()) continue;
        const table::Hierarchy& periods = variable.variable.hierarchy;
        for (const table::CoverageStretch& stretch : question.coverage) {
          const auto first = periods.find(stretch.first_period);
          const auto last = periods.find(stretch.last_period);
          if (stretch.status != table::CoverageStatus::did_not_run || !first || !last) continue;
          for (table::LeafIndex leaf = periods.leaves(*first).first; leaf < periods.leaves(*last).end; ++leaf)
            labels.push_back(lowered(periods.label(periods.node_of_leaf(leaf))));
        }
      }
    }
  return labels;
}

// A sentence that says of a month that did not run that something ran or was staffed in it.
void check_running(Writing& writing, const FreeText& one, const std::vector<std::string>& not_run) {
  static constexpr std::array<std::string_view, 6> running{"staffed", "staffing", " ran ", "running since", "has run", "in operation"};
  static constexpr std::array<std::string_view, 6> denying{" not ", "n't", " no ", "never", "without", "stopped"};
  for (const std::string& sentence : base::split(lowered(*one.text), '.')) {
    const auto holds = [&](std::string_view part) { return sentence.find(part) != std::string::npos; };
    if (std::ranges::none_of(running, holds) || std::ranges::any_of(denying, holds)) continue;
    const auto month = std::ranges::find_if(not_run, holds);
    if (month == not_run.end()) continue;
    complain(writing, "contradiction",
             fmt::format("{}: speaks of {} as staffed or running, which the case says did not run; expected one of the two", one.place, *month),
             "correct the text, or [[did_not_run]]");
    return;
  }
}

bool rests_on_personal_information(const request::Question& question) {
  return std::ranges::any_of(question.decision.provisions, [](const std::string& code) { return is_personal_information(code); });
}

void check_reason(Writing& writing, std::string_view place, std::string_view text, bool numbers_too) {
  const auto bare = bare_reason_in(text);
  if (!bare || base::trimmed(text).empty() || (*bare == BareReason::small_number && !numbers_too)) return;
  complain(writing, *bare == BareReason::small_number ? "bare_threshold" : "refused_certificate", fmt::format("{}: {}", place, sentence_of(*bare)),
           "the officer says who could come from the figures to a person, and by what; or the figures are released");
}

void check_reasons(Writing& writing) {
  for (const request::Question& question : writing.the_case.questions) {
    const std::string place = fmt::format("question {}, decision.reason", question.number);
    check_reason(writing, place, question.decision.reason, rests_on_personal_information(question));
    if (question.decision.decision == request::Decision::not_held && lowered(question.decision.reason).find("draft") != std::string::npos)
      complain(writing, "draft_is_held",
               fmt::format("question {} is said to be not held and its reason speaks of a draft, expected another decision: a draft is recorded information",
                           question.number),
               writing.regime() == law::Regime::foia ? "give the draft, or withhold it under section 22 (publication intended before the request) or section 36"
               : writing.regime() == law::Regime::foisa ? "give the draft, or withhold it under section 27(1) (publication within twelve weeks) or section 30"
                                                        : "give the draft, or withhold it under regulation 12(4)(d) (material in the course of completion)");
    for (const table::CoverageStretch& stretch : question.coverage)
      if (stretch.status == table::CoverageStatus::withheld)
        check_reason(writing, fmt::format("question {}, coverage reason", question.number), stretch.reason, question.decision.provisions.empty());
  }
  for (const request::OfficerFinding& finding : writing.the_case.findings)
    if (finding.kind == "identifiability") check_reason(writing, "finding 'identifiability', text", finding.text, true);
}

// What the case relies on, where no notice stands beside the text.
Named named_by(const Writing& writing) {
  Named named;
  for (const request::Question& question : writing.the_case.questions) {
    for (const std::string& code : question.decision.provisions) append_named(named, code);
    for (const table::CoverageStretch& stretch : question.coverage)
      if (stretch.status == table::CoverageStatus::over_cost_limit) append_named(named, writing.in_role(law::NoticeRole::cost_limit));
  }
  if (writing.the_case.personal_information) append_named(named, writing.in_role(law::NoticeRole::personal_information));
  return named;
}

}  // namespace

base::Errors faults_of(const request::Case& the_case, const std::vector<FreeText>& texts) {
  static const std::vector<QuestionFacts> no_facts;
  Writing writing{the_case, no_facts, {}, {}, {}};
  const Named named = named_by(writing);
  const std::vector<std::string> not_run = months_not_run(writing);
  NoticeSection& section = writing.section("this letter");
  for (const FreeText& one : texts) {
    check_citations(writing, one, named);
    check_running(writing, one, not_run);
    section.paragraphs.push_back({ParagraphKind::reason, one.question, {}, *one.text});
  }
  check_promises(writing);
  return std::move(writing.errors);
}

void check_texts(Writing& writing) {
  const Named named = named_in(writing);
  const std::vector<std::string> not_run = months_not_run(writing);
  for (const FreeText& one : free_texts_of(writing.the_case)) {
    if (one.place == "cost method") continue;  // stays in the case
    if (is_promise(*one.text))
      complain(writing, "promise", fmt::format("{}: the text promises that figures are anonymous, expected no such promise", one.place),
               "say what was checked and what was found");
    check_citations(writing, one, named);
    check_running(writing, one, not_run);
  }
  check_reasons(writing);
}

}  // namespace candour::notice
