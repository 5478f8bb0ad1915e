// What a changed figure says: of its count, to the register, and of how much noise was told.

#include <candour/table/noise_spent.hpp>
#include <candour/table/released.hpp>
#include <candour/table/worlds.hpp>

#include "tiny_population.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace candour::table {
namespace {

TEST(AChangedFigure, StandsForTheCountsThatItsSymbolPromises) {
  for (const auto& [figure, lowest, highest] :
       std::vector<std::array<std::int64_t, 3>>{{0, 0, 7}, {1, 1, 8}, {8, 1, 15}, {9, 6, 16}, {12, 6, 19}, {13, 6, 20}, {14, 7, 21}}) {
    const CountsBehind counts = counts_behind(Perturbed{figure, 7, 6});
    EXPECT_EQ(counts.lowest, lowest) << figure;
    EXPECT_EQ(counts.highest, highest) << figure;
    EXPECT_TRUE(counts.contains(lowest) && counts.contains(highest) && !counts.contains(highest + 1) && !counts.contains(lowest - 1));
  }
  EXPECT_EQ(counts_behind_change(Rounded{10, 5, RoundingKind::random})->lowest, 6);
  EXPECT_FALSE(counts_behind_change(Value{3}) || counts_behind_change(Suppressed{}));
  EXPECT_FALSE(is_changed(NotAvailable{}));
}

PublishedPopulation with_noise() {
  const auto space = test_support::space_over({{test_support::flat_hierarchy("x", 3), Role::identifying}});
  PublishedPopulation published{space, {}, {}, {}};
  published.tables.push_back({"x",
                              test_support::full_design(*space),
                              ZeroConvention::hidden_at_least_one,
                              0,
                              {Value{19}, Perturbed{0, 7, 7}, Perturbed{9, 7, 7}, Perturbed{8, 7, 7}},
                              NoiseOfTable{5000, "a"}});
  return published;
}

TEST(AChangedFigure, IsAnIntervalOfEveryReadersWorlds) {
  const Worlds worlds = worlds_of(with_noise(), 5).value();
  EXPECT_TRUE(fits(worlds, std::vector<std::int64_t>{4, 8, 7}));
  EXPECT_FALSE(fits(worlds, std::vector<std::int64_t>{8, 7, 4})) << "8 is more than a 0 can stand for";
  EXPECT_FALSE(fits(worlds, std::vector<std::int64_t>{3, 8, 7})) << "the total is exact";
}

TEST(AChangedFigure, GoesIntoTheRegisterAsItsIntervalWithTheNoiseCounted) {
  const Release release = released(with_noise());
  ASSERT_EQ(release.tables.size(), 1U);
  EXPECT_EQ(release.tables[0].noise_thousandths, 5000);
  EXPECT_EQ(release.tables[0].cells[1], (ReleasedCell{0, 7, false}));
  EXPECT_EQ(release.tables[0].cells[2], (ReleasedCell{7, 16, false}));
  EXPECT_EQ(noise_spent(std::vector<Release>{release}).rho_millionths, 100'000);
}

TEST(Noise, OfTheSameFiguresUnderOneKeyIsToldOnce) {
  const Release first = released(with_noise());
  PublishedPopulation later = with_noise();
  EXPECT_EQ(noise_spent(std::vector<Release>{first, released(later)}).tellings, 1U);
  later.tables[0].cells[2] = Perturbed{11, 7, 7};
  EXPECT_EQ(noise_spent(std::vector<Release>{first, released(later)}).tellings, 2U) << "a count that changed was drawn anew";
}

TEST(Noise, IsAffordedAsFarAsBudgetAndAveragingGo) {
  const Release first = released(with_noise());
  PublishedPopulation more = with_noise();
  more.tables[0].noise->key_name = "b";
  const Release second = released(more);
  const std::vector<Release> before{first};
  EXPECT_TRUE(affords({}, first, 100'000));
  EXPECT_FALSE(affords({}, first, 99'999));
  EXPECT_FALSE(affords(before, second, 199'999));
  EXPECT_TRUE(affords(before, second, 200'000));
  EXPECT_TRUE(affords(before, first, 0)) << "told before: nothing is spent";
  std::vector<Release> many;
  for (int i = 0; i < 18; ++i) {
    more.tables[0].noise->key_name = "many " + std::to_string(i);
    many.push_back(released(more));
  }
  EXPECT_EQ(most_tellings(5000), 18);
  EXPECT_FALSE(affords(many, first, std::nullopt)) << "averaging nineteen would more likely than not give a count away";
  many.pop_back();
  EXPECT_TRUE(affords(many, first, std::nullopt));
}

}  // namespace
}  // namespace candour::table
