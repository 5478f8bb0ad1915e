#include <candour/attack/bounds.hpp>

#include <algorithm>
#include <deque>

namespace candour::attack {
namespace {

__extension__ using Wide = __int128;  // sums of products cannot wrap
constexpr std::int64_t no_limit = table::no_upper_limit;
constexpr std::size_t most_visits_per_row = 60;
constexpr std::int64_t most_bases = 100000;

std::int64_t floor_divided(Wide a, std::int64_t b) {
  Wide quotient = a / b;
  if (a % b != 0 && ((a < 0) != (b < 0))) --quotient;
  return static_cast<std::int64_t>(quotient);
}
std::int64_t ceiling_divided(Wide a, std::int64_t b) { return -floor_divided(-a, b); }

// The smallest (or, of the negated row, largest) activity of a row: a finite part and how many terms have no limit.
struct Activity {
  Wide finite = 0;
  std::size_t unlimited = 0;
};

class Propagation {
 public:
  explicit Propagation(System& system) : system_(system), rows_of_(system.column_count()), visits_(system.rows.size(), 0), is_waiting_(system.rows.size(), 0) {
    bounds_.lowest.assign(system.column_count(), 0);
    bounds_.highest.assign(system.column_count(), no_limit);
    for (std::size_t r = 0; r < system.rows.size(); ++r) {
      for (const Term& term : system.rows[r].terms) rows_of_[term.column].push_back(r);
      wait(r);
    }
  }

  Bounds run() {
    drain();
    // Each percentage narrows two rows; they may narrow others in turn.
    for (int round = 0; round < 8 && is_possible(); ++round) {
      const bool changed = enumerate_bases();
      drain();
      if (!changed) break;
    }
    return std::move(bounds_);
  }

 private:
  [[nodiscard]] bool is_possible() const { return bounds_.consistency == Consistency::possible; }

  void wait(std::size_t row) {
    if (is_waiting_[row] != 0 || visits_[row] >= most_visits_per_row) return;
    is_waiting_[row] = 1;
    ++visits_[row];
    queue_.push_back(row);
  }

  void drain() {
    while (!queue_.empty() && is_possible()) {
      const std::size_t row = queue_.front();
      queue_.pop_front();
      is_waiting_[row] = 0;
      visit(system_.rows[row]);
    }
  }

  [[nodiscard]] Activity least_activity(const Row& row) const {
    Activity activity;
    for (const Term& term : row.terms) {
      const std::int64_t bound = term.coefficient > 0 ? bounds_.lowest[term.column] : bounds_.highest[term.column];
      if (bound == no_limit) ++activity.unlimited;
      else activity.finite += static_cast<Wide>(term.coefficient) * bound;
    }
    return activity;
  }
  [[nodiscard]] Activity most_activity(const Row& row) const {
    Activity activity;
    for (const Term& term : row.terms) {
      const std::int64_t bound = term.coefficient > 0 ? bounds_.highest[term.column] : bounds_.lowest[term.column];
      if (bound == no_limit) ++activity.unlimited;
      else activity.finite += static_cast<Wide>(term.coefficient) * bound;
    }
    return activity;
  }

  void visit(const Row& row) {
    if (row.highest != no_limit) {
      const Activity least = least_activity(row);
      if (least.unlimited == 0 && least.finite > row.highest) bounds_.consistency = Consistency::impossible;
      else if (least.unlimited <= 1) tighten_from_highest(row, least);
    }
    if (row.lowest != no_lower_limit && is_possible()) {
      const Activity most = most_activity(row);
      if (most.unlimited == 0 && most.finite < row.lowest) bounds_.consistency = Consistency::impossible;
      else if (most.unlimited <= 1) tighten_from_lowest(row, most);
    }
  }

