#include <candour/protect/round/rounding.hpp>

#include <candour/base/check.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace candour::protect {
namespace {

using table::SystemCell;

// One finest cell that may go down or up.
struct Choice {
  SystemCell cell = 0;
  std::int64_t low = 0, high = 0;
  bool is_high = false;
};

class AdditiveRounder {
 public:
  AdditiveRounder(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts, std::int64_t base)
      : shape_(*cube.product()), counts_(counts), base_(base), difference_(counts.size(), 0) {}

  void add(SystemCell c, std::int64_t low, std::int64_t high) {
    choices_.push_back({c, low, high, false});
    change(c, low - counts_[c]);
  }

  AdditiveRounding run(RandomBits& bits) {
    for (std::size_t i = choices_.size(); i > 1; --i) std::swap(choices_[i - 1], choices_[static_cast<std::size_t>(bits.below(static_cast<base::Wide>(i)))]);
    // From hot to cold: at first a flip that costs something is often taken, at the end none is.
    const auto sweeps = static_cast<int>(std::clamp<std::size_t>(8'000'000 / std::max<std::size_t>(choices_.size(), 1), 12, 2000));
    double heat = 12;
    const double cooling = std::pow(0.2 / heat, 1.0 / sweeps);
    for (int sweep = 0; sweep < sweeps; ++sweep, heat *= cooling)
      for (Choice& choice : choices_) improve(choice, heat * -std::log(unit(bits)));
    for (int pass = 0; pass < 12; ++pass) {
      bool changed = false;
      for (Choice& choice : choices_) changed = improve(choice, 0) || changed;
      if (!changed) break;
    }
    AdditiveRounding result;
    result.counts = counts_;
    for (std::size_t c = 0; c < counts_.size(); ++c) {
      result.counts[c] += difference_[c];
      const std::int64_t away = std::abs(difference_[c]);
      result.cells_beyond_one_base += away >= base_;
      result.largest_change = std::max(result.largest_change, away);
    }
    return result;
  }

 private:
  template <class Visit>
  void for_each_above(SystemCell cell, Visit&& visit) const {
    above_.assign(1, cell);
    for (std::size_t k = 0; k < shape_.axes.size(); ++k) {
      const std::size_t before = above_.size();
      std::uint32_t node = shape_.node(cell, k);
      while (node != 0) {
        const std::uint32_t up = shape_.axes[k].parent[node];
        const std::uint64_t step = (shape_.node(cell, k) - up) * shape_.stride[k];
        for (std::size_t i = 0; i < before; ++i) above_.push_back(static_cast<SystemCell>(above_[i] - step));
        node = up;
      }
    }
    for (const SystemCell c : above_) visit(c);
  }

  void change(SystemCell cell, std::int64_t by) {
    for_each_above(cell, [&](SystemCell c) { difference_[c] += by; });
  }

  // Lying a base or more from the truth costs far more than any distance below it.
  [[nodiscard]] double price(std::int64_t difference) const {
    const double share = static_cast<double>(std::abs(difference)) / static_cast<double>(base_);
    return share * share + (share >= 1 ? 20 * share : 0);
  }

  // Above 0 and at most 1.
  static double unit(RandomBits& bits) { return (static_cast<double>(bits.next() >> 11) + 1) * 0x1p-53; }

  // Flips the choice unless that costs more than is allowed.
  bool improve(Choice& choice, double allowed) {
    const std::int64_t by = choice.is_high ? choice.low - choice.high : choice.high - choice.low;
    double gain = 0;
    for_each_above(choice.cell, [&](SystemCell c) { gain += price(difference_[c]) - price(difference_[c] + by); });
    if (gain + allowed <= 1e-9) return false;
    change(choice.cell, by);
    choice.is_high = !choice.is_high;
    return true;
  }

  const table::ProductShape& shape_;
  const std::vector<std::int64_t>& counts_;
  std::int64_t base_;
  std::vector<std::int64_t> difference_;
  std::vector<Choice> choices_;
  mutable std::vector<SystemCell> above_;
};

base::Result<base::Done> check_base(std::int64_t base) {
  if (base < 2 || base > 1'000'000)
    return base::fail(
        base::Error{base::Cause::wrong_input, "rounding.base", {}, fmt::format("{} is no base to round to", base), "give a whole number from 2 to 1000000"});
  return base::Done{};
}

}  // namespace

std::vector<std::int64_t> round_to_nearest(const std::vector<std::int64_t>& counts, std::int64_t base) {
  std::vector<std::int64_t> rounded;
  for (const std::int64_t x : counts) rounded.push_back((2 * x + base) / (2 * base) * base);
  return rounded;
}

std::vector<std::int64_t> round_at_random(const std::vector<std::int64_t>& counts, std::int64_t base, RandomBits& bits) {
  std::vector<std::int64_t> rounded;
  for (const std::int64_t x : counts) {
    const std::int64_t rest = x % base;
    rounded.push_back(x - rest + (rest > 0 && bits.below(base) < rest ? base : 0));
  }
  return rounded;
}

base::Result<AdditiveRounding> round_controlled(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts, std::int64_t base,
                                                RandomBits& bits) {
  CANDOUR_CHECK(cube.product().has_value(), "controlled rounding is asked of a system that is no cube");
  CANDOUR_TRY_DONE(check_base(base));
  AdditiveRounder rounder(cube, counts, base);
  for (SystemCell c = 0; c < cube.cell_count(); ++c)
    if (counts[c] % base != 0 && cube.product()->is_finest(c)) rounder.add(c, counts[c] / base * base, counts[c] / base * base + base);
  return rounder.run(bits);
}

base::Result<AdditiveRounding> round_small_counts(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts, std::int64_t base,
                                                  RandomBits& bits) {
  CANDOUR_CHECK(cube.product().has_value(), "small counts are rounded in a system that is no cube");
  CANDOUR_TRY_DONE(check_base(base));
  AdditiveRounder rounder(cube, counts, base);
  for (SystemCell c = 0; c < cube.cell_count(); ++c)
    if (counts[c] > 0 && counts[c] < base && cube.product()->is_finest(c)) rounder.add(c, 0, base);
  return rounder.run(bits);
}

}  // namespace candour::protect
