#include <candour/solve/entropy.hpp>

#include <algorithm>
#include <cmath>

namespace candour::solve {
namespace {

constexpr double close_enough = 1e-10;
constexpr double billion = 1e9;

// x log(x / flat) - x + flat, with 0 log 0 = 0.
double divergence(double x, double flat) { return (x > 0 ? x * std::log(x / flat) - x : 0) + flat; }

// One multiplier a sum; a cell's guess is flat times the multipliers of its sums.
class Scaling {
 public:
  Scaling(const std::vector<EntropyClass>& classes, const std::vector<EntropySum>& sums, double flat)
      : classes_(classes), sums_(sums), guess_(classes.size(), flat), multiplier_(sums.size(), 1), members_(sums.size()) {
    for (std::uint32_t c = 0; c < classes.size(); ++c)
      for (const std::uint32_t sum : classes[c].sums) members_[sum].push_back(c);
  }

  void run(int most_rounds) {
    for (int round = 0; round < most_rounds; ++round) {
      double furthest = 0;
      for (std::uint32_t sum = 0; sum < sums_.size(); ++sum) furthest = std::max(furthest, project(sum));
      if (furthest < close_enough) return;
    }
  }

  [[nodiscard]] double guess(std::size_t c) const { return guess_[c]; }

 private:
  // Nearest table in which this one sum fits; gives by how much the multiplier changed.
  double project(std::uint32_t sum) {
    double now = 0;
    for (const std::uint32_t c : members_[sum]) now += guess_[c] * static_cast<double>(classes_[c].cells);
    if (now <= 0) return 0;
    const double without = now / multiplier_[sum];
    const auto lowest = static_cast<double>(sums_[sum].lowest);
    const auto highest = static_cast<double>(sums_[sum].highest);
    const double wanted = without < lowest ? lowest / without : without > highest ? highest / without : 1;
    const double factor = wanted / multiplier_[sum];
    if (wanted <= 0) {
      for (const std::uint32_t c : members_[sum]) guess_[c] = 0;
      return 0;
    }
    for (const std::uint32_t c : members_[sum]) guess_[c] *= factor;
    multiplier_[sum] = wanted;
    return std::abs(factor - 1);
  }

  const std::vector<EntropyClass>& classes_;
  const std::vector<EntropySum>& sums_;
  std::vector<double> guess_;
  std::vector<double> multiplier_;
  std::vector<std::vector<std::uint32_t>> members_;
};

}  // namespace

std::int64_t explained_share(const std::vector<EntropyClass>& classes, const std::vector<EntropySum>& sums, const std::vector<std::int64_t>& true_counts,
                             std::int64_t cell_count, int most_rounds) {
  double total = 0;
  for (const std::int64_t count : true_counts) total += static_cast<double>(count);
  if (total <= 0 || cell_count <= 0) return static_cast<std::int64_t>(billion);
  const double flat = total / static_cast<double>(cell_count);
  double of_truth = flat * static_cast<double>(cell_count - static_cast<std::int64_t>(true_counts.size()));
  for (const std::int64_t count : true_counts) of_truth += divergence(static_cast<double>(count), flat);
  if (of_truth <= close_enough * total) return static_cast<std::int64_t>(billion);
  Scaling scaling(classes, sums, flat);
  scaling.run(most_rounds);
  double of_guess = 0;
  for (std::size_t c = 0; c < classes.size(); ++c) of_guess += static_cast<double>(classes[c].cells) * divergence(scaling.guess(c), flat);
  return std::clamp<std::int64_t>(std::llround(billion * of_guess / of_truth), 0, static_cast<std::int64_t>(billion));
}

}  // namespace candour::solve
