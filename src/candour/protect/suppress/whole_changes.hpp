#pragma once
// Inside suppression: a move in whole numbers by the changes of the free cells, made cheaper step by step.

#include <candour/protect/suppress/move_basis.hpp>

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace candour::protect {

/// Whole changes of the free cells of a basis and what follows for every cell; ties are not looked at. Both structures must outlive this.
class WholeChanges {
 public:
  using Cost = std::function<double(table::SystemCell, std::int64_t change)>;
  WholeChanges(const MoveBasis& basis, const std::vector<MoveBasis::Column>& columns, Cost cost)
      : columns_(columns), cost_(std::move(cost)), change_(basis.of.size(), 0), step_(basis.of.size(), 0), of_free_(columns.size(), 0) {}

  void set(std::size_t free, std::int64_t change);
  [[nodiscard]] std::int64_t change(table::SystemCell cell) const { return change_[cell]; }
  /// Steps by one of a free cell, and of two that were changed against each other (which keeps every total that holds both), while the sum of costs falls.
  /// Cost: a pass over the pairs of changed cells each time; few passes are needed.
  void descend();

 private:
  using Step = std::pair<std::size_t, std::int64_t>;
  [[nodiscard]] double gain(const Step* steps, std::size_t count);
  bool take_if_better(const Step* steps, std::size_t count);

  const std::vector<MoveBasis::Column>& columns_;
  Cost cost_;
  std::vector<std::int64_t> change_, step_;  ///< by cell
  std::vector<std::int64_t> of_free_;
  std::vector<table::SystemCell> touched_;
};

}  // namespace candour::protect
