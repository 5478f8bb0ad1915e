// The proved bound is the cheapest safe pattern, and what was not proved is not said.
#include <candour/attack/audit.hpp>
#include <candour/certify/system_check.hpp>
#include <candour/protect/suppress/condense.hpp>
#include <candour/protect/suppress/cut_rounding.hpp>
#include <candour/protect/suppress/independent_sums.hpp>
#include <candour/protect/suppress/optimal.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace candour {
namespace {

using table::CellStanding;

struct Square {
  table::AdditiveSystem system;
  truth::SystemTruth truth;
  std::vector<table::SystemCell> inner;
};

// Three rows, three columns, margins always shown; two inner cells are secret and must be able to move by two both ways.
Square random_square(std::uint64_t seed) {
  auto cube = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0, 0}), table::axis_of_parents({0, 0, 0, 0})});
  EXPECT_TRUE(cube.has_value());
  Square square{std::move(cube).value(), {}, {}};
  truth::SystemTruth& truth = square.truth;
  truth.value.assign(16, 0), truth.lowest.assign(16, 0), truth.highest.assign(16, 1'000'000);
  truth.standing.assign(16, CellStanding::always_shown);
  std::mt19937_64 random(seed);
  for (std::uint32_t i = 1; i <= 3; ++i)
    for (std::uint32_t j = 1; j <= 3; ++j) {
      const auto x = static_cast<std::int64_t>(1 + random() % 9);
      square.inner.push_back(4 * i + j);
      truth.standing[4 * i + j] = CellStanding::shown;
      for (const std::uint32_t c : {0u, 4 * i, j, 4 * i + j}) truth.value[c] += x;
    }
  for (std::size_t c = 0; c < 16; ++c) truth.loss.push_back(static_cast<std::int64_t>(1 + random() % 20));
  for (const std::size_t n : {std::size_t{0}, std::size_t{1} + random() % 8}) {
    const table::SystemCell c = square.inner[n];
    truth.standing[c] = CellStanding::primary;
    truth.secrets.push_back({c, std::max<std::int64_t>(0, truth.value[c] - 2), truth.value[c] + 2, 0});
  }
  return square;
}

// The least loss of a pattern that the auditor finds safe; nothing if there is none.
std::optional<std::int64_t> least_loss_by_trying_all(const Square& square) {
  const truth::SystemTruth& truth = square.truth;
  std::optional<std::int64_t> least;
  for (unsigned pattern = 0; pattern < 512; ++pattern) {
    knowledge::SystemView view{&square.system, truth.standing, truth.value, truth.lowest, truth.highest};
    std::int64_t loss = 0;
    bool takes_a_primary = false;
    for (std::size_t n = 0; n < 9; ++n) {
      if ((pattern >> n & 1u) == 0) continue;
      takes_a_primary = takes_a_primary || truth.standing[square.inner[n]] == CellStanding::primary;
      view.standing[square.inner[n]] = CellStanding::secondary;
      loss += truth.loss[square.inner[n]];
    }
    if (takes_a_primary || (least && loss >= *least)) continue;
    std::vector<knowledge::AskedInterval> asked;
    for (const truth::SystemSecret& secret : truth.secrets) asked.push_back({secret.cell, secret.reach_down, secret.reach_up, 0});
    attack::AuditOptions options;
    options.starting_table = truth.value;
    const auto report = attack::audit(view, asked, options);
    if (report && report->count(attack::AuditVerdict::holds) == asked.size()) least = loss;
  }
  return least;
}

TEST(OptimalSuppression, ProvesExactlyTheLeastLossThatTryingAllPatternsFinds) {
  int solvable = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Square square = random_square(seed);
    const auto least = least_loss_by_trying_all(square);
    auto start = protect::suppress(square.system, square.truth, {});
    ASSERT_TRUE(start.has_value());
    EXPECT_EQ(start->unprotected.empty(), least.has_value()) << seed;
    if (!least) continue;
    ++solvable;
    const protect::OptimalOutcome outcome = protect::suppress_optimally(square.system, square.truth, std::move(*start), {60});
    EXPECT_TRUE(outcome.is_optimal()) << seed;
    EXPECT_EQ(outcome.best.loss, *least) << seed;
    EXPECT_LE(outcome.lowest_loss, static_cast<double>(*least) + 1e-6) << seed;
    EXPECT_TRUE(certify::check_system(square.system, square.truth, {outcome.best.standing, outcome.best.moves, outcome.best.moves_of}, {}).faults.empty())
        << seed;
  }
  EXPECT_GE(solvable, 20);
}

