#include <candour/request/reading.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::request {
namespace {

using base::Setting;
using table::CoverageStatus;
using table::CoverageStretch;
using table::LeafRange;

CoverageStatus status_of(std::string_view word) {
  for (const CoverageStatus status : {CoverageStatus::did_not_run, CoverageStatus::not_recorded, CoverageStatus::over_cost_limit, CoverageStatus::withheld})
    if (word == table::word_of(status)) return status;
  return CoverageStatus::not_held;
}

// The leaves from one period to another; periods of any level. Nothing if one is unknown, the total, or in the wrong order.
std::optional<LeafRange> leaves_between(const table::Hierarchy& periods, std::string_view first, std::string_view last) {
  const auto from = periods.find(first);
  const auto to = periods.find(last);
  if (!from || !to || periods.level(*from) == 0 || periods.level(*to) == 0) return std::nullopt;
  const LeafRange range{periods.leaves(*from).first, periods.leaves(*to).end};
  if (range.first >= range.end) return std::nullopt;
  return range;
}

std::optional<LeafRange> checked_leaves(const Setting& table, const table::Hierarchy& periods, Mistakes& mistakes) {
  const std::string first = table.text_of("first");
  const std::string last = table.text_of("last");
  std::vector<std::string> codes;
  for (table::NodeIndex node = 1; node < periods.size(); ++node) codes.push_back(periods.code(node));
  bool known = true;
  for (const std::string_view key : {"first", "last"}) {
    if (std::ranges::find(codes, table.text_of(key)) != codes.end()) continue;
    mistakes.add_unknown(table.line_of(key), "unknown_period", fmt::format("period of '{}'", periods.name()), table.text_of(key), codes);
    known = false;
  }
  if (!known) return std::nullopt;
  const auto range = leaves_between(periods, first, last);
  if (!range)
    mistakes.add(table.line_of("last"), "period_order", fmt::format("the stretch goes from {} to {}, expected the last period after the first", first, last));
  return range;
}

// What is said of each leaf: an index into the stretches.
using Sayings = std::vector<std::optional<std::size_t>>;

std::vector<CoverageStretch> as_stretches(const Sayings& sayings, const std::vector<CoverageStretch>& said, const table::Hierarchy& periods) {
  std::vector<CoverageStretch> stretches;
  for (table::LeafIndex leaf = 0; leaf < sayings.size(); ++leaf) {
    if (!sayings[leaf]) continue;
    const std::string& code = periods.code(periods.node_of_leaf(leaf));
    const bool goes_on = leaf > 0 && sayings[leaf - 1] == sayings[leaf];
    if (!goes_on) stretches.push_back({said[*sayings[leaf]].status, code, code, said[*sayings[leaf]].reason});
    stretches.back().last_period = code;
  }
  return stretches;
}

void say_own(const Setting& table, const Question& question, const table::Hierarchy& periods, Sayings& sayings, std::vector<CoverageStretch>& said,
             Mistakes& mistakes) {
  for (const Setting* each : table.tables_of("coverage")) {
    const auto range = checked_leaves(*each, periods, mistakes);
    if (!range) continue;
    said.push_back({status_of(each->text_of("status")), {}, {}, each->text_of("reason")});
    bool overlaps = false;
    for (table::LeafIndex leaf = range->first; leaf < range->end; ++leaf) {
      overlaps = overlaps || sayings[leaf].has_value();
      sayings[leaf] = said.size() - 1;
    }
    if (overlaps)
      mistakes.add(each->line, "coverage_overlap",
                   fmt::format("question {} says two things about a period between {} and {}, expected stretches that do not overlap", question.number,
                               each->text_of("first"), each->text_of("last")));
  }
}

void say_did_not_run(const Setting& top, const Case& the_case, const Question& question, const table::Hierarchy& periods, Sayings& sayings,
                     std::vector<CoverageStretch>& said, Mistakes& mistakes) {
  for (const Setting* each : top.tables_of("did_not_run")) {
    if (each->text_of("operation", the_case.subject) != question.operation) continue;
    const auto range = checked_leaves(*each, periods, mistakes);
    if (!range) continue;
    said.push_back({CoverageStatus::did_not_run, {}, {}, each->text_of("reason")});
    for (table::LeafIndex leaf = range->first; leaf < range->end; ++leaf) sayings[leaf] = said.size() - 1;
  }
}

bool did_not_run(const Question& question, const Sayings& sayings, table::LeafIndex leaf) {
  return sayings[leaf] && question.coverage[*sayings[leaf]].status == CoverageStatus::did_not_run;
}

// An operation that did not run for one question did not run for any other question about it.
void check_agreement(const Question& a, std::uint64_t line_a, const Question& b, const table::Hierarchy& periods, Mistakes& mistakes) {
  const Sayings of_a = stretch_of_leaves(periods, a.coverage);
  const Sayings of_b = stretch_of_leaves(periods, b.coverage);
  for (table::LeafIndex leaf = 0; leaf < periods.leaf_count(); ++leaf) {
    if (!did_not_run(a, of_a, leaf) || did_not_run(b, of_b, leaf)) continue;
    const std::string word(of_b[leaf] ? table::word_of(b.coverage[*of_b[leaf]].status) : table::word_of(CoverageStatus::available));
    mistakes.add(line_a, "coverage_contradiction",
                 fmt::format("question {} says that '{}' did not run in {}, question {} says '{}' of that period; expected the same of both", a.number,
                             a.operation, periods.code(periods.node_of_leaf(leaf)), b.number, word),
                 "say it once as [[did_not_run]], or give the questions an operation of their own");
    return;
  }
}

// A month cannot be staffed and not run.
void check_staffed(const Setting& top, Case& the_case, const std::vector<const CaseVariable*>& periods, Mistakes& mistakes) {
  for (const Setting* each : top.tables_of("staffed")) {
    the_case.staffed.push_back({each->text_of("first"), each->text_of("last"), each->text_of("operation", the_case.subject), each->text_of("text")});
    const StaffedStretch& staffed = the_case.staffed.back();
    bool known = false;
    for (std::size_t q = 0; q < periods.size(); ++q) {
      if (periods[q] == nullptr || the_case.questions[q].operation != staffed.operation) continue;
      const table::Hierarchy& hierarchy = periods[q]->variable.hierarchy;
      const auto range = known ? leaves_between(hierarchy, staffed.first, staffed.last) : checked_leaves(*each, hierarchy, mistakes);
      known = true;
      if (!range) break;
      const Sayings sayings = stretch_of_leaves(hierarchy, the_case.questions[q].coverage);
      const auto contradicts = [&](table::LeafIndex leaf) { return did_not_run(the_case.questions[q], sayings, leaf); };
      table::LeafIndex leaf = range->first;
      while (leaf < range->end && !contradicts(leaf)) ++leaf;
      if (leaf == range->end) continue;
      mistakes.add(each->line, "staffed_and_not_run",
                   fmt::format("'{}' is said to be staffed and not to have run in {}, expected one of the two", staffed.operation,
                               hierarchy.code(hierarchy.node_of_leaf(leaf))),
                   "correct [[staffed]], [[did_not_run]] or the coverage of the question");
      break;
    }
    if (!known)
      mistakes.add(each->line, "unknown_operation",
                   fmt::format("no question with periods is about '{}', expected the operation of a question", staffed.operation));
  }
}

}  // namespace

