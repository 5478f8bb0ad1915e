#pragma once
// Plans of several questions together, as sets of margins.

#include <candour/answer/lattice.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace candour::answer {

/// A margin of one of the questions asked, by number.
struct MarginOfQuestion {
  std::size_t question = 0;  ///< place among the questions asked
  std::size_t margin = 0;
  auto operator<=>(const MarginOfQuestion&) const = default;
};

/// For each question asked, the margins that a reader would have. As with one question, a plan tells no less than another exactly if it contains it.
using ShownMargins = std::vector<MarginSet>;

[[nodiscard]] bool contains(const ShownMargins& more, const ShownMargins& less);

/// The questions asked about one population, with the margins of each.
class AskedMargins {
 public:
  AskedMargins(const table::AtomSpace& space, const std::vector<table::TableDesign>& asked);

  [[nodiscard]] const std::vector<QuestionMargins>& questions() const { return questions_; }
  [[nodiscard]] std::size_t size() const { return questions_.size(); }
  [[nodiscard]] const QuestionMargins& operator[](std::size_t question) const { return questions_[question]; }

  [[nodiscard]] ShownMargins nothing() const;
  [[nodiscard]] ShownMargins totals() const;
  /// The exact plan that shows these: one entry for each question of the population, empty for those not asked.
  [[nodiscard]] protect::Plan plan_of(const ShownMargins& shown) const;
  /// Margins that no other shown one adds up to: the tables of the plan.
  [[nodiscard]] std::vector<MarginOfQuestion> finest(const ShownMargins& shown) const;
  [[nodiscard]] ShownMargins with(ShownMargins shown, MarginOfQuestion margin) const;
  [[nodiscard]] ShownMargins without(ShownMargins shown, MarginOfQuestion margin) const;
  /// How many exact plans there are, of all questions together; see QuestionMargins::plans_in_all.
  [[nodiscard]] std::int64_t plans_in_all() const;

 private:
  std::size_t questions_of_population_;
  std::vector<QuestionMargins> questions_;
};

}  // namespace candour::answer
