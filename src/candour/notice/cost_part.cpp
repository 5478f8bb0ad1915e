#include <candour/base/text.hpp>
#include <candour/law/aggregation.hpp>
#include <candour/law/cost.hpp>
#include <candour/notice/priced_work.hpp>
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

std::string activity_in_words(law::CostActivity activity, law::Regime regime) {
  switch (activity) {
    case law::CostActivity::determining: return "finding out whether it is held";
    case law::CostActivity::locating: return "locating it";
    case law::CostActivity::retrieving: return "retrieving it";
    case law::CostActivity::extracting: return regime == law::Regime::foisa ? "providing it" : "extracting it";
  }
  return "extracting it";
}

// "£25 an hour" where that is the rate of all; the Act of 2002 counts what the time really costs, up to the highest rate.
std::string rate_in_words(const law::CostReading& reading, bool at_the_highest) {
  if (at_the_highest) return fmt::format("at £{} an hour ", reading.limit.rate_pounds);
  return fmt::format("at what the time costs us, which counts up to £{} an hour, ", reading.limit.rate_pounds);
}

// With the hours of requests that are added up, where there are any.
std::string sum_in_words(const law::CostReading& reading, const law::CostReading& together, law::Regime regime, bool at_the_highest) {
  std::vector<std::string> parts;
  for (const auto& [activity, sum] : reading.by_activity)
    if (!sum.hours.is_zero()) parts.push_back(fmt::format("{} for {}", hours_in_words(sum.hours), activity_in_words(activity, regime)));
  std::string text = fmt::format("Estimated work, by the activities that the Regulations count: {}. ", base::listed(parts));
  if (together.all.hours != reading.all.hours)
    text += fmt::format("That is {}; with the requests that are added up it is {}. ", hours_in_words(reading.all.hours), hours_in_words(together.all.hours));
  return text + fmt::format("Together {} {}come to {}, above the limit of £{}.", hours_in_words(together.all.hours), rate_in_words(reading, at_the_highest),
                            pounds_in_words(together.all.pounds), reading.limit.limit_pounds);
}

std::vector<law::OtherRequest> earlier_of(const request::Case& the_case) {
  std::vector<law::OtherRequest> others;
  for (const request::EarlierRequest& one : the_case.earlier_requests)
    others.push_back({one.reference, one.received, law::asked_by_of(one.asked_by), one.similar, one.hours});
  return others;
}

// When it was measured, and what was done besides. The method itself names counts of records, which are figures; it stays in the case.
void write_evidence(const Writing& writing, NoticeSection& section) {
  const request::Case& the_case = writing.the_case;
  std::vector<std::string> days;
  std::vector<std::string> excluded;
  bool sampled = false;
  for (const request::CostItem& item : the_case.costs) {
    if (!law::activity_of(item.activity)) {
      const auto& words = law::excluded_activities();
      const auto word = std::ranges::find(words, item.activity, &std::pair<std::string, std::string>::first);
      if (word != words.end() && std::ranges::find(excluded, word->second) == excluded.end()) excluded.push_back(word->second);
      continue;
    }
    sampled = sampled || item.sample.has_value();
    if (!item.measured_on) continue;
    const std::string day = base::to_words(*item.measured_on);
    if (std::ranges::find(days, day) == days.end()) days.push_back(day);
  }
  if (days.empty()) return;
  std::string text = fmt::format("The work was measured on {}{}, on the records as they are kept.", base::listed(days), sampled ? ", on a timed sample" : "");
  text += excluded.empty() ? " Redaction and the time to consider exemptions are not in the estimate."
                           : fmt::format(" Not in the estimate, because the Regulations do not count it: {}.", base::listed(excluded));
  section.paragraphs.push_back({ParagraphKind::cost_evidence, {}, writing.in_role(law::NoticeRole::cost_sum_regulation), std::move(text)});
}

