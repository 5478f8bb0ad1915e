#pragma once
// A safe draft that grows: margins are added in which some figures are not exact, as long as it tells more.

#include <candour/answer/search/setting.hpp>

#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace candour::answer {

/// A draft as it grew: the exact one first, the one that tells most last.
struct Growth {
  std::vector<PlannedDraft> drafts;
  ShownMargins shown;  ///< by the last draft, exactly or not

  [[nodiscard]] const PlannedDraft& last() const { return drafts.back(); }
};

/// One margin more.
struct GrowthStep {
  protect::Detail most;  ///< that it could tell
  MarginOfQuestion margin;
  protect::Plan plan;
};

/// How figures of a further margin are given where they cannot be exact.
class WayToGrow {
 public:
  virtual ~WayToGrow() = default;
  /// The margins that could be given next and would tell more than the last draft. Those that failed are left out.
  [[nodiscard]] virtual std::vector<GrowthStep> steps(const Growth& growth, const std::set<MarginOfQuestion>& failed) = 0;
  /// Whether one more step may be tried; counted, so that results can be repeated.
  [[nodiscard]] virtual bool may_try() = 0;
  /// The draft of a step, or nothing where it is not safe or tells no more.
  [[nodiscard]] virtual base::Result<std::optional<PlannedDraft>> draft(const GrowthStep& step, const PlannedDraft& last) = 0;
  /// What happens to figures: "hiding cells".
  [[nodiscard]] virtual std::string_view words() const = 0;
};

/// Adds one margin after another, the one that could tell most first, while there is one. What failed once is not tried again with more beside it.
[[nodiscard]] base::Result<base::Done> grow(const SearchSetting& setting, WayToGrow& way, SearchLimits& limits, Growth& growth);

/// Margins with some cells hidden.
class HidingCells : public WayToGrow {
 public:
  explicit HidingCells(const SearchSetting& setting) : setting_(setting) {}
  [[nodiscard]] std::vector<GrowthStep> steps(const Growth& growth, const std::set<MarginOfQuestion>& failed) override;
  [[nodiscard]] bool may_try() override { return setting_.judge.may_search_for_hiding(); }
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> draft(const GrowthStep& step, const PlannedDraft& last) override;
  [[nodiscard]] std::string_view words() const override { return "hiding cells"; }

 private:
  [[nodiscard]] std::vector<std::size_t> next_of(std::size_t question, const MarginSet& shown);

  const SearchSetting& setting_;
};

}  // namespace candour::answer
