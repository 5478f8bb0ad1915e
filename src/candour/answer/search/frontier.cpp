#include <candour/answer/search/frontier.hpp>

#include <algorithm>

namespace candour::answer {
namespace {

bool comes_later(const OpenPlan& a, const OpenPlan& b) { return comes_first(b, a); }

}  // namespace

bool comes_first(const OpenPlan& a, const OpenPlan& b) {
  if (const auto by_detail = a.detail <=> b.detail; by_detail != 0) return by_detail > 0;
  return a.shown > b.shown;
}

ShownMargins finest_without_small_counts(const SearchSetting& setting) {
  ShownMargins shown = setting.asked.nothing();
  for (std::size_t q = 0; q < setting.asked.size(); ++q)
    for (std::size_t i = 0; i < setting.asked[q].size(); ++i) {
      const auto& below = setting.asked[q].coarser(i);
      shown[q][i] = std::all_of(below.begin(), below.end(), [&](std::size_t j) { return shown[q][j]; }) && setting.allowed.may_show({q, i}) &&
                    !setting.judge.shows_small_count({q, i});
    }
  return shown;
}

PlanFrontier::PlanFrontier(const SearchSetting& setting) : setting_(setting), finest_(finest_without_small_counts(setting)), simple_(setting.asked, finest_) {
  if (simple_.empty()) push(finest_);
  for (ShownMargins& top : simple_.tops()) push(std::move(top));
}

void PlanFrontier::push(ShownMargins shown) {
  if (!setting_.allowed.keeps_all(shown) || !seen_.insert(shown).second) return;
  ++met_;
  protect::Detail detail = setting_.judge.detail(setting_.asked.plan_of(shown));
  open_.push_back({detail, std::move(shown)});
  std::push_heap(open_.begin(), open_.end(), comes_later);
}

OpenPlan PlanFrontier::pop() {
  std::pop_heap(open_.begin(), open_.end(), comes_later);
  OpenPlan plan = std::move(open_.back());
  open_.pop_back();
  return plan;
}

void PlanFrontier::push_without_one_of(const ShownMargins& shown, const std::vector<MarginOfQuestion>& margins) {
  if (!simple_.empty()) {
    std::set<std::size_t> concerned;
    for (const MarginOfQuestion margin : margins) concerned.insert(margin.question);
    for (ShownMargins& below : simple_.below(shown, concerned)) push(std::move(below));
    return;
  }
  std::vector<ShownMargins> all;
  for (const MarginOfQuestion margin : margins) all.push_back(setting_.asked.without(shown, margin));
  if (met_ >= setting_.task.most_plans_met) return go_straight_down(std::move(all));
  for (ShownMargins& below : all) push(std::move(below));
}

// There are too many plans to go through. From here on only the most detailed of the next ones is followed, and every step gives up a margin, so that the end
// comes soon. What is passed over bounds what could have been found.
void PlanFrontier::go_straight_down(std::vector<ShownMargins> next) {
  pass_over_open();
  for (ShownMargins& below : next) push(std::move(below));
  if (open_.empty()) return;
  OpenPlan best = pop();
  pass_over_open();
  open_.push_back(std::move(best));
}

void PlanFrontier::pass_over_open() {
  passed_over_ = most_not_looked_at();
  open_.clear();
}

std::int64_t PlanFrontier::most_not_looked_at() const { return std::max(passed_over_, open_.empty() ? 0 : open_.front().detail.share()); }

}  // namespace candour::answer
