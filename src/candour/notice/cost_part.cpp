#include <candour/base/text.hpp>
#include <candour/law/cost.hpp>
#include <candour/notice/writing.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::notice {
namespace {

// "21.5 hours", "1 hour"; without the zeros that nobody would write.
std::string plain(base::Decimal number) {
  std::string text = number.to_text();
  if (text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

std::string hours_in_words(base::Decimal hours) { return fmt::format("{} {}", plain(hours), hours == base::Decimal(1) ? "hour" : "hours"); }

// Pounds with pence only where there are some.
std::string pounds_in_words(base::Decimal pounds) {
  const std::string text = plain(pounds);
  const auto point = text.find('.');
  return "£" +
         (point == std::string::npos ? text : text.substr(0, point + 1) + (text.size() - point == 2 ? text.substr(point + 1) + "0" : text.substr(point + 1)));
}

std::string activity_in_words(law::CostActivity activity) {
  switch (activity) {
    case law::CostActivity::determining: return "finding out whether it is held";
    case law::CostActivity::locating: return "locating it";
    case law::CostActivity::retrieving: return "retrieving it";
    case law::CostActivity::extracting: return "extracting it";
  }
  return "extracting it";
}

std::string sum_in_words(const law::CostReading& reading) {
  std::vector<std::string> parts;
  for (const auto& [activity, sum] : reading.by_activity)
    if (!sum.hours.is_zero()) parts.push_back(fmt::format("{} for {}", hours_in_words(sum.hours), activity_in_words(activity)));
  return fmt::format("Estimated work, by the activities that the Regulations count: {}. Together {} at £{} an hour come to {}, above the limit of £{}.",
                     base::listed(parts), hours_in_words(reading.all.hours), reading.limit.rate_pounds, pounds_in_words(reading.all.pounds),
                     reading.limit.limit_pounds);
}

void write_sum(Writing& writing, NoticeSection& section) {
  std::vector<law::CostLine> lines;
  for (const request::CostItem& item : writing.the_case.costs)
    if (const auto activity = law::activity_of(item.activity)) lines.push_back({item.question, *activity, item.hours});
  if (lines.empty())
    return writing.missing("section 17(5)", "the sum on which section 12 is relied", "add [[cost]] lines with question, activity, hours and method");
  const auto reading = law::read_cost(lines, law::Regime::foia, writing.the_case.authority.part);
  if (!reading) {
    writing.errors.push_back(reading.error());
    return;
  }
  if (!reading->over)
    return writing.missing("section 12(1)",
                           fmt::format("a cost above the limit of £{}; the case gives {}", reading->limit.limit_pounds, pounds_in_words(reading->all.pounds)),
                           "within the limit the information has to be searched for");
  section.paragraphs.push_back({ParagraphKind::cost_limit, {}, "FEES/3", fmt::format("The limit is that of the {}.", reading->limit.regulations)});
  section.paragraphs.push_back({ParagraphKind::cost_sum, {}, "FEES/4", sum_in_words(*reading)});
}

// A part may be answered up to the limit only where the requester left the rest out.
void write_scope(Writing& writing, NoticeSection& section) {
  const std::string quote(base::trimmed(writing.the_case.cost_scope_quote));
  const bool something_given =
      std::ranges::any_of(writing.facts, [](const QuestionFacts& facts) { return facts.has(Fate::given) || facts.has(Fate::withheld_in_detail); });
  if (!quote.empty()) section.paragraphs.push_back({ParagraphKind::scope, {}, {}, fmt::format("The request itself leaves this out: “{}”", quote)});
  else if (something_given)
    writing.missing("section 12(1)", "the requester's words that leave the costly part out, since the rest is answered",
                    "add cost_scope_quote to [request], or offer what fits the limit first and let the requester choose (section 16)");
}

}  // namespace

void write_cost(Writing& writing) {
  const auto numbers = questions_with(writing.facts, Fate::not_searched);
  if (numbers.empty()) return;
  const law::Provision limit = Writing::known("FOIA/12(1)");
  NoticeSection& section = writing.section(fmt::format("Cost limit: {}", questions_in_words(numbers)));
  section.paragraphs.push_back({ParagraphKind::refusal,
                                {},
                                "FOIA/17(5)",
                                fmt::format("For {} we rely on {} ({}): part or all of the information was not searched for. This is said under {}.",
                                            questions_in_words(numbers), law::cited(limit), limit.title, Writing::known("FOIA/17(5)").citation)});
  for (const request::Question& question : writing.the_case.questions) {
    if (question.decision.decision != request::Decision::not_searched) continue;
    for (const std::string& code : question.decision.provisions)
      if (const auto cited = writing.provision(code); cited && cited->kind != law::ProvisionKind::cost)
        writing.errors.push_back(
            {base::Cause::wrong_input,
             "notice.wrong_provision",
             {(writing.the_case.folder / "case.toml").string()},
             fmt::format("question {} is not searched for and cites {}, expected section 12(1) or 12(2)", question.number, cited->citation),
             {}});
    section.paragraphs.push_back({ParagraphKind::reason, question.number, limit.code, as_sentence(question.decision.reason)});
  }
  write_sum(writing, section);
  write_scope(writing, section);
  if (base::trimmed(writing.the_case.advice).empty()) writing.missing("section 16(1)", "what could be done within the limit", "add advice to [request]");
  else
    section.paragraphs.push_back({ParagraphKind::advice,
                                  {},
                                  "FOIA/16(1)",
                                  fmt::format("Advice under {}: {}", Writing::known("FOIA/16(1)").citation, as_sentence(writing.the_case.advice))});
}

}  // namespace candour::notice
