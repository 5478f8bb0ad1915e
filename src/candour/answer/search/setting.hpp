#pragma once
// What all rooms of a search look at, and what ends it.

#include <candour/answer/plan_judge.hpp>
#include <candour/answer/search/allowed_margins.hpp>
#include <candour/answer/search/shown_margins.hpp>
#include <candour/base/progress.hpp>
#include <candour/base/stop.hpp>

#include <string_view>

namespace candour::answer {

/// One search: what is searched for, among which margins, who judges, and where progress is shown. All of it lives as long as the search.
struct SearchSetting {
  const PlanTask& task;
  const AskedMargins& asked;
  const AllowedMargins& allowed;
  PlanJudge& judge;
  base::Progress& progress;

  void show_progress(std::string_view note) const { progress.at(static_cast<std::uint64_t>(judge.plans_judged()), 0, note); }
};

/// Remembers whether, when last asked, the policy's number of plans was used up or somebody had asked for a stop.
class SearchLimits {
 public:
  explicit SearchLimits(const SearchSetting& setting) : setting_(setting) {}

  [[nodiscard]] bool reached() {
    used_up_ = used_up_ || setting_.judge.plans_judged() >= setting_.task.policy->most_plans;
    stopped_ = stopped_ || base::stop_asked();
    return used_up_ || stopped_;
  }
  [[nodiscard]] bool used_up() const { return used_up_; }
  [[nodiscard]] bool stopped() const { return stopped_; }

 private:
  const SearchSetting& setting_;
  bool used_up_ = false;
  bool stopped_ = false;
};

}  // namespace candour::answer
