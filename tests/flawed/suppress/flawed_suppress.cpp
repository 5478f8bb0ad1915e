// Planted flaws of suppression: for each kind of fault the alarm rings, and without the flaw it is silent.
#include <candour/assess/system_rules.hpp>
#include <candour/attack/audit.hpp>
#include <candour/certify/system_check.hpp>
#include <candour/protect/suppress/suppress.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace candour {
namespace {

using certify::SystemFaultKind;

class FlawedSuppression : public ::testing::Test {
 protected:
  void SetUp() override {
    auto cube = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0, 0}), table::axis_of_parents({0, 0, 0, 0, 0})});
    ASSERT_TRUE(cube.has_value());
    cube_ = std::move(cube).value();
    const std::int64_t inner[3][4] = {{3, 9, 12, 40}, {8, 7, 30, 21}, {15, 22, 1, 9}};
    counts_.assign(20, 0);
    for (std::uint32_t i = 0; i < 3; ++i)
      for (std::uint32_t j = 0; j < 4; ++j)
        for (const std::uint32_t c : {0u, (i + 1) * 5, j + 1, (i + 1) * 5 + j + 1}) counts_[c] += inner[i][j];
    truth_ = assess::truth_of_counts(cube_, counts_, {});
    auto result = protect::suppress(cube_, truth_, {0, 0, protect::Insider::single_contributor, 5, {}, 1});
    ASSERT_TRUE(result.has_value());
    evidence_ = {result->standing, result->moves, result->moves_of};
    options_ = {5, certify::SystemCheckOptions::Singles::checked, certify::SystemCheckOptions::Replay::checked};
  }

  [[nodiscard]] bool rings(SystemFaultKind kind) const {
    const certify::SystemCheck check = certify::check_system(cube_, truth_, evidence_, options_);
    return std::any_of(check.faults.begin(), check.faults.end(), [&](const certify::SystemFault& fault) { return fault.kind == kind; });
  }

  [[nodiscard]] std::uint64_t audited_unsafe() const {
    const knowledge::SystemView view{&cube_, evidence_.standing, counts_, truth_.lowest, truth_.highest};
    std::vector<knowledge::AskedInterval> asked;
    for (const truth::SystemSecret& secret : truth_.secrets) asked.push_back({secret.cell, secret.reach_down, secret.reach_up, 0});
    const auto report = attack::audit(view, asked, {});
    EXPECT_TRUE(report.has_value());
    return report ? report->cells.size() - report->count(attack::AuditVerdict::holds) : 0;
  }

  table::AdditiveSystem cube_;
  std::vector<std::int64_t> counts_;
  truth::SystemTruth truth_;
  certify::SystemEvidence evidence_;
  certify::SystemCheckOptions options_;
};

TEST_F(FlawedSuppression, WithoutAFlawCheckerAndAuditorAreSilent) {
  EXPECT_TRUE(certify::check_system(cube_, truth_, evidence_, options_).faults.empty());
  EXPECT_EQ(audited_unsafe(), 0u);
}

TEST_F(FlawedSuppression, ASecondaryCellShownRings) {
  const auto secondary = std::find(evidence_.standing.begin(), evidence_.standing.end(), table::CellStanding::secondary);
  ASSERT_NE(secondary, evidence_.standing.end());
  *secondary = table::CellStanding::shown;
  EXPECT_TRUE(rings(SystemFaultKind::touches_shown));
  EXPECT_GT(audited_unsafe(), 0u);
}

TEST_F(FlawedSuppression, APrimaryCellShownRings) {
  evidence_.standing[truth_.secrets[0].cell] = table::CellStanding::shown;
  EXPECT_TRUE(rings(SystemFaultKind::primary_shown));
}

TEST_F(FlawedSuppression, AMoveThatBreaksASumRings) {
  ++evidence_.moves[0][0].change;
  EXPECT_TRUE(rings(SystemFaultKind::breaks_sum));
}

TEST_F(FlawedSuppression, AMoveThatNamesACellTwiceRings) {
  evidence_.moves[0].push_back(evidence_.moves[0].back());
  EXPECT_TRUE(rings(SystemFaultKind::breaks_sum));
}

TEST_F(FlawedSuppression, AMoveBelowOneRings) {
  for (table::SystemChange& change : evidence_.moves[0]) change.change *= 1000;
  EXPECT_TRUE(rings(SystemFaultKind::leaves_bounds));
}

TEST_F(FlawedSuppression, ASecretWithoutItsMovesRings) {
  evidence_.moves_of[0].clear();
  EXPECT_TRUE(rings(SystemFaultKind::not_protected));
}

TEST_F(FlawedSuppression, ASecretThatNamesAMoveThatIsNotThereRings) {
  for (std::uint32_t& move : evidence_.moves_of[0]) move = static_cast<std::uint32_t>(evidence_.moves.size());
  EXPECT_TRUE(rings(SystemFaultKind::not_protected));
}

TEST_F(FlawedSuppression, AShorterListOfSecretsRings) {
  evidence_.moves_of.pop_back();
  EXPECT_TRUE(rings(SystemFaultKind::not_protected));
}

TEST_F(FlawedSuppression, PrimaryCellsAloneLeaveSmallResidualsAndRing) {
  for (table::CellStanding& standing : evidence_.standing)
    if (standing == table::CellStanding::secondary) standing = table::CellStanding::shown;
  EXPECT_TRUE(rings(SystemFaultKind::small_residual));
}

