#include <candour/answer/search/exact_plans.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace candour::answer {

base::Result<std::optional<SafePlan>> ExactPlans::next_safe(SearchLimits& limits, Wanted wanted, std::size_t most_tries) {
  while (!frontier_.empty() && most_tries-- > 0 && !limits.reached()) {
    const OpenPlan open = frontier_.pop();
    setting_.show_progress(fmt::format("at most {:.1f} % of the detail", 1e-7 * static_cast<double>(open.detail.share())));
    if (is_in_front(open.shown)) continue;
    CANDOUR_TRY(found, look_at(open, wanted));
    if (found) return found;
  }
  return std::optional<SafePlan>();
}

// A plan that is not safe makes room for those below it.
base::Result<std::optional<SafePlan>> ExactPlans::look_at(const OpenPlan& open, Wanted wanted) {
  if (const auto* leak = known_leak(open.shown)) {
    frontier_.push_without_one_of(open.shown, *leak);
    return std::optional<SafePlan>();
  }
  const protect::Plan plan = setting_.asked.plan_of(open.shown);
  CANDOUR_TRY(judged, setting_.judge.judge(plan));
  if (judged.verdict == PlanVerdict::leaks) {
    frontier_.push_without_one_of(open.shown, judged.leaking);
    leaks_.push_back(std::move(judged.leaking));
    return std::optional<SafePlan>();
  }
  if (judged.verdict == PlanVerdict::safe) {
    if (wanted == Wanted::verdict) return std::optional(SafePlan{open.shown, open.detail, std::nullopt});
    CANDOUR_TRY(draft, setting_.judge.draft(plan));
    if (draft) return std::optional(SafePlan{open.shown, open.detail, std::move(draft)});
  }
  frontier_.push_without_one_of(open.shown, setting_.asked.finest(open.shown));
  return std::optional<SafePlan>();
}

void ExactPlans::go_on_below(const ShownMargins& refused) {
  front_.clear();
  frontier_.push_without_one_of(refused, setting_.asked.finest(refused));
}

const std::vector<MarginOfQuestion>* ExactPlans::known_leak(const ShownMargins& shown) const {
  for (const auto& leak : leaks_)
    if (std::all_of(leak.begin(), leak.end(), [&](MarginOfQuestion margin) { return shown[margin.question][margin.margin]; })) return &leak;
  return nullptr;
}

bool ExactPlans::is_in_front(const ShownMargins& shown) const {
  return std::any_of(front_.begin(), front_.end(), [&](const ShownMargins& known) { return contains(known, shown); });
}

}  // namespace candour::answer
