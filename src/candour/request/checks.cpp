#include <candour/base/text.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::request {
namespace {

using base::Setting;

template <class T>
std::vector<std::string> ids_of(const std::vector<T>& things, std::string T::*id) {
  std::vector<std::string> ids;
  for (const T& thing : things) ids.push_back(thing.*id);
  return ids;
}

void check_part_of(const Setting& table, const Case& the_case, const Question& question, Mistakes& mistakes) {
  if (question.part_of.empty()) return;
  const std::uint64_t line = table.line_of("part_of");
  const Question* parent = find_question(the_case, question.part_of);
  if (parent == nullptr) return mistakes.add_unknown(line, "unknown_question", "question", question.part_of, ids_of(the_case.questions, &Question::number));
  if (parent->kind != QuestionKind::statistics || parent->population != question.population)
    return mistakes.add(line, "part_of",
                        fmt::format("question {} is part of question {}, expected a question about the same population", question.number, question.part_of));
  const CaseHolding* own = find_holding(the_case, question.source.holding);
  const CaseHolding* outer = find_holding(the_case, parent->source.holding);
  // Records of two files cannot be matched; a tally can only be held against what lies inside it.
  if (own != nullptr && outer != nullptr && own != outer && outer->kind == HoldingKind::records && gives_figures(question) && gives_figures(*parent))
    return mistakes.add(line, "part_of_other_records",
                        fmt::format("question {} is part of question {}, whose records stand in '{}'; expected the same holding for both", question.number,
                                    question.part_of, outer->id),
                        "one record cannot be found again in another file; only a table of counts can contain records of another holding");
  std::size_t steps = 0;
  for (const Question* at = parent; at != nullptr; at = at->part_of.empty() ? nullptr : find_question(the_case, at->part_of))
    if (at == &question || ++steps > the_case.questions.size())
      return mistakes.add(line, "part_of",
                          fmt::format("question {} is part of itself by way of question {}, expected no circle", question.number, question.part_of));
}

void check_source(const Setting& table, const Case& the_case, const Question& question, Mistakes& mistakes) {
  const CaseHolding* holding = find_holding(the_case, question.source.holding);
  const CasePopulation* population = find_population(the_case, question.population);
  if (population == nullptr && !question.population.empty())
    mistakes.add_unknown(table.line_of("population"), "unknown_population", "population", question.population,
                         ids_of(the_case.populations, &CasePopulation::id));
  if (holding == nullptr && !question.source.holding.empty())
    mistakes.add_unknown(table.line_of("holding"), "unknown_holding", "holding", question.source.holding, ids_of(the_case.holdings, &CaseHolding::id));
  if (holding == nullptr || population == nullptr) return;
  if (holding->path.empty()) return;  // checked where the order is read
  if (holding->kind == HoldingKind::counts && !question.source.conditions.empty())
    mistakes.add(table.line_of("where"), "where_on_counts",
                 fmt::format("question {} picks rows of the counts '{}', expected no 'where': a count is taken as it is", question.number, holding->id));
  for (const std::string& name : population->variables) {
    const CaseVariable* variable = find_variable(the_case, name);
    if (variable != nullptr && std::ranges::find(variable->readings, holding->id, &VariableReading::holding) == variable->readings.end())
      mistakes.add(table.line_of("holding"), "no_reading",
                   fmt::format("question {} needs the variable '{}' from '{}', expected a [[variable.reading]] that says how it is read there", question.number,
                               name, holding->id));
  }
}

bool has_finding(const Case& the_case, std::string_view kind, const Question& question) {
  return std::ranges::any_of(the_case.findings, [&](const OfficerFinding& finding) {
    return finding.kind == kind && (finding.question.empty() || finding.question == question.number);
  });
}

void check_people(const Setting& table, const Case& the_case, const Question& question, Mistakes& mistakes) {
  const CaseHolding* holding = find_holding(the_case, question.source.holding);
  if (!(gives_figures(question) || gives_records(question)) || holding == nullptr || holding->path.empty() || !holding->person_column.empty() ||
      has_finding(the_case, "people-unknown", question))
    return;
  mistakes.add(
      table.line_of("holding"), "people_unknown",
      fmt::format("question {} comes from '{}', which does not tell people apart; expected an officer's dated acceptance", question.number, holding->id),
      "add [[finding]] with kind = \"people-unknown\", text, by and on");
}

// Records one by one: what can be matched on is coarsened, what must not be learnt is shown as it stands; one column cannot be both.
void check_records(const Setting& table, const Case& the_case, const Question& question, Mistakes& mistakes) {
  if (!gives_records(question)) return;
  const std::uint64_t line = table.line_of("by");
  bool is_matched_on = false;
  for (const auto& [name, level] : question.by) {
    const CaseVariable* variable = find_variable(the_case, name);
    if (variable == nullptr) continue;
    is_matched_on = is_matched_on || variable->variable.role == table::Role::identifying;
    if (variable->variable.role == table::Role::both)
      mistakes.add(
          line, "records_role",
          fmt::format("question {} asks for records with '{}', which is both identifying and sensitive; expected one of the two", question.number, name),
          "leave it out of 'by', or give the variable the role that counts for these records");
  }
  if (!is_matched_on)
    mistakes.add(line, "records_columns",
                 fmt::format("question {} asks for records without an identifying variable in 'by', expected one at least", question.number),
                 "records that only show what must not be learnt are better given as a table");
  if (const CaseHolding* holding = find_holding(the_case, question.source.holding); holding != nullptr && holding->kind == HoldingKind::counts)
    mistakes.add(table.line_of("holding"), "records_of_counts",
                 fmt::format("question {} asks for records and '{}' is a table of counts, expected a holding of records", question.number, holding->id));
}

void check_cost_limit(const Setting& table, const Case& the_case, const Question& question, Mistakes& mistakes) {
  const bool over = question.decision.decision == Decision::not_searched ||
                    std::ranges::any_of(question.coverage, [](const table::CoverageStretch& s) { return s.status == table::CoverageStatus::over_cost_limit; });
  if (over && !has_finding(the_case, "cost-estimate", question))
    mistakes.add(table.line, "cost_unaccepted",
                 fmt::format("question {} leaves something out over the cost limit, expected a named person's acceptance of the estimate", question.number),
                 "add [[finding]] with kind = \"cost-estimate\", text, by and on");
}

// An accepted estimate without anything that is left out for it; alternatives without a choice; a document without what is held of it.
void check_loose_ends(const Setting& table, const Case& the_case, const Question& question, Mistakes& mistakes) {
  const bool over = question.decision.decision == Decision::not_searched ||
                    std::ranges::any_of(question.coverage, [](const table::CoverageStretch& s) { return s.status == table::CoverageStatus::over_cost_limit; });
  const bool accepted =
      std::ranges::any_of(the_case.findings, [&](const OfficerFinding& f) { return f.kind == "cost-estimate" && f.question == question.number; });
  if (accepted && !over)
    mistakes.add(
        table.line, "estimate_without_use",
        fmt::format("an estimate of cost is accepted for question {} and nothing of it is over the cost limit, expected coverage or a decision that says so",
                    question.number),
        "[[question.coverage]] with status = \"over-cost-limit\", or leave the finding out");
  if (question.alternatives.size() == 1)
    mistakes.add(table.line_of("alternative"), "single_alternative",
                 fmt::format("question {} has one alternative, expected two or more: what was asked first, and what would be taken instead", question.number));
  const bool of_something_held = question.decision.decision == Decision::given || question.decision.decision == Decision::intended_for_publication;
  if (question.kind != QuestionKind::document || !of_something_held) return;
  if (base::trimmed(question.document).empty() && question.decision.decision != Decision::given)
    mistakes.add(table.line, "missing_key", fmt::format("question {} asks for a document and has no 'document', expected what it is called", question.number));
  if (question.documents.empty())
    mistakes.add(table.line, "document_unlisted",
                 fmt::format("question {} asks for a document and the case has no [[question.held]], expected each version that is held", question.number),
                 "title, version and status; a draft is one");
  if (question.decision.decision == Decision::given && std::ranges::none_of(question.documents, [](const HeldDocument& d) { return !d.file.empty(); }))
    mistakes.add(table.line, "document_without_file",
                 fmt::format("question {} gives a document and names no 'file', expected the file that goes out", question.number));
}

void check_memberships(const Case& the_case, const CasePopulation& population, std::uint64_t line, Mistakes& mistakes) {
  const auto count = std::ranges::count_if(the_case.questions, [&](const Question& q) { return gives_figures(q) && q.population == population.id; });
  if (count > 10)
    mistakes.add(line, "too_many_questions", fmt::format("population '{}' has {} questions, expected at most 10", population.id, count),
                 "questions about other events have a population of their own");
}

// Provisions are looked up when the notice is written; here only their form is checked.
bool is_provision(std::string_view code) {
  const auto slash = code.find('/');
  return slash != std::string_view::npos && slash >= 3 && slash + 1 < code.size() && code.find(' ') == std::string_view::npos;
}

bool needs_provision(Decision decision) {
  switch (decision) {
    case Decision::withheld:
    case Decision::not_searched:
    case Decision::referred:
    case Decision::intended_for_publication:
    case Decision::neither_confirmed_nor_denied:
    case Decision::decision_pending: return true;
    case Decision::given:
    case Decision::not_held:
    case Decision::other_regime:
    case Decision::outside_scope: return false;
  }
  return true;
}

void check_decision(const Setting& question_table, const Question& question, Mistakes& mistakes) {
  const DecisionRecord& record = question.decision;
  const Setting* table = question_table.find("decision");
  if (table == nullptr || record.decision == Decision::given) return;
  const auto need = [&](bool there, std::string_view key, std::string_view expected) {
    if (!there)
      mistakes.add(table->line, "decision_incomplete", fmt::format("the decision on question {} has no '{}', expected {}", question.number, key, expected),
                   "the program never decides: a named person does, on a date");
  };
  need(!base::trimmed(record.decided_by).empty(), "by", "the name of the person who decided");
  need(record.decided_on.has_value(), "on", "the day of the decision");
  need(!base::trimmed(record.reason).empty(), "reason", "why");
  need(!needs_provision(record.decision) || !record.provisions.empty(), "provisions", "the provision relied on, as in \"FOIA/40(2)-40(3A)(a)\"");
  need(record.decision != Decision::decision_pending || record.expected_on.has_value(), "expected_on", "the estimated day of the decision (section 17(2))");
  for (const std::string& code : record.provisions)
    if (!is_provision(code))
      mistakes.add(table->line_of("provisions"), "provision",
                   fmt::format("found '{}' as a provision, expected the Act and the section, as in \"FOIA/22(1)\"", code));
  if (record.decision == Decision::not_held && question.draft_exists)
    mistakes.add(
        table->line_of("outcome"), "draft_is_held",
        fmt::format("question {} is said to be not held although a draft exists, expected another decision: a draft is recorded information", question.number),
        "give the draft, or withhold it under section 22 (publication intended before the request) or section 36");
}

struct DatedEntry {
  std::string name;
  base::Date date;
  std::uint64_t line;
};

void check_not_before(const DatedEntry& later, const DatedEntry& earlier, Mistakes& mistakes) {
  if (later.date < earlier.date)
    mistakes.add(
        later.line, "date_order",
        fmt::format("{} is {}, expected a day not before {}, which is {}", later.name, base::to_iso(later.date), earlier.name, base::to_iso(earlier.date)));
}

}  // namespace