TEST(OptimalSuppression, WithoutTimeKeepsTheCertifiedStartAndClaimsNothing) {
  const Square square = random_square(1);
  auto start = protect::suppress(square.system, square.truth, {});
  ASSERT_TRUE(start.has_value());
  ASSERT_TRUE(start->unprotected.empty());
  const std::int64_t loss = start->loss;
  const protect::OptimalOutcome outcome = protect::suppress_optimally(square.system, square.truth, std::move(*start), {0});
  EXPECT_EQ(outcome.best.loss, loss);
  EXPECT_EQ(outcome.lowest_loss, 0);
  EXPECT_FALSE(outcome.is_optimal());
  EXPECT_TRUE(certify::check_system(square.system, square.truth, {outcome.best.standing, outcome.best.moves, outcome.best.moves_of}, {}).faults.empty());
}

// Every vector of changes within the bounds that keeps all sums; cells that are always shown do not change.
std::set<std::vector<std::int64_t>> all_moves(const table::AdditiveSystem& system, const truth::SystemTruth& truth) {
  std::set<std::vector<std::int64_t>> moves;
  std::vector<std::int64_t> change(truth.value.size(), 0);
  const auto try_from = [&](const auto& self, std::size_t c) -> void {
    if (c == change.size()) {
      for (table::SystemEquation e = 0; e < system.equation_count(); ++e) {
        std::int64_t sum = 0;
        for (const table::SystemTerm& term : system.terms(e)) sum += term.coefficient * change[term.cell];
        if (sum != 0) return;
      }
      moves.insert(change);
      return;
    }
    const bool fixed = truth.standing[c] == CellStanding::always_shown;
    for (change[c] = fixed ? 0 : truth.lowest[c] - truth.value[c]; change[c] <= (fixed ? 0 : truth.highest[c] - truth.value[c]); ++change[c]) self(self, c + 1);
    change[c] = 0;
  };
  try_from(try_from, 0);
  return moves;
}

// Seven cells, five sums of two to four of them, some said twice; often two cells can only move together, and some not at all.
Square random_plain_system(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Square made;
  truth::SystemTruth& truth = made.truth;
  for (table::SystemCell c = 0; c < 7; ++c) {
    const auto room = static_cast<std::int64_t>(1 + random() % 3);
    truth.value.push_back(static_cast<std::int64_t>(random()) & 1 ? 1 : 0);
    truth.lowest.push_back(0), truth.highest.push_back(std::max(room, truth.value[c]));
    truth.loss.push_back(static_cast<std::int64_t>(1 + random() % 9));
    truth.standing.push_back(random() % 8 == 0 ? CellStanding::always_shown : CellStanding::shown);
    made.inner.push_back(c);
  }
  std::vector<std::uint64_t> start{0};
  std::vector<table::SystemTerm> terms;
  std::vector<std::int64_t> right;
  for (int e = 0; e < 5; ++e) {
    std::vector<table::SystemCell> cells(made.inner);
    std::shuffle(cells.begin(), cells.end(), random);
    cells.resize(2 + random() % 3);
    for (int copy = 0; copy < (e == 0 ? 2 : 1); ++copy) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        terms.push_back({cells[i], (i == 0) == (copy == 0) ? -1 : 1});
        sum += terms.back().coefficient * truth.value[cells[i]];
      }
      start.push_back(terms.size()), right.push_back(sum);
    }
  }
  made.system = table::AdditiveSystem::of_equations(7, std::move(start), std::move(terms), std::move(right));
  return made;
}

TEST(Condensing, KeepsExactlyTheMovesOfTheGivenSystem) {
  std::size_t merged = 0, several = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const Square given = random_plain_system(seed);
    const protect::Condensed small = protect::condense(given.system, given.truth);
    std::set<std::vector<std::int64_t>> back;
    for (const std::vector<std::int64_t>& changes : all_moves(small.system, small.truth)) {
      table::SystemMove move;
      for (table::SystemCell p = 0; p < changes.size(); ++p)
        if (changes[p] != 0) move.push_back({p, changes[p]});
      std::vector<std::int64_t> wide(7, 0);
      for (const table::SystemChange& part : small.expand(move)) wide[part.cell] = part.change;
      back.insert(std::move(wide));
    }
    EXPECT_EQ(back, all_moves(given.system, given.truth)) << seed;
    merged += small.member.size() > small.truth.value.size() ? 1u : 0u;
    several += back.size() > 1 ? 1u : 0u;
  }
  EXPECT_GT(merged, 50u);
  EXPECT_GT(several, 50u);
}

