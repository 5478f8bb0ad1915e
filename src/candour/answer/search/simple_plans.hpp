#pragma once
// The few plans that are tried where several questions have too many margins to try every set.

#include <candour/answer/search/shown_margins.hpp>

#include <set>
#include <vector>

namespace candour::answer {

/// Plans by simple generating classes: all crossed, all pairs, or a table each, at common levels.
class SimplePlans {
 public:
  /// Takes the finest that may be shown. Has plans only where several questions have many margins together; else every set of margins is a plan.
  SimplePlans(const AskedMargins& asked, const ShownMargins& finest);

  [[nodiscard]] bool empty() const { return of_question_.empty(); }
  /// The most detailed ones: of each question a largest plan, in every combination. None where it is empty.
  [[nodiscard]] std::vector<ShownMargins> tops() const;
  /// The largest ones below a plan that give less to one of these questions.
  [[nodiscard]] std::vector<ShownMargins> below(const ShownMargins& shown, const std::set<std::size_t>& questions) const;

 private:
  [[nodiscard]] std::vector<MarginSet> largest(std::size_t question, const MarginSet* above) const;

  std::vector<std::vector<MarginSet>> of_question_;
};

}  // namespace candour::answer
