#pragma once
// The exact plans that wait to be looked at.

#include <candour/answer/search/setting.hpp>
#include <candour/answer/search/simple_plans.hpp>

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

namespace candour::answer {

/// A plan that waits, with its detail.
struct OpenPlan {
  protect::Detail detail;
  ShownMargins shown;
};

/// Greatest detail first; of equals the plan whose margins stand later, so that the order is total.
[[nodiscard]] bool comes_first(const OpenPlan& a, const OpenPlan& b);

/// Everything whose own tables show no small count: no safe exact plan holds a margin that is not in it. Cost: the cells of all margins.
[[nodiscard]] ShownMargins finest_without_small_counts(const SearchSetting& setting);

/// A queue of plans, each met once, the most detailed first. Plans that lack something pinned never stand in it.
class PlanFrontier {
 public:
  /// Begins with everything that shows no small count; where there is too much to go through, with the simple plans inside.
  explicit PlanFrontier(const SearchSetting& setting);

  [[nodiscard]] bool empty() const { return open_.empty(); }
  [[nodiscard]] OpenPlan pop();
  /// The next plans below one: a safe plan lacks one of the margins that leak together. Once too many plans were met, only the most detailed of them is
  /// followed.
  void push_without_one_of(const ShownMargins& shown, const std::vector<MarginOfQuestion>& margins);

  [[nodiscard]] std::int64_t plans_met() const { return met_; }
  /// The most detail among plans that were not followed, once there were too many; else 0.
  [[nodiscard]] std::int64_t passed_over() const { return passed_over_; }
  /// The most detail among all plans not looked at.
  [[nodiscard]] std::int64_t most_not_looked_at() const;

 private:
  void push(ShownMargins shown);
  void go_straight_down(std::vector<ShownMargins> next);
  void pass_over_open();

  const SearchSetting& setting_;
  ShownMargins finest_;
  SimplePlans simple_;
  std::vector<OpenPlan> open_;  ///< a heap
  std::set<ShownMargins> seen_;
  std::int64_t met_ = 0;
  std::int64_t passed_over_ = 0;
};

}  // namespace candour::answer
