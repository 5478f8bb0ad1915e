#include <candour/answer/plan_search.hpp>

#include <candour/answer/plan_judge.hpp>
#include <candour/base/progress.hpp>
#include <candour/base/stop.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace candour::answer {
namespace {

using protect::Plan;
constexpr std::size_t most_tries_for_front = 200;
constexpr std::size_t most_margins_together = 40;  // of several questions: beyond, their plans are the simple ones, or there would be too many to go through

/// For each question asked, the margins that a reader would have.
using Shown = std::vector<MarginSet>;
using Node = std::pair<protect::Detail, Shown>;

// Greatest detail first; of equals the set that stands later, so that the order is total.
bool comes_first(const Node& a, const Node& b) {
  if (const auto by_detail = a.first <=> b.first; by_detail != 0) return by_detail > 0;
  return a.second > b.second;
}

std::vector<QuestionMargins> questions_of(const PlanTask& task) {
  std::vector<QuestionMargins> questions;
  for (const table::TableDesign& asked : *task.asked) questions.emplace_back(*task.truth->space, asked);
  return questions;
}

// Margins that the officer ruled out, and those that must be given.
class Allowed {
 public:
  Allowed(const PlanTask& task, const std::vector<QuestionMargins>& questions) {
    for (std::size_t q = 0; q < questions.size(); ++q) {
      const auto& by = questions[q].asked().by;
      const auto place = [&](table::VariableIndex variable) {
        return static_cast<std::size_t>(std::find_if(by.begin(), by.end(), [&](const auto& shown) { return shown.variable == variable; }) - by.begin());
      };
      MarginSet allowed(questions[q].size(), true);
      for (const auto& [a, b] : task.pins.never_crossed) {
        const std::size_t first = place(a), second = place(b);
        if (first == by.size() || second == by.size()) continue;
        for (std::size_t i = 0; i < allowed.size(); ++i)
          if (questions[q].margin(i)[first] > 0 && questions[q].margin(i)[second] > 0) allowed[i] = false;
      }
      allowed_.push_back(std::move(allowed));
      for (const table::VariableIndex kept : task.pins.kept) {
        if (place(kept) == by.size()) continue;
        protect::Margin alone(by.size(), 0);
        alone[place(kept)] = by[place(kept)].levels.back();
        kept_.push_back({q, questions[q].find(std::move(alone))});
      }
    }
  }
  [[nodiscard]] bool may_show(MarginOfQuestion margin) const { return allowed_[margin.question][margin.margin]; }
  [[nodiscard]] bool keeps_all(const Shown& shown) const {
    return std::all_of(kept_.begin(), kept_.end(), [&](MarginOfQuestion margin) { return shown[margin.question][margin.margin]; });
  }

 private:
  std::vector<MarginSet> allowed_;
  std::vector<MarginOfQuestion> kept_;
};

class Search {
 public:
  Search(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept)
      : task_(task), questions_(questions_of(task)), allowed_(task, questions_), judge_(task, secrets, questions_), accept_(accept),
        progress_(fmt::format("plans of {}", task.truth->space->id)) {}

  base::Result<PlanOutcome> best_first() {
    push_tops();
    PlanOutcome outcome;
    while (!outcome.best) {
      CANDOUR_TRY(best, next_safe(outcome, Wanted::draft));
      if (!best) break;
      CANDOUR_TRY_DONE(take_the_most_accepted(std::move(*best), outcome));
    }
    if (!outcome.best && must_end(outcome) && allowed_.keeps_all(nothing())) CANDOUR_TRY_DONE(fall_back(outcome));
    if (outcome.best) {
      CANDOUR_TRY_DONE(extend_front(outcome));
      CANDOUR_TRY_DONE(pick(outcome));
    }
    count(outcome);
    return outcome;
  }

  protect::Detail most_without_small_counts() { return judge_.detail(plan_of(finest_without_small_counts())); }

