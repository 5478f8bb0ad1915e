// The search of plan_search.hpp without pruning or order, for tests.
#include <candour/answer/search/frontier.hpp>

#include <algorithm>
#include <utility>

namespace candour::answer {
namespace {

// Every combination of plans of all questions, the last question's moving fastest.
std::vector<ShownMargins> all_plans(const PlanTask& task) {
  std::vector<ShownMargins> all{{}};
  for (const table::TableDesign& asked : *task.asked) {
    const QuestionLattice lattice(*task.truth->space, asked);
    std::vector<ShownMargins> longer;
    for (const ShownMargins& shown : all)
      for (std::size_t i = 0; i < lattice.size(); ++i) {
        longer.push_back(shown);
        longer.back().push_back(lattice.set(i));
      }
    all = std::move(longer);
  }
  return all;
}

}  // namespace

base::Result<PlanOutcome> exhaustive_search(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept) {
  const AskedMargins asked(*task.truth->space, *task.asked);
  const AllowedMargins allowed(task.pins, asked);
  PlanJudge judge(task, secrets, asked.questions());
  PlanOutcome outcome;
  std::vector<OpenPlan> safe;
  for (ShownMargins& shown : all_plans(task)) {
    const protect::Plan plan = asked.plan_of(shown);
    CANDOUR_TRY(verdict, judge.verdict(plan));
    ++outcome.plans_met;
    if (verdict == PlanVerdict::safe && allowed.allows(shown)) safe.push_back({judge.detail(plan), std::move(shown)});
  }
  std::sort(safe.begin(), safe.end(), comes_first);
  for (const OpenPlan& open : safe) {
    CANDOUR_TRY(draft, judge.draft(asked.plan_of(open.shown)));
    if (!draft || !accept(*draft)) continue;
    outcome.front.push_back({draft->plan, draft->detail});
    outcome.best = std::move(draft);
    break;
  }
  outcome.plans_tried = judge.plans_judged();
  outcome.plans_in_all = asked.plans_in_all();
  return outcome;
}

}  // namespace candour::answer
