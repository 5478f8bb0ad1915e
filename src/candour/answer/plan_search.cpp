#include <candour/answer/plan_search.hpp>

#include <candour/answer/search/changing_figures.hpp>
#include <candour/answer/search/exact_plans.hpp>
#include <candour/answer/search/growth.hpp>
#include <candour/answer/search/marking.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace candour::answer {
namespace {

constexpr std::size_t most_tries_for_front = 200;

// A question that may hide cells and hides none is given as it is.
void say_what_is_hidden(PlannedDraft& draft) {
  std::vector<bool> hides(draft.plan.size(), false);
  for (const table::PublishedTable& table : draft.published.tables)
    if (std::any_of(table.cells.begin(), table.cells.end(), table::is_suppressed)) hides[table.design.question] = true;
  for (std::size_t q = 0; q < hides.size(); ++q)
    if (!hides[q] && draft.plan[q].treatment == protect::Treatment::suppress) draft.plan[q].treatment = protect::Treatment::exact;
}

bool hides_only(const protect::Plan& plan) {
  return std::all_of(plan.begin(), plan.end(), [](const protect::QuestionPlan& of_question) { return of_question.changed.empty() && !of_question.marked; });
}

// From the best safe exact plan to what goes out: what grows beside it, what attack and gate accept of that, and the other plans of the front.
class Search {
 public:
  Search(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept)
      : task_(task), asked_(*task.truth->space, *task.asked), allowed_(task.pins, asked_), judge_(task, secrets, asked_.questions()), accept_(accept),
        progress_(fmt::format("plans of {}", task.truth->space->id)), setting_{task_, asked_, allowed_, judge_, progress_} {}

  base::Result<PlanOutcome> best_first() {
    ExactPlans plans(setting_);
    SearchLimits limits(setting_);
    PlanOutcome outcome;
    while (!outcome.best) {
      CANDOUR_TRY(safe, plans.next_safe(limits, ExactPlans::Wanted::draft));
      if (!safe) break;
      CANDOUR_TRY_DONE(take_the_most_accepted(*std::move(safe), plans, limits, outcome));
    }
    if (!outcome.best && limits.reached() && allowed_.keeps_all(asked_.nothing())) CANDOUR_TRY_DONE(fall_back(plans, outcome));
    outcome.limit_reached = outcome.limit_reached || limits.used_up();
    outcome.stopped = limits.stopped();
    if (outcome.best) {
      CANDOUR_TRY_DONE(extend_front(plans, outcome));
      CANDOUR_TRY_DONE(pick(outcome));
    }
    outcome.plans_tried = judge_.plans_judged();
    outcome.plans_met = plans.frontier().plans_met();
    outcome.plans_in_all = asked_.plans_in_all();
    return outcome;
  }

  protect::Detail most_without_small_counts() { return judge_.detail(asked_.plan_of(finest_without_small_counts(setting_))); }

 private:
  static void add_first_to_front(const ShownMargins& shown, const PlannedDraft& draft, ExactPlans& plans, PlanOutcome& outcome) {
    outcome.bound = std::max(plans.frontier().most_not_looked_at(), draft.detail.share());
    outcome.front.push_back({draft.plan, draft.detail});
    plans.add_to_front(shown);
  }

  // A draft that has its evidence, and what can be told beside it with cells hidden and figures changed: the last of them that attack and gate accept. None
  // where even the draft itself is refused; then the search goes on below it.
  base::Result<base::Done> take_the_most_accepted(SafePlan safe, ExactPlans& plans, SearchLimits& limits, PlanOutcome& outcome) {
    add_first_to_front(safe.shown, *safe.draft, plans, outcome);
    Growth growth{{}, safe.shown};
    growth.drafts.push_back(*std::move(safe.draft));
    if (task_.treatment == protect::Treatment::suppress) {
      HidingCells hiding(setting_);
      CANDOUR_TRY_DONE(grow(setting_, hiding, limits, growth));
    }
    if (task_.marks_beside) {
      CANDOUR_TRY_DONE(show_what_follows(growth));
      MarkingCells marking(setting_);
      CANDOUR_TRY_DONE(grow(setting_, marking, limits, growth));
    }
    if (task_.change) {
      ChangingFigures changing(setting_);
      CANDOUR_TRY_DONE(grow(setting_, changing, limits, growth));
    }
    CANDOUR_TRY_DONE(drop_what_is_refused(growth.drafts));
    if (growth.drafts.empty()) {
      outcome.front.clear();
      outcome.bound = 0;
      plans.go_on_below(safe.shown);
      return base::Done{};
    }
    outcome.best = std::move(growth.drafts.back());
    say_what_is_hidden(*outcome.best);
    outcome.bound = std::max(outcome.bound, outcome.best->detail.share());
    outcome.limit_reached = plans.frontier().passed_over() > 0;
    return base::Done{};
  }

