#include <candour/release/question_summary.hpp>

#include <candour/base/text.hpp>
#include <candour/release/kept_words.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace candour::release {
namespace {

int asked_level(const table::Hierarchy& hierarchy, const std::string& level_name) { return hierarchy.find_level(level_name).value_or(hierarchy.depth()); }

std::string asked_breakdown(const table::AtomSpace& space, const request::Question& question) {
  std::vector<std::string> parts;
  for (const auto& [name, level] : question.by) {
    const auto variable = space.find_variable(name);
    parts.push_back(variable ? described(space, *variable, asked_level(space.variables[*variable].hierarchy, level)) : name);
  }
  return base::listed(parts);
}

// True where one table crosses all that was asked for, at the levels asked.
bool shows_all_that_was_asked(const request::Question& question, const ReadableTable& readable) {
  return std::all_of(question.by.begin(), question.by.end(), [&](const auto& asked) {
    const auto variable = readable.space->find_variable(asked.first);
    if (!variable) return false;
    const int level = asked_level(readable.space->variables[*variable].hierarchy, asked.second);
    const auto& by = readable.published->design.by;
    return std::any_of(by.begin(), by.end(), [&](const table::ShownVariable& shown) { return shown.variable == *variable && shown.levels.back() >= level; });
  });
}

std::set<CellReading> readings_of(const std::vector<ReadableTable>& tables) {
  std::set<CellReading> readings;
  for (const ReadableTable& readable : tables) {
    for (const table::PublishedCell& cell : readable.published->cells) readings.insert(reading_of(cell));
  }
  return readings;
}

Outcome outcome_without_figures(const request::Question& question, const std::set<CellReading>& readings) {
  if (readings.contains(CellReading::withheld)) return Outcome::withheld;
  const auto has = [&](table::CoverageStatus status) {
    return std::any_of(question.coverage.begin(), question.coverage.end(), [&](const table::CoverageStretch& stretch) { return stretch.status == status; });
  };
  if (has(table::CoverageStatus::withheld)) return Outcome::withheld;
  if (has(table::CoverageStatus::over_cost_limit)) return Outcome::not_searched;
  if (has(table::CoverageStatus::not_recorded) || has(table::CoverageStatus::not_held)) return Outcome::not_held;
  return has(table::CoverageStatus::did_not_run) ? Outcome::not_run : Outcome::withheld;
}

std::string sentence_without_tables(Outcome outcome) {
  switch (outcome) {
    case Outcome::given: return "The information is given below.";
    case Outcome::given_in_part: return "Part of the information is given below.";
    case Outcome::withheld: return "The information is held and withheld; the reasons are in the notice.";
    case Outcome::not_held: return "This information is not held.";
    case Outcome::not_run: return "Nothing ran in the periods asked about, so there was nothing to count.";
    case Outcome::not_searched: return "Finding this information would cost more than the limit that the law sets, so it was not searched for.";
    case Outcome::referred: return "This information can already be had elsewhere; the notice says where.";
    case Outcome::intended_for_publication: return "This information is held and intended for publication; the notice says more.";
    case Outcome::neither_confirmed_nor_denied: return "It is neither confirmed nor denied that this information is held.";
    case Outcome::decision_pending: return "The public interest is still being weighed; the notice says when a decision is expected.";
    case Outcome::other_regime: return "This part of the request is handled under other law; the notice says which.";
    case Outcome::outside_scope: return "This part asks for nothing that is recorded, or was taken out of the request; the notice says more.";
  }
  return {};
}

void append_branch(const request::Question& question, std::vector<std::string>& summary) {
  const auto taken =
      std::find_if(question.alternatives.begin(), question.alternatives.end(), [&](const request::Alternative& one) { return one.id == question.branch; });
  if (taken == question.alternatives.end()) return;
  summary.push_back(fmt::format("The request offered alternatives. The one answered: {}{}", taken->text, taken->text.ends_with('.') ? "" : "."));
  if (!question.branch_reason.empty()) summary.push_back(question.branch_reason);
}

// Each version that is held: a draft is recorded information.
void append_documents(const request::Question& question, std::vector<std::string>& summary) {
  for (const request::HeldDocument& document : question.documents) {
    const std::string status = document.status == "under-review" ? "under review" : document.status;
    summary.push_back(fmt::format("Held: {}, version: {}, status: {}{}.{}", document.title, document.version, status,
                                  document.last_changed ? fmt::format(", last changed on {}", base::to_words(*document.last_changed)) : "",
                                  document.file.empty() ? "" : fmt::format(" It comes as the file {}.", document.file.filename().string())));
  }
}

void append_narrowing(const request::Question& question, std::vector<std::string>& summary) {
  if (question.answered_only_for.empty()) return;
  summary.push_back(fmt::format("Answered only for: {}. {}", question.answered_only_for, question.answered_only_because));
}

}  // namespace