TEST_F(FlawedSuppression, TrueValuesThatDoNotAddUpRing) {
  ++truth_.value[7];
  EXPECT_TRUE(rings(SystemFaultKind::not_additive));
}

TEST(FlawedSingles, AWitnessThatNeedsTheCellOfASingleContributorRings) {
  // Two cells of a row, 1 and 2, hidden with nothing else in their columns: whoever is the 1 subtracts and reads the 2.
  auto system = table::AdditiveSystem::of_equations(3, {0, 3}, {{0, -1}, {1, 1}, {2, 1}}, {0});
  truth::SystemTruth truth;
  truth.value = {3, 1, 2};
  truth.loss = {1, 1, 1}, truth.lowest = {0, 0, 0}, truth.highest = {9, 9, 9}, truth.largest = {1, 1, 1};
  truth.standing = {table::CellStanding::always_shown, table::CellStanding::primary, table::CellStanding::primary};
  truth.secrets = {{2, 2, 2, 1}};
  const certify::SystemEvidence evidence{truth.standing, {{{1, 1}, {2, -1}}}, {{0}}};
  certify::SystemCheckOptions options;
  EXPECT_TRUE(certify::check_system(system, truth, evidence, options).faults.empty());
  options.singles = certify::SystemCheckOptions::Singles::checked;
  const certify::SystemCheck check = certify::check_system(system, truth, evidence, options);
  ASSERT_EQ(check.faults.size(), 1u);
  EXPECT_EQ(check.faults[0].kind, SystemFaultKind::known_to_single);
}

// 0 = 1 + 2 with the total shown, 2 = 3 said by a sum of two: whoever hides 2 must hide 3, and a move of 2 moves 3.
class FlawedTwins : public ::testing::Test {
 protected:
  void SetUp() override {
    system_ = table::AdditiveSystem::of_equations(4, {0, 3, 5}, {{0, -1}, {1, 1}, {2, 1}, {2, 1}, {3, -1}}, {0, 0});
    truth_.value = {9, 4, 5, 5}, truth_.loss = {9, 4, 5, 5}, truth_.lowest = {0, 0, 0, 0}, truth_.highest = {20, 20, 20, 20};
    truth_.standing = {table::CellStanding::always_shown, table::CellStanding::primary, table::CellStanding::shown, table::CellStanding::shown};
    truth_.secrets = {{1, 2, 6, 0}};
    auto result = protect::suppress(system_, truth_, {});
    ASSERT_TRUE(result.has_value());
    ASSERT_TRUE(result->unprotected.empty());
    evidence_ = {result->standing, result->moves, result->moves_of};
  }
  [[nodiscard]] std::vector<certify::SystemFault> faults() const { return certify::check_system(system_, truth_, evidence_, {}).faults; }

  table::AdditiveSystem system_;
  truth::SystemTruth truth_;
  certify::SystemEvidence evidence_;
};

TEST_F(FlawedTwins, WithoutAFlawTheCheckerIsSilent) { EXPECT_TRUE(faults().empty()); }

TEST_F(FlawedTwins, AMoveThatForgetsATwinRings) {
  for (table::SystemMove& move : evidence_.moves) move.pop_back();
  ASSERT_FALSE(faults().empty());
  EXPECT_EQ(faults().front().kind, SystemFaultKind::breaks_sum);
}

TEST_F(FlawedTwins, ATwinLeftShownRings) {
  evidence_.standing[3] = table::CellStanding::shown;
  ASSERT_FALSE(faults().empty());
  EXPECT_EQ(faults().front().kind, SystemFaultKind::touches_shown);
}

TEST_F(FlawedTwins, AMoveSharedWithASecretThatItDoesNotServeRings) {
  truth_.secrets.push_back({3, 0, 12, 0});
  truth_.standing[3] = table::CellStanding::primary;
  evidence_.moves_of.push_back({0});  // changes cell 3, but not so far
  ASSERT_EQ(faults().size(), 1u);
  EXPECT_EQ(faults().front().kind, SystemFaultKind::not_protected);
}

TEST(FlawedChoice, AWitnessInWhichNothingNeedsHidingRings) {
  // Rows and columns of 7, 9 / 8, 4: in the only witness the 4 became 5, and nobody would have hidden anything.
  auto cube = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0}), table::axis_of_parents({0, 0, 0})});
  ASSERT_TRUE(cube.has_value());
  truth::SystemTruth truth;
  truth.value = {28, 15, 13, 16, 7, 9, 12, 8, 4};
  truth.loss.assign(9, 1), truth.lowest.assign(9, 1), truth.highest.assign(9, 28);
  truth.standing.assign(9, table::CellStanding::shown);
  truth.standing[8] = table::CellStanding::primary;
  truth.secrets = {{8, 4, 5, 0}};
  certify::SystemEvidence evidence{truth.standing, {{{4, 1}, {5, -1}, {7, -1}, {8, 1}}}, {{0}}};
  for (const std::size_t c : {4u, 5u, 7u}) evidence.standing[c] = table::CellStanding::secondary;
  const certify::SystemCheck check = certify::check_system(*cube, truth, evidence, {5, {}, certify::SystemCheckOptions::Replay::checked});
  ASSERT_EQ(check.faults.size(), 1u);
  EXPECT_EQ(check.faults[0].kind, SystemFaultKind::nothing_to_hide);
}

}  // namespace
}  // namespace candour