TEST(RoundedCuts, HoldForEveryWholePatternThatTheCutHoldsFor) {
  std::mt19937_64 random(7);
  const auto real = [&] { return static_cast<double>(random() % 1000) / 1000; };
  int made = 0;
  for (int round = 0; round < 2000; ++round) {
    solve::Row cut{{}, 1, solve::infinity};
    std::vector<double> share;
    for (int c = 0; c < 8; ++c) {
      cut.entries.push_back({c, 0.05 + 0.95 * real()});
      const double z = real();
      share.push_back(random() % 3 == 0 ? std::round(z) : z);
    }
    const auto stronger = protect::round_cut(cut, share);
    if (!stronger) continue;
    ++made;
    double at_share = 0;
    for (const solve::Entry& entry : stronger->entries) at_share += entry.coefficient * share[static_cast<std::size_t>(entry.column)];
    EXPECT_LT(at_share, stronger->lowest);
    for (unsigned pattern = 0; pattern < 256; ++pattern) {
      const auto sum = [&](const solve::Row& row) {
        double total = 0;
        for (const solve::Entry& entry : row.entries) total += pattern >> entry.column & 1u ? entry.coefficient : 0;
        return total;
      };
      if (sum(cut) < cut.lowest) continue;
      EXPECT_GE(sum(*stronger), stronger->lowest - 1e-6) << round << ' ' << pattern;
    }
  }
  EXPECT_GT(made, 100);
}

TEST(InfeasibleProtection, IsProvedForAPlainSystem) {
  // a + b = 7 with b at most 6: whatever is hidden, a is never 0.
  auto system = table::AdditiveSystem::of_equations(4, {0, 2, 4}, {{0, 1}, {1, 1}, {2, 1}, {3, -1}}, {7, 0});
  truth::SystemTruth truth;
  truth.value = {3, 4, 2, 2}, truth.loss = {1, 1, 1, 1}, truth.lowest = {0, 0, 0, 0}, truth.highest = {7, 6, 9, 9};
  truth.standing = {CellStanding::primary, CellStanding::shown, CellStanding::primary, CellStanding::shown};
  truth.secrets = {{0, 0, 3, 0}, {2, 1, 3, 0}};
  const auto result = protect::suppress(system, truth, {});
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->impossible, std::vector<table::SystemCell>{0});
  EXPECT_EQ(result->unprotected, std::vector<table::SystemCell>{0});
  truth.secrets[0].reach_down = 1;
  const auto possible = protect::suppress(system, truth, {});
  ASSERT_TRUE(possible.has_value());
  EXPECT_TRUE(possible->unprotected.empty());
  EXPECT_EQ(possible->loss, 2);
}

TEST(InfeasibleProtection, LeavesTheSecretOpenAndTheCheckerRefuses) {
  Square square = random_square(3);
  for (const table::SystemCell c : square.inner)
    if (square.truth.standing[c] == CellStanding::shown) square.truth.standing[c] = CellStanding::always_shown;
  const auto result = protect::suppress(square.system, square.truth, {});
  ASSERT_TRUE(result.has_value());
  EXPECT_FALSE(result->unprotected.empty());
  EXPECT_FALSE(certify::check_system(square.system, square.truth, {result->standing, result->moves, result->moves_of}, {}).faults.empty());
}

// In a cube the finest cells are free and all others follow from them: so many sums are independent as there are other cells.
TEST(IndependentSums, OfACubeAreAsManyAsItHasTotals) {
  const table::SystemAxis flat = table::axis_of_parents({0, 0, 0, 0}), grouped = table::axis_of_parents({0, 0, 1, 1, 0, 4, 4});
  for (const auto& axes : {std::vector{flat, flat}, std::vector{grouped, flat}, std::vector{grouped, grouped, flat}, std::vector{flat, flat, flat, grouped}}) {
    const table::AdditiveSystem cube = table::AdditiveSystem::of_cube(axes).value();
    std::size_t finest = 1;
    for (const table::SystemAxis& axis : axes)
      finest *= static_cast<std::size_t>(std::count_if(axis.children.begin(), axis.children.end(), [](const auto& children) { return children.empty(); }));
    const std::vector<table::SystemEquation> kept = protect::independent_sums(cube);
    EXPECT_EQ(kept.size(), cube.cell_count() - finest);
    EXPECT_LT(kept.size(), cube.equation_count());
    EXPECT_TRUE(std::is_sorted(kept.begin(), kept.end()));
  }
}

TEST(IndependentSums, KeepWhatIsSaidOnceAndDropWhatIsSaidTwice) {
  // a = b + c, the same doubled, b = d; and a = c + d, which follows from the first and the last.
  const auto system = table::AdditiveSystem::of_equations(
      4, {0, 3, 6, 8, 11}, {{0, 1}, {1, -1}, {2, -1}, {0, 2}, {1, -2}, {2, -2}, {1, 1}, {3, -1}, {0, 1}, {2, -1}, {3, -1}}, {0, 0, 0, 0});
  EXPECT_EQ(protect::independent_sums(system), (std::vector<table::SystemEquation>{0, 2}));
}

}  // namespace
}  // namespace candour
