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

}  // namespace

void write_opening(Writing& writing) {
  std::vector<std::string> refused;
  std::vector<std::string> held;
  for (const QuestionFacts& facts : writing.facts) {
    if (is_refused(facts)) refused.push_back(facts.question);
    if (is_held(facts)) held.push_back(facts.question);
  }
  writing.notice.refuses = !refused.empty();
  if (refused.empty() && held.empty()) return;
  NoticeSection& section = writing.section("What we hold and what we do not give");
  const law::Provision right = Writing::known("FOIA/1(1)(a)");
  if (!held.empty())
    section.paragraphs.push_back(
        {ParagraphKind::confirmation,
         {},
         right.code,
         fmt::format("Under {} we confirm that we hold information of the kind asked for in {}.", law::cited(right), questions_in_words(held))});
  if (refused.empty()) return;
  std::vector<std::string> notices;
  if (std::ranges::any_of(writing.facts, rests_on_an_exemption)) notices.push_back(Writing::known("FOIA/17(1)").citation);
  if (!questions_with(writing.facts, not_searched).empty()) notices.push_back(Writing::known("FOIA/17(5)").citation);
  section.paragraphs.push_back({ParagraphKind::refusal,
                                {},
                                "FOIA/17(1)",
                                fmt::format("For {} part or all of what was asked for is not given. In that respect this letter is a refusal notice under {} "
                                            "of the {}; the provisions relied on and the reasons follow.",
                                            questions_in_words(refused), base::listed(notices), right.act)});
}

}  // namespace candour::notice
