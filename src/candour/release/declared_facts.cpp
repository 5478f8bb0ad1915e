#include <candour/release/declared_facts.hpp>

#include <candour/base/text.hpp>
#include <candour/law/cost.hpp>
#include <candour/notice/free_texts.hpp>
#include <candour/release/number_words.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::release {
namespace {

void declare_hierarchy(NumeralTrace& trace, const table::Hierarchy& hierarchy, bool is_period) {
  for (int level = 0; level <= hierarchy.depth(); ++level) trace.declare_phrase(hierarchy.level_name(level));
  for (table::NodeIndex node = 0; node < hierarchy.size(); ++node) {
    trace.declare_phrase(hierarchy.label(node));
    trace.declare_phrase(hierarchy.code(node));
    if (!is_period) continue;
    // "since 2021": a year that the tables cover.
    for (const Numeral& numeral : numerals_of(hierarchy.label(node))) {
      if (numeral.length == 4) trace.declare_numeral(std::string_view(hierarchy.label(node)).substr(numeral.offset, numeral.length));
    }
  }
}

void declare_cell(NumeralTrace& trace, const table::PublishedCell& cell, int scale) {
  if (const std::string figure = machine_text_of(cell, scale); !figure.empty()) trace.declare_numerals_in(figure);
  if (const auto* perturbed = std::get_if<table::Perturbed>(&cell)) trace.declare_numeral(std::to_string(perturbed->most_noise));
  if (const auto* rounded = std::get_if<table::Rounded>(&cell)) trace.declare_numeral(std::to_string(rounded->base));
}

void declare_published(NumeralTrace& trace, const table::PublishedPopulation& population) {
  trace.declare_phrase(population.space->label);
  for (table::VariableIndex i = 0; i < population.space->variables.size(); ++i) {
    const table::Variable& variable = population.space->variables[i];
    trace.declare_phrase(variable.label);
    trace.declare_phrase(variable.name);
    declare_hierarchy(trace, variable.hierarchy, population.space->period == i);
  }
  for (const table::PublishedTable& published : population.tables) {
    trace.declare_phrase(published.title);
    for (const table::PublishedCell& cell : published.cells) declare_cell(trace, cell, published.scale);
  }
  for (const table::PublishedStatement& statement : population.statements) trace.declare_phrase(statement.text);
}

void declare_records(NumeralTrace& trace, const table::PublishedRecords& records) {
  trace.declare_phrase(records.population_label);
  for (const table::RecordColumn& column : records.columns) {
    for (const std::string* text : {&column.name, &column.label, &column.asked_level, &column.level}) trace.declare_phrase(*text);
    for (const table::RecordCategory& category : column.categories) trace.declare_phrase(category.text);
  }
  for (const std::string& statement : records.statements) trace.declare_phrase(statement);
}

void declare_lines(NumeralTrace& trace, std::string_view text) {
  for (const std::string& line : base::split(text, '\n')) trace.declare_phrase(base::trimmed(line));
}

// "21.5" for 21.50.
std::string shortest(base::Decimal number) {
  std::string text = number.to_text();
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

void declare_sum(NumeralTrace& trace, const law::CostSum& sum) {
  for (const std::string& hours : {sum.hours.to_text(), shortest(sum.hours)}) trace.declare_phrase(hours + " hour");
  for (const std::string& pounds : {sum.pounds.to_text(), shortest(sum.pounds)}) trace.declare_phrase("£" + pounds);
}

// The limit and the rate are the law's; the hours are a person's estimate, and their sums are arithmetic that anybody can do.
void declare_costs(NumeralTrace& trace, const request::Case& the_case) {
  const law::Regime regime = law::regime_of(the_case.authority.regime);
  if (const auto limit = law::cost_limit(regime, the_case.authority.part)) {
    trace.declare_phrase(fmt::format("£{}", limit->limit_pounds));
    trace.declare_phrase(fmt::format("£{}", limit->rate_pounds));
  }
  std::vector<law::CostLine> lines;
  for (const request::CostItem& item : the_case.costs) {
    if (const auto activity = law::activity_of(item.activity)) lines.push_back({item.question, *activity, item.hours, item.pounds_an_hour});
  }
  const auto reading = law::read_cost(lines, regime, the_case.authority.part);
  if (!reading) return;
  declare_sum(trace, reading->all);
  for (const auto& [question, sum] : reading->by_question) declare_sum(trace, sum);
  for (const auto& [activity, sum] : reading->by_activity) declare_sum(trace, sum);
}

void declare_case(NumeralTrace& trace, const request::Case& the_case) {
  for (const std::string* text : {&the_case.reference, &the_case.subject, &the_case.authority.name, &the_case.authority.review_address,
                                  &the_case.authority.publisher_url, &the_case.authority.licence}) {
    trace.declare_phrase(*text);
  }
  declare_lines(trace, the_case.authority.address);
  trace.declare_numerals_in(the_case.request_text);
  for (const request::Question& question : the_case.questions) {
    trace.declare_numerals_in(question.text);
    for (const NumberWord& number : number_words_of(question.text)) trace.declare_numeral(number.digits);
    for (const request::Alternative& one : question.alternatives) trace.declare_numerals_in(one.text);
    trace.declare_phrase(question.counted_label);
    trace.declare_phrase(question.operation);
    for (const std::string& provision : question.decision.provisions) trace.declare_phrase(provision);
    for (const request::HeldDocument& document : question.documents) {
      trace.declare_phrase(document.title);
      trace.declare_phrase(document.version);
    }
  }
  declare_costs(trace, the_case);
  for (const request::OfficerFinding& finding : the_case.findings) {
    if (finding.kind != declared_figures_finding) continue;
    trace.declare_numerals_in(finding.text);
    for (const NumberWord& number : number_words_of(finding.text)) trace.declare_numeral(number.digits);
  }
}

// Codes and citations of the rule base, and the regulator's address.
void declare_law(NumeralTrace& trace, const request::Case& the_case, base::Date answered_on) {
  for (const law::Provision& provision : law::provisions()) {
    for (const std::string* text : {&provision.code, &provision.act, &provision.citation, &provision.title}) trace.declare_phrase(*text);
  }
  if (const auto regulator = law::regulator_on(law::regime_of(the_case.authority.regime), answered_on)) {
    trace.declare_phrase(regulator->name);
    trace.declare_phrase(regulator->address);
  }
}

}  // namespace

NumeralTrace declared_facts(const ReadableAnswer& answer) {
  NumeralTrace trace;
  for (const table::PublishedPopulation& population : *answer.order->published) declare_published(trace, population);
  for (const table::PublishedRecords& records : answer.records()) declare_records(trace, records);
  for (const std::string& text : answer.order->plan_notes) trace.declare_phrase(text);
  declare_case(trace, answer.the_case());
  declare_law(trace, answer.the_case(), answer.order->answered_on);
  for (const ReadableTable* table : answer.tables()) trace.declare_phrase(table->file_stem);
  trace.declare_phrase(answer.order->seal->draft_digest().to_hex());
  trace.declare_phrase(answer.order->seal->policy_digest().to_hex());
  for (const ReadableClaim& claim : answer.claims) {
    trace.declare_phrase(claim.intruder);
    trace.declare_phrase(claim.claim);
  }
  for (const std::string& mark : answer.order->seal->marks()) trace.declare_phrase(mark);
  return trace;
}

NumeralTrace declared_facts(const request::Case& the_case, base::Date written_on) {
  NumeralTrace trace;
  declare_case(trace, the_case);
  declare_law(trace, the_case, written_on);
  return trace;
}

base::Errors untraced_numerals(const request::Case& the_case, const std::vector<notice::FreeText>& texts, const NumeralTrace& trace) {
  base::Errors errors;
  for (const notice::FreeText& one : texts) {
    std::vector<std::string> strangers;
    for (const UntracedNumeral& numeral : trace.untraced_in(*one.text)) strangers.push_back(numeral.numeral);
    for (const NumberWord& number : number_words_of(*one.text)) {
      if (!trace.untraced_in(number.digits).empty()) strangers.push_back(number.word);
    }
    for (const std::string& stranger : strangers) {
      errors.push_back({base::Cause::wrong_input,
                        "release.untraced_digit",
                        {(the_case.folder / "case.toml").string()},
                        fmt::format("{}: '{}' is neither a published figure nor a declared fact", one.place, stranger),
                        "leave it out, or have a named person declare it: [[finding]] with kind = \"declared-figures\", text, by and on"});
    }
  }
  return errors;
}

base::Errors check_free_texts(const ReadableAnswer& answer, const NumeralTrace& trace) {
  return untraced_numerals(answer.the_case(), notice::free_texts_of(answer.the_case()), trace);
}

}  // namespace candour::release
