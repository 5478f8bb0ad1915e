// Rounded tables and tables with noise under attack: what one figure leaves possible, what all of them do (equal to brute force), what averaging makes of
// noise.
#include <candour/attack/changed_table.hpp>
#include <candour/attack/fitting_table.hpp>

#include <candour/protect/perturb/cell_key.hpp>
#include <candour/protect/perturb/discrete_noise.hpp>
#include <candour/protect/round/rounding.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

namespace candour::attack {
namespace {

using table::Change;
using table::Place;
using Kind = Change::Kind;

// Total, two rows, three columns: 12 cells of which 6 are finest.
table::AdditiveSystem cube_of_2_by_3() {
  return table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0}), table::axis_of_parents({0, 0, 0, 0})}).value();
}
std::vector<std::int64_t> with_margins(const std::vector<std::int64_t>& finest) {
  std::vector<std::int64_t> counts(12, 0);
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      for (const std::size_t c : {std::size_t{0}, (i + 1) * 4, j + 1, (i + 1) * 4 + j + 1}) counts[c] += finest[i * 3 + j];
  return counts;
}

std::int64_t changed_by(const Change& change, std::int64_t x, bool up) {
  const std::int64_t b = change.base;
  if (change.kind == Kind::nearest) return (2 * x + b) / (2 * b) * b;
  return x / b * b + (x % b != 0 && up ? b : 0);
}

TEST(PossibleCounts, AreExactlyThoseThatGiveTheFigure) {
  for (const Kind kind : {Kind::nearest, Kind::random, Kind::controlled})
    for (const std::int64_t base : {2, 3, 5, 10}) {
      const Change change{kind, base, 0, 0, 0, 0};
      for (std::int64_t x = 0; x < 40; ++x)
        for (const bool up : {false, true}) {
          const PossibleCounts counts = possible_counts(change, changed_by(change, x, up), Place::finest);
          EXPECT_LE(counts.lowest, x);
          EXPECT_GE(counts.highest, x);
        }
      for (std::int64_t figure = 0; figure < 40; figure += base) {
        const PossibleCounts counts = possible_counts(change, figure, Place::finest);
        for (const std::int64_t x : {counts.lowest, counts.highest})
          EXPECT_TRUE(changed_by(change, x, false) == figure || changed_by(change, x, true) == figure) << base << " " << figure;
      }
    }
}

TEST(PossibleCounts, OfKeyedNoiseLieWithinTheLargestNoiseAndAFigureAboveZeroWasNoZero) {
  const auto table = protect::PerturbationTable::build({5, 3, 2});
  ASSERT_TRUE(table.has_value());
  const Change change{Kind::cell_key, 5, 0, 5, 2, 3};
  for (std::int64_t x = 0; x < 20; ++x)
    for (std::uint64_t key = 0; key < protect::key_range; key += protect::key_range / 997) {
      const PossibleCounts counts = possible_counts(change, x + table->noise(x, key), Place::total);
      EXPECT_LE(counts.lowest, x);
      EXPECT_GE(counts.highest, x);
    }
  EXPECT_EQ(possible_counts(change, 3, Place::finest).lowest, 1);
  EXPECT_EQ(possible_counts(change, 0, Place::finest).lowest, 0);
}

// Every table of six counts that fits the figures, one by one.
std::vector<std::pair<std::int64_t, std::int64_t>> by_brute_force(const std::vector<std::int64_t>& published, const Change& change, std::int64_t most) {
  std::vector<std::pair<std::int64_t, std::int64_t>> range(12, {1000, -1});
  std::vector<std::int64_t> finest(6, 0);
  for (;;) {
    const std::vector<std::int64_t> counts = with_margins(finest);
    bool fits = true;
    for (std::size_t c = 0; c < 12 && fits; ++c) {
      const PossibleCounts possible = possible_counts(change, published[c], c >= 4 && c % 4 != 0 ? Place::finest : Place::total);
      fits = counts[c] >= possible.lowest && counts[c] <= possible.highest;
    }
    for (std::size_t c = 0; c < 12 && fits; ++c) range[c] = {std::min(range[c].first, counts[c]), std::max(range[c].second, counts[c])};
    std::size_t place = 0;
    while (place < 6 && finest[place] == most) finest[place++] = 0;
    if (place == 6) return range;
    ++finest[place];
  }
}