  base::Result<PlanOutcome> exhaustive() {
    std::vector<QuestionLattice> lattices;
    for (const table::TableDesign& asked : *task_.asked) lattices.emplace_back(*task_.truth->space, asked);
    std::vector<Node> safe;
    std::vector<std::size_t> at(lattices.size(), 0);
    while (true) {
      Shown shown;
      for (std::size_t q = 0; q < at.size(); ++q) shown.push_back(lattices[q].set(at[q]));
      CANDOUR_TRY(verdict, judge_.verdict(plan_of(shown)));
      ++met_;
      if (verdict == PlanVerdict::safe && allowed(shown)) safe.emplace_back(judge_.detail(plan_of(shown)), std::move(shown));
      std::size_t q = at.size();
      while (q-- > 0) {
        if (++at[q] < lattices[q].size()) break;
        at[q] = 0;
      }
      if (q == static_cast<std::size_t>(-1)) break;
    }
    std::sort(safe.begin(), safe.end(), comes_first);
    PlanOutcome outcome;
    for (const Node& node : safe) {
      CANDOUR_TRY(draft, judge_.draft(plan_of(node.second)));
      if (!draft || !accept_(*draft)) continue;
      outcome.front.push_back({draft->plan, draft->detail});
      outcome.best = std::move(draft);
      break;
    }
    count(outcome);
    return outcome;
  }

 private:
  enum class Wanted { draft, verdict };
  struct Found {
    Shown shown;
    protect::Detail detail;
    std::optional<PlannedDraft> draft;
  };

  [[nodiscard]] Plan plan_of(const Shown& shown) const {
    Plan plan(task_.truth->space->questions.size());
    for (std::size_t q = 0; q < shown.size(); ++q) plan[questions_[q].asked().question] = questions_[q].plan(shown[q]);
    return plan;
  }
  [[nodiscard]] Shown nothing() const {
    Shown shown;
    for (const QuestionMargins& question : questions_) shown.push_back(question.none());
    return shown;
  }
  [[nodiscard]] bool allowed(const Shown& shown) const {
    for (std::size_t q = 0; q < shown.size(); ++q)
      for (std::size_t i = 0; i < shown[q].size(); ++i)
        if (shown[q][i] && !allowed_.may_show({q, i})) return false;
    return allowed_.keeps_all(shown);
  }

  // Everything whose own tables show no small count: no safe exact plan holds a margin that is not in it.
  [[nodiscard]] Shown finest_without_small_counts() {
    Shown shown = nothing();
    for (std::size_t q = 0; q < questions_.size(); ++q)
      for (std::size_t i = 0; i < questions_[q].size(); ++i) {
        const auto& below = questions_[q].coarser(i);
        shown[q][i] = std::all_of(below.begin(), below.end(), [&](std::size_t j) { return shown[q][j]; }) && allowed_.may_show({q, i}) &&
                      !judge_.shows_small_count({q, i});
      }
    return shown;
  }

  // Where several questions have many margins together, each is answered by a simple generating class: all crossed, all pairs, or a table each, at common
  // levels.
  void use_simple_plans(const Shown& clean) {
    std::size_t margins = 0;
    for (const QuestionMargins& question : questions_) margins += question.size();
    if (questions_.size() < 2 || margins <= most_margins_together) return;
    for (std::size_t q = 0; q < questions_.size(); ++q) {
      std::set<MarginSet> sets{questions_[q].none()};
      for (std::size_t i = 0; i < questions_[q].size(); ++i)
        for (const auto crossing : {protect::Crossing::one_way, protect::Crossing::pairs, protect::Crossing::full_cross}) {
          MarginSet set = questions_[q].set_of(protect::plan_of(crossing, questions_[q].margin(i)));
          if (is_within(clean[q], set)) sets.insert(std::move(set));
        }
      simple_.emplace_back(sets.begin(), sets.end());
    }
  }

  static bool is_within(const MarginSet& more, const MarginSet& less) {
    for (std::size_t i = 0; i < more.size(); ++i)
      if (less[i] && !more[i]) return false;
    return true;
  }

