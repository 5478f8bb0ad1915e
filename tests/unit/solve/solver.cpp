#include <candour/solve/solver.hpp>

#include <gtest/gtest.h>

namespace candour::solve {
namespace {

// Two numbers that add up to 10, the first at most 7, the second at most 8.
LinearModel two_numbers() {
  LinearModel model;
  model.columns = {{0, 7, 1, ColumnType::continuous}, {0, 8, 0, ColumnType::continuous}};
  model.rows = {{{{0, 1}, {1, 1}}, 10, 10}};
  return model;
}

TEST(SolveOnce, GivesTheSmallestAndTheLargestValueOfALinearProgram) {
  LinearModel model = two_numbers();
  const SolveOutcome least = solve_once(model);
  ASSERT_EQ(least.status, SolveStatus::optimal);
  EXPECT_NEAR(least.objective, 2, 1e-9);
  EXPECT_NEAR(least.bound, 2, 1e-9);
  EXPECT_NEAR(least.solution[1], 8, 1e-9);
  model.sense = Sense::maximise;
  const SolveOutcome most = solve_once(model);
  ASSERT_EQ(most.status, SolveStatus::optimal);
  EXPECT_NEAR(most.objective, 7, 1e-9);
}

TEST(SolveOnce, GivesDualsInTheModelsOwnSense) {
  // Maximise a with a + b = 10, b >= 4: a is 6, and each unit more in the row gives one more.
  LinearModel model = two_numbers();
  model.columns[0].highest = infinity;
  model.columns[1].lowest = 4;
  model.sense = Sense::maximise;
  const SolveOutcome outcome = solve_once(model);
  ASSERT_EQ(outcome.status, SolveStatus::optimal);
  EXPECT_NEAR(outcome.objective, 6, 1e-9);
  ASSERT_EQ(outcome.row_duals.size(), 1U);
  EXPECT_NEAR(outcome.row_duals[0], 1, 1e-9);
}

TEST(SolveOnce, SaysInfeasibleByName) {
  LinearModel model = two_numbers();
  model.rows[0].lowest = model.rows[0].highest = 16;
  EXPECT_EQ(solve_once(model).status, SolveStatus::infeasible);
  model.columns[0].type = ColumnType::integer;
  EXPECT_EQ(solve_once(model).status, SolveStatus::infeasible);
}

TEST(SolveOnce, SaysInfeasibleWhereALowestValueStandsAboveTheHighest) {
  LinearModel model = two_numbers();
  model.columns[0].lowest = 8;
  EXPECT_EQ(solve_once(model).status, SolveStatus::infeasible);
}

TEST(SolveOnce, SaysUnboundedByName) {
  LinearModel model = two_numbers();
  model.rows[0].highest = infinity;
  model.columns[0].highest = infinity;
  model.sense = Sense::maximise;
  EXPECT_EQ(solve_once(model).status, SolveStatus::unbounded);
  model.columns[0].type = ColumnType::integer;
  EXPECT_EQ(solve_once(model).status, SolveStatus::unbounded);
}

TEST(SolveOnce, KeepsIntegersWhole) {
  // 2a + 2b = 7 has real solutions and no whole ones; 2a + 2b <= 7 has a largest a of 3.
  LinearModel model;
  model.columns = {{0, 10, 1, ColumnType::integer}, {0, 10, 0, ColumnType::integer}};
  model.rows = {{{{0, 2}, {1, 2}}, 7, 7}};
  model.sense = Sense::maximise;
  EXPECT_EQ(solve_once(model).status, SolveStatus::infeasible);
  model.rows[0].lowest = 0;
  const SolveOutcome outcome = solve_once(model);
  ASSERT_EQ(outcome.status, SolveStatus::optimal);
  EXPECT_NEAR(outcome.objective, 3, 1e-9);
}

TEST(SolveOnce, SaysLimitReachedWhenTheNodesRunOut) {
  // An equality knapsack without solution: the linear programs say nothing, so many nodes are needed.
  LinearModel model;
  Row row;
  for (ColumnIndex c = 0; c < 25; ++c) {
    model.columns.push_back({0, 1, 0, ColumnType::integer});
    row.entries.push_back({c, 2});
  }
  row.lowest = row.highest = 25;
  model.rows = {row};
  const SolveOutcome outcome = solve_once(model, {.seconds = 0, .nodes = 20});
  EXPECT_EQ(outcome.status, SolveStatus::limit_reached);
  EXPECT_TRUE(outcome.solution.empty());
}

TEST(WarmSolver, AnswersAsAColdOneWhileObjectiveAndBoundsChange) {
  WarmSolver warm(two_numbers());
  warm.set_objective({{0, 1}}, Sense::minimise);
  EXPECT_NEAR(warm.solve().objective, 2, 1e-9);
  warm.set_objective({{0, 1}}, Sense::maximise);
  EXPECT_NEAR(warm.solve().objective, 7, 1e-9);
  warm.set_objective({{1, 3}}, Sense::minimise);
  EXPECT_NEAR(warm.solve().objective, 9, 1e-9);
  warm.set_bounds(0, 0, 4);
  EXPECT_NEAR(warm.solve().objective, 18, 1e-9);
  warm.set_bounds(1, 0, 5);
  EXPECT_EQ(warm.solve().status, SolveStatus::infeasible);
  warm.set_bounds(1, 0, 8);
  EXPECT_NEAR(warm.solve().objective, 18, 1e-9);
  warm.set_row_bounds(0, 8, 10);
  EXPECT_NEAR(warm.solve().objective, 12, 1e-9);
}

TEST(WarmSolver, AsksAQuestionWithARowThatComesAndGoes) {
  WarmSolver warm(two_numbers());
  warm.set_objective({{0, 1}}, Sense::minimise);
  EXPECT_NEAR(warm.solve().objective, 2, 1e-9);
  warm.add_row({{{0, 1}, {1, -1}}, 1, infinity});
  EXPECT_NEAR(warm.solve().objective, 5.5, 1e-9);
  warm.remove_last_row();
  EXPECT_NEAR(warm.solve().objective, 2, 1e-9);
  warm.add_row({{{0, 1}, {1, 1}}, 11, 11});
  EXPECT_EQ(warm.solve().status, SolveStatus::infeasible);
  warm.remove_last_row();
  EXPECT_NEAR(warm.solve().objective, 2, 1e-9);
}

TEST(WarmSolver, GivesTheSameBytesOnEveryRun) {
  const auto run = [] {
    WarmSolver warm(two_numbers());
    warm.set_objective({{0, 1}, {1, 1}}, Sense::maximise);
    return warm.solve().solution;
  };
  EXPECT_EQ(run(), run());
}

}  // namespace
}  // namespace candour::solve
