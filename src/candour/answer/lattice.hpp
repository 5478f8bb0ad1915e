#pragma once
// The plans of one question, ordered by "tells the reader no more than".

#include <candour/protect/draft.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace candour::answer {

/// All exact plans of a question: levels times crossings, in normal form, with their immediate neighbours. Coarser plans come before finer ones.
class QuestionLattice {
 public:
  /// Takes the finest design asked for. Cost: the square of the number of plans.
  QuestionLattice(const table::AtomSpace& space, const table::TableDesign& asked);

  [[nodiscard]] std::size_t size() const { return plans_.size(); }
  [[nodiscard]] const protect::QuestionPlan& plan(std::size_t i) const { return plans_[i]; }
  /// Plans that are one step coarser (finer): nothing lies between.
  [[nodiscard]] const std::vector<std::size_t>& coarser(std::size_t i) const { return coarser_[i]; }
  [[nodiscard]] const std::vector<std::size_t>& finer(std::size_t i) const { return finer_[i]; }
  [[nodiscard]] const table::TableDesign& asked() const { return asked_; }

 private:
  void enumerate(const table::AtomSpace& space);
  void link();

  table::TableDesign asked_;
  std::vector<protect::QuestionPlan> plans_;
  std::vector<std::vector<std::size_t>> coarser_;
  std::vector<std::vector<std::size_t>> finer_;
};

}  // namespace candour::answer
