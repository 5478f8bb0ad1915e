#include <candour/answer/search/marking.hpp>

#include <algorithm>
#include <utility>

namespace candour::answer {

// The finest margins that are left: where one fails, the coarser ones below it come up.
std::vector<GrowthStep> MarkingCells::steps(const Growth& growth, const std::set<MarginOfQuestion>& failed) {
  std::vector<GrowthStep> steps;
  for (std::size_t q = 0; q < setting_.asked.size(); ++q) {
    const QuestionMargins& question = setting_.asked[q];
    if (growth.last().plan[question.asked().question].marked || growth.last().plan[question.asked().question].is_withheld()) continue;
    const auto is_left = [&](std::size_t i) { return !growth.shown[q][i] && setting_.allowed.may_show({q, i}) && !failed.contains({q, i}); };
    for (std::size_t i = 0; i < question.size(); ++i) {
      const auto& finer = question.finer(i);
      if (!is_left(i) || std::any_of(finer.begin(), finer.end(), is_left)) continue;
      protect::Plan plan = growth.last().plan;
      plan[question.asked().question].marked = question.margin(i);
      const protect::Detail most = setting_.judge.detail(plan);
      if (most.share() > growth.last().detail.share()) steps.push_back({most, {q, i}, std::move(plan)});
    }
  }
  return steps;
}

base::Result<std::optional<PlannedDraft>> MarkingCells::draft(const GrowthStep& step, const PlannedDraft& last) {
  CANDOUR_TRY(draft, setting_.judge.marked_draft(step.plan, last));
  if (draft && draft->detail.share() <= last.detail.share()) draft.reset();  // repeating what is known tells nothing
  return draft;
}

}  // namespace candour::answer