  // Hidden cells that follow from the rest are shown before a finer table stands beside them.
  base::Result<base::Done> show_what_follows(Growth& growth) {
    CANDOUR_TRY(plainer, judge_.without_what_follows(growth.last()));
    if (plainer) growth.drafts.push_back(*std::move(plainer));
    return base::Done{};
  }

  // Attack and gate are asked of the last draft, and of the ones before where it is refused, down to the one in which nothing is hidden or changed. Hidden
  // cells that follow from the rest are shown first, where nothing is changed or marked.
  base::Result<base::Done> drop_what_is_refused(std::vector<PlannedDraft>& drafts) {
    while (!drafts.empty()) {
      if (hides_only(drafts.back().plan)) {
        CANDOUR_TRY(plainer, judge_.without_what_follows(drafts.back()));
        if (plainer && accept_(*plainer)) {
          drafts.back() = *std::move(plainer);
          break;
        }
      }
      if (accept_(drafts.back())) break;
      drafts.pop_back();
    }
    return base::Done{};
  }

  // Stopped before the first safe plan was found: the totals, if they are safe, else nothing.
  base::Result<base::Done> fall_back(ExactPlans& plans, PlanOutcome& outcome) {
    for (const ShownMargins& shown : {asked_.totals(), asked_.nothing()}) {
      const protect::Plan plan = asked_.plan_of(shown);
      CANDOUR_TRY(verdict, judge_.verdict(plan));
      if (verdict != PlanVerdict::safe) continue;
      CANDOUR_TRY(draft, judge_.draft(plan));
      if (!draft || !accept_(*draft)) continue;
      add_first_to_front(shown, *draft, plans, outcome);
      outcome.best = std::move(draft);
      break;
    }
    return base::Done{};
  }

  // Goes on below the plans that failed; a safe plan that no plan of the front tells no less than is one more of it.
  base::Result<base::Done> extend_front(ExactPlans& plans, PlanOutcome& outcome) {
    SearchLimits aside(setting_);
    for (std::size_t tries = 0; outcome.front.size() < task_.front_size && tries < most_tries_for_front; ++tries) {
      CANDOUR_TRY(found, plans.next_safe(aside, ExactPlans::Wanted::verdict, most_tries_for_front));
      if (!found) break;
      outcome.front.push_back({asked_.plan_of(found->shown), found->detail});
      plans.add_to_front(std::move(found->shown));
    }
    outcome.stopped = outcome.stopped || aside.stopped();
    return base::Done{};
  }

  // The officer's own choice among the plans of the front: 1 is the best as it stands, then those of the front that are not the same.
  base::Result<base::Done> pick(PlanOutcome& outcome) {
    if (task_.pick <= 1) return base::Done{};
    std::size_t number = 1;
    for (const FrontPlan& plan : outcome.front) {
      if (plan.plan == outcome.best->plan || ++number != task_.pick) continue;
      CANDOUR_TRY(draft, judge_.draft(plan.plan));
      if (draft && accept_(*draft)) {
        outcome.best = std::move(draft);
        return base::Done{};
      }
    }
    outcome.best.reset();
    return base::Done{};
  }

  const PlanTask& task_;
  AskedMargins asked_;
  AllowedMargins allowed_;
  PlanJudge judge_;
  const Acceptance& accept_;
  base::Progress progress_;
  SearchSetting setting_;
};

}  // namespace

base::Result<PlanOutcome> search_plans(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept) {
  return Search(task, secrets, accept).best_first();
}

protect::Detail most_without_small_counts(const PlanTask& task) {
  const std::vector<truth::Secret> none;
  const Acceptance nothing = [](const PlannedDraft&) { return false; };
  return Search(task, none, nothing).most_without_small_counts();
}

}  // namespace candour::answer
