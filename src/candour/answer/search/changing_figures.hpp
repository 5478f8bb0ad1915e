#pragma once
// Margins in which figures are changed: rounded, or with noise drawn by the authority's key.

#include <candour/answer/search/growth.hpp>

#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace candour::answer {

/// Margins with all figures changed, as PlanTask::change says.
class ChangingFigures : public WayToGrow {
 public:
  explicit ChangingFigures(const SearchSetting& setting) : setting_(setting) {}
  [[nodiscard]] std::vector<GrowthStep> steps(const Growth& growth, const std::set<MarginOfQuestion>& failed) override;
  [[nodiscard]] bool may_try() override { return tries_++ < setting_.judge.tries_at_changing(); }
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> draft(const GrowthStep& step, const PlannedDraft& last) override;
  [[nodiscard]] std::string_view words() const override;

 private:
  [[nodiscard]] bool adds_noise() const;
  [[nodiscard]] protect::Plan plan_with(const Growth& growth, MarginOfQuestion margin) const;

  const SearchSetting& setting_;
  std::int64_t tries_ = 0;
};

}  // namespace candour::answer
