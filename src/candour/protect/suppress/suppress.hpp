#pragma once
// Suppression over one additive system: which further cells to hide, and for every secret the moves that prove it protected.

#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>
#include <candour/table/system_move.hpp>
#include <candour/truth/system_truth.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace candour::protect {

/// Whether the owner of a hidden cell (its single contributor) must be kept from reading another.
enum class Insider { nobody, single_contributor };

struct SuppressionOptions {
  double seconds = 0;        ///< wall clock for improvement after the first complete pattern; 0: none
  std::uint64_t rounds = 0;  ///< ruin-and-recreate rounds at most; 0: until the time is over
  Insider insider = Insider::nobody;
  std::int64_t threshold = 0;          ///< counts below it are what needs hiding (replay rule); 0: not asked, as for plain constraint files
  std::optional<base::SecretKey> key;  ///< multiplies each loss by a secret factor from 1 to 2, so that the choice of cells says less
  std::uint64_t seed = 1;              ///< of the improvement; the same seed and rounds give the same pattern
  double first_seconds = 0;            ///< wall clock for the first complete pattern of a plain system; 0: as long as it takes
};

/// Moves by index for one secret: together with the truth itself they show its protection.
struct Suppression {
  std::vector<table::CellStanding> standing;
  std::vector<table::SystemMove> moves;
  std::vector<std::vector<std::uint32_t>> moves_of;  ///< one a secret, in the order of the truth
  std::int64_t secondary_count = 0;
  std::int64_t secondary_value = 0;
  std::int64_t loss = 0;                       ///< of the secondary cells, in the truth's own losses
  std::vector<table::SystemCell> unprotected;  ///< secrets for which no move was found; empty or the pattern must not be used
  bool ended_early = false;                    ///< the time was over, or a stop was asked, before a first pattern was complete
  std::vector<table::SystemCell>
      impossible;  ///< those of them that no pattern protects: with every cell hidden that may be, multipliers of the sums bound them
};

/// Protects every secret of the truth, or says which it could not. Cells that are always shown stay shown.
///
/// A cube: product moves first (docs/methods/suppression.md), then linear programs; a plain system: condensed, then the move of least loss for one need after
/// the other. Every move is checked exactly.
/// Errors: refused "suppress.unprotectable" with the number of cells, if a secret cannot be protected even with everything hidden, or no way was found.
[[nodiscard]] base::Result<Suppression> suppress(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SuppressionOptions& options);

}  // namespace candour::protect
