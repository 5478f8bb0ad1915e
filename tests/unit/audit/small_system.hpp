#pragma once
// Systems of a few hidden cells, and all of their tables by brute force.

#include <candour/knowledge/system_view.hpp>
#include <candour/table/additive_system.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <random>
#include <vector>

namespace candour::testing_audit {

inline constexpr std::int64_t most = 4;  // in every cell

// A system of a few cells, all hidden, each from 0 to 4.
struct Small {
  std::vector<std::vector<int>> sums;  // coefficients by cell
  std::vector<std::int64_t> right_side, truth;

  [[nodiscard]] table::AdditiveSystem system() const {
    std::vector<std::uint64_t> start{0};
    std::vector<table::SystemTerm> terms;
    for (const std::vector<int>& sum : sums) {
      for (std::uint32_t c = 0; c < sum.size(); ++c)
        if (sum[c] != 0) terms.push_back({c, sum[c]});
      start.push_back(terms.size());
    }
    return table::AdditiveSystem::of_equations(static_cast<std::uint32_t>(truth.size()), start, terms, right_side);
  }
  [[nodiscard]] knowledge::SystemView view(const table::AdditiveSystem& system) const {
    const std::size_t n = truth.size();
    return {&system, std::vector(n, table::CellStanding::primary), std::vector<std::int64_t>(n, -1), std::vector<std::int64_t>(n, 0),
            std::vector<std::int64_t>(n, most)};
  }
  // Calls with every table that fits, in steps of 1 / parts, each value times `parts`.
  void each_table(std::int64_t parts, const std::function<void(const std::vector<std::int64_t>&)>& call) const {
    std::vector<std::int64_t> x(truth.size(), 0);
    const auto fits = [&] {
      for (std::size_t s = 0; s < sums.size(); ++s)
        if (std::inner_product(x.begin(), x.end(), sums[s].begin(), std::int64_t{0}) != right_side[s] * parts) return false;
      return true;
    };
    for (;;) {
      if (fits()) call(x);
      std::size_t i = 0;
      while (i < x.size() && x[i] == most * parts) x[i++] = 0;
      if (i == x.size()) return;
      ++x[i];
    }
  }
};

inline Small random_small(std::uint64_t seed, std::size_t cells, std::size_t sums, int largest_coefficient) {
  std::mt19937_64 random(seed);
  const auto between = [&](int a, int b) { return a + static_cast<int>(random() % static_cast<std::uint64_t>(b - a + 1)); };
  Small small;
  for (std::size_t c = 0; c < cells; ++c) small.truth.push_back(between(0, static_cast<int>(most)));
  for (std::size_t s = 0; s < sums; ++s) {
    std::vector<int> sum(cells, 0);
    for (int& k : sum)
      if (random() % 2 == 0) k = between(-largest_coefficient, largest_coefficient);
    small.right_side.push_back(std::inner_product(sum.begin(), sum.end(), small.truth.begin(), std::int64_t{0}));
    small.sums.push_back(std::move(sum));
  }
  return small;
}

struct Ends {
  std::vector<std::int64_t> low, high;
};
inline Ends ends_of(const Small& small, std::int64_t parts) {
  Ends ends{std::vector<std::int64_t>(small.truth.size(), 1000), std::vector<std::int64_t>(small.truth.size(), -1000)};
  small.each_table(parts, [&](const std::vector<std::int64_t>& x) {
    for (std::size_t c = 0; c < x.size(); ++c) ends.low[c] = std::min(ends.low[c], x[c]), ends.high[c] = std::max(ends.high[c], x[c]);
  });
  return ends;
}

}  // namespace candour::testing_audit
