#include <candour/notice/facts.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace candour::notice {
namespace {

using request::Decision;
using request::Question;
using table::CoverageStatus;
using table::NodeIndex;

base::Error wrong(std::string_view code, std::string sentence, std::string hint = {}) {
  return {base::Cause::wrong_input, fmt::format("notice.{}", code), {}, std::move(sentence), std::move(hint)};
}

Fate fate_of_status(CoverageStatus status) {
  switch (status) {
    case CoverageStatus::available: return Fate::given;
    case CoverageStatus::did_not_run: return Fate::did_not_run;
    case CoverageStatus::not_recorded: return Fate::not_recorded;
    case CoverageStatus::over_cost_limit: return Fate::not_searched;
    case CoverageStatus::withheld: return Fate::withheld;
    case CoverageStatus::not_held: return Fate::not_held;
  }
  return Fate::not_held;
}

std::string lowered(std::string text) {
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && !(text[1] >= 'A' && text[1] <= 'Z')) text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

std::string in_words(const table::AtomSpace& space, table::VariableIndex index, int level) {
  const table::Variable& variable = space.variables[index];
  if (variable.hierarchy.depth() <= 1) return lowered(variable.label);
  if (space.period == index) return variable.hierarchy.level_name(level);
  if (variable.hierarchy.level_name(level) == variable.name) return lowered(variable.label);
  return fmt::format("{} ({})", lowered(variable.label), variable.hierarchy.level_name(level));
}

// One question laid over its population's tables.
class Follower {
 public:
  Follower(const table::PublishedPopulation& population, const Question& question, table::QuestionIndex index)
      : space_(*population.space), question_(question) {
    for (const table::PublishedTable& one : population.tables)
      if (one.design.question == index) tables_.push_back({&one, table::TableLayout(space_, one.design)});
    for (const auto& [name, level] : question.by) {
      const auto variable = space_.find_variable(name);
      if (!variable) continue;
      const int asked = space_.variables[*variable].hierarchy.find_level(level).value_or(space_.variables[*variable].hierarchy.depth());
      asked_.push_back({*variable, asked, space_.variables[*variable].hierarchy.nodes_at(asked)});
    }
    read_coverage();
  }

  base::Result<QuestionFacts> follow() {
    QuestionFacts facts;
    facts.question = question_.number;
    for (const Asked& asked : asked_) facts.asked_by.push_back(in_words(space_, asked.variable, asked.level));
    for (const Table& one : tables_) {
      GivenBreakdown given;
      for (const table::ShownVariable& shown : one.published->design.by) given.by.push_back(in_words(space_, shown.variable, shown.levels.back()));
      facts.given.push_back(std::move(given));
      facts.some_marked = facts.some_marked || std::ranges::any_of(one.published->cells, table::is_suppressed);
      facts.some_changed = facts.some_changed || std::ranges::any_of(one.published->cells, table::is_changed);
    }
    std::vector<std::size_t> at(asked_.size(), 0);
    do {
      CANDOUR_TRY(fate, fate_of_cell(at));
      ++facts.fates[fate];
      ++facts.asked;
      const std::string period = period_of(at);
      auto of_period = std::ranges::find(facts.periods, period, &PeriodFacts::period);
      if (of_period == facts.periods.end()) of_period = facts.periods.insert(facts.periods.end(), {period, {}});
      ++of_period->fates[fate];
    } while (advance(at));
    return facts;
  }

 private:
  struct Table {
    const table::PublishedTable* published;
    table::TableLayout layout;
  };
  struct Asked {
    table::VariableIndex variable;
    int level;
    std::vector<NodeIndex> nodes;
  };

  void read_coverage() {
    if (!space_.period) return;
    const table::Hierarchy& periods = space_.variables[*space_.period].hierarchy;
    status_.assign(periods.leaf_count(), CoverageStatus::available);
    for (const table::CoverageStretch& stretch : question_.coverage) {
      const auto first = periods.find(stretch.first_period);
      const auto last = periods.find(stretch.last_period);
      if (!first || !last) continue;
      for (table::LeafIndex leaf = periods.leaves(*first).first; leaf < periods.leaves(*last).end; ++leaf) status_[leaf] = stretch.status;
    }
  }