// Gives the hours of other requests that are added up.
base::Decimal write_aggregated(Writing& writing, NoticeSection& section) {
  const auto others = law::read_aggregation(writing.the_case.received, earlier_of(writing.the_case), writing.regime());
  if (!others) {
    writing.errors.push_back(others.error());
    return {};
  }
  std::vector<std::string> references;
  for (const law::Aggregated& one : others->requests)
    if (one.adds_up) references.push_back(fmt::format("{} ({})", one.request.reference, base::to_words(one.request.received)));
  if (!references.empty())
    section.paragraphs.push_back(
        {ParagraphKind::cost_aggregated,
         {},
         writing.in_role(law::NoticeRole::aggregation_regulation),
         fmt::format("Added up with this request, under {} and {} of the Regulations: {}. Each is on the same or similar information, from one "
                     "person or people acting together, and was received within sixty consecutive working days.",
                     law::cited(writing.role(law::NoticeRole::aggregation)), writing.role(law::NoticeRole::aggregation_regulation).citation,
                     base::listed(references))});
  return others->hours;
}

std::vector<law::CostLine> lines_of(const request::Case& the_case) {
  std::vector<law::CostLine> lines;
  for (const law::PricedWork& one : priced_work(the_case)) lines.push_back(one.line);
  return lines;
}

void write_sum(Writing& writing, NoticeSection& section) {
  std::vector<law::CostLine> lines = lines_of(writing.the_case);
  const std::string fact = writing.role(law::NoticeRole::refuse_cost).citation;
  const std::string limit = writing.role(law::NoticeRole::cost_limit).citation;
  if (lines.empty()) return writing.missing(fact, "the sum on which section 12 is relied", "add [[cost]] lines with question, activity, hours and method");
  NoticeSection aggregated;
  const base::Decimal others = write_aggregated(writing, aggregated);
  auto reading = law::read_cost(lines, writing.regime(), writing.the_case.authority.part);
  if (!others.is_zero()) lines.push_back({"other requests", law::CostActivity::locating, others, {}});
  const auto together = law::read_cost(lines, writing.regime(), writing.the_case.authority.part);
  if (!reading || !together) {
    writing.errors.push_back(reading ? together.error() : reading.error());
    return;
  }
  if (!together->over)
    return writing.missing(limit,
                           fmt::format("a cost above the limit of £{}; the case gives {}", reading->limit.limit_pounds, pounds_in_words(together->all.pounds)),
                           "within the limit the information has to be searched for");
  const bool at_the_highest = writing.regime() == law::Regime::foia || std::ranges::none_of(lines, [&](const law::CostLine& line) {
                                return line.pounds_an_hour && *line.pounds_an_hour < base::Decimal(reading->limit.rate_pounds);
                              });
  section.paragraphs.push_back({ParagraphKind::cost_limit,
                                {},
                                writing.in_role(law::NoticeRole::cost_limit_regulation),
                                fmt::format("The limit is that of the {}.", reading->limit.regulations)});
  section.paragraphs.push_back({ParagraphKind::cost_sum,
                                {},
                                writing.in_role(law::NoticeRole::cost_sum_regulation),
                                sum_in_words(*reading, *together, writing.regime(), at_the_highest)});
  section.paragraphs.insert(section.paragraphs.end(), aggregated.paragraphs.begin(), aggregated.paragraphs.end());
  write_evidence(writing, section);
}

// A part may be answered up to the limit only where the requester left the rest out, or agreed to it.
void write_scope(Writing& writing, NoticeSection& section) {
  const std::string quote(base::trimmed(writing.the_case.cost_scope_quote));
  const bool something_given =
      std::ranges::any_of(writing.facts, [](const QuestionFacts& facts) { return facts.has(Fate::given) || facts.has(Fate::withheld_in_detail); });
  if (!quote.empty()) {
    section.paragraphs.push_back(
        {ParagraphKind::scope, {}, {}, fmt::format("The request itself, of {}, leaves this out: “{}”", base::to_words(writing.the_case.received), quote)});
  } else if (writing.the_case.cost_agreement) {
    const request::CostAgreement& agreed = *writing.the_case.cost_agreement;
    section.paragraphs.push_back(
        {ParagraphKind::scope, {}, {}, fmt::format("On {} it was agreed that this is left out: “{}”", base::to_words(agreed.on), base::trimmed(agreed.quote))});
  } else if (something_given) {
    writing.missing(
        writing.role(law::NoticeRole::cost_limit).citation, "the requester's words that leave the costly part out, since the rest is answered",
        fmt::format(
            "add cost_scope_quote to [request] or a [cost_agreement] with agreed_by, on and quote; without them offer what fits the limit first and let "
            "the requester choose ({}): candour cost prices what could be dropped",
            base::split(writing.role(law::NoticeRole::advice).citation, '(').front()));
  }
}

