#pragma once
// Discrete Laplace and discrete Gaussian noise from integers alone, and what a release of them costs in privacy.

#include <candour/base/result.hpp>
#include <candour/protect/perturb/random_bits.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace candour::protect {

/// A positive fraction; both parts from 1 to 10^6 (so that no step of the samplers can overflow).
struct Fraction {
  std::int64_t numerator = 1;
  std::int64_t denominator = 1;
  /// Error wrong_input "noise.scale".
  [[nodiscard]] static base::Result<Fraction> of(std::int64_t numerator, std::int64_t denominator);
};

/// True with probability exp(-numerator / denominator), exactly. Source: Canonne, Kamath, Steinke 2020, algorithm 1.
[[nodiscard]] bool bernoulli_exp(base::Wide numerator, base::Wide denominator, RandomBits& bits);
/// P(x) proportional to exp(-|x| / scale), exactly. Source: the same, algorithm 2.
[[nodiscard]] std::int64_t discrete_laplace(Fraction scale, RandomBits& bits);
/// P(x) proportional to exp(-x^2 / (2 variance)), exactly. Source: the same, algorithm 3. The variance is at most 10^6.
[[nodiscard]] std::int64_t discrete_gaussian(Fraction variance, RandomBits& bits);

/// rho of zero-concentrated differential privacy for one release of counts of which one person changes the vector by at most `sensitivity` (Euclidean length).
[[nodiscard]] double rho_of_gaussian(double sensitivity, double variance);
/// delta of (epsilon, delta) that rho implies: inf over a > 1 of exp((a - 1)(a rho - epsilon)) / (a - 1) * (1 - 1/a)^a.
[[nodiscard]] double delta_of_rho(double rho, double epsilon);
/// The smallest epsilon for a delta, by bisection on delta_of_rho.
[[nodiscard]] double epsilon_of_rho(double rho, double delta);
/// The exact delta of one discrete Gaussian of sensitivity 1.
[[nodiscard]] double delta_of_discrete_gaussian(double variance, double epsilon);
/// P(x) of the two distributions, for accounting and tests.
[[nodiscard]] double probability_of_gaussian(double variance, std::int64_t x);
[[nodiscard]] double probability_of_laplace(double scale, std::int64_t x);

/// The table of whole numbers from 0 upwards that lies nearest to noisy finest cells and keeps their grand total (0 where that is below zero): each cell is
/// lowered by one and the same amount and not below zero; fractions go to the largest remainders, the earlier cell first. It looks at the noisy values alone,
/// so it costs no privacy; it is no longer unbiased. Source: projection onto a simplex; the order (noise, then non-negative whole numbers) is that of the 2020
/// United States census. Cost: sorting.
[[nodiscard]] std::vector<std::int64_t> nonnegative_with_total(const std::vector<std::int64_t>& noisy);

}  // namespace candour::protect
