#include <candour/assess/secrets.hpp>

#include "tiny_population.hpp"

#include <gtest/gtest.h>

namespace {

using namespace candour;
using table::Role;

policy::Policy five() {
  policy::Policy policy;
  policy.intruders = {{"the public", policy::IntruderKind::the_public, 0}};
  return policy;
}

TEST(DerivedSums, fail_where_the_hidden_cells_of_one_sum_add_up_to_a_small_count) {
  const auto truth = test_support::population_of(test_support::space_over({{test_support::flat_hierarchy("x", 4), Role::identifying}}), {1, 2, 9, 8});
  const table::PublishedPopulation published{truth.space, {test_support::table_hiding(truth, test_support::full_design(*truth.space), {1, 2})}, {}, {}};
  const auto failing = assess::failing_derived_sums(truth, published, five());
  ASSERT_FALSE(failing.empty());
  EXPECT_EQ(failing[0].value, 3);
  EXPECT_EQ(failing[0].atoms, (std::vector<table::AtomIndex>{0, 1}));
}

TEST(DerivedSums, pass_where_the_hidden_cells_add_up_to_the_minimum) {
  const auto truth = test_support::population_of(test_support::space_over({{test_support::flat_hierarchy("x", 4), Role::identifying}}), {1, 4, 9, 8});
  const table::PublishedPopulation published{truth.space, {test_support::table_hiding(truth, test_support::full_design(*truth.space), {1, 2})}, {}, {}};
  EXPECT_TRUE(assess::failing_derived_sums(truth, published, five()).empty());
}

TEST(DerivedSums, fail_where_one_question_less_another_inside_it_leaves_a_small_count) {
  const auto truth = test_support::population_of(test_support::nested_space_over({{test_support::flat_hierarchy("x", 1), Role::identifying}}, 2), {3, 9});
  table::TableDesign outer{"outer", 0, {}, table::Unit::records};
  table::TableDesign inner{"inner", 1, {}, table::Unit::records};
  const table::PublishedPopulation published{truth.space, {test_support::exact_table(truth, outer), test_support::exact_table(truth, inner)}, {}, {}};
  const auto failing = assess::failing_derived_sums(truth, published, five());
  ASSERT_EQ(failing.size(), 1U);
  EXPECT_EQ(failing[0].value, 3);
}

TEST(DerivedSums, fail_where_enough_records_come_from_too_few_people) {
  auto truth = test_support::population_of(test_support::space_over({{test_support::flat_hierarchy("x", 2), Role::identifying}}), {12, 9});
  truth.people = truth::PeopleKnown::known;
  truth.person_count = 11;
  truth.contributions = {{0, 0, 6}, {0, 1, 6}};
  for (truth::PersonIndex p = 0; p < 9; ++p) truth.contributions.push_back({1, 2 + p, 1});
  table::TableDesign total{"total", 0, {}, table::Unit::records};
  auto part = test_support::table_hiding(truth, test_support::full_design(*truth.space), {0, 1});
  const table::PublishedPopulation published{truth.space, {test_support::exact_table(truth, total), part}, {}, {}};
  const auto failing = assess::failing_derived_sums(truth, published, five());
  ASSERT_EQ(failing.size(), 1U);
  EXPECT_EQ(failing[0].value, 12);
}

}  // namespace
