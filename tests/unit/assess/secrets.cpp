#include <candour/assess/secrets.hpp>

#include "tiny_population.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace candour;
using table::Role;

policy::Policy five() {
  policy::Policy policy;
  policy.intruders = {{"the public", policy::IntruderKind::the_public, 0}};
  return policy;
}

std::vector<std::string> ids(const std::vector<truth::Secret>& secrets) {
  std::vector<std::string> ids;
  for (const truth::Secret& secret : secrets) ids.push_back(secret.id);
  return ids;
}

std::vector<truth::Secret> secrets_of(const truth::Population& truth, const policy::Policy& policy = five()) {
  std::vector<table::TableDesign> asked;
  for (table::QuestionIndex q = 0; q < truth.space->questions.size(); ++q) asked.push_back(test_support::full_design(*truth.space, q));
  return assess::secrets_of(truth, asked, policy).value();
}

TEST(Secrets, are_the_counts_from_one_to_the_minimum_less_one_and_no_others) {
  const auto truth = test_support::population_of(test_support::space_over({{test_support::flat_hierarchy("x", 4), Role::identifying}}), {0, 1, 4, 5});
  EXPECT_EQ(ids(secrets_of(truth)), (std::vector<std::string>{"q1/b/minimum", "q1/c/minimum"}));
}

TEST(Secrets, must_reach_from_one_to_the_minimum) {
  const auto truth = test_support::population_of(test_support::space_over({{test_support::flat_hierarchy("x", 2), Role::identifying}}), {3, 9});
  const auto secrets = secrets_of(truth);
  ASSERT_EQ(secrets.size(), 1U);
  EXPECT_EQ(secrets[0].reach_down, 1);
  EXPECT_EQ(secrets[0].reach_up, 5);
}

TEST(Secrets, include_many_records_of_few_people_as_an_amount) {
  auto truth = test_support::population_of(test_support::space_over({{test_support::flat_hierarchy("x", 2), Role::identifying}}), {50, 60});
  truth.people = truth::PeopleKnown::known;
  truth.person_count = 62;
  truth.contributions = {{0, 0, 30}, {0, 1, 20}};
  for (truth::PersonIndex p = 0; p < 60; ++p) truth.contributions.push_back({1, 2 + p, 1});
  const auto secrets = secrets_of(truth);
  ASSERT_EQ(ids(secrets), (std::vector<std::string>{"q1/a/minimum"}));
  EXPECT_EQ(secrets[0].reach_of, truth::ReachOf::the_whole);
  EXPECT_EQ(secrets[0].reach_down, 47);  // 10 per cent of the largest contributor's 30
  EXPECT_EQ(secrets[0].reach_up, 53);
}

TEST(Secrets, include_what_one_question_leaves_of_another) {
  // Atoms: category by membership (outer only, both).
  const auto truth =
      test_support::population_of(test_support::nested_space_over({{test_support::flat_hierarchy("x", 2), Role::identifying}}, 2), {2, 9, 20, 30});
  auto policy = five();
  policy.group_disclosure = false;
  EXPECT_EQ(ids(secrets_of(truth, policy)), (std::vector<std::string>{"q1/a/not-2"}));
}

TEST(Secrets, include_a_group_whose_members_share_a_sensitive_category) {
  const auto truth = test_support::population_of(
      test_support::space_over({{test_support::flat_hierarchy("x", 2), Role::identifying}, {test_support::flat_hierarchy("s", 2), Role::sensitive}}),
      {9, 0, 8, 8});
  const auto secrets = secrets_of(truth);
  ASSERT_EQ(ids(secrets), (std::vector<std::string>{"q1/a|*/all-in-a"}));
  EXPECT_EQ(secrets[0].atoms, (std::vector<table::AtomIndex>{1}));
  EXPECT_EQ(secrets[0].group, (std::vector<table::AtomIndex>{0, 1}));
  EXPECT_EQ(secrets[0].reach_up, 1);
}

TEST(Secrets, include_a_group_that_shares_a_category_but_for_the_coalition) {
  const auto truth = test_support::population_of(
      test_support::space_over({{test_support::flat_hierarchy("x", 2), Role::identifying}, {test_support::flat_hierarchy("s", 2), Role::sensitive}}),
      {9, 1, 8, 8});
  auto policy = five();
  const auto has_group = [&] {
    const auto all = ids(secrets_of(truth, policy));
    return std::find(all.begin(), all.end(), "q1/a|*/all-in-a") != all.end();
  };
  EXPECT_FALSE(has_group());
  policy.intruders.push_back({"a person in the data", policy::IntruderKind::person_in_the_data, 1});
  EXPECT_TRUE(has_group());
}

TEST(Secrets, include_a_group_that_is_wholly_inside_a_nested_question) {
  const auto truth =
      test_support::population_of(test_support::nested_space_over({{test_support::flat_hierarchy("x", 2), Role::identifying}}, 2), {0, 9, 20, 30});
  EXPECT_EQ(ids(secrets_of(truth)), (std::vector<std::string>{"q1/a/all-in-q2"}));
}

TEST(Secrets, are_refused_where_people_are_unknown_and_the_policy_forbids_it) {
  const auto truth = test_support::population_of(test_support::space_over({{test_support::flat_hierarchy("x", 2), Role::identifying}}), {3, 9});
  auto policy = five();
  policy.people_unknown = policy::PeopleUnknown::forbidden;
  EXPECT_EQ(assess::secrets_of(truth, {test_support::full_design(*truth.space)}, policy).error().code, "assess.people_unknown");
}

}  // namespace
