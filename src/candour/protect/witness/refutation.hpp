#pragma once
// Cheap proofs that a secret leaks: a published sum that holds it and is itself too small.

#include <candour/protect/witness/judgement.hpp>

#include <vector>

namespace candour::protect {

/// The published upper limits by atom, to ask which of them hold a secret.
class Refutation {
 public:
  Refutation(const WitnessSystem& system, const Insiders& insiders, const std::vector<truth::Secret>& secrets);
  /// Says whether one published sum alone keeps the secret from reaching up against some coalition. Never wrong; does not find every leak.
  [[nodiscard]] bool proves_leak(const SecretJudge& judge) const { return cap_of(judge) != nullptr; }
  /// The first sum that proves it, or nothing.
  [[nodiscard]] const table::SumConstraint* cap_of(const SecretJudge& judge) const;

 private:
  [[nodiscard]] bool caps(const table::SumConstraint& sum, const SecretJudge& judge) const;

  const Insiders& insiders_;
  std::vector<const table::SumConstraint*> tight_;    ///< sums that could cap some secret
  std::vector<std::vector<std::uint32_t>> tight_at_;  ///< by atom
};

}  // namespace candour::protect
