// Each rung of the auditor against brute force, and a planted flaw for each that it must find.
#include "small_system.hpp"

#include <candour/attack/audit.hpp>
#include <candour/attack/audit_ball.hpp>
#include <candour/attack/audit_start.hpp>
#include <candour/attack/audit_ties.hpp>
#include <candour/attack/audit_walk.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>

namespace candour {
namespace {

using attack::AuditNumbers;
using attack::AuditVerdict;
namespace inside = attack::inside;

using testing_audit::Ends;
using testing_audit::ends_of;
using testing_audit::most;
using testing_audit::random_small;
using testing_audit::Small;

TEST(AuditorOracle, FindsBothEndsOfEveryCellAndNothingBeyondInRandomSystems) {
  std::size_t beyond = 0, only_integers = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    const Small small = random_small(seed, 6, 2 + seed % 3, seed % 4 == 0 ? 2 : 1);
    const table::AdditiveSystem system = small.system();
    const Ends whole = ends_of(small, 1);
    std::vector<knowledge::AskedInterval> asked;
    for (table::SystemCell c = 0; c < 6; ++c) {
      asked.push_back({c, whole.low[c], whole.high[c], whole.high[c] - whole.low[c]});
      asked.push_back({c, {}, whole.high[c] + 1, 0});
      asked.push_back({c, whole.low[c] - 1, {}, 0});
    }
    for (const bool with_start : {true, false}) {
      attack::AuditOptions options;
      if (with_start) options.starting_table = small.truth;
      const auto report = attack::audit(small.view(system), asked, options);
      ASSERT_TRUE(report.has_value()) << seed;
      for (std::size_t i = 0; i < asked.size(); ++i) {
        EXPECT_EQ(report->cells[i].verdict == AuditVerdict::holds, i % 3 == 0) << "seed " << seed << " question " << i;
        EXPECT_NE(report->cells[i].verdict, AuditVerdict::undecided) << "seed " << seed << " question " << i;
        beyond += report->cells[i].verdict == AuditVerdict::fails_over_reals;
        only_integers += report->cells[i].verdict == AuditVerdict::fails_over_integers;
      }
    }
  }
  EXPECT_GT(beyond, 1000u);
  EXPECT_GT(only_integers, 10u);
}

TEST(AuditorOracle, SaysUnsafeOverTheRealsOnlyWhereNoTableOfHalvesReachesIt) {
  std::size_t refuted = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Small small = random_small(seed * 7, 5, 3, 2);
    const table::AdditiveSystem system = small.system();
    const Ends halves = ends_of(small, 2);
    std::vector<knowledge::AskedInterval> asked;
    for (table::SystemCell c = 0; c < 5; ++c)
      for (std::int64_t up = 0; up <= most; ++up) asked.push_back({c, {}, up, 0});
    const auto report = attack::audit(small.view(system), asked, {});
    ASSERT_TRUE(report.has_value()) << seed;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (2 * *asked[i].reach_up <= halves.high[asked[i].cell]) {
        EXPECT_NE(report->cells[i].verdict, AuditVerdict::fails_over_reals) << "seed " << seed;
      }
      refuted += report->cells[i].verdict == AuditVerdict::fails_over_reals;
    }
  }
  EXPECT_GT(refuted, 50u);
}

