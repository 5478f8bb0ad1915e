#include <candour/release/coverage_notes.hpp>

#include <candour/base/text.hpp>
#include <candour/release/words.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::release {
namespace {

std::string label_of_period(const std::string& code, const table::AtomSpace* space) {
  if (space == nullptr || !space->period) return code;
  const table::Hierarchy& hierarchy = space->variables[*space->period].hierarchy;
  const auto node = hierarchy.find(code);
  return node ? hierarchy.label(*node) : code;
}

std::string sentence_of(table::CoverageStatus status, const std::string& operation) {
  switch (status) {
    case table::CoverageStatus::available: return "figures are given";
    case table::CoverageStatus::did_not_run: return fmt::format("{} did not run, so there was nothing to count", operation.empty() ? "this" : operation);
    case table::CoverageStatus::not_recorded: return "this was not recorded, so there is no figure";
    case table::CoverageStatus::over_cost_limit: return "finding the figures would cost more than the limit that the law sets, so they were not searched for";
    case table::CoverageStatus::withheld: return "the figures are withheld";
    case table::CoverageStatus::not_held: return "no figures are held";
  }
  return "no figures are held";
}

std::string with_full_stop(std::string_view text) {
  std::string sentence(base::trimmed(text));
  if (!sentence.empty() && std::string_view(".!?").find(sentence.back()) == std::string_view::npos) sentence += '.';
  return sentence;
}

std::string note_of(const table::CoverageStretch& stretch, const std::string& operation, const table::AtomSpace* space, const std::set<std::string>& symbols) {
  const std::string first = label_of_period(stretch.first_period, space);
  const std::string last = label_of_period(stretch.last_period, space);
  const std::string when = first == last ? first : first + " to " + last;
  std::string note = fmt::format("{}: {}.", when, sentence_of(stretch.status, operation));
  const std::string symbol(table::symbol_of(stretch.status));
  if (symbols.contains(symbol)) note += fmt::format(" Marked {}.", symbol);
  if (!base::trimmed(stretch.reason).empty()) note += " " + capitalised(with_full_stop(stretch.reason));
  return note;
}

}  // namespace

std::vector<std::string> coverage_notes(const request::Question& question, const table::AtomSpace* space, const std::set<std::string>& symbols) {
  std::vector<std::string> notes;
  for (const table::CoverageStretch& stretch : question.coverage) {
    if (stretch.status != table::CoverageStatus::available) notes.push_back(note_of(stretch, question.operation, space, symbols));
  }
  if (!notes.empty()) notes.emplace_back("Totals cover only the periods for which figures were counted.");
  return notes;
}

}  // namespace candour::release
