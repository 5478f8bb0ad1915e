#include "square_case.hpp"

#include <gtest/gtest.h>

namespace {

using namespace candour;
using test_support::SquareCase;

TEST(Certify, seals_a_draft_whose_secrets_all_have_witnesses) {
  const SquareCase square;
  const auto outcome = square.certified();
  ASSERT_TRUE(std::holds_alternative<certify::Sealed>(outcome)) << square.refusal();
  EXPECT_EQ(std::get<certify::Sealed>(outcome).seal.claims().size(), 4U);
  EXPECT_EQ(std::get<certify::Sealed>(outcome).seal.marks(), std::vector<std::string>{"people unproved"});
}

TEST(Certify, refuses_a_finding_of_the_attack) {
  SquareCase square;
  knowledge::Finding finding;
  finding.kind = knowledge::FindingKind::shown_small;
  square.findings = {finding};
  EXPECT_EQ(square.refusal(), "certify.leak");
  square.findings[0].kind = knowledge::FindingKind::undecided;
  EXPECT_EQ(square.refusal(), "certify.undecided");
}

TEST(Certify, refuses_a_finding_that_supposes_an_insider_only_where_one_is) {
  SquareCase square;
  knowledge::Finding finding;
  finding.kind = knowledge::FindingKind::shown_small;
  finding.intruder = "two people in the data";
  finding.atoms = {0};
  finding.supposition = knowledge::Supposition{{0}, 2, knowledge::Supposition::Of::own_records};
  square.findings = {finding};
  EXPECT_EQ(square.refusal(), "certify.leak");
  square.findings[0].supposition->at_least = 3;  // two of the three records are the most that two people have there
  EXPECT_EQ(square.refusal(), "");
  square.findings[0].supposition->at_least = 2;
  square.truth[0].people = truth::PeopleKnown::partly;
  square.truth[0].person_count = 1;
  square.truth[0].contributions = {{0, 0, 2}};  // with the third person they own all of it, alone they do not
  EXPECT_EQ(square.refusal(), "certify.leak");
  square.findings[0].supposition->at_least = 3;
  EXPECT_NE(square.refusal(), "certify.leak");
  square.findings[0].supposition->of = knowledge::Supposition::Of::presence;
  EXPECT_EQ(square.refusal(), "certify.leak");
}

TEST(Certify, refuses_a_group_finding_only_where_somebody_else_is_left_in_the_group) {
  SquareCase square;
  knowledge::Finding finding;
  finding.kind = knowledge::FindingKind::shown_homogeneous;
  finding.intruder = "two people in the data";
  finding.atoms = {1};
  finding.group = {0};
  finding.supposition = knowledge::Supposition{{0}, 2, knowledge::Supposition::Of::own_records};
  square.findings = {finding};
  EXPECT_EQ(square.refusal(), "certify.leak");  // two of three
  square.truth[0].people = truth::PeopleKnown::partly;
  square.truth[0].person_count = 2;
  square.truth[0].contributions = {{0, 0, 2}, {0, 1, 1}};
  EXPECT_EQ(square.refusal(), "certify.leak");  // the first of the two alone
  square.findings[0].supposition->at_least = 3;
  EXPECT_NE(square.refusal(), "certify.leak");  // both, and nobody is left
  square.findings[0].group.clear();
  EXPECT_EQ(square.refusal(), "certify.leak");  // a finding that does not say which group is believed
}

TEST(Certify, refuses_a_figure_that_differs_from_the_records) {
  SquareCase square;
  square.draft.published[0].tables[0].cells[0] = table::Value{25};
  EXPECT_EQ(square.refusal(), "certify.figure_differs");
}

TEST(Certify, refuses_a_secret_without_an_entry) {
  SquareCase square;
  square.draft.evidence[0].witnesses_of.clear();
  EXPECT_EQ(square.refusal(), "certify.secret_missing");
}

TEST(Certify, refuses_a_witness_that_does_not_reproduce_a_published_total) {
  SquareCase square;
  square.draft.evidence[0].moves[1] = {{0, 4}, {1, -4}};
  EXPECT_EQ(square.refusal(), "certify.not_a_world");
}

TEST(Certify, refuses_a_witness_with_a_hidden_zero) {
  SquareCase square({3, 7, 6, 8});
  square.draft.evidence[0].moves[0] = SquareCase::shift(-3);
  EXPECT_EQ(square.refusal(), "certify.not_a_world");
}

TEST(Certify, refuses_a_witness_that_does_not_reach_the_minimum_for_an_insider) {
  SquareCase square;
  square.draft.evidence[0].moves[1] = SquareCase::shift(2);  // 5 in all: four others for the person who knows their own record
  EXPECT_EQ(square.refusal(), "certify.no_witness");
  square.policy.intruders.resize(2);
  EXPECT_EQ(square.refusal(), "");
}

TEST(Certify, refuses_a_witness_that_an_insider_elsewhere_can_rule_out) {
  // The only witness upward takes five of the seven away.
  SquareCase square;
  square.policy.intruders.resize(3);
  square.draft.evidence[0].moves[1] = SquareCase::shift(5);
  EXPECT_EQ(square.refusal(), "");
  square.truth[0].people = truth::PeopleKnown::partly;  // now one person stands behind three of the seven, and knows it
  square.truth[0].person_count = 1;
  square.truth[0].contributions = {{1, 0, 3}};
  EXPECT_EQ(square.refusal(), "certify.no_witness");
}

TEST(Certify, refuses_a_witness_in_which_nothing_would_have_been_hidden) {
  SquareCase square({4, 7, 7, 7});
  square.policy.intruders.resize(1);
  square.draft.evidence[0].moves = {SquareCase::shift(-3), SquareCase::shift(1)};  // 5 6 / 6 8 holds nothing small
  EXPECT_EQ(square.refusal(), "certify.not_a_world");
}

TEST(Certify, refuses_a_small_residual_with_its_derivation) {
  SquareCase square({1, 2, 9, 8});
  const auto outcome = square.certified();
  const auto* refused = std::get_if<certify::Refusal>(&outcome);
  ASSERT_NE(refused, nullptr);
  EXPECT_EQ(refused->reasons[0].code, "certify.derived_sum");
  EXPECT_EQ(refused->reasons[0].derivation, "q1/a|* 3 leaves 3");
}

TEST(Certify, refuses_on_any_finding_of_the_attack) {
  SquareCase square;
  knowledge::Finding open;
  open.intruder = "the public";
  square.findings.push_back(open);
  EXPECT_EQ(square.refusal(), "certify.undecided");
}

TEST(Certify, refuses_a_statement_that_the_records_do_not_bear_out) {
  SquareCase square;
  square.draft.published[0].statements.push_back({"s", "1", table::StatementPlace::note, "", table::CountBetween{0, {{0, 1}, {0, 2}}, 11, 11}});
  EXPECT_EQ(square.refusal(), "certify.truth_does_not_fit");
}

TEST(Certify, protects_a_group_against_the_person_who_makes_the_exception) {
  // One sensitive column: group a has nine in category a and one in category b; that one person knows that all others share a category.
  const auto space = test_support::space_over(
      {{test_support::flat_hierarchy("x", 2), table::Role::identifying}, {test_support::flat_hierarchy("s", 2), table::Role::sensitive}});
  SquareCase square;
  square.truth = {test_support::population_of(space, {9, 1, 8, 8})};
  square.asked = {{test_support::full_design(*space)}};
  const table::TableDesign one_way{"x", 0, {{0, {0, 1}}}, table::Unit::records};
  square.draft.published = {{space, {test_support::exact_table(square.truth[0], one_way)}, {}, {}}};
  // Up to 7 people with category b in group a, for the count; down to 1 is the truth.
  square.draft.evidence = {{{{{0, -6}, {1, 6}}}, {{"q1/a|b/minimum", {0}}, {"q1/a|*/all-in-a", {0}}}}};
  EXPECT_EQ(square.refusal(), "");
  square.draft.evidence[0].witnesses_of["q1/a|*/all-in-a"] = {};
  EXPECT_EQ(square.refusal(), "certify.no_witness");
}

}  // namespace
