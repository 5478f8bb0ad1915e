// Rounding: each cell alone, at random, or controlled so that everything adds up.
#include <candour/protect/round/rounding.hpp>

#include <gtest/gtest.h>

#include <cstdlib>

namespace candour::protect {
namespace {

table::AdditiveSystem cube_of_5_by_7() {
  auto cube = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0, 1, 1}), table::axis_of_parents({0, 0, 0, 0, 0, 0, 0})});
  EXPECT_TRUE(cube.has_value());
  return std::move(cube).value();
}

std::vector<std::int64_t> counts_of(const table::AdditiveSystem& cube, std::uint64_t seed) {
  SeededBits bits(seed);
  const table::ProductShape& shape = *cube.product();
  std::vector<std::int64_t> counts(cube.cell_count(), 0);
  for (table::SystemCell c = 0; c < cube.cell_count(); ++c)
    if (shape.axes[0].is_leaf(shape.node(c, 0)) && shape.axes[1].is_leaf(shape.node(c, 1))) counts[c] = static_cast<std::int64_t>(bits.below(13));
  for (std::size_t k = 0; k < 2; ++k)
    for (table::SystemCell c = cube.cell_count(); c-- > 0;)
      if (const auto node = shape.node(c, k); node != 0) counts[c - (node - shape.axes[k].parent[node]) * shape.stride[k]] += counts[c];
  return counts;
}

TEST(ConventionalRounding, GoesToTheNearestMultipleAndHalvesGoUp) {
  EXPECT_EQ(round_to_nearest({0, 2, 3, 5, 6}, 4), (std::vector<std::int64_t>{0, 4, 4, 4, 8}));
}

TEST(RandomRounding, KeepsMultiplesAndHasTheCountAsMean) {
  SeededBits bits(5);
  double sum = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto rounded = round_at_random({10, 13}, 5, bits);
    EXPECT_EQ(rounded[0], 10);
    EXPECT_TRUE(rounded[1] == 10 || rounded[1] == 15);
    sum += static_cast<double>(rounded[1]);
  }
  EXPECT_NEAR(sum / 20000, 13, 0.12);
}

TEST(ControlledRounding, AddsUpAndKeepsZerosAndStatesWhatLiesBeyondOneBase) {
  const table::AdditiveSystem cube = cube_of_5_by_7();
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto counts = counts_of(cube, seed);
    SeededBits bits(seed);
    const auto rounded = round_controlled(cube, counts, 5, bits);
    ASSERT_TRUE(rounded.has_value());
    EXPECT_TRUE(table::adds_up(cube, rounded->counts));
    std::uint64_t beyond = 0;
    for (std::size_t c = 0; c < counts.size(); ++c) {
      EXPECT_EQ(rounded->counts[c] % 5, 0);
      if (counts[c] == 0) {
        EXPECT_EQ(rounded->counts[c], 0);
      }
      beyond += std::abs(rounded->counts[c] - counts[c]) >= 5;
    }
    EXPECT_EQ(beyond, rounded->cells_beyond_one_base);
    EXPECT_LE(beyond, 2u) << seed;
  }
}

TEST(SmallCountRounding, LeavesNoSmallCountAndKeepsLargeFinestCells) {
  const table::AdditiveSystem cube = cube_of_5_by_7();
  const auto counts = counts_of(cube, 3);
  SeededBits bits(3);
  const auto rounded = round_small_counts(cube, counts, 5, bits);
  ASSERT_TRUE(rounded.has_value());
  EXPECT_TRUE(table::adds_up(cube, rounded->counts));
  for (const std::int64_t x : rounded->counts) EXPECT_TRUE(x == 0 || x >= 5);
}

TEST(ControlledRounding, RefusesABaseOfOne) {
  SeededBits bits(1);
  const table::AdditiveSystem cube = cube_of_5_by_7();
  const auto refused = round_controlled(cube, counts_of(cube, 1), 1, bits);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "rounding.base");
}

}  // namespace
}  // namespace candour::protect
