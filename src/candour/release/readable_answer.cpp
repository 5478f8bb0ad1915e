#include <candour/release/readable_answer.hpp>

#include <candour/release/coverage_notes.hpp>
#include <candour/release/kept_words.hpp>
#include <candour/release/notice_of.hpp>
#include <candour/release/question_summary.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace candour::release {
namespace {

base::Error wrong(std::string code, std::string sentence, std::string hint) {
  return {base::Cause::wrong_input, std::move(code), {}, std::move(sentence), std::move(hint)};
}

// File names hold lower-case letters, digits and hyphens only, so that they are the same on every system and in every address.
std::string file_stem_of(const std::string& id) {
  std::string stem;
  for (const char letter : id) {
    const auto byte = static_cast<unsigned char>(letter);
    stem += std::isalnum(byte) != 0 ? static_cast<char>(std::tolower(byte)) : '-';
  }
  return stem;
}

const request::Question* find_question(const request::Case& the_case, const std::string& number) {
  const auto found = std::find_if(the_case.questions.begin(), the_case.questions.end(), [&](const request::Question& one) { return one.number == number; });
  return found == the_case.questions.end() ? nullptr : &*found;
}

std::string figure_heading_of(const request::Question& question, const table::AtomSpace& space) {
  if (!question.counted_label.empty()) return capitalised(question.counted_label);
  return capitalised(space.label.empty() ? "records" : space.label);
}

// The symbols that stand in a table.
std::set<std::string> symbols_of(const table::PublishedTable& published) {
  std::set<std::string> symbols;
  for (const table::PublishedCell& cell : published.cells) {
    if (reading_of(cell) != CellReading::figure) symbols.insert(text_of(cell, published.scale));
  }
  return symbols;
}

base::Result<ReadableTable> readable_table(const table::PublishedPopulation& population, const table::PublishedTable& published,
                                           const request::Question& question) {
  ReadableTable readable;
  readable.question = question.number;
  readable.published = &published;
  readable.space = population.space.get();
  readable.layout = std::make_shared<const table::TableLayout>(*population.space, published.design);
  if (readable.layout->cell_count() != published.cells.size()) {
    return base::fail(
        wrong("release.cell_count",
              fmt::format("table {} has {} cells, its design asks for {}", published.design.id, published.cells.size(), readable.layout->cell_count()),
              "make the draft again"));
  }
  readable.file_stem = file_stem_of(published.design.id);
  readable.figure_heading = figure_heading_of(question, *population.space);
  // The draft's own title names what was asked for; a reader wants to know what is shown.
  readable.title = readable.figure_heading + (published.design.by.empty() ? " in total" : " " + breakdown_of(*population.space, published.design));
  readable.unit = unit_sentence(published.design.unit, population.space->label.empty() ? "records" : population.space->label);
  if (const std::string changed = change_sentence(*population.space, *readable.layout, published); !changed.empty()) readable.unit += " " + changed;
  readable.notes = coverage_notes(question, population.space.get(), symbols_of(published));
  readable.notes.insert(readable.notes.end(), question.notes.begin(), question.notes.end());
  readable.grids = grids_of(published, *readable.layout, readable.figure_heading);
  return readable;
}

// Tables of the draft by the question's number; the order inside a question is the draft's.
using TablesOfQuestions = std::map<std::string, std::vector<ReadableTable>>;

base::ResultOrErrors<TablesOfQuestions> tables_of_draft(const ReleaseOrder& order) {
  TablesOfQuestions tables;
  base::Errors errors;
  std::set<std::string> stems;
  for (const table::PublishedPopulation& population : *order.published) {
    for (const table::PublishedTable& published : population.tables) {
      const std::string& id = population.space->questions[published.design.question].id;
      const request::Question* question = find_question(*order.the_case, id);
      if (question == nullptr) {
        errors.push_back(wrong("release.unknown_question", fmt::format("table {} answers question {}, which the case does not have", published.design.id, id),
                               "make the draft again from this case file"));
        continue;
      }
      if (question->decision.decision == request::Decision::neither_confirmed_nor_denied) {
        errors.push_back(wrong("release.table_not_allowed", fmt::format("question {} is neither confirmed nor denied, yet the draft has a table of it", id),
                               "leave the question out of the draft"));
        continue;
      }
      auto readable = readable_table(population, published, *question);
      if (!readable) {
        errors.push_back(std::move(readable).error());
        continue;
      }
      if (!stems.insert(readable->file_stem).second) {
        errors.push_back(
            wrong("release.repeated_table", fmt::format("two tables have the name {}", readable->file_stem), "names of tables differ in more than case"));
      }
      tables[id].push_back(std::move(readable).value());
    }
  }
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  return tables;
}

const table::AtomSpace* space_of(const ReleaseOrder& order, const request::Question& question) {
  for (const table::PublishedPopulation& population : *order.published) {
    if (population.space->find_question(question.number)) return population.space.get();
  }
  return nullptr;
}

void append_statements(const ReleaseOrder& order, ReadableAnswer& answer) {
  for (const table::PublishedPopulation& population : *order.published) {
    for (const table::PublishedStatement& statement : population.statements) {
      const auto readable = std::find_if(answer.questions.begin(), answer.questions.end(),
                                         [&](const ReadableQuestion& one) { return one.question->number == statement.question; });
      if (readable == answer.questions.end()) answer.plan_notes.push_back(statement.text);
      else if (statement.place == table::StatementPlace::reason) readable->reasons.push_back(statement.text);
      else readable->notes.push_back(statement.text);
    }
  }
  const auto is_said = [&](const std::string& text) {
    const auto holds = [&](const std::vector<std::string>& texts) { return std::find(texts.begin(), texts.end(), text) != texts.end(); };
    return holds(answer.plan_notes) ||
           std::any_of(answer.questions.begin(), answer.questions.end(), [&](const ReadableQuestion& one) { return holds(one.reasons) || holds(one.notes); });
  };
  for (const std::string& text : order.plan_notes) {
    if (!is_said(text)) answer.plan_notes.push_back(text);
  }
}

// What goes out with records takes the place of what is said of tables.
void add_records(const ReleaseOrder& order, ReadableQuestion& readable) {
  if (order.records == nullptr || !request::gives_records(*readable.question)) return;
  const auto given =
      std::find_if(order.records->begin(), order.records->end(), [&](const table::PublishedRecords& one) { return one.question == readable.question->number; });
  if (given == order.records->end()) return;
  readable.records = &*given;
  readable.outcome = given->is_as_asked() ? Outcome::given : Outcome::given_in_part;
  readable.summary.pop_back();
  readable.summary.insert(readable.summary.end(), given->statements.begin(), given->statements.end());
}

ReadableQuestion readable_question(const ReleaseOrder& order, const request::Question& question, std::vector<ReadableTable> tables, int& table_number) {
  ReadableQuestion readable;
  readable.question = &question;
  readable.tables = std::move(tables);
  for (ReadableTable& one : readable.tables) one.number = ++table_number;
  readable.outcome = outcome_of(question, readable.tables);
  readable.summary = summary_of(question, readable.outcome, readable.tables);
  add_records(order, readable);
  if (readable.outcome == Outcome::neither_confirmed_nor_denied) return readable;
  readable.kept = kept_words_of(question, readable.outcome, readable.tables);
  std::set<std::string> symbols;
  for (const ReadableTable& one : readable.tables) symbols.merge(symbols_of(*one.published));
  readable.notes = coverage_notes(question, space_of(order, question), symbols);
  readable.notes.insert(readable.notes.end(), question.notes.begin(), question.notes.end());
  return readable;
}

}  // namespace