  std::string period_of(const std::vector<std::size_t>& at) const {
    for (std::size_t i = 0; i < asked_.size(); ++i)
      if (space_.period && asked_[i].variable == *space_.period) return space_.variables[*space_.period].hierarchy.label(asked_[i].nodes[at[i]]);
    return {};
  }

  bool advance(std::vector<std::size_t>& at) const {
    for (std::size_t i = at.size(); i-- > 0;) {
      if (++at[i] < asked_[i].nodes.size()) return true;
      at[i] = 0;
    }
    return false;
  }

  // Why a cell has no figure in its period; `available` if at least one of its periods is counted.
  CoverageStatus status_of(const std::vector<std::size_t>& at) const {
    CoverageStatus status = CoverageStatus::available;
    if (status_.empty()) return status;
    table::LeafRange leaves{0, static_cast<table::LeafIndex>(status_.size())};
    for (std::size_t i = 0; i < asked_.size(); ++i)
      if (asked_[i].variable == *space_.period) leaves = space_.variables[*space_.period].hierarchy.leaves(asked_[i].nodes[at[i]]);
    for (table::LeafIndex leaf = leaves.first; leaf < leaves.end; ++leaf) {
      if (status_[leaf] == CoverageStatus::available) return CoverageStatus::available;
      if (status == CoverageStatus::available) status = status_[leaf];
    }
    return status;
  }

  const table::PublishedCell* find_cell(const Table& one, const std::vector<std::size_t>& at) const {
    std::vector<NodeIndex> nodes;
    std::size_t used = 0;
    for (const table::ShownVariable& shown : one.published->design.by) {
      const auto asked = std::ranges::find(asked_, shown.variable, &Asked::variable);
      if (asked != asked_.end()) ++used;
      nodes.push_back(asked == asked_.end() ? 0 : asked->nodes[at[static_cast<std::size_t>(asked - asked_.begin())]]);
    }
    if (used != asked_.size()) return nullptr;
    const auto cell = one.layout.find(nodes);
    return cell && *cell < one.published->cells.size() ? &one.published->cells[*cell] : nullptr;
  }

  base::Result<Fate> fate_of_cell(const std::vector<std::size_t>& at) const {
    const CoverageStatus status = status_of(at);
    bool figure = false, exact = false;
    bool no_figure = false;
    for (const Table& one : tables_) {
      const table::PublishedCell* cell = find_cell(one, at);
      if (cell == nullptr) continue;
      exact = exact || std::holds_alternative<table::Value>(*cell);
      figure = figure || exact || table::is_changed(*cell);
      no_figure = no_figure || std::holds_alternative<table::NotAvailable>(*cell) || std::holds_alternative<table::NotApplicable>(*cell);
    }
    if (status != CoverageStatus::available && figure)
      return base::fail(wrong("contradiction",
                              fmt::format("question {} has a figure in a period that the case calls '{}'", question_.number, table::word_of(status)),
                              "correct the coverage of the question"));
    if (status == CoverageStatus::available && no_figure)
      return base::fail(wrong("contradiction",
                              fmt::format("question {} is marked as without figures in a period that the case calls available", question_.number),
                              "correct the coverage of the question"));
    if (status != CoverageStatus::available) return fate_of_status(status);
    return exact ? Fate::given : Fate::withheld_in_detail;  // beside a rounded figure, or one with noise, the exact one is withheld
  }