void check_statistics(const Setting& top, const Case& the_case, Mistakes& mistakes) {
  const auto tables = top.tables_of("question");
  for (std::size_t q = 0; q < tables.size(); ++q) {
    const Question& question = the_case.questions[q];
    check_cost_limit(*tables[q], the_case, question, mistakes);
    check_loose_ends(*tables[q], the_case, question, mistakes);
    if (question.kind == QuestionKind::records) {
      check_source(*tables[q], the_case, question, mistakes);
      check_people(*tables[q], the_case, question, mistakes);
      check_records(*tables[q], the_case, question, mistakes);
    }
    if (question.kind != QuestionKind::statistics) continue;
    check_part_of(*tables[q], the_case, question, mistakes);
    check_source(*tables[q], the_case, question, mistakes);
    check_people(*tables[q], the_case, question, mistakes);
  }
  const auto populations = top.tables_of("population");
  for (std::size_t p = 0; p < populations.size(); ++p) check_memberships(the_case, the_case.populations[p], populations[p]->line, mistakes);
}

void check_decisions(const Setting& top, const Case& the_case, Mistakes& mistakes) {
  const auto tables = top.tables_of("question");
  for (std::size_t q = 0; q < tables.size(); ++q) check_decision(*tables[q], the_case.questions[q], mistakes);
}