  // The largest simple plans of a question that lie strictly below one; all of them without one.
  [[nodiscard]] std::vector<MarginSet> largest_simple(std::size_t q, const MarginSet* above) const {
    std::vector<MarginSet> inside;
    for (const MarginSet& set : simple_[q])
      if (above == nullptr || (set != *above && is_within(*above, set))) inside.push_back(set);
    std::vector<MarginSet> largest;
    for (const MarginSet& set : inside)
      if (std::none_of(inside.begin(), inside.end(), [&](const MarginSet& other) { return other != set && is_within(other, set); })) largest.push_back(set);
    return largest;
  }

  void push_tops() {
    const Shown clean = finest_without_small_counts();
    use_simple_plans(clean);
    if (simple_.empty()) return push(clean);
    std::vector<Shown> tops{{}};
    for (std::size_t q = 0; q < questions_.size(); ++q) {
      std::vector<Shown> longer;
      for (const MarginSet& set : largest_simple(q, nullptr))
        for (Shown top : tops) {
          top.push_back(set);
          longer.push_back(std::move(top));
        }
      tops = std::move(longer);
    }
    for (Shown& top : tops) push(std::move(top));
  }

  void push(Shown shown) {
    if (!allowed_.keeps_all(shown) || !seen_.insert(shown).second) return;
    ++met_;
    protect::Detail detail = judge_.detail(plan_of(shown));
    open_.emplace_back(detail, std::move(shown));
    std::push_heap(open_.begin(), open_.end(), [](const Node& a, const Node& b) { return comes_first(b, a); });
  }

  Node pop() {
    std::pop_heap(open_.begin(), open_.end(), [](const Node& a, const Node& b) { return comes_first(b, a); });
    Node node = std::move(open_.back());
    open_.pop_back();
    return node;
  }

  // A safe plan lacks one of the margins that leak together.
  void push_without_one_of(const Shown& shown, const std::vector<MarginOfQuestion>& margins) {
    if (!simple_.empty()) return push_simpler(shown, margins);
    std::vector<Shown> all;
    for (const MarginOfQuestion margin : margins) {
      all.push_back(shown);
      all.back()[margin.question] = questions_[margin.question].without(std::move(all.back()[margin.question]), margin.margin);
    }
    if (met_ >= task_.most_plans_met) return go_straight_down(std::move(all));
    for (Shown& below : all) push(std::move(below));
  }

  // There are too many plans to go through. From here on only the most detailed of the next ones is followed, and every step gives up a margin, so that the end
  // comes soon. What is passed over bounds what could have been found.
  void go_straight_down(std::vector<Shown> next) {
    if (!open_.empty()) passed_over_ = std::max(passed_over_, open_.front().first.share());
    open_.clear();
    for (Shown& below : next) push(std::move(below));
    if (open_.empty()) return;
    Node best = pop();
    if (!open_.empty()) passed_over_ = std::max(passed_over_, open_.front().first.share());
    open_.assign(1, std::move(best));
  }

  // The same among the simple plans: it gives less to one of the questions concerned.
  void push_simpler(const Shown& shown, const std::vector<MarginOfQuestion>& margins) {
    std::set<std::size_t> concerned;
    for (const MarginOfQuestion margin : margins) concerned.insert(margin.question);
    for (const std::size_t q : concerned)
      for (MarginSet& set : largest_simple(q, &shown[q])) {
        Shown below = shown;
        below[q] = std::move(set);
        push(std::move(below));
      }
  }

  [[nodiscard]] std::vector<MarginOfQuestion> finest(const Shown& shown) const {
    std::vector<MarginOfQuestion> finest;
    for (std::size_t q = 0; q < shown.size(); ++q)
      for (const std::size_t i : questions_[q].finest(shown[q])) finest.push_back({q, i});
    return finest;
  }

  [[nodiscard]] const std::vector<MarginOfQuestion>* known_leak(const Shown& shown) const {
    for (const auto& leak : leaks_)
      if (std::all_of(leak.begin(), leak.end(), [&](MarginOfQuestion margin) { return shown[margin.question][margin.margin]; })) return &leak;
    return nullptr;
  }

  bool must_end(PlanOutcome& outcome) const {
    outcome.limit_reached = outcome.limit_reached || judge_.plans_judged() >= task_.policy->most_plans;
    outcome.stopped = outcome.stopped || base::stop_asked();
    return outcome.limit_reached || outcome.stopped;
  }

