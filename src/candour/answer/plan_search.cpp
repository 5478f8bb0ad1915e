#include <candour/answer/plan_search.hpp>

#include <candour/answer/plan_judge.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace candour::answer {
namespace {

using protect::Plan;
constexpr std::size_t most_tries_for_front = 200;

using Place = std::vector<std::size_t>;  ///< for each lattice, the plan taken

std::vector<QuestionLattice> lattices_of(const PlanTask& task) {
  std::vector<QuestionLattice> lattices;
  for (const table::TableDesign& asked : *task.asked) lattices.emplace_back(*task.truth->space, asked);
  return lattices;
}

// The plan at a place; questions without a lattice are withheld.
Plan plan_at(const PlanTask& task, const std::vector<QuestionLattice>& lattices, const Place& place) {
  Plan plan(task.truth->space->questions.size());
  for (std::size_t i = 0; i < lattices.size(); ++i) plan[lattices[i].asked().question] = lattices[i].plan(place[i]);
  return plan;
}

class Search {
 public:
  Search(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept)
      : task_(task), lattices_(lattices_of(task)), judge_(task, secrets, lattices_), accept_(accept) {}

  base::Result<PlanOutcome> best_first() {
    CANDOUR_TRY_DONE(find_alone_safe());
    push_tops();
    PlanOutcome outcome;
    while (!open_.empty() && !outcome.best) {
      if (judge_.plans_judged() >= task_.policy->most_plans) {
        outcome.limit_reached = true;
        break;
      }
      const Place place = pop();
      CANDOUR_TRY(taken, try_place(place));
      if (taken) best_ = place, outcome.best = std::move(taken);
      else push_coarser(place);
    }
    if (!outcome.best) CANDOUR_TRY_DONE(withhold_all(outcome));
    if (outcome.best) {
      outcome.front.push_back(outcome.best->plan);
      CANDOUR_TRY_DONE(extend_front(outcome));
      CANDOUR_TRY_DONE(hide_where_it_tells_more(outcome));
    }
    outcome.plans_tried = judge_.plans_judged();
    return outcome;
  }

  base::Result<PlanOutcome> exhaustive() {
    PlanOutcome outcome;
    std::vector<std::pair<protect::Detail, Place>> safe;
    Place place(lattices_.size(), 0);
    do {
      const Plan plan = plan_at(task_, lattices_, place);
      CANDOUR_TRY(verdict, judge_.verdict(plan));
      if (verdict == PlanVerdict::safe) safe.emplace_back(judge_.detail(plan), place);
    } while (next(place));
    std::sort(safe.begin(), safe.end(), comes_first);
    for (const auto& [detail, at] : safe) {
      CANDOUR_TRY(taken, try_place(at));
      if (!taken) continue;
      outcome.front.push_back(taken->plan);
      outcome.best = std::move(taken);
      break;
    }
    outcome.plans_tried = judge_.plans_judged();
    return outcome;
  }

 private:
  using Open = std::pair<protect::Detail, Place>;

  // Greatest detail first; of equals the finer place, so that the order is total.
  static bool comes_first(const Open& a, const Open& b) {
    if (const auto by_detail = a.first <=> b.first; by_detail != 0) return by_detail > 0;
    return a.second > b.second;
  }

  bool next(Place& place) const {
    for (std::size_t i = place.size(); i-- > 0;) {
      if (++place[i] < lattices_[i].size()) return true;
      place[i] = 0;
    }
    return false;
  }

  // Question by question, coarse to fine: a plan above one that certainly leaks is not looked at.
  base::Result<base::Done> find_alone_safe() {
    for (std::size_t q = 0; q < lattices_.size(); ++q) {
      std::vector<PlanVerdict> verdicts(lattices_[q].size(), PlanVerdict::safe);
      for (std::size_t i = 0; i < lattices_[q].size(); ++i) {
        const auto& below = lattices_[q].coarser(i);
        if (std::any_of(below.begin(), below.end(), [&](std::size_t j) { return verdicts[j] == PlanVerdict::leaks; })) {
          verdicts[i] = PlanVerdict::leaks;
          continue;
        }
        Place place(lattices_.size(), 0);
        place[q] = i;
        CANDOUR_TRY(verdict, judge_.verdict(plan_at(task_, lattices_, place)));
        verdicts[i] = verdict;
      }
      alone_.push_back(std::move(verdicts));
    }
    return base::Done{};
  }

  [[nodiscard]] bool may_stand(std::size_t q, std::size_t i) const { return alone_[q][i] != PlanVerdict::leaks; }

