#pragma once
// The table of greatest entropy within some sums: what a reader who is told only these sums would rightly guess. No disclosure words.

#include <candour/base/result.hpp>

#include <cstdint>
#include <vector>

namespace candour::solve {

/// Cells that no sum tells apart are one class.
struct EntropyClass {
  std::int64_t cells = 1;           ///< how many cells it stands for
  std::vector<std::uint32_t> sums;  ///< the sums that hold it
};
/// lowest <= sum <= highest; equal for an exact sum.
struct EntropySum {
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
};

/// Gives, in units of 10^-9, the share of the divergence D(true || flat) that the sums explain: D(guess || flat) / D(true || flat), where `flat` spreads the
/// true total evenly over all cells, `guess` is the table nearest to flat (least relative entropy) within all sums, and D is the relative entropy of
/// unnormalised tables. By Pythagoras it lies between 0 and 1; a finer set of sums never explains less. 1 where the truth itself is flat.
///
/// Takes: the classes with their sums; `true_counts`, one a cell that holds anything; `cell_count`, all cells; the sums must fit the truth.
/// Cost: rounds (at most `most_rounds`) times the entries; the rounds are cyclic Bregman projections (generalised iterative scaling).
/// Source: Csiszar 1975; Bregman 1967.
[[nodiscard]] std::int64_t explained_share(const std::vector<EntropyClass>& classes, const std::vector<EntropySum>& sums,
                                           const std::vector<std::int64_t>& true_counts, std::int64_t cell_count, int most_rounds = 300);

}  // namespace candour::solve