  // a x <= highest - (least of the others).
  void tighten_from_highest(const Row& row, const Activity& least) {
    for (const Term& term : row.terms) {
      const std::int64_t own = term.coefficient > 0 ? bounds_.lowest[term.column] : bounds_.highest[term.column];
      const bool own_unlimited = own == no_limit;
      if (least.unlimited > (own_unlimited ? 1U : 0U)) continue;
      const Wide rest = row.highest - (own_unlimited ? least.finite : least.finite - static_cast<Wide>(term.coefficient) * own);
      if (term.coefficient > 0) lower_highest(term.column, floor_divided(rest, term.coefficient));
      else raise_lowest(term.column, ceiling_divided(rest, term.coefficient));
    }
  }
  // a x >= lowest - (most of the others).
  void tighten_from_lowest(const Row& row, const Activity& most) {
    for (const Term& term : row.terms) {
      const std::int64_t own = term.coefficient > 0 ? bounds_.highest[term.column] : bounds_.lowest[term.column];
      const bool own_unlimited = own == no_limit;
      if (most.unlimited > (own_unlimited ? 1U : 0U)) continue;
      const Wide rest = row.lowest - (own_unlimited ? most.finite : most.finite - static_cast<Wide>(term.coefficient) * own);
      if (term.coefficient > 0) raise_lowest(term.column, ceiling_divided(rest, term.coefficient));
      else lower_highest(term.column, floor_divided(rest, term.coefficient));
    }
  }

  void lower_highest(Column column, std::int64_t highest) {
    if (highest >= bounds_.highest[column]) return;
    bounds_.highest[column] = highest;
    changed(column);
  }
  void raise_lowest(Column column, std::int64_t lowest) {
    if (lowest <= bounds_.lowest[column]) return;
    bounds_.lowest[column] = lowest;
    changed(column);
  }
  void changed(Column column) {
    if (bounds_.lowest[column] > bounds_.highest[column]) bounds_.consistency = Consistency::impossible;
    for (const std::size_t row : rows_of_[column]) wait(row);
  }

  // Tries every base that a percentage still allows; keeps the range of those that some numerator fits.
  bool enumerate_bases() {
    bool changed = false;
    for (const Ratio& ratio : system_.ratios) {
      Row& numerator = system_.rows[ratio.numerator_row];
      Row& denominator = system_.rows[ratio.denominator_row];
      narrow_to_activity(numerator);
      narrow_to_activity(denominator);
      if (denominator.highest == no_limit || denominator.highest - denominator.lowest > most_bases) continue;
      changed = enumerate(ratio, numerator, denominator) || changed;
      if (!is_possible()) return true;
    }
    return changed;
  }

  void narrow_to_activity(Row& row) {
    const Activity least = least_activity(row), most = most_activity(row);
    if (least.unlimited == 0) row.lowest = std::max(row.lowest, static_cast<std::int64_t>(least.finite));
    if (most.unlimited == 0) row.highest = std::min(row.highest, static_cast<std::int64_t>(most.finite));
  }

  bool enumerate(const Ratio& ratio, Row& numerator, Row& denominator) {
    const std::int64_t scale = table::ratio_scale(ratio.decimals);
    std::int64_t base_low = no_limit, base_high = -1, top_low = no_limit, top_high = -1;
    for (std::int64_t base = std::max<std::int64_t>(1, denominator.lowest); base <= denominator.highest; ++base) {
      const std::int64_t low = std::max(numerator.lowest, ceiling_divided(static_cast<Wide>(2 * ratio.units - 1) * base, 2 * scale));
      const std::int64_t high = std::min(numerator.highest, floor_divided(static_cast<Wide>(2 * ratio.units + 1) * base - 1, 2 * scale));
      if (low > high) continue;
      base_low = std::min(base_low, base);
      base_high = base;
      top_low = std::min(top_low, low);
      top_high = std::max(top_high, high);
    }
    if (base_high < 0) return bounds_.consistency = Consistency::impossible, true;
    const bool changed = base_low > denominator.lowest || base_high < denominator.highest || top_low > numerator.lowest || top_high < numerator.highest;
    denominator.lowest = base_low;
    denominator.highest = base_high;
    numerator.lowest = top_low;
    numerator.highest = top_high;
    visit(denominator);
    visit(numerator);
    return changed;
  }

  System& system_;
  Bounds bounds_;
  std::vector<std::vector<std::size_t>> rows_of_;
  std::vector<std::size_t> visits_;
  std::vector<char> is_waiting_;
  std::deque<std::size_t> queue_;
};

}  // namespace

std::int64_t Bounds::lowest_sum(std::span<const Column> columns) const {
  std::int64_t sum = 0;
  for (const Column column : columns) sum += lowest[column];
  return sum;
}

std::int64_t Bounds::highest_sum(std::span<const Column> columns) const {
  std::int64_t sum = 0;
  for (const Column column : columns) {
    if (highest[column] == no_limit) return no_limit;
    sum += highest[column];
  }
  return sum;
}

Bounds propagated(System& system) { return Propagation(system).run(); }

}  // namespace candour::attack
