#pragma once
// Inside the checker of suppressed systems: what every move is held against, on several threads.

#include <candour/certify/system_check.hpp>

#include <cstdint>
#include <vector>

namespace candour::certify {

/// Looks at each move of the evidence alone: that it names each cell once, changes hidden cells only, within their bounds, keeps every sum, and (if asked)
/// leaves in every set of connected hidden cells one that needs hiding. All given structures must outlive it.
///
/// Each thread takes a run of moves, so that the faults stand in the order of the moves whatever the number of threads.
class MoveCheck {
 public:
  MoveCheck(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SystemEvidence& evidence, const SystemCheckOptions& options);
  /// Gives the faults of moves in order, those of replay after all others. Cost: linear in the changes times the sums of a cell.
  [[nodiscard]] std::vector<SystemFault> run() const;
  /// Cells re-added.
  [[nodiscard]] std::uint64_t changes() const;

 private:
  // What a hidden cell can change by; a shown one by nothing at all.
  struct Room {
    std::int64_t least = 1;
    std::int64_t most = -1;
  };
  struct Bench;
  struct Found {
    std::vector<SystemFault> faults, of_replay;
  };
  void list_rooms();
  void join_hidden_cells();
  void check(std::uint32_t move, Bench& bench, Found& found) const;
  [[nodiscard]] bool breaks_a_sum(const table::SystemMove& move, Bench& bench) const;
  [[nodiscard]] bool breaks_a_sum_of_large_numbers(const table::SystemMove& move) const;
  [[nodiscard]] bool leaves_nothing_to_hide(const table::SystemMove& move, Bench& bench) const;
  [[nodiscard]] bool is_small(std::int64_t count) const { return count >= 1 && count < options_.threshold; }

  const table::AdditiveSystem& system_;
  const truth::SystemTruth& truth_;
  const SystemEvidence& evidence_;
  const SystemCheckOptions& options_;
  std::vector<Room> room_;
  std::vector<std::uint32_t> set_of_;   ///< by cell: one hidden cell that stands for all that are connected with it
  std::vector<std::int64_t> small_in_;  ///< by such a cell: how many of them need hiding in truth
};

}  // namespace candour::certify
