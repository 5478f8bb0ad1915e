#include <candour/table/worlds.hpp>

#include "tiny_population.hpp"

#include <gtest/gtest.h>

namespace {

using namespace candour;
using table::Role;

truth::Population two_by_two(std::vector<std::int64_t> counts) {
  return test_support::population_of(
      test_support::space_over({{test_support::flat_hierarchy("x", 2), Role::identifying}, {test_support::flat_hierarchy("y", 2), Role::identifying}}),
      std::move(counts));
}

// Cells of the 3 x 3 table: 4 = (a,a), 5 = (a,b), 7 = (b,a), 8 = (b,b).
table::PublishedPopulation all_inner_hidden(const truth::Population& truth) {
  return {truth.space, {test_support::table_hiding(truth, test_support::full_design(*truth.space), {4, 5, 7, 8})}, {}, {}};
}

TEST(Worlds, hold_the_truth_and_every_table_with_the_same_margins) {
  const auto truth = two_by_two({3, 7, 6, 8});
  const auto published = all_inner_hidden(truth);
  const auto worlds = table::worlds_of(published, 5);
  ASSERT_TRUE(worlds);
  EXPECT_TRUE(fits(*worlds, truth.counts));
  EXPECT_TRUE(fits(*worlds, std::vector<std::int64_t>{4, 6, 5, 9}));
  EXPECT_FALSE(fits(*worlds, std::vector<std::int64_t>{4, 6, 6, 8}));
}

TEST(Worlds, know_that_a_hidden_cell_is_at_least_one_where_zeros_are_shown) {
  const auto truth = two_by_two({1, 9, 6, 4});
  auto published = all_inner_hidden(truth);
  const std::vector<std::int64_t> with_a_zero{0, 10, 7, 3};
  EXPECT_FALSE(fits(*table::worlds_of(published, 5), with_a_zero));
  published.tables[0].convention = table::ZeroConvention::hidden_may_be_zero;
  EXPECT_TRUE(fits(*table::worlds_of(published, 5), with_a_zero));
}

TEST(Worlds, in_which_nothing_needed_hiding_are_excluded_for_a_reader_who_knows_the_minimum) {
  const auto truth = two_by_two({4, 7, 7, 7});
  const auto published = all_inner_hidden(truth);
  const std::vector<std::int64_t> nothing_small{5, 6, 6, 8};
  EXPECT_FALSE(fits(*table::worlds_of(published, 5), nothing_small));
  EXPECT_TRUE(fits(*table::worlds_of(published, 0), nothing_small));
}

TEST(Worlds, agree_with_a_published_percentage_and_with_a_stated_count) {
  const auto truth = two_by_two({3, 7, 6, 8});
  auto published = all_inner_hidden(truth);
  published.statements.push_back({"p", "1", table::StatementPlace::note, "", table::PercentageOf{{0, 4}, {0, 3}, 0, 30}});
  EXPECT_TRUE(fits(*table::worlds_of(published, 5), truth.counts));
  EXPECT_FALSE(fits(*table::worlds_of(published, 5), std::vector<std::int64_t>{4, 6, 5, 9}));
  published.statements[0].claim = table::CountBetween{0, {{0, 1}, {0, 1}}, 1, 3};
  EXPECT_TRUE(fits(*table::worlds_of(published, 5), truth.counts));
  EXPECT_FALSE(fits(*table::worlds_of(published, 5), std::vector<std::int64_t>{4, 6, 5, 9}));
}

TEST(Worlds, refuse_a_table_whose_cells_do_not_match_its_design) {
  const auto truth = two_by_two({3, 7, 6, 8});
  auto published = all_inner_hidden(truth);
  published.tables[0].cells.pop_back();
  EXPECT_EQ(table::worlds_of(published, 5).error().code, "worlds.cell_count");
}

TEST(Percentages, are_rounded_half_away_from_zero) {
  EXPECT_TRUE(table::ratio_fits(1, 8, 0, 13));
  EXPECT_FALSE(table::ratio_fits(1, 8, 0, 12));
  EXPECT_TRUE(table::ratio_fits(1, 3, 1, 333));
  EXPECT_FALSE(table::ratio_fits(0, 0, 0, 0));
}

TEST(HiddenComponents, part_where_no_sum_joins_the_hidden_cells) {
  const auto truth = test_support::population_of(
      test_support::space_over({{test_support::flat_hierarchy("x", 4), Role::identifying}, {test_support::flat_hierarchy("y", 4), Role::identifying}}),
      std::vector<std::int64_t>(16, 7));
  // Two squares that share neither a row nor a column; cells are 5 x 5 with margins.
  const table::PublishedPopulation published{
      truth.space, {test_support::table_hiding(truth, test_support::full_design(*truth.space), {6, 7, 11, 12, 18, 19, 23, 24})}, {}, {}};
  const auto components = hidden_components(published);
  ASSERT_EQ(components.size(), 2U);
  EXPECT_EQ(components[0].size(), 4U);
}

}  // namespace