  // The next plan in order that is safe, leaving out what no plan of the front tells less than.
  base::Result<std::optional<Found>> next_safe(PlanOutcome& outcome, Wanted wanted, std::size_t most_tries = static_cast<std::size_t>(-1)) {
    while (!open_.empty() && most_tries-- > 0 && !must_end(outcome)) {
      Node node = pop();
      progress_.at(static_cast<std::uint64_t>(judge_.plans_judged()), 0,
                   fmt::format("at most {:.1f} % of the detail", 1e-7 * static_cast<double>(node.first.share())));
      if (std::any_of(front_.begin(), front_.end(), [&](const Shown& known) { return contains(known, node.second); })) continue;
      if (const auto* leak = known_leak(node.second)) {
        push_without_one_of(node.second, *leak);
        continue;
      }
      const Plan plan = plan_of(node.second);
      CANDOUR_TRY(judged, judge_.judge(plan));
      if (judged.verdict == PlanVerdict::leaks) {
        leaks_.push_back(judged.leaking);
        push_without_one_of(node.second, judged.leaking);
        continue;
      }
      if (judged.verdict == PlanVerdict::safe) {
        if (wanted == Wanted::verdict) return std::optional(Found{std::move(node.second), node.first, std::nullopt});
        CANDOUR_TRY(draft, judge_.draft(plan));
        if (draft) return std::optional(Found{std::move(node.second), node.first, std::move(draft)});
      }
      push_without_one_of(node.second, finest(node.second));
    }
    return std::optional<Found>();
  }

  static bool contains(const Shown& more, const Shown& less) {
    for (std::size_t q = 0; q < more.size(); ++q)
      for (std::size_t i = 0; i < more[q].size(); ++i)
        if (less[q][i] && !more[q][i]) return false;
    return true;
  }

  void take(Found found, PlanOutcome& outcome) {
    outcome.bound = std::max({passed_over_, open_.empty() ? 0 : open_.front().first.share(), found.detail.share()});
    outcome.front.push_back({found.draft->plan, found.detail});
    outcome.best = std::move(found.draft);
    best_ = found.shown;
    front_.push_back(std::move(found.shown));
  }

  // A draft that has its evidence, and what can be told beside it with cells hidden and figures rounded: the last of them that attack and gate accept. None
  // where even the draft itself is refused; then the search goes on below it.
  base::Result<base::Done> take_the_most_accepted(Found found, PlanOutcome& outcome) {
    Shown shown = found.shown;
    take(std::move(found), outcome);
    std::vector<PlannedDraft> grown{*std::move(outcome.best)};
    outcome.best.reset();
    CANDOUR_TRY_DONE(hide_where_it_tells_more(outcome, grown));
    CANDOUR_TRY_DONE(round_where_it_tells_more(outcome, grown));
    CANDOUR_TRY_DONE(drop_what_is_refused(grown));
    if (!grown.empty()) {
      outcome.best = std::move(grown.back());
      say_what_is_hidden(*outcome.best);
      outcome.bound = std::max(outcome.bound, outcome.best->detail.share());
      outcome.limit_reached = outcome.limit_reached || passed_over_ > 0;
      return base::Done{};
    }
    outcome.front.clear();
    outcome.bound = 0;
    front_.clear();
    push_without_one_of(shown, finest(shown));
    return base::Done{};
  }

  // Stopped before the first safe plan was found: the totals, if they are safe, else nothing.
  base::Result<base::Done> fall_back(PlanOutcome& outcome) {
    Shown totals = nothing();
    for (MarginSet& of_question : totals) of_question[0] = true;
    for (Shown& shown : std::vector<Shown>{std::move(totals), nothing()}) {
      const Plan plan = plan_of(shown);
      CANDOUR_TRY(verdict, judge_.verdict(plan));
      if (verdict != PlanVerdict::safe) continue;
      CANDOUR_TRY(draft, judge_.draft(plan));
      if (!draft || !accept_(*draft)) continue;
      const protect::Detail detail = draft->detail;
      take({std::move(shown), detail, std::move(draft)}, outcome);
      break;
    }
    return base::Done{};
  }

