#include <candour/notice/other_notices.hpp>

#include <candour/law/clock.hpp>
#include <candour/notice/writing.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::notice {
namespace {

base::Error wrong(const request::Case& the_case, std::string_view code, std::string sentence, std::string hint = {}) {
  return {base::Cause::wrong_input, std::string(code), {(the_case.folder / "case.toml").string()}, std::move(sentence), std::move(hint)};
}

// Late is late: an extension is given by day 20 or not at all.
base::Errors check_time(const request::Case& pending, base::Date written_on) {
  law::ClockEvents events = pending.clock;
  events.extension_notice = written_on;
  events.extension_until = pending.questions.front().decision.expected_on;
  base::Errors errors;
  for (const request::Question& question : pending.questions) {
    const auto& expected = question.decision.expected_on;
    if (expected && *expected <= written_on)
      errors.push_back(wrong(pending, "notice.date_order",
                             fmt::format("the decision on question {} is expected on {}, expected a day after the letter, {}", question.number,
                                         base::to_iso(*expected), base::to_iso(written_on))));
  }
  if (!errors.empty() || !events.extension_until) return errors;
  if (const auto reading = law::read_clock(events, law::regime_of(pending.authority.regime)); !reading) errors.push_back(reading.error());
  return errors;
}

void write_extension_fact(Writing& writing) {
  const law::Provision more_time = Writing::known("FOIA/10(3)");
  std::vector<std::string> numbers;
  for (const request::Question& question : writing.the_case.questions) numbers.push_back(question.number);
  NoticeSection& section = writing.section("Why we need more time");
  section.paragraphs.push_back(
      {ParagraphKind::refusal,
       {},
       more_time.code,
       fmt::format("For {} an exemption applies that is subject to a public interest test, and that test is not finished. Under {} we take more "
                   "time for it. This letter is the notice that {} asks for.",
                   questions_in_words(numbers), law::cited(more_time), Writing::known("FOIA/17(2)").citation)});
}

}  // namespace

base::ResultOrErrors<std::vector<NoticeSection>> extension_notice(const request::Case& the_case, base::Date written_on) {
  if (law::regime_of(the_case.authority.regime) != law::Regime::foia)
    return tl::make_unexpected(base::Errors{
        wrong(the_case, "law.no_extension",
              fmt::format("the regime is {}, expected FOIA: more time for the public interest is known to that Act alone", the_case.authority.regime),
              law::regime_of(the_case.authority.regime) == law::Regime::eir
                  ? "regulation 7(1) gives up to forty working days where a request is complex and voluminous; that letter is yours to write"
                  : "the answer is due within twenty working days")});
  request::Case pending = the_case;
  std::erase_if(pending.questions, [](const request::Question& question) { return question.decision.decision != request::Decision::decision_pending; });
  if (pending.questions.empty())
    return tl::make_unexpected(
        base::Errors{wrong(the_case, "notice.nothing_pending", "no decision is pending, expected a question whose public interest is still weighed",
                           "outcome = \"decision-pending\" in [question.decision], with provisions, reason and expected_on")});
  Writing writing{pending, {}, written_on, {}, check_time(pending, written_on)};
  write_extension_fact(writing);
  write_decisions(writing);
  write_remedies(writing);
  if (!writing.errors.empty()) return tl::make_unexpected(std::move(writing.errors));
  return std::move(writing.notice.sections);
}

base::ResultOrErrors<std::vector<NoticeSection>> remedies(const request::Case& the_case, base::Date written_on, RemediesLeft left) {
  Writing writing{the_case, {}, written_on, {}, {}};
  write_remedies(writing);
  if (left == RemediesLeft::complaint)
    for (NoticeSection& section : writing.notice.sections) {
      section.heading = "If you are still not content";
      std::erase_if(section.paragraphs, [](const Paragraph& paragraph) { return paragraph.kind == ParagraphKind::review; });
    }
  if (!writing.errors.empty()) return tl::make_unexpected(std::move(writing.errors));
  return std::move(writing.notice.sections);
}

}  // namespace candour::notice