std::string dropped_in_words(const law::NarrowingOption& option) {
  std::vector<std::string> words;
  for (const law::Droppable& thing : option.dropped) words.push_back(thing.kind == law::DropKind::question ? "question " + thing.name : thing.name);
  return base::listed(words);
}

// What could be asked for within the limit, priced: where the whole was refused the requester chooses.
void write_options(Writing& writing, NoticeSection& section) {
  const auto options = law::narrowing_options(priced_work(writing.the_case), writing.regime(), writing.the_case.authority.part, 3);
  if (!options) {
    writing.errors.push_back(options.error());
    return;
  }
  for (const law::NarrowingOption& option : *options)
    section.paragraphs.push_back({ParagraphKind::advice,
                                  {},
                                  writing.in_role(law::NoticeRole::advice),
                                  fmt::format("Within the limit: the request without {}, at an estimated {} ({}).", dropped_in_words(option),
                                              hours_in_words(option.remaining.hours), pounds_in_words(option.remaining.pounds))});
}

}  // namespace

std::vector<law::PricedWork> priced_work(const request::Case& the_case) {
  std::vector<law::PricedWork> work;
  for (const request::CostItem& item : the_case.costs) {
    const auto activity = law::activity_of(item.activity);
    if (!activity) continue;
    law::PricedWork one{{item.question, *activity, item.hours, item.pounds_an_hour}, {{law::DropKind::question, item.question, {}}}};
    if (!item.period.empty()) one.saved_by.push_back({law::DropKind::period, item.period, item.question});
    if (!item.system.empty()) one.saved_by.push_back({law::DropKind::system, item.system, {}});
    if (!item.breakdown.empty()) one.saved_by.push_back({law::DropKind::breakdown, item.breakdown, item.question});
    work.push_back(std::move(one));
  }
  return work;
}

void write_cost(Writing& writing) {
  const auto numbers = questions_with(writing.facts, Fate::not_searched);
  if (numbers.empty() || writing.regime() == law::Regime::eir) return;  // those Regulations know no limit: check_regime
  const law::Provision limit = writing.role(law::NoticeRole::cost_limit);
  NoticeSection& section = writing.section(fmt::format("Cost limit: {}", questions_in_words(numbers)));
  section.paragraphs.push_back({ParagraphKind::refusal,
                                {},
                                writing.in_role(law::NoticeRole::refuse_cost),
                                fmt::format("For {} we rely on {} ({}): part or all of the information was not searched for. This is said under {}.",
                                            questions_in_words(numbers), law::cited(limit), limit.title, writing.role(law::NoticeRole::refuse_cost).citation)});
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
    if (question.decision.is_held) {
      const std::string fact = fmt::format("we confirm that information of the kind asked for in question {} is held.", question.number);
      section.paragraphs.push_back(
          {ParagraphKind::confirmation, question.number, writing.in_role(law::NoticeRole::hold),
           writing.regime() == law::Regime::foia ? fmt::format("Under {} {}", law::cited(writing.role(law::NoticeRole::hold)), fact) : capitalised(fact)});
    }
    section.paragraphs.push_back({ParagraphKind::reason, question.number, limit.code, as_sentence(question.decision.reason)});
  }
  write_sum(writing, section);
  write_scope(writing, section);
  if (base::trimmed(writing.the_case.advice).empty())
    writing.missing(writing.role(law::NoticeRole::advice).citation, "what could be done within the limit", "add advice to [request]");
  else
    section.paragraphs.push_back({ParagraphKind::advice,
                                  {},
                                  writing.in_role(law::NoticeRole::advice),
                                  fmt::format("Advice under {}: {}", writing.role(law::NoticeRole::advice).citation, as_sentence(writing.the_case.advice))});
  const bool all_refused =
      std::ranges::none_of(writing.facts, [](const QuestionFacts& facts) { return facts.has(Fate::given) || facts.has(Fate::withheld_in_detail); });
  if (all_refused) write_options(writing, section);
}

}  // namespace candour::notice
