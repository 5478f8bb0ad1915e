// Dominance, p% and prior-posterior: which cells fail, in exact whole numbers.

#include <candour/assess/magnitude_rules.hpp>

#include <gtest/gtest.h>

namespace candour::assess {
namespace {

using Cells = std::vector<table::CellIndex>;

/// One table, a cell a list of contributions (largest first).
truth::MagnitudeTable table_of(const std::vector<std::vector<std::int64_t>>& cells, std::size_t kept = 100) {
  truth::MagnitudeTable table;
  for (const auto& contributions : cells) {
    std::int64_t total = 0;
    for (const std::int64_t amount : contributions) total += amount;
    table.totals.push_back(total);
    table.contributor_counts.push_back(static_cast<std::int64_t>(contributions.size()));
    table.largest_contributions.emplace_back(contributions.begin(), contributions.begin() + static_cast<std::ptrdiff_t>(std::min(kept, contributions.size())));
  }
  return table;
}

TEST(MagnitudeRules, DominanceFailsAboveTheShareAndNotAtIt) {
  const auto table = table_of({{50, 35, 15}, {50, 36, 14}, {100}, {}, {0, 0}});
  EXPECT_EQ(cells_failing(DominanceRule{2, base::Decimal(85)}, table).value(), (Cells{1, 2}));
  EXPECT_EQ(cells_failing(DominanceRule{1, base::Decimal(50)}, table).value(), (Cells{2}));
}

TEST(MagnitudeRules, PPercentFailsBelowTheShareOfTheLargestAndNotAtIt) {
  const auto table = table_of({{100, 50, 10}, {100, 50, 9}, {100, 50}, {100}, {}, {40, 30, 20, 10}});
  EXPECT_EQ(cells_failing(PPercentRule{base::Decimal(10)}, table).value(), (Cells{1, 2, 3}));
}

TEST(MagnitudeRules, PPercentWithDecimalsIsExact) {
  const auto table = table_of({{1000, 500, 125}, {1000, 500, 124}});
  EXPECT_EQ(cells_failing(PPercentRule{base::Decimal::of_units(125, 1)}, table).value(), (Cells{1}));
}

TEST(MagnitudeRules, PriorPosteriorWithPriorHundredIsTheAmbiguityRule) {
  const auto table = table_of({{100, 50, 10}, {100, 50, 9}, {100}, {300, 200, 100}});
  EXPECT_EQ(cells_failing(PriorPosteriorRule{base::Decimal(10), base::Decimal(100)}, table).value(),
            cells_failing(PPercentRule{base::Decimal(10)}, table).value());
  // A prior of 20 %: the rest must hold half of the largest.
  EXPECT_EQ(cells_failing(PriorPosteriorRule{base::Decimal(10), base::Decimal(20)}, table_of({{100, 50, 50}, {100, 50, 49}})).value(), (Cells{1}));
}

TEST(MagnitudeRules, AmountsNearTheLimitOf64BitsDoNotWrap) {
  const std::int64_t large = 4'000'000'000'000'000'000;
  EXPECT_EQ(cells_failing(DominanceRule{1, base::Decimal::of_units(50'000'001, 6)}, table_of({{large, large}})).value(), Cells{});
  EXPECT_EQ(cells_failing(DominanceRule{1, base::Decimal::of_units(49'999'999, 6)}, table_of({{large, large}})).value(), Cells{0});
}

TEST(MagnitudeRules, FewerContributionsThanTheRuleLooksAtIsAnError) {
  const auto table = table_of({{5, 4, 3}}, 1);
  EXPECT_EQ(cells_failing(PPercentRule{}, table).error().code, "rule.missing_contributions");
  EXPECT_EQ(cells_failing(DominanceRule{2, base::Decimal(85)}, table).error().code, "rule.missing_contributions");
  EXPECT_TRUE(cells_failing(DominanceRule{1, base::Decimal(85)}, table).has_value());
}

TEST(MagnitudeRules, NegativeContributionsAreNotDefined) {
  EXPECT_EQ(cells_failing(PPercentRule{}, table_of({{5, -4}})).error().code, "rule.not_defined");
  EXPECT_EQ(cells_failing(DominanceRule{}, table_of({{5, -4}})).error().code, "rule.not_defined");
}

TEST(MagnitudeRules, BadParametersAreRefused) {
  const auto table = table_of({{5, 4}});
  EXPECT_EQ(cells_failing(PPercentRule{base::Decimal(0)}, table).error().code, "rule.bad_parameter");
  EXPECT_EQ(cells_failing(PPercentRule{base::Decimal(-5)}, table).error().sentence, "p_percent must be above 0 with at most six decimals, got -5");
  EXPECT_EQ(cells_failing(DominanceRule{0, base::Decimal(85)}, table).error().code, "rule.bad_parameter");
  EXPECT_EQ(cells_failing(PriorPosteriorRule{base::Decimal(20), base::Decimal(20)}, table).error().code, "rule.bad_parameter");
}

}  // namespace
}  // namespace candour::assess
