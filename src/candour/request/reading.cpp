#include <candour/request/reading.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::request {

void Mistakes::add(std::uint64_t line, std::string_view code, std::string sentence, std::string hint) {
  errors_.push_back({base::Cause::wrong_input, fmt::format("case.{}", code), {file_, line}, std::move(sentence), std::move(hint)});
}

void Mistakes::add_unknown(std::uint64_t line, std::string_view code, std::string_view what, std::string_view found, std::span<const std::string> names) {
  const auto nearest = base::nearest_word(found, names);
  std::string hint = fmt::format("there is no {}", what);
  if (!names.empty()) hint = names.size() <= 12 ? fmt::format("known: {}", base::listed(names)) : fmt::format("{} are known", names.size());
  if (nearest) hint = fmt::format("did you mean '{}'?", *nearest);
  const bool vowel = std::string_view("aeiou").find(what.front()) != std::string_view::npos;
  add(line, code, fmt::format("found '{}', expected the name of {} {}", found, vowel ? "an" : "a", what), std::move(hint));
}

base::Errors Mistakes::take() {
  std::ranges::stable_sort(errors_, {}, [](const base::Error& error) { return error.place.line; });
  // What stands once in the file and concerns several questions is said once.
  const auto same = [](const base::Error& a, const base::Error& b) { return a.place.line == b.place.line && a.sentence == b.sentence; };
  errors_.erase(std::unique(errors_.begin(), errors_.end(), same), errors_.end());
  return std::move(errors_);
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= 40 && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

const CasePopulation* find_population(const Case& the_case, std::string_view id) {
  const auto found = std::ranges::find(the_case.populations, id, &CasePopulation::id);
  return found == the_case.populations.end() ? nullptr : &*found;
}

const CaseHolding* find_holding(const Case& the_case, std::string_view id) {
  const auto found = std::ranges::find(the_case.holdings, id, &CaseHolding::id);
  return found == the_case.holdings.end() ? nullptr : &*found;
}

const CaseVariable* find_variable(const Case& the_case, std::string_view name) {
  const auto found = std::ranges::find(the_case.variables, name, [](const CaseVariable& v) -> std::string_view { return v.variable.name; });
  return found == the_case.variables.end() ? nullptr : &*found;
}

const Question* find_question(const Case& the_case, std::string_view number) {
  const auto found = std::ranges::find(the_case.questions, number, &Question::number);
  return found == the_case.questions.end() ? nullptr : &*found;
}

const CaseVariable* period_of(const Case& the_case, const CasePopulation& population) {
  for (const std::string& name : population.variables)
    if (const CaseVariable* variable = find_variable(the_case, name); variable != nullptr && variable->is_period) return variable;
  return nullptr;
}

bool gives_records(const Question& question) { return question.kind == QuestionKind::records && question.decision.decision == Decision::given; }

bool gives_figures(const Question& question) { return question.kind == QuestionKind::statistics && question.decision.decision == Decision::given; }

}  // namespace candour::request
