#include <candour/attack/fitting_table.hpp>

#include <candour/base/check.hpp>

#include <algorithm>
#include <cmath>
#include <random>

namespace candour::attack {
namespace {

using table::SystemCell;

class Fitter {
 public:
  Fitter(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& lowest, const std::vector<std::int64_t>& highest)
      : shape_(*cube.product()), lowest_(lowest), highest_(highest), value_(cube.cell_count(), 0) {}

  std::optional<std::vector<std::int64_t>> run(const std::vector<std::int64_t>& near) {
    for (SystemCell c = 0; c < value_.size(); ++c) {
      bool finest = true;
      for (std::size_t k = 0; k < shape_.axes.size(); ++k) finest = finest && shape_.axes[k].is_leaf(shape_.node(c, k));
      if (!finest) continue;
      finest_.push_back(c);
      change(c, std::clamp(near[c], lowest_[c], highest_[c]));
    }
    for (SystemCell c = 0; c < value_.size(); ++c) miss_ += miss_at(c, value_[c]);
    std::mt19937_64 random(20260106);
    double heat = 2;
    for (int sweep = 0; sweep < most_sweeps && miss_ > 0; ++sweep, heat *= cooling) {
      std::shuffle(finest_.begin(), finest_.end(), random);
      for (const SystemCell cell : finest_) {
        if (miss_ == 0) break;
        const std::int64_t first = random() % 2 ? 1 : -1;
        if (!step(cell, first, heat, random)) static_cast<void>(step(cell, -first, heat, random));
      }
    }
    if (miss_ > 0) return std::nullopt;
    return std::move(value_);
  }

 private:
  static constexpr int most_sweeps = 600;
  static constexpr double cooling = 0.985;

  template <class Visit>
  void for_each_above(SystemCell cell, const Visit& visit) {
    above_.assign(1, cell);
    for (std::size_t k = 0; k < shape_.axes.size(); ++k) {
      const std::size_t before = above_.size();
      for (std::uint32_t node = shape_.node(cell, k); node != 0;) {
        const std::uint32_t up = shape_.axes[k].parent[node];
        const std::uint64_t back = (shape_.node(cell, k) - up) * shape_.stride[k];
        for (std::size_t i = 0; i < before; ++i) above_.push_back(static_cast<SystemCell>(above_[i] - back));
        node = up;
      }
    }
    for (const SystemCell c : above_) visit(c);
  }

  void change(SystemCell cell, std::int64_t by) {
    for_each_above(cell, [&](SystemCell c) { value_[c] += by; });
  }

  [[nodiscard]] std::int64_t miss_at(SystemCell cell, std::int64_t value) const {
    return std::max<std::int64_t>({0, lowest_[cell] - value, value - highest_[cell]});
  }

  // Changes a finest cell within its interval; a step that misses by more is taken now and then while it is hot.
  bool step(SystemCell cell, std::int64_t by, double heat, std::mt19937_64& random) {
    const std::int64_t to = value_[cell] + by;
    if (to < lowest_[cell] || to > highest_[cell]) return false;
    std::int64_t gain = 0;
    for_each_above(cell, [&](SystemCell c) { gain += miss_at(c, value_[c]) - miss_at(c, value_[c] + by); });
    if (gain < 0) {
      const double chance = std::exp(static_cast<double>(gain) / heat);
      if (static_cast<double>(random() >> 11) * 0x1p-53 >= chance) return false;
    } else if (gain == 0 && random() % 4 != 0) {
      return false;
    }
    miss_ -= gain;
    change(cell, by);
    return true;
  }

  const table::ProductShape& shape_;
  const std::vector<std::int64_t>& lowest_;
  const std::vector<std::int64_t>& highest_;
  std::vector<std::int64_t> value_;
  std::vector<SystemCell> finest_, above_;
  std::int64_t miss_ = 0;
};

}  // namespace

std::optional<std::vector<std::int64_t>> whole_table_that_fits(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& lowest,
                                                               const std::vector<std::int64_t>& highest, const std::vector<std::int64_t>& near) {
  CANDOUR_CHECK(cube.product().has_value(), "a table that fits is searched over a cube");
  return Fitter(cube, lowest, highest).run(near);
}

}  // namespace candour::attack
