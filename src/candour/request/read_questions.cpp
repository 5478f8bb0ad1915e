#include <candour/base/text.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace candour::request {
namespace {

using base::Setting;

QuestionKind kind_of(const Setting& table) {
  const std::string word = table.text_of("asks_for");
  return word == "document"      ? QuestionKind::document
         : word == "explanation" ? QuestionKind::explanation
         : word == "records"     ? QuestionKind::records
                                 : QuestionKind::statistics;
}

Decision decision_of(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, Decision>, 10> words{{{"given", Decision::given},
                                                                                {"withheld", Decision::withheld},
                                                                                {"not-held", Decision::not_held},
                                                                                {"not-searched", Decision::not_searched},
                                                                                {"referred", Decision::referred},
                                                                                {"intended-for-publication", Decision::intended_for_publication},
                                                                                {"neither-confirmed-nor-denied", Decision::neither_confirmed_nor_denied},
                                                                                {"decision-pending", Decision::decision_pending},
                                                                                {"other-regime", Decision::other_regime},
                                                                                {"outside-scope", Decision::outside_scope}}};
  for (const auto& [name, decision] : words)
    if (name == word) return decision;
  return Decision::given;
}

DecisionRecord read_decision(const Setting& question) {
  DecisionRecord record;
  const Setting* table = question.find("decision");
  if (table == nullptr) return record;
  record.decision = decision_of(table->text_of("outcome"));
  record.decided_by = table->text_of("by");
  record.decided_on = table->date_of("on");
  record.provisions = table->texts_of("provisions");
  record.reason = table->text_of("reason");
  record.public_interest = table->text_of("public_interest");
  record.publication_date = table->date_of("publication_date");
  record.expected_on = table->date_of("expected_on");
  record.is_held = table->truth_of("held");
  record.interest = table->text_of("interest");
  record.causal_link = table->text_of("causal_link");
  record.likelihood = table->text_of("likelihood");
  record.qualified_person = table->text_of("qualified_person");
  record.opinion_on = table->date_of("opinion_on");
  record.intended_since = table->date_of("intended_since");
  record.found_at = table->text_of("found_at");
  record.earlier_request = table->text_of("earlier_request");
  return record;
}

// White space is where a request and its quotation differ without meaning to.
std::string with_single_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  return std::string(base::trimmed(out));
}

bool is_question_number(std::string_view number) {
  return !number.empty() && number.size() <= 12 &&
         std::ranges::all_of(number, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; });
}

// Keys that belong to one kind of question only.
void check_kind(const Setting& table, const Question& question, Mistakes& mistakes) {
  struct Owned {
    std::string_view key;
    QuestionKind kind;
    std::string_view name;
    std::optional<QuestionKind> or_kind = std::nullopt;
  };
  static constexpr std::array<Owned, 17> owned{{{"population", QuestionKind::statistics, "statistics or records", QuestionKind::records},
                                                {"counted", QuestionKind::statistics, "statistics or records", QuestionKind::records},
                                                {"part_of", QuestionKind::statistics, "statistics"},
                                                {"operation", QuestionKind::statistics, "statistics"},
                                                {"holding", QuestionKind::statistics, "statistics or records", QuestionKind::records},
                                                {"where", QuestionKind::statistics, "statistics or records", QuestionKind::records},
                                                {"by", QuestionKind::statistics, "statistics or records", QuestionKind::records},
                                                {"coverage", QuestionKind::statistics, "statistics"},
                                                {"answered_only_for", QuestionKind::statistics, "statistics or records", QuestionKind::records},
                                                {"answered_only_because", QuestionKind::statistics, "statistics or records", QuestionKind::records},
                                                {"notes", QuestionKind::statistics, "statistics or records", QuestionKind::records},
                                                {"not_asked_by", QuestionKind::statistics, "statistics or records", QuestionKind::records},
                                                {"records", QuestionKind::records, "records"},
                                                {"draft_exists", QuestionKind::document, "documents"},
                                                {"document", QuestionKind::document, "documents"},
                                                {"held", QuestionKind::document, "documents"},
                                                {"explanation", QuestionKind::explanation, "explanations"}}};
  const bool silent = question.decision.decision == Decision::neither_confirmed_nor_denied;
  for (const Owned& each : owned) {
    if (table.find(each.key) == nullptr) continue;
    if (question.kind != each.kind && question.kind != each.or_kind)
      mistakes.add(table.line_of(each.key), "wrong_question_kind",
                   fmt::format("'{}' stands in question {}, expected only where {} are asked for", each.key, question.number, each.name));
    else if (silent)
      mistakes.add(table.line_of(each.key), "hint_of_holding",
                   fmt::format("'{}' stands in question {}, which is neither confirmed nor denied; expected nothing that hints at what is held", each.key,
                               question.number),
                   "leave out everything but number, asks_for, text and decision");
  }
}

