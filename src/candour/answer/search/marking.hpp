#pragma once
// How a draft grows by a finer table with marks.

#include <candour/answer/search/growth.hpp>

#include <set>
#include <string_view>
#include <vector>

namespace candour::answer {

/// For each question at most one finer table, with marks wherever its figures could give somebody away.
class MarkingCells : public WayToGrow {
 public:
  explicit MarkingCells(const SearchSetting& setting) : setting_(setting) {}
  [[nodiscard]] std::vector<GrowthStep> steps(const Growth& growth, const std::set<MarginOfQuestion>& failed) override;
  [[nodiscard]] bool may_try() override { return tries_++ < setting_.judge.tries_at_marking(); }
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> draft(const GrowthStep& step, const PlannedDraft& last) override;
  [[nodiscard]] std::string_view words() const override { return "marking a finer table"; }

 private:
  const SearchSetting& setting_;
  std::int64_t tries_ = 0;
};

}  // namespace candour::answer