TEST(Ties, LoseNoTableAndAddNone) {
  std::size_t tied_columns = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    Small small = random_small(seed * 13, 5, 2, 1);
    for (std::size_t c = 0; c + 1 < 5; c += 1 + seed % 3) {  // sums of two cells
      std::vector<int> pair(5, 0);
      pair[c] = 1, pair[c + 1] = seed % 2 == 0 ? 1 : -1;
      small.right_side.push_back(small.truth[c] + pair[c + 1] * small.truth[c + 1]);
      small.sums.push_back(pair);
    }
    const table::AdditiveSystem system = small.system();
    auto reduced = inside::reduce(small.view(system));
    ASSERT_TRUE(reduced.has_value());
    const std::uint32_t columns = reduced->columns();
    const auto tied = inside::tie(std::move(*reduced), inside::BoundRounding::to_whole_numbers);
    ASSERT_TRUE(tied.has_value());
    const inside::Reduced& s = tied->system;
    tied_columns += columns - s.columns();
    std::size_t tables = 0;
    small.each_table(1, [&](const std::vector<std::int64_t>& x) {
      ++tables;
      for (std::uint32_t c = 0; c < columns; ++c) {
        const inside::CellPlace& place = tied->place[c];
        EXPECT_EQ(x[c], place.offset + (place.column == inside::not_open ? 0 : place.sign * x[s.cell[place.column]])) << "seed " << seed;
      }
      for (std::uint32_t c = 0; c < s.columns(); ++c) EXPECT_TRUE(x[s.cell[c]] >= s.lowest[c] && x[s.cell[c]] <= s.highest[c]) << "seed " << seed;
      EXPECT_TRUE(inside::check_fits(s, x).has_value()) << "seed " << seed;
    });
    // As many tables fit the tied system as the untied one.
    std::vector<std::int64_t> y(5, 0);
    std::size_t fitting = 0;
    const std::function<void(std::uint32_t)> fill = [&](std::uint32_t c) {
      if (c == s.columns()) {
        fitting += inside::check_fits(s, y).has_value();
        return;
      }
      for (y[s.cell[c]] = s.lowest[c]; y[s.cell[c]] <= s.highest[c]; ++y[s.cell[c]]) fill(c + 1);
    };
    fill(0);
    EXPECT_EQ(fitting, tables) << "seed " << seed;
  }
  EXPECT_GT(tied_columns, 200u);
}

TEST(Walks, GiveOnlyMovesThatKeepEverySumAndBound) {
  std::size_t found = 0, possible = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    const Small small = random_small(seed * 17, 6, 2, 1);
    const table::AdditiveSystem system = small.system();
    auto reduced = inside::reduce(small.view(system));
    ASSERT_TRUE(reduced.has_value());
    inside::take_start(*reduced, small.truth);
    const Ends ends = ends_of(small, 1);
    inside::MoveWalk walk(*reduced);
    for (std::uint32_t c = 0; c < 6; ++c)
      for (const std::int64_t amount : {ends.low[c] - small.truth[c], ends.high[c] - small.truth[c]}) {
        if (amount == 0) continue;
        ++possible;
        const auto& move = walk.find(c, amount, 50);
        if (move.empty()) continue;
        ++found;
        const auto repeats = walk.repeats(move);
        EXPECT_GE(repeats.forwards, 1);
        for (const std::int64_t times : {repeats.forwards, -repeats.backwards}) {
          std::vector<std::int64_t> x = small.truth;
          for (const auto& part : move) x[part.column] += times * part.change;
          EXPECT_TRUE(inside::check_fits(*reduced, x).has_value()) << "seed " << seed;
          if (times == 1) {
            EXPECT_EQ(x[c], small.truth[c] + amount);
          }
        }
      }
  }
  EXPECT_GT(found * 10, possible * 9) << found << " of " << possible;
}