void check_given(const Setting& table, const Question& question, Mistakes& mistakes) {
  if (question.decision.decision != Decision::given) return;
  const auto need = [&](std::string_view key, const std::string& value, std::string_view meaning) {
    if (base::trimmed(value).empty())
      mistakes.add(table.line, "missing_key", fmt::format("question {} is answered but has no '{}', expected {}", question.number, key, meaning));
  };
  if (question.kind == QuestionKind::document) need("document", question.document, "what the document is called, or a decision why it is not given");
  if (question.kind == QuestionKind::explanation) need("explanation", question.explanation, "the explanation, or a decision why it is not given");
  if (question.kind != QuestionKind::statistics && question.kind != QuestionKind::records) return;
  need("population", question.population, "the id of the population");
  need("counted", question.counted_label, "what is counted");
  need("holding", question.source.holding, "the id of the holding");
}

void check_branch(const Setting& table, const Question& question, Mistakes& mistakes) {
  const std::string& number = question.number;
  if (question.alternatives.empty()) {
    if (!question.branch.empty() || !question.branch_reason.empty() || !question.branch_by.empty())
      mistakes.add(table.line, "branch", fmt::format("question {} takes a branch, expected alternatives to take it from", number),
                   "write each as [[question.alternative]]");
    return;
  }
  std::vector<std::string> ids;
  for (const Alternative& alternative : question.alternatives) ids.push_back(alternative.id);
  if (question.branch.empty())
    mistakes.add(table.line, "branch", fmt::format("question {} has alternatives and no 'branch', expected the id of the one that is answered", number),
                 fmt::format("one of {}", base::listed(ids)));
  else if (std::ranges::find(ids, question.branch) == ids.end()) mistakes.add_unknown(table.line_of("branch"), "branch", "alternative", question.branch, ids);
  if (!question.branch.empty() && base::trimmed(question.branch_reason).empty())
    mistakes.add(table.line_of("branch"), "branch_without_reason",
                 fmt::format("question {} takes the branch '{}' without 'branch_because', expected the reason", number, question.branch));
  if (!question.branch.empty() && base::trimmed(question.branch_by).empty())
    mistakes.add(table.line_of("branch"), "branch_without_person",
                 fmt::format("question {} takes the branch '{}' without 'branch_by', expected the name of the person who decided it", number, question.branch));
}

void read_breakdown(const Setting& table, const Case& the_case, Question& question, Mistakes& mistakes) {
  const CasePopulation* population = find_population(the_case, question.population);
  if (population == nullptr) return;
  const std::uint64_t line = table.line_of("by");
  for (const std::string& item : table.texts_of("by")) {
    const auto at = item.find(" at ");
    const std::string name(base::trimmed(item.substr(0, at)));
    if (std::ranges::find(population->variables, name) == population->variables.end()) {
      mistakes.add_unknown(line, "unknown_variable", fmt::format("variable of population '{}'", population->id), name, population->variables);
      continue;
    }
    const table::Hierarchy& hierarchy = find_variable(the_case, name)->variable.hierarchy;
    std::vector<std::string> levels;
    for (int level = 1; level <= hierarchy.depth(); ++level) levels.push_back(hierarchy.level_name(level));
    const std::string level = at == std::string::npos ? levels.back() : std::string(base::trimmed(item.substr(at + 4)));
    if (std::ranges::find(levels, level) == levels.end()) {
      mistakes.add_unknown(line, "unknown_level", fmt::format("level of '{}'", name), level, levels);
      continue;
    }
    if (std::ranges::find(question.by, name, &std::pair<std::string, std::string>::first) != question.by.end())
      mistakes.add(line, "duplicate", fmt::format("question {} is broken down by '{}' twice, expected once", question.number, name));
    question.by.emplace_back(name, level);
  }
}

RecordsWish read_records_wish(const Setting& question, Mistakes& mistakes) {
  RecordsWish wish;
  const Setting* table = question.find("records");
  if (table == nullptr) return wish;
  wish.smallest_class = table->whole_number_of("smallest_class");
  wish.distinct_values = table->whole_number_of("distinct_values");
  wish.coalition = table->whole_number_of("coalition");
  wish.largest_distance = table->number_of("largest_distance");
  wish.suppress_at_most = table->whole_number_of("suppress_at_most").value_or(0);
  if (wish.largest_distance && (*wish.largest_distance <= base::Decimal() || *wish.largest_distance > base::Decimal(1) || wish.largest_distance->scale() > 3))
    mistakes.add(table->line_of("largest_distance"), "largest_distance",
                 "found a largest_distance outside its range, expected a number above 0 and up to 1, with 3 decimals at most");
  if (wish.distinct_values && *wish.distinct_values < 2)
    mistakes.add(table->line_of("distinct_values"), "distinct_values", fmt::format("found {} distinct values, expected 2 or more", *wish.distinct_values),
                 "with one value everybody who looks alike shares it");
  if (wish.suppress_at_most > 50)
    mistakes.add(table->line_of("suppress_at_most"), "suppress_at_most", fmt::format("found {} per cent, expected 50 at most", wish.suppress_at_most),
                 "an answer that leaves most records out is better given as tables");
  return wish;
}