std::string breakdown_of(const table::AtomSpace& space, const table::TableDesign& design) {
  std::vector<std::string> variables;
  for (const table::ShownVariable& shown : design.by) variables.push_back(described(space, shown.variable, shown.levels.back()));
  return variables.empty() ? "the total alone" : "by " + base::listed(variables);
}

Outcome outcome_of(const request::Question& question, const std::vector<ReadableTable>& tables) {
  switch (question.decision.decision) {
    case request::Decision::given: break;
    case request::Decision::withheld: return Outcome::withheld;
    case request::Decision::not_held: return Outcome::not_held;
    case request::Decision::not_searched: return Outcome::not_searched;
    case request::Decision::referred: return Outcome::referred;
    case request::Decision::intended_for_publication: return Outcome::intended_for_publication;
    case request::Decision::neither_confirmed_nor_denied: return Outcome::neither_confirmed_nor_denied;
    case request::Decision::decision_pending: return Outcome::decision_pending;
    case request::Decision::other_regime: return Outcome::other_regime;
    case request::Decision::outside_scope: return Outcome::outside_scope;
  }
  if (question.kind != request::QuestionKind::statistics) return Outcome::given;
  const std::set<CellReading> readings = readings_of(tables);
  if (!readings.contains(CellReading::figure)) return outcome_without_figures(question, readings);
  const bool all_figures = readings.size() == 1;
  const bool all_exact = std::none_of(tables.begin(), tables.end(), [](const ReadableTable& one) {
    return std::any_of(one.published->cells.begin(), one.published->cells.end(), table::is_changed);
  });
  const bool as_asked = std::any_of(tables.begin(), tables.end(), [&](const ReadableTable& one) { return shows_all_that_was_asked(question, one); });
  return all_figures && all_exact && as_asked ? Outcome::given : Outcome::given_in_part;
}

std::vector<std::string> summary_of(const request::Question& question, Outcome outcome, const std::vector<ReadableTable>& tables) {
  std::vector<std::string> summary;
  append_branch(question, summary);
  append_narrowing(question, summary);
  if (question.kind == request::QuestionKind::explanation && outcome == Outcome::given) {
    summary.push_back(question.explanation);
    return summary;
  }
  if (question.kind == request::QuestionKind::document && outcome == Outcome::given) {
    summary.push_back(fmt::format("The document is given: {}.", question.document));
    append_documents(question, summary);
    return summary;
  }
  if (tables.empty()) {
    summary.push_back(sentence_without_tables(outcome));
    if (outcome == Outcome::intended_for_publication) append_documents(question, summary);
    return summary;
  }
  const table::AtomSpace& space = *tables.front().space;
  if (!question.by.empty()) summary.push_back(fmt::format("Asked for: by {}{}.", asked_breakdown(space, question), question.by.size() > 1 ? ", together" : ""));
  std::vector<std::string> given;
  for (const ReadableTable& one : tables) given.push_back(fmt::format("{} (Table {})", breakdown_of(space, one.published->design), one.number));
  summary.push_back(fmt::format("Given: {}.", base::joined(given, "; ")));
  return summary;
}

namespace {

bool shows_all_of(const table::TableDesign& design, const table::TableDesign& other) {
  return std::all_of(other.by.begin(), other.by.end(), [&](const table::ShownVariable& shown) {
    return std::any_of(design.by.begin(), design.by.end(),
                       [&](const table::ShownVariable& own) { return own.variable == shown.variable && own.levels.back() >= shown.levels.back(); });
  });
}

}  // namespace

std::vector<std::string> kept_words_of(const request::Question& question, Outcome outcome, const std::vector<ReadableTable>& tables) {
  if (tables.empty() || question.by.empty() || outcome == Outcome::given) return {};
  const table::AtomSpace& space = *tables.front().space;
  std::vector<AskedVariable> asked;
  for (const auto& [name, level] : question.by)
    if (const auto variable = space.find_variable(name)) asked.push_back({*variable, asked_level(space.variables[*variable].hierarchy, level)});
  std::vector<const table::TableDesign*> designs;
  std::vector<const table::PublishedTable*> published;
  for (const ReadableTable& one : tables) {
    designs.push_back(&one.published->design);
    published.push_back(one.published);
  }
  // Of the others none shows all of another: a table that does stands beside them with marks.
  const table::TableDesign* marked = nullptr;
  if (std::any_of(designs.begin(), designs.end() - 1, [&](const auto* other) { return shows_all_of(*designs.back(), *other); })) {
    marked = designs.back();
    designs.pop_back();
  }
  std::vector<std::string> words;
  for (const std::string& kept : kept_of(space, asked, designs, marked)) words.push_back(capitalised(kept) + ".");
  for (std::string& sentence : treatment_of(published)) words.push_back(std::move(sentence));
  return words;
}

}  // namespace candour::release
