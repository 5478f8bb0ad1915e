// The proved bound is the cheapest safe pattern, and what was not proved is not said.
#include <candour/attack/audit.hpp>
#include <candour/certify/system_check.hpp>
#include <candour/protect/suppress/optimal.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

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

TEST(InfeasibleProtection, LeavesTheSecretOpenAndTheCheckerRefuses) {
  Square square = random_square(3);
  for (const table::SystemCell c : square.inner)
    if (square.truth.standing[c] == CellStanding::shown) square.truth.standing[c] = CellStanding::always_shown;
  const auto result = protect::suppress(square.system, square.truth, {});
  ASSERT_TRUE(result.has_value());
  EXPECT_FALSE(result->unprotected.empty());
  EXPECT_FALSE(certify::check_system(square.system, square.truth, {result->standing, result->moves, result->moves_of}, {}).faults.empty());
}

}  // namespace
}  // namespace candour
