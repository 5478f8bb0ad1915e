#include <candour/protect/suppress/independent_sums.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <queue>

namespace candour::protect {
namespace {

constexpr std::uint64_t prime = 2147483647;

std::uint64_t in_field(std::int64_t x) {
  const std::int64_t rest = x % static_cast<std::int64_t>(prime);
  return static_cast<std::uint64_t>(rest < 0 ? rest + static_cast<std::int64_t>(prime) : rest);
}

std::uint64_t inverse(std::uint64_t x) {
  std::uint64_t result = 1;
  for (std::uint64_t exponent = prime - 2; exponent > 0; exponent >>= 1U, x = x * x % prime)
    if (exponent & 1U) result = result * x % prime;
  return result;
}

class Elimination {
 public:
  explicit Elimination(const table::AdditiveSystem& system)
      : system_(system), row_of_(system.cell_count(), nobody), now_(system.cell_count(), 0), seen_(system.cell_count(), 0) {}

  /// Says whether a sum is new, and remembers it if so.
  bool take(table::SystemEquation equation) {
    for (const table::SystemTerm& term : system_.terms(equation)) add(term.cell, in_field(term.coefficient));
    while (!waiting_.empty()) {
      const std::uint32_t r = waiting_.top();
      waiting_.pop();
      const std::uint64_t times = now_[pivot_[r]];
      if (times == 0) continue;
      for (const Part& part : rows_[r]) add(part.cell, (prime - times) * part.coefficient % prime);
    }
    const bool is_new = keep();
    for (const table::SystemCell c : touched_) now_[c] = 0, seen_[c] = 0;
    touched_.clear();
    return is_new;
  }

 private:
  static constexpr std::uint32_t nobody = 0xffffffff;
  struct Part {
    table::SystemCell cell;
    std::uint64_t coefficient;
  };

  void add(table::SystemCell cell, std::uint64_t coefficient) {
    if (!seen_[cell]) {
      seen_[cell] = 1;
      touched_.push_back(cell);
      if (row_of_[cell] != nobody) waiting_.push(row_of_[cell]);
    }
    now_[cell] = (now_[cell] + coefficient) % prime;
  }

  // What is left is solved for the cell in the fewest sums: that fills the least.
  bool keep() {
    table::SystemCell chosen = nobody;
    for (const table::SystemCell c : touched_)
      if (now_[c] != 0 && (chosen == nobody || system_.equations(c).size() < system_.equations(chosen).size())) chosen = c;
    if (chosen == nobody) return false;
    const std::uint64_t scale = inverse(now_[chosen]);
    std::vector<Part>& row = rows_.emplace_back();
    for (const table::SystemCell c : touched_)
      if (now_[c] != 0) row.push_back({c, now_[c] * scale % prime});
    row_of_[chosen] = static_cast<std::uint32_t>(pivot_.size());
    pivot_.push_back(chosen);
    return true;
  }

  const table::AdditiveSystem& system_;
  std::vector<std::vector<Part>> rows_;   ///< reduced by all rows before them
  std::vector<table::SystemCell> pivot_;  ///< by row: the cell it is solved for, with coefficient 1
  std::vector<std::uint32_t> row_of_;     ///< by cell
  std::vector<std::uint64_t> now_;        ///< by cell: the sum under work
  std::vector<std::uint8_t> seen_;
  std::vector<table::SystemCell> touched_;
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> waiting_;  ///< rows to be taken off, the oldest first
};

}  // namespace

std::vector<table::SystemEquation> independent_sums(const table::AdditiveSystem& system) {
  std::vector<table::SystemEquation> order(system.equation_count()), kept;
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](table::SystemEquation a, table::SystemEquation b) { return system.terms(a).size() < system.terms(b).size(); });
  Elimination elimination(system);
  for (const table::SystemEquation e : order)
    if (elimination.take(e)) kept.push_back(e);
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace candour::protect