void check_dates(const Setting& top, const Case& the_case, Mistakes& mistakes) {
  const Setting& request = *top.find("request");
  const DatedEntry received{"the day of receipt", the_case.received, request.line_of("received")};
  std::vector<DatedEntry> past{received};
  std::vector<DatedEntry> not_before_receipt;
  const auto holdings = top.tables_of("holding");
  for (std::size_t h = 0; h < holdings.size(); ++h)
    if (!the_case.holdings[h].path.empty())
      past.push_back({fmt::format("the day on which '{}' was extracted", the_case.holdings[h].id), the_case.holdings[h].extracted_on,
                      holdings[h]->line_of("extracted_on")});
  const auto questions = top.tables_of("question");
  for (std::size_t q = 0; q < questions.size(); ++q)
    if (const Setting* decision = questions[q]->find("decision"); decision != nullptr && the_case.questions[q].decision.decided_on)
      not_before_receipt.push_back({fmt::format("the day of the decision on question {}", the_case.questions[q].number),
                                    *the_case.questions[q].decision.decided_on, decision->line_of("on")});
  const auto findings = top.tables_of("finding");
  for (std::size_t f = 0; f < findings.size(); ++f)
    not_before_receipt.push_back({fmt::format("the day of the finding '{}'", the_case.findings[f].kind), the_case.findings[f].on, findings[f]->line_of("on")});
  if (the_case.personal_information)
    not_before_receipt.push_back({"the day of [personal_information]", the_case.personal_information->on, top.find("personal_information")->line_of("on")});
  past.insert(past.end(), not_before_receipt.begin(), not_before_receipt.end());
  const base::Date today = base::today();
  for (const DatedEntry& entry : past)
    if (entry.date > today)
      mistakes.add(entry.line, "future_date",
                   fmt::format("{} is {}, expected no day after today, {}", entry.name, base::to_iso(entry.date), base::to_iso(today)));
  if (the_case.answered_on) {
    const DatedEntry answered{"the day of the answer", *the_case.answered_on, request.line_of("answered_on")};
    for (const DatedEntry& entry : past) check_not_before(answered, entry, mistakes);
  }
  for (const DatedEntry& entry : not_before_receipt) check_not_before(entry, received, mistakes);
  for (const Setting* table : top.tables_of("variable"))
    if (const Setting* months = table->find("months"))
      if (const std::string last = months->text_of("last"); last > base::to_iso(the_case.received).substr(0, 7))
        mistakes.add(months->line_of("last"), "period_after_receipt",
                     fmt::format("the period ends with {}, expected no month after the request was received, {}", last, base::to_iso(the_case.received)),
                     "the answer covers what was held when the request came in (section 1(4))");
}

}  // namespace candour::request