  // All combinations of plans that have nothing allowed above them.
  void push_tops() {
    std::vector<std::vector<std::size_t>> tops;
    for (std::size_t q = 0; q < lattices_.size(); ++q) {
      std::vector<std::size_t> of_question;
      for (std::size_t i = 0; i < lattices_[q].size(); ++i) {
        const auto& above = lattices_[q].finer(i);
        if (may_stand(q, i) && std::none_of(above.begin(), above.end(), [&](std::size_t j) { return may_stand(q, j); })) of_question.push_back(i);
      }
      tops.push_back(std::move(of_question));
    }
    Place at(lattices_.size(), 0);
    while (true) {
      Place place;
      for (std::size_t q = 0; q < at.size(); ++q) place.push_back(tops[q][at[q]]);
      push(std::move(place));
      std::size_t q = at.size();
      while (q-- > 0) {
        if (++at[q] < tops[q].size()) break;
        at[q] = 0;
      }
      if (q == static_cast<std::size_t>(-1)) return;
    }
  }

  void push(Place place) {
    if (!seen_.insert(place).second) return;
    protect::Detail detail = judge_.detail(plan_at(task_, lattices_, place));
    open_.emplace_back(detail, std::move(place));
    std::push_heap(open_.begin(), open_.end(), [](const Open& a, const Open& b) { return comes_first(b, a); });
  }

  Place pop() {
    std::pop_heap(open_.begin(), open_.end(), [](const Open& a, const Open& b) { return comes_first(b, a); });
    Place place = std::move(open_.back().second);
    open_.pop_back();
    return place;
  }

  void push_coarser(const Place& place) {
    for (std::size_t q = 0; q < place.size(); ++q)
      for (const std::size_t coarser : lattices_[q].coarser(place[q])) {
        Place below = place;
        below[q] = coarser;
        push(std::move(below));
      }
  }

  base::Result<std::optional<PlannedDraft>> try_place(const Place& place) {
    const Plan plan = plan_at(task_, lattices_, place);
    CANDOUR_TRY(verdict, judge_.verdict(plan));
    if (verdict != PlanVerdict::safe) return std::optional<PlannedDraft>();
    CANDOUR_TRY(draft, judge_.draft(plan));
    if (draft && !accept_(*draft)) draft.reset();
    return draft;
  }

  [[nodiscard]] bool tells_no_less(const Place& finer, const Place& coarser) const {
    for (std::size_t q = 0; q < finer.size(); ++q)
      if (!protect::tells_no_less(lattices_[q].plan(finer[q]), lattices_[q].plan(coarser[q]))) return false;
    return true;
  }

  // Goes on below the plans that failed; a safe plan that no plan of the front tells no less than is one more of it.
  base::Result<base::Done> extend_front(PlanOutcome& outcome) {
    std::vector<Place> front{best_};
    for (std::size_t tries = 0; !open_.empty() && front.size() < task_.front_size && tries < most_tries_for_front; ++tries) {
      const Place place = pop();
      if (std::any_of(front.begin(), front.end(), [&](const Place& known) { return tells_no_less(known, place); })) continue;
      CANDOUR_TRY(verdict, judge_.verdict(plan_at(task_, lattices_, place)));
      if (verdict != PlanVerdict::safe) {
        push_coarser(place);
        continue;
      }
      front.push_back(place);
      outcome.front.push_back(plan_at(task_, lattices_, place));
    }
    return base::Done{};
  }

  // One question after another, one step finer with cells hidden, while the detail grows.
  base::Result<base::Done> hide_where_it_tells_more(PlanOutcome& outcome) {
    bool grew = task_.treatment == protect::Treatment::suppress;
    while (grew && !outcome.limit_reached) {
      grew = false;
      for (std::size_t q = 0; q < lattices_.size(); ++q)
        for (const std::size_t finer : lattices_[q].finer(best_[q])) {
          Plan plan = outcome.best->plan;
          plan[lattices_[q].asked().question] = lattices_[q].plan(finer);
          plan[lattices_[q].asked().question].treatment = protect::Treatment::suppress;
          CANDOUR_TRY(draft, judge_.suppressed_draft(plan, outcome.best->detail));
          if (!draft || !(draft->detail > outcome.best->detail) || !accept_(*draft)) continue;
          outcome.best = std::move(draft);
          best_[q] = finer;
          grew = true;
          break;
        }
    }
    return base::Done{};
  }

  base::Result<base::Done> withhold_all(PlanOutcome& outcome) {
    CANDOUR_TRY(taken, try_place(Place(lattices_.size(), 0)));
    best_ = Place(lattices_.size(), 0);
    outcome.best = std::move(taken);
    return base::Done{};
  }

  PlanTask task_;
  std::vector<QuestionLattice> lattices_;
  PlanJudge judge_;
  const Acceptance& accept_;
  std::vector<std::vector<PlanVerdict>> alone_;
  std::vector<Open> open_;
  std::set<Place> seen_;
  Place best_;
};

}  // namespace

base::Result<PlanOutcome> search_plans(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept) {
  return Search(task, secrets, accept).best_first();
}

base::Result<PlanOutcome> exhaustive_search(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept) {
  return Search(task, secrets, accept).exhaustive();
}

}  // namespace candour::answer
