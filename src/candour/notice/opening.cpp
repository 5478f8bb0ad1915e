#include <candour/base/text.hpp>
#include <candour/notice/writing.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::notice {
namespace {

using enum Fate;

bool rests_on_an_exemption(const QuestionFacts& facts) {
  return std::ranges::any_of(facts.fates, [](const auto& entry) {
    switch (entry.first) {
      case withheld:
      case withheld_in_detail:
      case neither_confirmed_nor_denied:
      case decision_pending:
      case referred:
      case intended_for_publication: return entry.second > 0;
      case given:
      case not_searched:
      case other_regime:
      case not_held:
      case not_recorded:
      case did_not_run:
      case outside_scope: return false;
    }
    return true;
  });
}

bool is_refused(const QuestionFacts& facts) { return rests_on_an_exemption(facts) || facts.has(not_searched); }

// Held: something of it was found, or is withheld because it is. Nothing is said of a question that is neither confirmed nor denied.
bool is_held(const QuestionFacts& facts) {
  return std::ranges::any_of(facts.fates, [](const auto& entry) {
    const Fate fate = entry.first;
    return entry.second > 0 && (fate == given || fate == withheld || fate == withheld_in_detail || fate == decision_pending || fate == referred ||
                                fate == intended_for_publication);
  });
}

// Section 14 spares the authority from saying whether it holds anything; it has its own notice.
bool rests_on_vexatiousness(const request::Case& the_case, const QuestionFacts& facts) {
  const auto question = std::ranges::find(the_case.questions, facts.question, &request::Question::number);
  if (question == the_case.questions.end() || question->decision.provisions.empty()) return false;
  return std::ranges::all_of(question->decision.provisions, [](const std::string& code) {
    const auto provision = law::find_provision(code);
    return provision && provision->kind == law::ProvisionKind::vexatious;
  });
}

// What of a question is refused: under the Regulations of 2004 also what is not held, and not what can be had elsewhere.
bool is_refused_under(law::Regime regime, const QuestionFacts& facts) {
  if (regime != law::Regime::eir) return is_refused(facts);
  QuestionFacts others = facts;
  others.fates.erase(referred);
  return is_refused(others) || facts.has(not_held) || facts.has(not_recorded);
}

std::string confirmation(const Writing& writing, const std::vector<std::string>& held, bool refuses_held) {
  const std::string what = fmt::format("we confirm that we hold information of the kind asked for in {}.", questions_in_words(held));
  const bool cites = writing.regime() == law::Regime::foia || (refuses_held && !writing.in_role(law::NoticeRole::hold).empty());
  return cites ? fmt::format("Under {} {}", law::cited(writing.role(law::NoticeRole::hold)), what) : capitalised(what);
}

}  // namespace

void write_opening(Writing& writing) {
  std::vector<std::string> refused;
  std::vector<std::string> held;
  bool exempt = false;
  bool vexatious = false;
  bool refuses_held = false;
  for (const QuestionFacts& facts : writing.facts) {
    const bool by_conduct = rests_on_vexatiousness(writing.the_case, facts);
    if (is_refused_under(writing.regime(), facts)) refused.push_back(facts.question);
    if (is_held(facts) && !by_conduct) held.push_back(facts.question);
    refuses_held = refuses_held || (is_held(facts) && !by_conduct && rests_on_an_exemption(facts));
    vexatious = vexatious || by_conduct;
    exempt = exempt || (rests_on_an_exemption(facts) && !by_conduct);
  }
  writing.notice.refuses = !refused.empty();
  if (refused.empty() && held.empty()) return;
  NoticeSection& section = writing.section("What we hold and what we do not give");
  if (!held.empty())
    section.paragraphs.push_back({ParagraphKind::confirmation, {}, writing.in_role(law::NoticeRole::hold), confirmation(writing, held, refuses_held)});
  if (refused.empty()) return;
  std::vector<std::string> notices;
  const auto add = [&](law::NoticeRole role) {
    const std::string citation = writing.role(role).citation;
    if (std::ranges::find(notices, citation) == notices.end()) notices.push_back(citation);
  };
  const bool cost = !questions_with(writing.facts, not_searched).empty() && writing.regime() != law::Regime::eir;
  if (exempt || writing.regime() == law::Regime::eir) add(law::NoticeRole::refuse);
  if (cost) add(law::NoticeRole::refuse_cost);
  if (vexatious && writing.regime() != law::Regime::eir) add(law::NoticeRole::refuse_vexatious);
  section.paragraphs.push_back({ParagraphKind::refusal,
                                {},
                                writing.in_role(law::NoticeRole::refuse),
                                fmt::format("For {} part or all of what was asked for is not given. In that respect this letter is a {} under {} "
                                            "of the {}; the provisions relied on and the reasons follow.",
                                            questions_in_words(refused), writing.regime() == law::Regime::eir ? "refusal" : "refusal notice",
                                            base::listed(notices), law::name_of(writing.regime()))});
  if (writing.regime() == law::Regime::eir)
    section.paragraphs.push_back(
        {ParagraphKind::public_interest,
         {},
         "EIR/12(2)",
         fmt::format("Wherever an exception is weighed against the public interest ({}), the Regulations ask for {} ({}).",
                     Writing::known("EIR/12(1)(b)").citation, Writing::known("EIR/12(2)").title, Writing::known("EIR/12(2)").citation)});
}

}  // namespace candour::notice