  // Goes on below the plans that failed; a safe plan that no plan of the front tells no less than is one more of it.
  base::Result<base::Done> extend_front(PlanOutcome& outcome) {
    PlanOutcome aside;
    for (std::size_t tries = 0; front_.size() < task_.front_size && tries < most_tries_for_front; ++tries) {
      CANDOUR_TRY(found, next_safe(aside, Wanted::verdict, most_tries_for_front));
      if (!found) break;
      outcome.front.push_back({plan_of(found->shown), found->detail});
      front_.push_back(std::move(found->shown));
    }
    outcome.stopped = outcome.stopped || aside.stopped;
    return base::Done{};
  }

  struct Step {
    protect::Detail most;
    MarginOfQuestion margin;
    Plan plan;
  };

  // The next finer margins of a question, and those in which an earlier answer hid cells: its pattern may stand only with all of them.
  [[nodiscard]] std::vector<std::size_t> next_with_hidden_cells(std::size_t q) {
    std::vector<std::size_t> next = questions_[q].next(best_[q]);
    for (std::size_t i = 0; i < questions_[q].size(); ++i)
      if (!best_[q][i] && judge_.shows_what_was_hidden({q, i}) && std::find(next.begin(), next.end(), i) == next.end()) next.push_back(i);
    return next;
  }