TEST(AttackOnChangedTables, FindsExactlyTheCellsThatBruteForceShowsToBeSmall) {
  const table::AdditiveSystem cube = cube_of_2_by_3();
  std::size_t rings = 0, silent = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> finest(6);
    for (std::int64_t& x : finest) x = static_cast<std::int64_t>(random() % 4);
    const std::vector<std::int64_t> counts = with_margins(finest);
    protect::SeededBits bits(seed);
    Change change{seed % 2 ? Kind::random : Kind::nearest, 3, 0, 0, 0, 0};
    const std::vector<std::int64_t> published = change.kind == Kind::random ? protect::round_at_random(counts, 3, bits) : protect::round_to_nearest(counts, 3);
    constexpr std::int64_t minimum = 4;
    const auto truth = by_brute_force(published, change, 8);
    std::vector<table::SystemCell> expected;
    for (table::SystemCell c = 0; c < 12; ++c)
      if (truth[c].first >= 1 && truth[c].second < minimum) expected.push_back(c);
    // Whoever knows the truth and whoever knows the figures alone find the same.
    for (const std::vector<std::int64_t>& start : {counts, std::vector<std::int64_t>{}}) {
      const auto report = attack_changed_table(cube, published, change, minimum, {AuditNumbers::integers, 1, start, {}, 8, 0});
      ASSERT_TRUE(report.has_value()) << seed;
      EXPECT_TRUE(report->undecided.empty()) << seed;
      std::vector<table::SystemCell> found;
      for (const ShownSmall& cell : report->shown_small) found.push_back(cell.cell);
      EXPECT_EQ(found, expected) << seed;
    }
    ++(expected.empty() ? silent : rings);
  }
  EXPECT_GT(rings, 5u);
  EXPECT_GT(silent, 5u);
}

TEST(TablesThatFit, LieInEveryIntervalAndAddUp) {
  const table::AdditiveSystem cube = cube_of_2_by_3();
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> finest(6);
    for (std::int64_t& x : finest) x = static_cast<std::int64_t>(random() % 30);
    const std::vector<std::int64_t> counts = with_margins(finest);
    std::vector<std::int64_t> lowest, highest, near;
    for (const std::int64_t x : counts) {
      lowest.push_back(std::max<std::int64_t>(0, x - static_cast<std::int64_t>(random() % 3)));
      highest.push_back(x + static_cast<std::int64_t>(random() % 3));
      near.push_back(static_cast<std::int64_t>(random() % 30));
    }
    const auto fitting = whole_table_that_fits(cube, lowest, highest, near);
    ASSERT_TRUE(fitting.has_value()) << seed;
    EXPECT_TRUE(table::adds_up(cube, *fitting));
    for (std::size_t c = 0; c < counts.size(); ++c) EXPECT_TRUE((*fitting)[c] >= lowest[c] && (*fitting)[c] <= highest[c]) << seed;
  }
  const std::vector<std::int64_t> ones(12, 1);
  EXPECT_FALSE(whole_table_that_fits(cube, ones, ones, ones).has_value());
}

TEST(AttackOnChangedTables, SaysWhenNoCountsFitTheFigures) {
  const auto refused = attack_changed_table(cube_of_2_by_3(), {50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {Kind::nearest, 5, 0, 0, 0, 0}, 5, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "audit.inconsistent");
}

TEST(Averages, HaveTheDeviationThatIsStated) {
  // 1 x 6 finest cells: the total is its own figure and the sum of six, so the best estimate has 6/7 of the variance.
  const auto row = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0, 0, 0, 0, 0})}).value();
  const auto best = best_average(row, 3);
  ASSERT_TRUE(best.has_value());
  EXPECT_EQ(best->cell, 0u);
  EXPECT_NEAR(best->deviation, std::sqrt(3.0 / (1 + 1.0 / 6)), 1e-12);
  const auto noise = protect::PerturbationTable::build({5, 3, 0});
  ASSERT_TRUE(noise.has_value());
  std::mt19937_64 random(5);
  double squares = 0;
  constexpr int draws = 40000;
  for (int i = 0; i < draws; ++i) {
    double own = static_cast<double>(noise->noise(600, random() % protect::key_range)), parts = 0;
    for (int j = 0; j < 6; ++j) parts += static_cast<double>(noise->noise(100, random() % protect::key_range));
    const double estimate = (own + parts / 6) / (1 + 1.0 / 6);
    squares += estimate * estimate;
  }
  EXPECT_NEAR(squares / draws, best->deviation * best->deviation, 0.08);  // about five standard errors
}

TEST(NonnegativeTables, KeepTheTotalAndAreTheNearest) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> noisy(3);
    for (std::int64_t& x : noisy) x = static_cast<std::int64_t>(random() % 9) - 3;
    const std::int64_t total = std::max<std::int64_t>(0, std::accumulate(noisy.begin(), noisy.end(), std::int64_t{0}));
    const auto table = protect::nonnegative_with_total(noisy);
    EXPECT_EQ(std::accumulate(table.begin(), table.end(), std::int64_t{0}), total);
    const auto distance = [&](const std::vector<std::int64_t>& other) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < 3; ++i) sum += (other[i] - noisy[i]) * (other[i] - noisy[i]);
      return sum;
    };
    for (std::int64_t a = 0; a <= total; ++a)
      for (std::int64_t b = 0; a + b <= total; ++b) EXPECT_LE(distance(table), distance({a, b, total - a - b})) << seed;
    for (const std::int64_t x : table) EXPECT_GE(x, 0);
  }
}

}  // namespace
}  // namespace candour::attack
