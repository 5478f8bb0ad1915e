#pragma once
// Inside suppression: nobody who is alone in a hidden cell may read another's secret.

#include <candour/protect/suppress/improve.hpp>
#include <candour/protect/suppress/witness_book.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace candour::protect {

/// Who is alone in a cell knows its value and discards every witness that changes it. A secret is guarded if no such cell is changed by all its witnesses,
/// cells of people who are counted in the secret themselves apart.
class SingleGuard {
 public:
  /// Makes moves dearer that change cells of single contributors. The book must outlive this.
  explicit SingleGuard(WitnessBook& book);

  /// Gives each secret that is not guarded one more need, a witness that leaves those cells alone, and looks for it. Says whether there was one to look for.
  bool add_witnesses(const Satisfy& satisfy);

  /// Takes off the needs added before that the other witnesses of their secrets have made needless.
  void drop_needless();

  /// Single contributors' cells that all of these moves of one secret change; cells ascending.
  [[nodiscard]] std::vector<table::SystemCell> common_singles(std::span<const table::SystemMove* const> moves, table::SystemCell own) const;

  [[nodiscard]] bool is_single(table::SystemCell cell) const {
    const truth::SystemTruth& truth = book_.truth();
    return truth.value[cell] > 0 && truth.largest[cell] == truth.value[cell];
  }

 private:
  /// Makes one need for each of the cells that a need must leave alone; says whether there was more than one.
  bool ask_one_by_one(std::uint32_t need);

  WitnessBook& book_;
};

}  // namespace candour::protect
