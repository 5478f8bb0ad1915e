#pragma once
// Inside suppression: witnesses of a cube that carry records from one finest cell to another, with all totals above both.

#include <candour/protect/suppress/witness_book.hpp>

#include <cstdint>
#include <vector>

namespace candour::protect {

/// One finest cell gains what another loses, and every total that counts only one of the two changes with it. Such a move exists in any cube in which all
/// totals but the last may be hidden, so it is the last resort where product moves and small programs fail; it hides long chains of totals, so it is dear.
class PairFinder {
 public:
  PairFinder(WitnessBook& book, const table::ProductShape& shape);
  /// Finds a witness at little loss and stores it; it may hide more cells, which are added to `newly_hidden`. Cost: some ten thousand pairs looked at.
  bool satisfy(std::uint32_t need, std::vector<table::SystemCell>& newly_hidden);

 private:
  struct Pair {
    table::SystemCell gains = 0, loses = 0;  ///< finest cells
    float loss = 0;
  };
  struct Point {
    std::int64_t offset;
    bool common;  ///< so far on a node that stands above both
  };
  bool build(table::SystemCell cell, std::int64_t amount);
  bool find(table::SystemCell cell, std::int64_t amount, Pair& best);
  void list_finest_below(table::SystemCell cell, std::size_t axis);
  void try_partners(table::SystemCell own, table::SystemCell finest, std::int64_t amount, std::uint32_t axes, Pair& best);
  void try_far_partners(table::SystemCell own, table::SystemCell finest, std::int64_t amount, Pair& best);
  void consider(table::SystemCell own, table::SystemCell finest, table::SystemCell other, std::int64_t amount, Pair& best);
  [[nodiscard]] bool stands_above(table::SystemCell cell, table::SystemCell finest) const;
  void list_chain(table::SystemCell from, table::SystemCell other);
  void apply(const Pair& pair, std::int64_t amount);
  void forget();

  WitnessBook& book_;
  const table::ProductShape& shape_;
  std::vector<std::vector<std::uint32_t>> leaves_;  ///< by axis
  std::vector<table::SystemCell> finest_;           ///< below the cell of the present search
  std::vector<Point> chain_, wider_;                ///< the cells above one finest cell and not above the other, first itself
  std::vector<table::SystemCell> fresh_;
};

}  // namespace candour::protect