std::vector<std::optional<std::size_t>> stretch_of_leaves(const table::Hierarchy& periods, std::span<const CoverageStretch> stretches) {
  Sayings sayings(periods.leaf_count());
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const auto range = leaves_between(periods, stretches[i].first_period, stretches[i].last_period);
    if (!range) continue;
    for (table::LeafIndex leaf = range->first; leaf < range->end; ++leaf) sayings[leaf] = i;
  }
  return sayings;
}

void read_coverage(const Setting& top, Case& the_case, Mistakes& mistakes) {
  const auto tables = top.tables_of("question");
  std::vector<const CaseVariable*> periods(the_case.questions.size(), nullptr);
  std::vector<std::string> operations;
  for (std::size_t q = 0; q < the_case.questions.size(); ++q) {
    Question& question = the_case.questions[q];
    if (question.kind != QuestionKind::statistics) continue;
    operations.push_back(question.operation);
    const CasePopulation* population = find_population(the_case, question.population);
    if (population == nullptr) continue;
    periods[q] = period_of(the_case, *population);
    if (periods[q] == nullptr) {
      if (tables[q]->find("coverage") != nullptr)
        mistakes.add(tables[q]->line_of("coverage"), "coverage_without_period",
                     fmt::format("question {} has coverage, expected a period variable in population '{}'", question.number, population->id),
                     "a variable of months is one, or say is_period = true");
      continue;
    }
    const table::Hierarchy& hierarchy = periods[q]->variable.hierarchy;
    Sayings sayings(hierarchy.leaf_count());
    std::vector<CoverageStretch> said;
    say_own(*tables[q], question, hierarchy, sayings, said, mistakes);
    say_did_not_run(top, the_case, question, hierarchy, sayings, said, mistakes);
    question.coverage = as_stretches(sayings, said, hierarchy);
  }
  for (const Setting* each : top.tables_of("did_not_run"))
    if (const std::string operation = each->text_of("operation", the_case.subject); std::ranges::find(operations, operation) == operations.end())
      mistakes.add_unknown(each->line, "unknown_operation", "operation of a question", operation, operations);
  for (std::size_t a = 0; a < periods.size(); ++a)
    for (std::size_t b = 0; b < periods.size(); ++b)
      if (a != b && periods[a] != nullptr && periods[a] == periods[b] && the_case.questions[a].operation == the_case.questions[b].operation)
        check_agreement(the_case.questions[a], tables[a]->line, the_case.questions[b], periods[a]->variable.hierarchy, mistakes);
  check_staffed(top, the_case, periods, mistakes);
}

}  // namespace candour::request
