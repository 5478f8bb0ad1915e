// One planted flaw a method: rounding, cell key, differential privacy, linked tables, groups. The alarm rings with the flaw and is silent without it.
#include <candour/attack/changed_table.hpp>
#include <candour/protect/perturb/cell_key.hpp>
#include <candour/protect/perturb/discrete_noise.hpp>
#include <candour/protect/round/rounding.hpp>
#include <candour/table/linked_cubes.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace candour {
namespace {

using table::Change;
using S = table::CellStanding;

// Six finest cells of one record each below a total.
table::AdditiveSystem row_of_six() { return table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0, 0, 0, 0, 0})}).value(); }

std::size_t shown_small(const std::vector<std::int64_t>& published, const Change& change) {
  const auto report = attack::attack_changed_table(row_of_six(), published, change, 5, {});
  EXPECT_TRUE(report.has_value());
  return report ? report->shown_small.size() : 0;
}

TEST(FlawedRandomRounding, ATotalThatIsRoundedApartFromItsPartsRings) {
  // All six ones went up to five, their total of six went down to five: nobody can be more than four.
  EXPECT_EQ(shown_small({5, 5, 5, 5, 5, 5, 5}, {Change::Kind::random, 5, 0, 0, 0, 0}), 6u);
  EXPECT_EQ(shown_small({10, 5, 5, 5, 5, 5, 5}, {Change::Kind::random, 5, 0, 0, 0, 0}), 0u);
}

TEST(FlawedControlledRounding, TotalsLeftExactRing) {
  EXPECT_EQ(shown_small({6, 5, 5, 5, 5, 5, 5}, {Change::Kind::controlled, 5, 0, 0, 0, 0}), 6u);
  EXPECT_EQ(shown_small({30, 5, 5, 5, 5, 5, 5}, {Change::Kind::controlled, 5, 24, 0, 0, 0}), 0u);
}

TEST(FlawedConventionalRounding, ABaseThatTellsSmallCountsApartRings) {
  EXPECT_EQ(shown_small({18, 3, 3, 3, 3, 3, 3}, {Change::Kind::nearest, 3, 0, 0, 0, 0}), 6u);  // each lies from two to four
  EXPECT_EQ(shown_small({30, 5, 5, 5, 5, 5, 5}, {Change::Kind::nearest, 5, 0, 0, 0, 0}), 0u);
}

TEST(FlawedCellKey, NoiseOfOneRings) {
  EXPECT_EQ(shown_small({18, 3, 3, 3, 3, 3, 3}, {Change::Kind::cell_key, 5, 0, 1, 0, 0.5}), 6u);
  EXPECT_EQ(shown_small({18, 3, 3, 3, 3, 3, 3}, {Change::Kind::cell_key, 5, 0, 5, 0, 3}), 0u);
}

TEST(FlawedCellKey, KeysFromThePlaceInAFileRing) {
  // The same two records in another order are the same cell, and must get the same noise.
  const base::SecretKey key{};
  const auto from_identifier = [&](const std::string& first, const std::string& second) {
    const std::vector<std::uint64_t> keys{protect::record_key(key, first), protect::record_key(key, second)};
    return protect::cell_key(keys);
  };
  EXPECT_EQ(from_identifier("a", "b"), from_identifier("b", "a"));
  // With a third record before them in the file, the flaw gives them new keys.
  const auto from_place = [&](int first_place) { return from_identifier(std::to_string(first_place), std::to_string(first_place + 1)); };
  EXPECT_NE(from_place(0), from_place(1));
}

// Estimates the least delta at an epsilon for which a mechanism treats a count of 0 and of 1 alike.
template <class Mechanism>
double delta_between_neighbours(Mechanism&& mechanism, double epsilon) {
  constexpr int draws = 40000;
  std::map<std::int64_t, double> of_zero, of_one;
  for (int i = 0; i < draws; ++i) ++of_zero[mechanism(0)], ++of_one[mechanism(1)];
  double delta = 0, other = 0;
  for (std::int64_t x = -60; x <= 60; ++x) {
    delta += std::max(0.0, (of_zero[x] - std::exp(epsilon) * of_one[x]) / draws);
    other += std::max(0.0, (of_one[x] - std::exp(epsilon) * of_zero[x]) / draws);
  }
  return std::max(delta, other);
}