  // The next finer margins with cells hidden, the one that could tell most first.
  [[nodiscard]] std::vector<Step> steps_with_hidden_cells(const PlannedDraft& best, const std::set<MarginOfQuestion>& failed) {
    std::vector<Step> steps;
    for (std::size_t q = 0; q < questions_.size(); ++q)
      for (const std::size_t i : next_with_hidden_cells(q)) {
        if (!allowed_.may_show({q, i}) || failed.contains({q, i})) continue;
        Plan plan = best.plan;
        plan[questions_[q].asked().question] = questions_[q].plan(questions_[q].with(best_[q], i), protect::Treatment::suppress);
        const auto most = judge_.most_with_hidden(plan);
        if (most && *most > best.detail) steps.push_back({*most, {q, i}, std::move(plan)});
      }
    std::stable_sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.most > b.most; });
    return steps;
  }

  // A question that may hide cells and hides none is given as it is.
  static void say_what_is_hidden(PlannedDraft& draft) {
    std::vector<bool> hides(draft.plan.size(), false);
    for (const table::PublishedTable& table : draft.published.tables)
      if (std::any_of(table.cells.begin(), table.cells.end(), table::is_suppressed)) hides[table.design.question] = true;
    for (std::size_t q = 0; q < hides.size(); ++q)
      if (!hides[q] && draft.plan[q].treatment == protect::Treatment::suppress) draft.plan[q].treatment = protect::Treatment::exact;
  }

  // One margin after another, with cells hidden, while the detail grows. What failed once is not tried again with more beside it.
  base::Result<base::Done> hide_where_it_tells_more(PlanOutcome& outcome, std::vector<PlannedDraft>& grown) {
    std::set<MarginOfQuestion> failed;
    bool grew = task_.treatment == protect::Treatment::suppress;
    while (grew && !must_end(outcome)) {
      grew = false;
      for (Step& step : steps_with_hidden_cells(grown.back(), failed)) {
        if (!judge_.may_search_for_hiding() || must_end(outcome)) break;
        progress_.at(static_cast<std::uint64_t>(judge_.plans_judged()), 0,
                     fmt::format("{:.1f} % of the detail, hiding cells", 1e-7 * static_cast<double>(grown.back().detail.share())));
        CANDOUR_TRY(draft, judge_.suppressed_draft(step.plan, grown.back()));
        if (!draft || !(draft->detail > grown.back().detail)) {
          failed.insert(step.margin);
          continue;
        }
        grown.push_back(*std::move(draft));
        best_[step.margin.question] = questions_[step.margin.question].with(best_[step.margin.question], step.margin.margin);
        grew = true;
        break;
      }
    }
    return base::Done{};
  }

  // The next finer margins with their figures rounded, the one that tells most first.
  [[nodiscard]] std::vector<Step> steps_with_rounded_figures(const PlannedDraft& best, const std::set<MarginOfQuestion>& failed) const {
    std::vector<Step> steps;
    for (std::size_t q = 0; q < questions_.size(); ++q)
      for (const std::size_t i : questions_[q].next(best_[q])) {
        if (!allowed_.may_show({q, i}) || failed.contains({q, i})) continue;
        Plan plan = best.plan;
        protect::QuestionPlan& of_question = plan[questions_[q].asked().question];
        std::vector<protect::Margin> rounded = of_question.rounded;
        rounded.push_back(questions_[q].margin(i));
        of_question = questions_[q].plan(questions_[q].with(best_[q], i), of_question.treatment);
        of_question.rounded = std::move(rounded);
        of_question = protect::normal_form(std::move(of_question));
        const protect::Detail detail = judge_.rounded_detail(plan, best);
        if (detail.share() > best.detail.share()) steps.push_back({detail, {q, i}, std::move(plan)});
      }
    std::stable_sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.most > b.most; });
    return steps;
  }

  // Attack and gate are asked of the last draft, and of the ones before where it is refused, down to the one in which nothing is hidden or rounded. Hidden
  // cells that follow from the rest are shown first, where nothing is rounded.
  base::Result<base::Done> drop_what_is_refused(std::vector<PlannedDraft>& grown) {
    while (!grown.empty()) {
      const auto rounds = [](const protect::QuestionPlan& of_question) { return !of_question.rounded.empty(); };
      if (std::none_of(grown.back().plan.begin(), grown.back().plan.end(), rounds)) {
        CANDOUR_TRY(plainer, judge_.without_what_follows(grown.back()));
        if (plainer && accept_(*plainer)) {
          grown.back() = *std::move(plainer);
          break;
        }
      }
      if (accept_(grown.back())) break;
      grown.pop_back();
    }
    return base::Done{};
  }

  // The same with rounded figures. The number of tries is bounded, so that results can be repeated.
  base::Result<base::Done> round_where_it_tells_more(PlanOutcome& outcome, std::vector<PlannedDraft>& grown) {
    std::set<MarginOfQuestion> failed;
    std::int64_t tries = 0;
    bool grew = task_.change.has_value();
    while (grew && !must_end(outcome)) {
      grew = false;
      for (Step& step : steps_with_rounded_figures(grown.back(), failed)) {
        if (tries++ >= judge_.tries_at_rounding() || must_end(outcome)) break;
        progress_.at(static_cast<std::uint64_t>(judge_.plans_judged()), 0,
                     fmt::format("{:.1f} % of the detail, rounding figures", 1e-7 * static_cast<double>(grown.back().detail.share())));
        CANDOUR_TRY(draft, judge_.rounded_draft(step.plan, grown.back()));
        if (!draft) {
          failed.insert(step.margin);
          continue;
        }
        grown.push_back(*std::move(draft));
        best_[step.margin.question] = questions_[step.margin.question].with(best_[step.margin.question], step.margin.margin);
        grew = true;
        break;
      }
    }
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

  void count(PlanOutcome& outcome) const {
    outcome.plans_tried = judge_.plans_judged();
    outcome.plans_met = met_;
    outcome.plans_in_all = 1;
    for (const QuestionMargins& question : questions_) outcome.plans_in_all = plans_together(outcome.plans_in_all, question.plans_in_all());
  }

  PlanTask task_;
  std::vector<QuestionMargins> questions_;
  Allowed allowed_;
  PlanJudge judge_;
  const Acceptance& accept_;
  base::Progress progress_;
  std::vector<Node> open_;
  std::set<Shown> seen_;
  std::vector<std::vector<MarginOfQuestion>> leaks_;
  std::vector<std::vector<MarginSet>> simple_;  ///< by question; empty where every set of margins is a plan
  std::vector<Shown> front_;
  Shown best_;
  std::int64_t met_ = 0;
  std::int64_t passed_over_ = 0;  ///< the most detail among plans that were not followed, once there were too many
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

base::Result<PlanOutcome> exhaustive_search(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept) {
  return Search(task, secrets, accept).exhaustive();
}

}  // namespace candour::answer