  const table::AtomSpace& space_;
  const Question& question_;
  std::vector<Table> tables_;
  std::vector<Asked> asked_;
  std::vector<CoverageStatus> status_;
};

// Records that go out one by one are one thing asked for: given, or given with less than was asked.
base::Result<QuestionFacts> facts_of_records(const Question& question, const std::vector<table::PublishedRecords>& records) {
  const auto given = std::ranges::find(records, question.number, &table::PublishedRecords::question);
  if (given == records.end())
    return base::fail(wrong("unaccounted", fmt::format("question {} asks for records, and none are given", question.number),
                            "candour answer --microdata gives them; or record a decision in the case"));
  QuestionFacts facts;
  facts.question = question.number;
  facts.asked = 1;
  facts.fates[given->is_as_asked() ? Fate::given : Fate::withheld_in_detail] = 1;
  facts.of_records = given->statements;
  facts.given.push_back({});
  for (const table::RecordColumn& column : given->columns) {
    facts.asked_by.push_back(lowered(column.label));
    if (column.is_shown()) facts.given.front().by.push_back(lowered(column.label));
  }
  facts.periods = {{{}, facts.fates}};
  return facts;
}

base::Result<QuestionFacts> facts_of_question(const Question& question, const std::vector<table::PublishedPopulation>& published,
                                              const std::vector<table::PublishedRecords>& records) {
  if (request::gives_records(question)) return facts_of_records(question, records);
  const bool figures = question.kind == request::QuestionKind::statistics && question.decision.decision == Decision::given;
  if (!figures) {
    QuestionFacts facts;
    facts.question = question.number;
    facts.asked = 1;
    facts.fates[fate_of(question.decision.decision)] = 1;
    facts.periods = {{{}, facts.fates}};
    return facts;
  }
  for (const table::PublishedPopulation& population : published)
    if (const auto index = population.space->find_question(question.number)) return Follower(population, question, *index).follow();
  return base::fail(wrong("unaccounted", fmt::format("question {} asks for figures that no table gives and nothing explains", question.number),
                          "record a decision in the case, or answer it"));
}

}  // namespace

Fate fate_of(request::Decision decision) {
  switch (decision) {
    case Decision::given: return Fate::given;
    case Decision::withheld: return Fate::withheld;
    case Decision::not_held: return Fate::not_held;
    case Decision::not_searched: return Fate::not_searched;
    case Decision::referred: return Fate::referred;
    case Decision::intended_for_publication: return Fate::intended_for_publication;
    case Decision::neither_confirmed_nor_denied: return Fate::neither_confirmed_nor_denied;
    case Decision::decision_pending: return Fate::decision_pending;
    case Decision::other_regime: return Fate::other_regime;
    case Decision::outside_scope: return Fate::outside_scope;
  }
  return Fate::withheld;
}

std::string_view word_of(Fate fate) {
  switch (fate) {
    case Fate::given: return "given";
    case Fate::withheld: return "withheld";
    case Fate::withheld_in_detail: return "withheld-in-detail";
    case Fate::not_searched: return "not-searched";
    case Fate::neither_confirmed_nor_denied: return "neither-confirmed-nor-denied";
    case Fate::decision_pending: return "decision-pending";
    case Fate::other_regime: return "other-regime";
    case Fate::referred: return "referred";
    case Fate::intended_for_publication: return "intended-for-publication";
    case Fate::not_held: return "not-held";
    case Fate::not_recorded: return "not-recorded";
    case Fate::did_not_run: return "did-not-run";
    case Fate::outside_scope: return "outside-scope";
  }
  return "withheld";
}

bool QuestionFacts::has(Fate fate) const {
  const auto found = fates.find(fate);
  return found != fates.end() && found->second > 0;
}

base::ResultOrErrors<std::vector<QuestionFacts>> facts_of(const request::Case& the_case, const std::vector<table::PublishedPopulation>& published,
                                                          const std::vector<table::PublishedRecords>& records) {
  std::vector<QuestionFacts> all;
  base::Errors errors;
  for (const Question& question : the_case.questions) {
    auto facts = facts_of_question(question, published, records);
    if (facts) all.push_back(std::move(*facts));
    else errors.push_back(std::move(facts).error());
  }
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  return all;
}

}  // namespace candour::notice
