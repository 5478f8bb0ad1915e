#include <candour/answer/search/growth.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace candour::answer {
namespace {

// The first of these steps that gives a draft is taken.
base::Result<bool> take_one(const SearchSetting& setting, WayToGrow& way, SearchLimits& limits, std::set<MarginOfQuestion>& failed, Growth& growth) {
  std::vector<GrowthStep> steps = way.steps(growth, failed);
  std::stable_sort(steps.begin(), steps.end(), [](const GrowthStep& a, const GrowthStep& b) { return a.most > b.most; });
  for (const GrowthStep& step : steps) {
    if (!way.may_try() || limits.reached()) break;
    setting.show_progress(fmt::format("{:.1f} % of the detail, {}", 1e-7 * static_cast<double>(growth.last().detail.share()), way.words()));
    CANDOUR_TRY(draft, way.draft(step, growth.last()));
    if (!draft) {
      failed.insert(step.margin);
      continue;
    }
    growth.drafts.push_back(*std::move(draft));
    growth.shown = setting.asked.with(std::move(growth.shown), step.margin);
    return true;
  }
  return false;
}

}  // namespace

base::Result<base::Done> grow(const SearchSetting& setting, WayToGrow& way, SearchLimits& limits, Growth& growth) {
  std::set<MarginOfQuestion> failed;
  while (!limits.reached()) {
    CANDOUR_TRY(grew, take_one(setting, way, limits, failed, growth));
    if (!grew) break;
  }
  return base::Done{};
}

std::vector<GrowthStep> HidingCells::steps(const Growth& growth, const std::set<MarginOfQuestion>& failed) {
  std::vector<GrowthStep> steps;
  for (std::size_t q = 0; q < setting_.asked.size(); ++q)
    for (const std::size_t i : next_of(q, growth.shown[q])) {
      if (!setting_.allowed.may_show({q, i}) || failed.contains({q, i})) continue;
      const QuestionMargins& question = setting_.asked[q];
      protect::Plan plan = growth.last().plan;
      plan[question.asked().question] = question.plan(question.with(growth.shown[q], i), protect::Treatment::suppress);
      const auto most = setting_.judge.most_with_hidden(plan);
      if (most && *most > growth.last().detail) steps.push_back({*most, {q, i}, std::move(plan)});
    }
  return steps;
}

// The next finer margins of a question, and those in which an earlier answer hid cells: its pattern may stand only with all of them.
std::vector<std::size_t> HidingCells::next_of(std::size_t question, const MarginSet& shown) {
  std::vector<std::size_t> next = setting_.asked[question].next(shown);
  for (std::size_t i = 0; i < setting_.asked[question].size(); ++i)
    if (!shown[i] && setting_.judge.shows_what_was_hidden({question, i}) && std::find(next.begin(), next.end(), i) == next.end()) next.push_back(i);
  return next;
}

base::Result<std::optional<PlannedDraft>> HidingCells::draft(const GrowthStep& step, const PlannedDraft& last) {
  CANDOUR_TRY(draft, setting_.judge.suppressed_draft(step.plan, last));
  if (draft && !(draft->detail > last.detail)) draft.reset();
  return draft;
}

}  // namespace candour::answer