std::string_view code_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::given: return "given";
    case Outcome::given_in_part: return "given-in-part";
    case Outcome::withheld: return "withheld";
    case Outcome::not_held: return "not-held";
    case Outcome::not_run: return "not-run";
    case Outcome::not_searched: return "not-searched";
    case Outcome::referred: return "referred";
    case Outcome::intended_for_publication: return "intended-for-publication";
    case Outcome::neither_confirmed_nor_denied: return "neither-confirmed-nor-denied";
    case Outcome::decision_pending: return "decision-pending";
    case Outcome::other_regime: return "other-regime";
    case Outcome::outside_scope: return "outside-scope";
  }
  return "withheld";
}

std::string_view label_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::given: return "Given";
    case Outcome::given_in_part: return "Given in part";
    case Outcome::withheld: return "Withheld";
    case Outcome::not_held: return "Not held";
    case Outcome::not_run: return "Not run";
    case Outcome::not_searched: return "Not searched";
    case Outcome::referred: return "Already published";
    case Outcome::intended_for_publication: return "To be published";
    case Outcome::neither_confirmed_nor_denied: return "Neither confirmed nor denied";
    case Outcome::decision_pending: return "Decision pending";
    case Outcome::other_regime: return "Handled under other law";
    case Outcome::outside_scope: return "Outside scope";
  }
  return "Withheld";
}

std::vector<const ReadableTable*> ReadableAnswer::tables() const {
  std::vector<const ReadableTable*> all;
  for (const ReadableQuestion& question : questions) {
    for (const ReadableTable& one : question.tables) all.push_back(&one);
  }
  return all;
}

const std::vector<table::PublishedRecords>& ReadableAnswer::records() const {
  static const std::vector<table::PublishedRecords> none;
  return order->records == nullptr ? none : *order->records;
}

base::ResultOrErrors<ReadableAnswer> readable_answer(const ReleaseOrder& order) {
  ReadableAnswer answer;
  answer.order = &order;
  CANDOUR_TRY(drafted, tables_of_draft(order));
  int table_number = 0;
  for (const request::Question& question : order.the_case->questions) {
    answer.questions.push_back(readable_question(order, question, std::move(drafted[question.number]), table_number));
  }
  append_statements(order, answer);
  std::vector<const table::PublishedTable*> published;
  for (const ReadableTable* one : answer.tables()) published.push_back(one->published);
  if (!published.empty()) answer.legend = legend_of(published);
  for (const std::string& mark : order.seal->marks()) answer.marks.push_back(mark_sentence(mark));
  for (const table::IntruderClaim& claim : order.seal->claims()) answer.claims.push_back({claim.intruder, claim.claim});
  CANDOUR_TRY(notice, notice_of(answer));
  answer.notice = std::move(notice);
  return answer;
}

}  // namespace candour::release
