#include <candour/protect/perturb/discrete_noise.hpp>

#include <candour/base/check.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace candour::protect {
namespace {

using base::Wide;

bool bernoulli(Wide numerator, Wide denominator, RandomBits& bits) { return bits.below(denominator) < numerator; }

// exp(-numerator / denominator) for a fraction of at most one.
bool bernoulli_exp_below_one(Wide numerator, Wide denominator, RandomBits& bits) {
  Wide k = 1;
  while (bernoulli(numerator, denominator * k, bits)) ++k;
  return k % 2 == 1;
}

double sum_of_gaussian(double variance) {
  double sum = 1;
  const auto reach = static_cast<std::int64_t>(std::ceil(60 * std::sqrt(variance))) + 20;
  for (std::int64_t x = 1; x <= reach; ++x) sum += 2 * std::exp(-static_cast<double>(x) * static_cast<double>(x) / (2 * variance));
  return sum;
}

}  // namespace

base::Result<Fraction> Fraction::of(std::int64_t numerator, std::int64_t denominator) {
  constexpr std::int64_t most = 1'000'000;
  if (numerator < 1 || numerator > most || denominator < 1 || denominator > most)
    return base::fail(base::Error{base::Cause::wrong_input,
                                  "noise.scale",
                                  {},
                                  fmt::format("{}/{} is no scale of noise", numerator, denominator),
                                  "both parts lie between 1 and 1000000"});
  return Fraction{numerator, denominator};
}

bool bernoulli_exp(Wide numerator, Wide denominator, RandomBits& bits) {
  for (; numerator > denominator; numerator -= denominator)
    if (!bernoulli_exp_below_one(1, 1, bits)) return false;
  return bernoulli_exp_below_one(numerator, denominator, bits);
}

std::int64_t discrete_laplace(Fraction scale, RandomBits& bits) {
  const Wide t = scale.numerator, s = scale.denominator;
  for (;;) {
    const Wide u = bits.below(t);
    if (!bernoulli_exp(u, t, bits)) continue;
    Wide v = 0;
    while (bernoulli_exp(1, 1, bits)) ++v;
    const Wide x = (u + t * v) / s;
    const bool negative = bits.next() >> 63;
    if (negative && x == 0) continue;
    return static_cast<std::int64_t>(negative ? -x : x);
  }
}

std::int64_t discrete_gaussian(Fraction variance, RandomBits& bits) {
  const Wide n = variance.numerator, d = variance.denominator;
  Wide tau = 0;  // floor(sigma) + 1
  while (tau * tau * d <= n) ++tau;
  for (;;) {
    const std::int64_t y = discrete_laplace({static_cast<std::int64_t>(tau), 1}, bits);
    const Wide away = (y < 0 ? -y : y) * tau * d - n;
    if (bernoulli_exp(away * away, 2 * n * d * tau * tau, bits)) return y;
  }
}

double rho_of_gaussian(double sensitivity, double variance) { return sensitivity * sensitivity / (2 * variance); }

double delta_of_rho(double rho, double epsilon) {
  // The logarithm of the bound is convex in a; its minimum is found by golden sections on log(a - 1).
  const auto log_delta = [&](double u) {
    const double a = 1 + std::exp(u);
    return (a - 1) * (a * rho - epsilon) - std::log(a - 1) + a * std::log1p(-1 / a);
  };
  double low = -20, high = 20;
  const double ratio = (std::sqrt(5.0) - 1) / 2;
  for (int i = 0; i < 200; ++i) {
    const double left = high - ratio * (high - low), right = low + ratio * (high - low);
    if (log_delta(left) < log_delta(right)) high = right;
    else low = left;
  }
  return std::min(1.0, std::exp(log_delta((low + high) / 2)));
}

double epsilon_of_rho(double rho, double delta) {
  double low = 0, high = rho + 2 * std::sqrt(rho * std::log(1 / delta)) + 1;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    if (delta_of_rho(rho, middle) > delta) low = middle;
    else high = middle;
  }
  return high;
}

double probability_of_gaussian(double variance, std::int64_t x) {
  return std::exp(-static_cast<double>(x) * static_cast<double>(x) / (2 * variance)) / sum_of_gaussian(variance);
}

double probability_of_laplace(double scale, std::int64_t x) {
  const double q = std::exp(-1 / scale);
  return (1 - q) / (1 + q) * std::exp(-std::abs(static_cast<double>(x)) / scale);
}

double delta_of_discrete_gaussian(double variance, double epsilon) {
  // P(Y > eps var - 1/2) - e^eps P(Y > eps var + 1/2); Canonne, Kamath, Steinke 2020, theorem 7.
  const double sum = sum_of_gaussian(variance);
  const auto above = [&](double limit) {
    double total = 0;
    const auto reach = static_cast<std::int64_t>(std::ceil(60 * std::sqrt(variance))) + 20;
    for (auto x = static_cast<std::int64_t>(std::floor(limit)) + 1; x <= reach; ++x)
      total += std::exp(-static_cast<double>(x) * static_cast<double>(x) / (2 * variance)) / sum;
    return total;
  };
  return above(epsilon * variance - 0.5) - std::exp(epsilon) * above(epsilon * variance + 0.5);
}

std::vector<std::int64_t> nonnegative_with_total(const std::vector<std::int64_t>& noisy) {
  std::vector<std::int64_t> nearest(noisy.size(), 0);
  Wide total = 0;
  for (const std::int64_t x : noisy) total += x;
  if (total <= 0 || noisy.empty()) return nearest;
  std::vector<std::int64_t> falling = noisy;
  std::sort(falling.begin(), falling.end(), std::greater<>());
  // The k largest cells stay above zero when all are lowered by (their sum - total) / k; the largest such k is the one.
  Wide sum = 0, kept_sum = 0, kept = 0;
  for (std::size_t k = 0; k < falling.size(); ++k) {
    sum += falling[k];
    const auto count = static_cast<Wide>(k) + 1;
    if (falling[k] * count <= sum - total) break;
    kept = count, kept_sum = sum;
  }
  // x - (kept_sum - total) / kept as a whole number and a remainder, in exact arithmetic.
  const Wide lowered = kept_sum - total;
  std::vector<std::pair<Wide, std::size_t>> remainders;
  Wide given = 0;
  for (std::size_t i = 0; i < noisy.size(); ++i) {
    const Wide share = static_cast<Wide>(noisy[i]) * kept - lowered;
    if (share <= 0) continue;
    nearest[i] = static_cast<std::int64_t>(share / kept);
    given += nearest[i];
    remainders.emplace_back(-(share % kept), i);
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::size_t r = 0; given < total; ++r, ++given) ++nearest[remainders[r].second];
  return nearest;
}

}  // namespace candour::protect
