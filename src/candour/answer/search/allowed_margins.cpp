#include <candour/answer/search/allowed_margins.hpp>

#include <algorithm>
#include <utility>

namespace candour::answer {
namespace {

// Where a question shows a variable; the number of its variables if it does not.
std::size_t place_of(table::VariableIndex variable, const std::vector<table::ShownVariable>& by) {
  return static_cast<std::size_t>(std::find_if(by.begin(), by.end(), [&](const auto& shown) { return shown.variable == variable; }) - by.begin());
}

MarginSet margins_without_crossing(const QuestionMargins& question, const Pins& pins) {
  const auto& by = question.asked().by;
  MarginSet allowed(question.size(), true);
  for (const auto& [a, b] : pins.never_crossed) {
    const std::size_t first = place_of(a, by), second = place_of(b, by);
    if (first == by.size() || second == by.size()) continue;
    for (std::size_t i = 0; i < allowed.size(); ++i)
      if (question.margin(i)[first] > 0 && question.margin(i)[second] > 0) allowed[i] = false;
  }
  return allowed;
}

}  // namespace

AllowedMargins::AllowedMargins(const Pins& pins, const AskedMargins& asked) {
  for (std::size_t q = 0; q < asked.size(); ++q) {
    allowed_.push_back(margins_without_crossing(asked[q], pins));
    const auto& by = asked[q].asked().by;
    for (const table::VariableIndex kept : pins.kept) {
      const std::size_t place = place_of(kept, by);
      if (place == by.size()) continue;
      protect::Margin alone(by.size(), 0);
      alone[place] = by[place].levels.back();
      kept_.push_back({q, asked[q].find(std::move(alone))});
    }
  }
}

bool AllowedMargins::keeps_all(const ShownMargins& shown) const {
  return std::all_of(kept_.begin(), kept_.end(), [&](MarginOfQuestion margin) { return shown[margin.question][margin.margin]; });
}

bool AllowedMargins::allows(const ShownMargins& shown) const {
  for (std::size_t q = 0; q < shown.size(); ++q)
    for (std::size_t i = 0; i < shown[q].size(); ++i)
      if (shown[q][i] && !may_show({q, i})) return false;
  return keeps_all(shown);
}

}  // namespace candour::answer
