#pragma once
// Exact plans from the most detailed down, until one is safe.

#include <candour/answer/search/frontier.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace candour::answer {

/// A plan that is safe, with its draft where that was wanted.
struct SafePlan {
  ShownMargins shown;
  protect::Detail detail;
  std::optional<PlannedDraft> draft;
};

/// The safe exact plans in order. Margins that were once found to leak together are given up together in every later plan that holds them all, without
/// judging it.
class ExactPlans {
 public:
  explicit ExactPlans(const SearchSetting& setting) : setting_(setting), frontier_(setting) {}

  enum class Wanted { draft, verdict };
  /// The next safe plan that none of the front contains; nothing where there is none, the limits are reached, or too many were looked at.
  [[nodiscard]] base::Result<std::optional<SafePlan>> next_safe(SearchLimits& limits, Wanted wanted,
                                                                std::size_t most_tries = std::numeric_limits<std::size_t>::max());
  /// One more plan of the front: what it contains is left out from now on.
  void add_to_front(ShownMargins shown) { front_.push_back(std::move(shown)); }
  /// The only plan of the front was refused after all: the search goes on below it.
  void go_on_below(const ShownMargins& refused);

  [[nodiscard]] const PlanFrontier& frontier() const { return frontier_; }

 private:
  [[nodiscard]] const std::vector<MarginOfQuestion>* known_leak(const ShownMargins& shown) const;
  [[nodiscard]] bool is_in_front(const ShownMargins& shown) const;
  [[nodiscard]] base::Result<std::optional<SafePlan>> look_at(const OpenPlan& open, Wanted wanted);

  const SearchSetting& setting_;
  PlanFrontier frontier_;
  std::vector<std::vector<MarginOfQuestion>> leaks_;
  std::vector<ShownMargins> front_;
};

}  // namespace candour::answer