// A draft is recorded information, whoever has still to look at it.
void read_documents(const Setting& table, const Case& the_case, Question& question, Mistakes& mistakes) {
  for (const Setting* each : table.tables_of("held")) {
    HeldDocument document{each->text_of("title"), each->text_of("version"), each->text_of("status"), {}, each->date_of("last_changed")};
    if (const std::string file = each->text_of("file"); !file.empty()) document.file = std::filesystem::absolute(the_case.folder / file).lexically_normal();
    if (!document.file.empty() && question.decision.decision != Decision::given)
      mistakes.add(each->line_of("file"), "file_of_a_refusal",
                   fmt::format("question {} is not given and names a file, expected no file: nothing of it goes out", question.number));
    if (const std::string name = document.file.filename().string(); !document.file.empty() && !std::ranges::all_of(name, [](char c) {
          return (std::isalnum(static_cast<unsigned char>(c)) != 0) || c == '.' || c == '-' || c == '_';
        }))
      mistakes.add(each->line_of("file"), "file_name",
                   "a document's file name has other characters than letters, digits, '.', '-' and '_', expected a plain one",
                   "the name goes out with the file, and can say more than it should");
    question.draft_exists = question.draft_exists || document.status == "draft" || document.status == "under-review";
    question.documents.push_back(std::move(document));
  }
  if (question.decision.decision == Decision::not_held && !question.documents.empty())
    mistakes.add(table.line_of("held"), "held_and_not_held",
                 fmt::format("question {} is said to be not held and lists what is held of it, expected one of the two", question.number),
                 "a draft is recorded information");
}

Question read_question(const Setting& table, const Case& the_case, Mistakes& mistakes) {
  Question question;
  question.number = table.text_of("number");
  question.text = table.text_of("text");
  question.kind = kind_of(table);
  for (const Setting* each : table.tables_of("alternative")) question.alternatives.push_back({each->text_of("id"), each->text_of("text")});
  question.branch = table.text_of("branch");
  question.branch_reason = table.text_of("branch_because");
  question.branch_by = table.text_of("branch_by");
  question.decision = read_decision(table);
  question.draft_exists = table.truth_of("draft_exists");
  question.document = table.text_of("document");
  question.explanation = table.text_of("explanation");
  question.population = table.text_of("population");
  question.counted_label = table.text_of("counted");
  question.part_of = table.text_of("part_of");
  question.operation = table.text_of("operation", the_case.subject);
  question.answered_only_for = table.text_of("answered_only_for");
  question.answered_only_because = table.text_of("answered_only_because");
  question.source = {table.text_of("holding"), read_conditions(table, mistakes)};
  question.notes = table.texts_of("notes");
  question.not_asked_by = table.texts_of("not_asked_by");
  read_documents(table, the_case, question, mistakes);
  read_breakdown(table, the_case, question, mistakes);
  question.records = read_records_wish(table, mistakes);
  return question;
}

}  // namespace

void read_questions(const Setting& top, Case& the_case, Mistakes& mistakes) {
  const std::string request = with_single_blanks(the_case.request_text);
  if (request.find(with_single_blanks(the_case.cost_scope_quote)) == std::string::npos)
    mistakes.add(top.find("request")->line_of("cost_scope_quote"), "quote_not_in_request",
                 "the words of 'cost_scope_quote' do not stand in the request, expected them word for word",
                 "only the requester's own words can leave a part out");
  for (const Setting* table : top.tables_of("question")) {
    Question question = read_question(*table, the_case, mistakes);
    if (!is_question_number(question.number))
      mistakes.add(table->line_of("number"), "question_number",
                   fmt::format("found '{}' as the number of a question, expected letters, digits and hyphens, 12 at most", question.number));
    if (find_question(the_case, question.number) != nullptr)
      mistakes.add(table->line_of("number"), "duplicate", fmt::format("question {} stands twice, expected each number once", question.number));
    if (request.find(with_single_blanks(question.text)) == std::string::npos)
      mistakes.add(table->line_of("text"), "text_not_in_request",
                   fmt::format("the words of question {} do not stand in the request, expected them word for word", question.number),
                   "copy the question from the file that 'text_file' names");
    check_kind(*table, question, mistakes);
    check_given(*table, question, mistakes);
    check_branch(*table, question, mistakes);
    if (question.answered_only_for.empty() != question.answered_only_because.empty())
      mistakes.add(table->line, "narrower",
                   fmt::format("question {} has only one of 'answered_only_for' and 'answered_only_because', expected both: a narrower answer needs its reason",
                               question.number));
    the_case.questions.push_back(std::move(question));
  }
}

}  // namespace candour::request
