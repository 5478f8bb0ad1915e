#include <candour/protect/suppress/cut_rounding.hpp>

#include <algorithm>
#include <cmath>

namespace candour::protect {
namespace {

constexpr double least_miss = 0.02;

// floor(x) + min(1, fraction / f): what a whole amount of x counts after rounding.
double rounded(double x, double f) {
  const double whole = std::floor(x + 1e-9), fraction = std::max(0.0, x - whole);
  return whole + std::min(1.0, fraction / f);
}

}  // namespace

std::optional<solve::Row> round_cut(const solve::Row& cut, const std::vector<double>& share) {
  std::vector<double> divisors;
  for (const solve::Entry& entry : cut.entries) {
    const double z = share[static_cast<std::size_t>(entry.column)];
    if (z > 1e-4 && z < 1 - 1e-4) divisors.push_back(std::abs(entry.coefficient));
  }
  std::sort(divisors.begin(), divisors.end());
  divisors.erase(std::unique(divisors.begin(), divisors.end(), [](double a, double b) { return b - a < 1e-6; }), divisors.end());
  if (divisors.size() > 8) divisors.erase(divisors.begin(), divisors.end() - 8);
  std::optional<solve::Row> best;
  double furthest = least_miss;
  for (const double turned_from : {0.5, 0.999, 2.0}) {  // shares from here on are counted from 1 downwards
    double right = cut.lowest;
    for (const solve::Entry& entry : cut.entries)
      if (share[static_cast<std::size_t>(entry.column)] >= turned_from) right -= entry.coefficient;
    std::vector<double> tried = divisors;
    if (right > 1e-3) tried.push_back(right * 1.0001);  // the cover: whatever reaches the rest alone counts as one
    for (const double divisor : tried) {
      const double beta = right / divisor, f = beta - std::floor(beta);
      if (f < 0.01 || f > 1 - 1e-9) continue;
      solve::Row made{{}, std::floor(beta) + 1, solve::infinity};
      double reached = 0, square = 0;
      for (const solve::Entry& entry : cut.entries) {
        const double z = share[static_cast<std::size_t>(entry.column)];
        const bool turned = z >= turned_from;
        const double counts = turned ? -rounded(-entry.coefficient / divisor, f) : rounded(entry.coefficient / divisor, f);
        if (turned) made.lowest += counts;
        if (std::abs(counts) < 1e-9) continue;
        made.entries.push_back({entry.column, counts});
        reached += counts * z;
        square += counts * counts;
      }
      const double miss = (made.lowest - reached) / std::sqrt(std::max(square, 1e-9));
      if (miss <= furthest) continue;
      furthest = miss;
      made.lowest -= 1e-7;
      best = std::move(made);
    }
  }
  return best;
}

}  // namespace candour::protect
