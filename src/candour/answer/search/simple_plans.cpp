#include <candour/answer/search/simple_plans.hpp>

#include <algorithm>
#include <utility>

namespace candour::answer {
namespace {

constexpr std::size_t most_margins_together = 40;  // beyond, there would be too many plans of several questions to go through

bool are_needed(const AskedMargins& asked) {
  std::size_t margins = 0;
  for (const QuestionMargins& question : asked.questions()) margins += question.size();
  return asked.size() >= 2 && margins > most_margins_together;
}

}  // namespace

SimplePlans::SimplePlans(const AskedMargins& asked, const ShownMargins& finest) {
  if (!are_needed(asked)) return;
  for (std::size_t q = 0; q < asked.size(); ++q) {
    std::set<MarginSet> sets{asked[q].none()};
    for (std::size_t i = 0; i < asked[q].size(); ++i)
      for (const auto crossing : {protect::Crossing::one_way, protect::Crossing::pairs, protect::Crossing::full_cross}) {
        MarginSet set = asked[q].set_of(protect::plan_of(crossing, asked[q].margin(i)));
        if (contains(finest[q], set)) sets.insert(std::move(set));
      }
    of_question_.emplace_back(sets.begin(), sets.end());
  }
}

// Strictly below one plan of the question; of all without one.
std::vector<MarginSet> SimplePlans::largest(std::size_t question, const MarginSet* above) const {
  std::vector<MarginSet> inside;
  for (const MarginSet& set : of_question_[question])
    if (above == nullptr || (set != *above && contains(*above, set))) inside.push_back(set);
  std::vector<MarginSet> largest;
  for (const MarginSet& set : inside)
    if (std::none_of(inside.begin(), inside.end(), [&](const MarginSet& other) { return other != set && contains(other, set); })) largest.push_back(set);
  return largest;
}

std::vector<ShownMargins> SimplePlans::tops() const {
  if (empty()) return {};
  std::vector<ShownMargins> tops{{}};
  for (std::size_t q = 0; q < of_question_.size(); ++q) {
    std::vector<ShownMargins> longer;
    for (const MarginSet& set : largest(q, nullptr))
      for (ShownMargins top : tops) {
        top.push_back(set);
        longer.push_back(std::move(top));
      }
    tops = std::move(longer);
  }
  return tops;
}

std::vector<ShownMargins> SimplePlans::below(const ShownMargins& shown, const std::set<std::size_t>& questions) const {
  std::vector<ShownMargins> all;
  for (const std::size_t q : questions)
    for (MarginSet& set : largest(q, &shown[q])) {
      all.push_back(shown);
      all.back()[q] = std::move(set);
    }
  return all;
}

}  // namespace candour::answer