TEST(FlawedDifferentialPrivacy, ZerosWithoutNoiseRing) {
  protect::SeededBits bits(20260104);
  const protect::Fraction variance{4, 1};
  const double stated = protect::delta_of_discrete_gaussian(4, 1);
  const double tolerance = 0.01;  // some ten standard errors of the estimate
  EXPECT_LT(delta_between_neighbours([&](std::int64_t x) { return x + protect::discrete_gaussian(variance, bits); }, 1), stated + tolerance);
  EXPECT_GT(delta_between_neighbours([&](std::int64_t x) { return x == 0 ? 0 : x + protect::discrete_gaussian(variance, bits); }, 1), stated + tolerance);
}

TEST(FlawedDifferentialPrivacy, LessNoiseThanIsStatedRings) {
  protect::SeededBits bits(20260105);
  EXPECT_GT(delta_between_neighbours(
                [&](std::int64_t x) {
                  return x + protect::discrete_gaussian({1, 1}, bits);
                },
                1),
            protect::delta_of_discrete_gaussian(4, 1) + 0.01);
}

// Months by calendar year (m1 m2 | m3) and by financial year (m1 | m2 m3); m1 is three.
class FlawedLinking : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto calendar =
        table::Hierarchy::build("month", {},
                                {{"T", "", "T"}, {"y1", "T", ""}, {"y2", "T", ""}, {"m1", "y1", ""}, {"m2", "y1", ""}, {"m3", "y2", ""}, {"m4", "y2", ""}})
            .value();
    const auto financial =
        table::Hierarchy::build("month", {},
                                {{"T", "", "T"}, {"f1", "T", ""}, {"f2", "T", ""}, {"m1", "f1", ""}, {"m3", "f1", ""}, {"m2", "f2", ""}, {"m4", "f2", ""}})
            .value();
    linked_ = table::link({{{"month"}, {calendar}}, {{"month"}, {financial}}}).value();
    calendar_ = calendar, financial_ = financial;
  }
  table::SystemCell cell(int design, const std::string& code) {
    return linked_.cell_of[static_cast<std::size_t>(design)][*(design == 0 ? *calendar_ : *financial_).find(code)];
  }
  std::size_t unsafe(const std::vector<std::string>& hidden) {
    knowledge::SystemView view{
        &linked_.system, std::vector<S>(linked_.system.cell_count(), S::shown), std::vector<std::int64_t>(linked_.system.cell_count(), 0), {}, {}};
    const std::map<std::string, std::int64_t> value{{"T", 43}, {"y1", 13}, {"y2", 30}, {"f1", 15}, {"f2", 28}, {"m1", 3}, {"m2", 10}, {"m3", 12}, {"m4", 18}};
    for (const int design : {0, 1})
      for (const auto& [code, count] : value)
        if ((design == 0 ? *calendar_ : *financial_).find(code)) view.value[cell(design, code)] = count;
    for (const std::string& code : hidden) view.standing[cell(0, code)] = S::primary;
    view.lowest.assign(view.value.size(), 1), view.highest.assign(view.value.size(), 43);
    const auto report = attack::audit(view, {{cell(0, "m1"), 1, 5, 0}}, {});
    EXPECT_TRUE(report.has_value());
    return report ? 1 - report->count(attack::AuditVerdict::holds) : 0;
  }
  table::LinkedCubes linked_;
  std::optional<table::Hierarchy> calendar_, financial_;
};

TEST_F(FlawedLinking, TablesThatAreProtectedOneByOneRing) {
  // Enough for the calendar alone; the financial year then gives m1 away, because m3 is shown.
  EXPECT_EQ(unsafe({"m1", "m2"}), 1u);
  EXPECT_EQ(unsafe({"m1", "m2", "m3", "m4"}), 0u);
}

TEST(FlawedGroups, AZeroThatIsShownBesideAGroupRings) {
  // Total 9, all in the first of three outcomes. The rest (cells 2 and 3) must possibly hold two.
  auto system = table::AdditiveSystem::of_equations(5, {0, 4, 7}, {{0, -1}, {1, 1}, {2, 1}, {3, 1}, {0, -1}, {1, 1}, {4, 1}}, {0, 0});
  const auto reaches = [&](const std::vector<S>& standing) {
    const knowledge::SystemView view{&system, standing, {9, 9, 0, 0, 0}, {0, 0, 0, 0, 0}, {9, 9, 9, 9, 9}};
    const auto report = attack::audit(view, {{4, {}, 2, 0}}, {});
    return report.has_value() && report->count(attack::AuditVerdict::holds) == 1;
  };
  EXPECT_FALSE(reaches({S::shown, S::secondary, S::shown, S::shown, S::primary}));
  EXPECT_TRUE(reaches({S::shown, S::secondary, S::secondary, S::shown, S::primary}));
}

}  // namespace
}  // namespace candour