TEST(SmallestWholeMoves, ReachTheEndsOfEveryCellAndNothingBeyond) {
  std::size_t reached = 0, beyond = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Small small = random_small(seed * 29, 6, 3, 3);
    const table::AdditiveSystem system = small.system();
    auto reduced = inside::reduce(small.view(system));
    ASSERT_TRUE(reduced.has_value());
    inside::take_start(*reduced, small.truth);
    const Ends ends = ends_of(small, 1);
    inside::Scratch scratch(*reduced);
    for (std::uint32_t c = 0; c < 6; ++c)
      for (const std::int64_t amount : {ends.low[c] - small.truth[c], ends.high[c] - small.truth[c], ends.high[c] + 1 - small.truth[c]}) {
        if (amount == 0) continue;
        inside::SmallestMove program(*reduced, inside::ball_around(*reduced, c, 6, scratch), scratch);
        const std::vector<double> change = program.whole_change(0, static_cast<double>(amount), 10);
        const bool possible = small.truth[c] + amount <= ends.high[c];
        ASSERT_EQ(!change.empty(), possible) << "seed " << seed << " cell " << c;
        (possible ? reached : beyond) += 1;
        if (!possible) continue;
        std::vector<std::int64_t> x = small.truth;
        for (std::size_t i = 0; i < change.size(); ++i) x[program.columns()[i]] += std::llround(change[i]);
        EXPECT_TRUE(inside::check_fits(*reduced, x).has_value()) << "seed " << seed;
        EXPECT_EQ(x[c], small.truth[c] + amount);
      }
  }
  EXPECT_GT(reached, 200u);
  EXPECT_GT(beyond, 200u);
}

// The rungs' alarms: each flaw is out of reach of the rungs before.
const Small odd_cycle{{{1, 1, 0}, {0, 1, 1}, {1, 0, 1}}, {3, 3, 4}, {2, 1, 2}};  // bounds say nothing, ties say all
const Small half_way{
    {{1, 1, 1, 0, 0}, {1, 1, 0, 1, 0}, {0, 0, 1, 1, 1}}, {2, 2, 3}, {1, 0, 1, 1, 1}};  // the third is at most 1.5, the last at least 1 in whole numbers

TEST(FlawedPattern, KnownFromAnOddCycleOfPairsIsFoundByTies) {
  const table::AdditiveSystem system = odd_cycle.system();
  const auto report = attack::audit(odd_cycle.view(system), {{0, {}, {}, 1}, {1, {}, {}, 1}}, {});
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->count(AuditVerdict::fails_over_reals), 2u);
  EXPECT_EQ(report->columns, 0u);
  EXPECT_EQ(report->linear_programs, 0u);
}

TEST(FlawedPattern, ShortOverTheRealsIsFoundByAnOuterProgram) {
  const table::AdditiveSystem system = half_way.system();
  const auto report = attack::audit(half_way.view(system), {{2, {}, 2, 0}}, {});
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->decided_by_propagation, 0u);
  EXPECT_EQ(report->cells[0].verdict, AuditVerdict::fails_over_reals);
  EXPECT_NEAR(report->cells[0].proved_highest, 1.5, 1e-6);
}

TEST(FlawedPattern, ShortOverWholeNumbersAloneIsFoundByAnIntegerProgram) {
  const table::AdditiveSystem system = half_way.system();
  const auto report = attack::audit(half_way.view(system), {{4, 0, {}, 0}}, {});
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->cells[0].verdict, AuditVerdict::fails_over_integers);
  attack::AuditOptions reals;
  reals.numbers = AuditNumbers::reals;
  EXPECT_EQ(attack::audit(half_way.view(system), {{4, 0, {}, 0}}, reals)->cells[0].verdict, AuditVerdict::holds);
}

TEST(OfferedMoves, AreUsedOnlyWhereTheyFit) {
  // One sum of two cells tied to nothing else: a + b + c = 6.
  const Small small{{{1, 1, 1}}, {6}, {2, 2, 2}};
  const table::AdditiveSystem system = small.system();
  attack::AuditOptions options;
  options.starting_table = small.truth;
  options.offered_moves = {{{0, 1}, {1, -1}}, {{0, 1}, {1, 1}}, {{0, 3}, {1, -3}}};  // fits; breaks the sum; leaves the bounds
  const auto report = attack::audit(small.view(system), {{0, {}, 3, 0}}, options);
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->offered_moves_used, 1u);
  EXPECT_EQ(report->cells[0].verdict, AuditVerdict::holds);
}

}  // namespace
}  // namespace candour
