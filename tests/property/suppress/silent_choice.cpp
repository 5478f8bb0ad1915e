// The replay rule on small tables: witnesses in which nothing would need hiding are changed until something does, so that hardly a pattern is lost for them.
#include <candour/assess/system_rules.hpp>
#include <candour/certify/system_check.hpp>
#include <candour/protect/suppress/suppress.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace candour {
namespace {

using certify::SystemFaultKind;

constexpr std::int64_t minimum = 5;

// A table with two or three rows and columns, a third of its counts nought.
std::vector<std::int64_t> random_counts(std::mt19937_64& random, std::uint32_t rows, std::uint32_t columns) {
  std::vector<std::int64_t> counts((rows + 1) * (columns + 1), 0);
  for (std::uint32_t i = 1; i <= rows; ++i)
    for (std::uint32_t j = 1; j <= columns; ++j) {
      const std::int64_t x = random() % 3 == 0 ? 0 : static_cast<std::int64_t>(random() % 14);
      for (const std::uint32_t c : {0u, i * (columns + 1), j, i * (columns + 1) + j}) counts[c] += x;
    }
  return counts;
}

TEST(SilentChoice, HardlyAPatternIsLostBecauseAWitnessLeavesNothingToHide) {
  int asked = 0, lost = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    std::mt19937_64 random(seed);
    const auto rows = static_cast<std::uint32_t>(2 + random() % 2), columns = static_cast<std::uint32_t>(2 + random() % 2);
    const auto cube = table::AdditiveSystem::of_cube(
        {table::axis_of_parents(std::vector<std::uint32_t>(rows + 1, 0)), table::axis_of_parents(std::vector<std::uint32_t>(columns + 1, 0))});
    ASSERT_TRUE(cube.has_value());
    const truth::SystemTruth truth =
        assess::truth_of_counts(*cube, random_counts(random, rows, columns),
                                {minimum, table::ZeroConvention::hidden_may_be_zero, assess::CountProtection::contains_threshold, assess::LossKind::logarithm});
    if (truth.secrets.empty()) continue;
    protect::SuppressionOptions options;
    options.threshold = minimum;
    options.insider = protect::Insider::single_contributor;
    const auto result = protect::suppress(*cube, truth, options);
    ASSERT_TRUE(result.has_value());
    if (!result->unprotected.empty()) continue;
    ++asked;
    const certify::SystemCheck check =
        certify::check_system(*cube, truth, {result->standing, result->moves, result->moves_of},
                              {minimum, certify::SystemCheckOptions::Singles::checked, certify::SystemCheckOptions::Replay::checked});
    for (const certify::SystemFault& fault : check.faults) EXPECT_EQ(fault.kind, SystemFaultKind::nothing_to_hide) << "seed " << seed;
    lost += !check.faults.empty();
  }
  EXPECT_GE(asked, 250);
  EXPECT_LE(lost, asked / 50) << "of " << asked;
  RecordProperty("asked", asked);
  RecordProperty("lost", lost);
}

}  // namespace
}  // namespace candour
