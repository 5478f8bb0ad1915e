#include <candour/table/table_design.hpp>

#include "tiny_population.hpp"

#include <gtest/gtest.h>

namespace {

using namespace candour;
using table::Role;
using table::TableLayout;

TEST(TableLayout, numbers_cells_with_the_last_variable_running_fastest) {
  const auto space =
      test_support::space_over({{test_support::flat_hierarchy("x", 2), Role::identifying}, {test_support::flat_hierarchy("y", 3), Role::identifying}});
  const auto design = test_support::full_design(*space);
  const TableLayout layout(*space, design);
  EXPECT_EQ(layout.cell_count(), 12U);
  EXPECT_EQ(layout.nodes(5), (std::vector<table::NodeIndex>{1, 1}));
  EXPECT_EQ(layout.find(std::vector<table::NodeIndex>{1, 1}), 5U);
  EXPECT_EQ(layout.atoms(5), (std::vector<table::AtomIndex>{0}));
  EXPECT_EQ(layout.atoms(0).size(), 6U);
}

TEST(TableLayout, counts_only_the_memberships_of_its_question) {
  const auto space = test_support::nested_space_over({{test_support::flat_hierarchy("x", 2), Role::identifying}}, 2);
  const auto outer = test_support::full_design(*space, 0);
  const auto inner = test_support::full_design(*space, 1);
  EXPECT_EQ(TableLayout(*space, outer).atoms(1), (std::vector<table::AtomIndex>{0, 1}));
  EXPECT_EQ(TableLayout(*space, inner).atoms(1), (std::vector<table::AtomIndex>{1}));
}

TEST(TableLayout, leaves_uncovered_periods_out_of_cells_and_of_sums) {
  auto space = test_support::space_over({{test_support::flat_hierarchy("month", 3), Role::identifying}});
  space->period = 0;
  space->questions[0].covered_periods = {false, true, true};
  const auto design = test_support::full_design(*space);
  const TableLayout layout(*space, design);
  EXPECT_TRUE(layout.is_outside_coverage(1));
  EXPECT_FALSE(layout.is_outside_coverage(0));
  EXPECT_EQ(layout.atoms(0), (std::vector<table::AtomIndex>{1, 2}));
  const auto equations = equations_of(layout);
  ASSERT_EQ(equations.size(), 1U);
  EXPECT_EQ(equations[0].parts, (std::vector<table::CellIndex>{2, 3}));
}

TEST(TableLayout, sums_each_parent_over_its_nearest_shown_descendants) {
  const auto space = test_support::space_over({{test_support::grouped_hierarchy("area", {2, 1}), Role::identifying}});
  table::TableDesign design = test_support::full_design(*space);
  EXPECT_EQ(equations_of(TableLayout(*space, design)).size(), 3U);
  design.by[0].levels = {0, 2};
  const TableLayout layout(*space, design);
  const auto equations = equations_of(layout);
  ASSERT_EQ(equations.size(), 1U);
  EXPECT_EQ(equations[0].parts.size(), 3U);
}

}  // namespace
