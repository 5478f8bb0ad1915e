#pragma once
// The plans of one question, ordered by "tells the reader no more than".

#include <candour/protect/draft.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace candour::answer {

/// A set of margins of one question (by number) that holds with each margin all those that it adds up to: what a reader of the plan's tables has.
/// All exact plans of a question are such sets, and one tells no less than another exactly if it contains it.
using MarginSet = std::vector<bool>;

[[nodiscard]] bool contains(const MarginSet& more, const MarginSet& less);

/// The margins with which one question can be answered: a level of each variable. Coarser margins come before finer ones; number 0 is the total.
class QuestionMargins {
 public:
  /// Takes the finest design asked for. Cost: the number of margins (product of the numbers of levels) times the variables.
  QuestionMargins(const table::AtomSpace& space, const table::TableDesign& asked);

  [[nodiscard]] std::size_t size() const { return margins_.size(); }
  [[nodiscard]] const protect::Margin& margin(std::size_t i) const { return margins_[i]; }
  /// The margin with these levels; a level that shows the same categories as a coarser one stands for that one.
  [[nodiscard]] std::size_t find(protect::Margin margin) const;
  /// Margins that are one step coarser (finer) in one variable.
  [[nodiscard]] const std::vector<std::size_t>& coarser(std::size_t i) const { return coarser_[i]; }
  [[nodiscard]] const std::vector<std::size_t>& finer(std::size_t i) const { return finer_[i]; }
  [[nodiscard]] const table::TableDesign& asked() const { return asked_; }
  /// The table of one margin, with its own margins.
  [[nodiscard]] table::TableDesign design(const table::AtomSpace& space, std::size_t i) const;

  /// How many exact plans the question has. With at most three variables exact, from a closed form; with more at least so many. A number too large for 64 bits
  /// is the largest of them.
  [[nodiscard]] std::int64_t plans_in_all() const;

  [[nodiscard]] MarginSet none() const { return MarginSet(size(), false); }
  [[nodiscard]] protect::QuestionPlan plan(const MarginSet& set, protect::Treatment treatment = protect::Treatment::exact) const;
  [[nodiscard]] MarginSet set_of(const protect::QuestionPlan& plan) const;
  /// The set with a margin and all that it adds up to; without it and all that adds up to it.
  [[nodiscard]] MarginSet with(MarginSet set, std::size_t i) const;
  [[nodiscard]] MarginSet without(MarginSet set, std::size_t i) const;
  /// Members that no other member adds up to: the tables of the plan.
  [[nodiscard]] std::vector<std::size_t> finest(const MarginSet& set) const;
  /// Margins outside the set all of whose coarser neighbours are inside: the next steps.
  [[nodiscard]] std::vector<std::size_t> next(const MarginSet& set) const;

 private:
  table::TableDesign asked_;
  std::vector<std::vector<int>> levels_;  ///< by variable: the levels that may be the finest shown
  std::vector<protect::Margin> margins_;
  std::vector<std::vector<std::size_t>> coarser_;
  std::vector<std::vector<std::size_t>> finer_;
};

/// The product of two numbers of plans, or the largest number there is.
[[nodiscard]] std::int64_t plans_together(std::int64_t a, std::int64_t b);

/// All exact plans of a question, in normal form, with their immediate neighbours; coarser ones before finer ones. Their number grows very fast with variables
/// and levels: for small questions and for tests. The search does without it.
class QuestionLattice {
 public:
  QuestionLattice(const table::AtomSpace& space, const table::TableDesign& asked);

  [[nodiscard]] std::size_t size() const { return plans_.size(); }
  [[nodiscard]] const protect::QuestionPlan& plan(std::size_t i) const { return plans_[i]; }
  [[nodiscard]] const MarginSet& set(std::size_t i) const { return sets_[i]; }
  /// Plans that are one step coarser (finer): nothing lies between.
  [[nodiscard]] const std::vector<std::size_t>& coarser(std::size_t i) const { return coarser_[i]; }
  [[nodiscard]] const std::vector<std::size_t>& finer(std::size_t i) const { return finer_[i]; }
  [[nodiscard]] const QuestionMargins& margins() const { return margins_; }
  [[nodiscard]] const table::TableDesign& asked() const { return margins_.asked(); }

 private:
  void extend(MarginSet& set, std::size_t from);
  void link();

  QuestionMargins margins_;
  std::vector<MarginSet> sets_;
  std::vector<protect::QuestionPlan> plans_;
  std::vector<std::vector<std::size_t>> coarser_;
  std::vector<std::vector<std::size_t>> finer_;
};

}  // namespace candour::answer
