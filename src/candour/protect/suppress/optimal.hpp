#pragma once
// A proved bound on the loss of any safe pattern, and with luck the pattern that attains it.

#include <candour/protect/suppress/suppress.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace candour::protect {

struct OptimalOptions {
  double seconds = 60;  ///< wall clock for everything
};

struct OptimalOutcome {
  Suppression best;        ///< the best pattern with a witness for every secret
  double lowest_loss = 0;  ///< no pattern that protects over the reals loses less (secondary cells only)
  std::uint64_t cuts = 0;
  std::uint64_t rounds = 0;
  std::uint64_t branches = 0;
  std::uint64_t settled = 0;  ///< cells hidden or shown in every better pattern, by their reduced costs
  [[nodiscard]] bool is_optimal() const { return static_cast<double>(best.loss) <= lowest_loss + 1e-6 * (1 + lowest_loss); }
  /// (best - lowest) / lowest of the loss including `primary_loss`.
  [[nodiscard]] double gap(double primary_loss) const { return (static_cast<double>(best.loss) - lowest_loss) / std::max(1.0, lowest_loss + primary_loss); }
};

/// Fischetti and Salazar's model: one binary variable a cell that may be hidden, and a capacity cut for each secret that an attacker's linear program shows to
/// be short. Linear relaxations first, then integer programs over the cuts found, until their answer needs no further cut or the time is over.
///
/// A cut is valid whatever the solver's rounding, because any multipliers of the sums give one. The bound is for protection over the reals; a pattern is taken
/// only with whole, exactly checked witnesses. `start` is the pattern to beat. Widths (sliding protection) beyond the two ends give no cuts: the bound stays
/// valid. Source: Fischetti and Salazar-Gonzalez, Management Science 47 (2001); docs/methods/suppression.md.
[[nodiscard]] OptimalOutcome suppress_optimally(const table::AdditiveSystem& system, const truth::SystemTruth& truth, Suppression start,
                                                const OptimalOptions& options);

}  // namespace candour::protect
