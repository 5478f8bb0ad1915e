#include <candour/attack/attack.hpp>

#include "tiny_population.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace candour;
using knowledge::Finding;
using knowledge::FindingKind;
using table::Role;

constexpr std::int64_t minimum = 5;

knowledge::Knowledge as_public() {
  return {{"the public", 0, knowledge::Presence::unknown}, knowledge::MethodKnowledge::policy_numbers, minimum, knowledge::HiddenFor::few_records};
}
knowledge::Knowledge as_insider(std::int64_t people) {
  auto knowledge = as_public();
  knowledge.intruder = {"a person in the data", people, knowledge::Presence::unknown};
  return knowledge;
}

table::Hierarchy months() { return table::Hierarchy::flat("month", {{"08", "", "August"}, {"09", "", "September"}, {"10", "", "October"}}).value(); }
std::shared_ptr<table::AtomSpace> by_month() { return test_support::space_over({{months(), Role::identifying}}); }
std::shared_ptr<table::AtomSpace> square(unsigned rows = 2, unsigned columns = 2) {
  return test_support::space_over(
      {{test_support::flat_hierarchy("x", rows), Role::identifying}, {test_support::flat_hierarchy("y", columns), Role::identifying}});
}

struct Published {
  truth::Population truth;
  std::vector<table::TableDesign> asked;
  table::PublishedPopulation published;

  Published(const std::shared_ptr<table::AtomSpace>& space, std::vector<std::int64_t> counts, const std::vector<table::CellIndex>& hidden)
      : truth(test_support::population_of(space, std::move(counts))) {
    for (table::QuestionIndex q = 0; q < space->questions.size(); ++q) asked.push_back(test_support::full_design(*space, q));
    published = {space, {test_support::table_hiding(truth, asked[0], hidden)}, {}, {}};
  }
  [[nodiscard]] std::vector<Finding> attacked(const knowledge::Knowledge& knowledge = as_public(), const attack::AttackLimits& limits = {}) const {
    return attack::attack(published, asked, knowledge, limits);
  }
};

const Finding* about(const std::vector<Finding>& findings, const std::string& subject) {
  const auto at = std::find_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.subject == subject; });
  return at == findings.end() ? nullptr : &*at;
}

TEST(Attack, SubtractsWhatIsShownFromTheTotalAndSaysHow) {
  const Published p(by_month(), {17, 21, 3}, {3});
  const auto findings = p.attacked();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].kind, FindingKind::exactly_disclosed);
  EXPECT_EQ(findings[0].interval.lowest, 3);
  EXPECT_EQ(findings[0].interval.highest, 3);
  ASSERT_EQ(findings[0].derivations.size(), 1U);
  EXPECT_EQ(findings[0].derivations[0].text, "Total 41 less August 17 less September 21 leaves counted 1: October: 3");
}

TEST(Attack, NamesASmallCountThatIsPublishedOpenly) {
  const auto findings = Published(by_month(), {17, 21, 3}, {}).attacked();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].derivations.at(0).text, "October 3 is published, which makes counted 1: October: 3");
}

TEST(Attack, FindsNothingWhereEachHiddenCountMayBeAtLeastTheMinimum) { EXPECT_TRUE(Published(square(), {3, 7, 6, 8}, {4, 5, 7, 8}).attacked().empty()); }

TEST(Attack, FindsACountThatIsProvedSmallThoughNotItsValue) {
  // Hidden: August and September add up to 4, each at least 1.
  const auto findings = Published(by_month(), {1, 3, 20}, {1, 2}).attacked();
  const Finding* august = about(findings, "counted 1: August");
  ASSERT_NE(august, nullptr);
  EXPECT_EQ(august->kind, FindingKind::shown_small);
  EXPECT_EQ(august->interval.lowest, 1);
  EXPECT_EQ(august->interval.highest, 3);
  ASSERT_EQ(august->derivations.size(), 2U);
  EXPECT_EQ(august->derivations[0].text, "August (hidden, at least) 1 is published, which makes counted 1: August: at least 1");
  EXPECT_EQ(august->derivations[1].text, "Total 24 less September (hidden, at least) 1 less October 20 leaves counted 1: August: at most 3");
}

TEST(Attack, KnowsThatAZeroMayBeHiddenWhereTheConventionSaysSo) {
  Published p(by_month(), {1, 3, 20}, {1, 2});
  p.published.tables[0].convention = table::ZeroConvention::hidden_may_be_zero;
  EXPECT_TRUE(p.attacked().empty());
}

TEST(Attack, ConcludesFromTheChoiceOfHiddenCellsThatSomebodyNeededHiding) {
  // August and September are hidden and add up to 10; August is said to be 2 to 5. With 5 and 5 nothing would have been hidden.
  Published p(by_month(), {3, 7, 20}, {1, 2});
  p.published.statements.push_back({"note", "1", table::StatementPlace::note, "two to five", table::CountBetween{0, {{0, 1}}, 2, 5}});
  const auto findings = p.attacked();
  const Finding* august = about(findings, "counted 1: August");
  ASSERT_NE(august, nullptr);
  EXPECT_EQ(august->interval.lowest, 2);
  EXPECT_EQ(august->interval.highest, 4);
  auto unaware = as_public();
  unaware.method = knowledge::MethodKnowledge::figures;
  EXPECT_TRUE(p.attacked(unaware).empty());
  // Where a cell may be hidden for its few people, many records of them are possible.
  auto with_people = as_public();
  with_people.hidden_for = knowledge::HiddenFor::few_records_or_people;
  EXPECT_TRUE(p.attacked(with_people).empty());
}

TEST(Attack, AddsUpNestedQuestionsTogether) {
  const auto space = test_support::nested_space_over({{months(), Role::identifying}}, 2);
  // Atoms: month, then membership (counted only; counted and arrested).
  Published p(space, {2, 15, 6, 6, 7, 7}, {});
  p.published.tables.push_back(test_support::exact_table(p.truth, p.asked[1]));
  const auto findings = p.attacked();
  const Finding* august = about(findings, "counted 1 and not counted 2: August");
  ASSERT_NE(august, nullptr);
  EXPECT_EQ(august->kind, FindingKind::exactly_disclosed);
  EXPECT_EQ(august->derivations.at(0).text, "counted 1: August 17 less counted 2: August 15 leaves counted 1 and not counted 2: August: 2");
}

TEST(Attack, FindsThatAllOfAGroupShareACategory) {
  const auto space = test_support::space_over({{months(), Role::identifying}, {test_support::flat_hierarchy("offence", 2), Role::sensitive}});
  const auto findings = Published(space, {9, 0, 6, 8, 7, 7}, {}).attacked();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].kind, FindingKind::shown_homogeneous);
  EXPECT_EQ(findings[0].subject, "counted 1: August, all in a");
}

TEST(Attack, FindsThatAllOthersOfAGroupShareACategoryAsTheOneWhoDoesNotSees) {
  const auto space = test_support::space_over({{months(), Role::identifying}, {test_support::flat_hierarchy("offence", 2), Role::sensitive}});
  // A square of hidden cells: each of August's two categories can have 1 to 8 of its 9.
  EXPECT_TRUE(Published(space, {8, 1, 6, 8, 7, 7}, {4, 5, 7, 8}).attacked(as_insider(1)).empty());
  // Hidden in one month alone, 8 and 1 follow from the margins: whoever is the one sees that all others are in a.
  Published open(space, {8, 1, 6, 8, 7, 7}, {4, 5});
  const auto findings = open.attacked(as_insider(1));
  ASSERT_NE(about(findings, "counted 1: August, b"), nullptr);
  const Finding* others = about(findings, "counted 1: August, all in a");
  ASSERT_NE(others, nullptr);
  EXPECT_EQ(others->kind, FindingKind::shown_homogeneous);
  ASSERT_TRUE(others->supposition);
  EXPECT_EQ(others->supposition->at_least, 1);
  EXPECT_EQ(others->supposition->atoms, (std::vector<table::AtomIndex>{1}));
}

TEST(Attack, SupposesAnInsiderWhereOneCouldBe) {
  // Two hidden months add up to 6, at least 1 each: up to 5. Two people in August leave at most 4 for September.
  const Published p(by_month(), {2, 4, 20}, {1, 2});
  EXPECT_TRUE(p.attacked(as_public()).empty());
  EXPECT_TRUE(p.attacked(as_insider(1)).empty());
  const auto findings = p.attacked(as_insider(2));
  const Finding* september = about(findings, "counted 1: September");
  ASSERT_NE(september, nullptr);
  EXPECT_EQ(september->interval.highest, 4);
  ASSERT_TRUE(september->supposition);
  EXPECT_EQ(september->supposition->at_least, 2);
  EXPECT_EQ(september->supposition->atoms, (std::vector<table::AtomIndex>{0}));
  EXPECT_THAT(september->derivations.back().text, testing::HasSubstr("less the insider's own records 2"));
}

TEST(Attack, SupposesThatAPersonIsCountedWhereTheirPresenceIsKnown) {
  Published p(by_month(), {1, 3, 20}, {1, 2});
  p.published.tables[0].convention = table::ZeroConvention::hidden_may_be_zero;
  auto partner = as_public();
  partner.intruder = {"a partner", 0, knowledge::Presence::known};
  const auto findings = p.attacked(partner);
  const Finding* august = about(findings, "counted 1: August");
  ASSERT_NE(august, nullptr);
  EXPECT_EQ(august->interval.lowest, 1);
  EXPECT_EQ(august->interval.highest, 4);
  ASSERT_TRUE(august->supposition);
  EXPECT_EQ(august->supposition->of, knowledge::Supposition::Of::presence);
}

TEST(Attack, ReadsAPercentageOfAHiddenCount) {
  // August 3 of 24 is 12.5 per cent; August and September are hidden.
  Published p(by_month(), {3, 11, 10}, {1, 2});
  EXPECT_TRUE(p.attacked().empty());
  p.published.statements.push_back({"share", "1", table::StatementPlace::note, "12.5% were in August", table::PercentageOf{{0, 1}, {0, 0}, 1, 125}});
  const auto findings = p.attacked();
  const Finding* august = about(findings, "counted 1: August");
  ASSERT_NE(august, nullptr);
  EXPECT_EQ(august->kind, FindingKind::exactly_disclosed);
  EXPECT_EQ(august->interval.highest, 3);
  EXPECT_THAT(august->derivations.at(0).text, testing::HasSubstr("the percentage in \"12.5% were in August\""));
}

TEST(Attack, ReadsAPercentageWhoseBaseIsHiddenToo) {
  // 66.7 per cent of at most 5 is 2 of 3 and nothing else.
  Published p(by_month(), {3, 2, 19}, {1, 2});
  p.published.tables[0].convention = table::ZeroConvention::hidden_may_be_zero;
  p.published.statements.push_back({"share", "1", table::StatementPlace::note, "", table::CountBetween{0, {{0, 1}}, 0, 5}});
  p.published.statements.push_back({"share", "1", table::StatementPlace::note, "September is 66.7% of August", table::PercentageOf{{0, 2}, {0, 1}, 1, 667}});
  const auto findings = p.attacked();
  ASSERT_NE(about(findings, "counted 1: August"), nullptr);
  EXPECT_EQ(about(findings, "counted 1: August")->interval.lowest, 3);
  EXPECT_EQ(about(findings, "counted 1: August")->interval.highest, 3);
}

TEST(Attack, SaysThatFiguresContradictEachOtherAndWhich) {
  Published p(by_month(), {17, 21, 30}, {});
  p.published.tables[0].cells[0] = table::Value{67};
  const auto findings = p.attacked();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].kind, FindingKind::contradiction);
  EXPECT_EQ(findings[0].derivations.at(0).text,
            "August 17 plus September 21 plus October 30 less Total 67 leaves 1, where nothing can be left: the figures contradict each other");
}

TEST(Attack, TakesASentenceAboutAFinerTableAtItsWord) {
  // Only the margins are shown: 9 and 9 by 9 and 9, and one inner count is said to be at most 4.
  const auto space = square();
  Published p(space, {4, 5, 5, 4}, {});
  table::TableDesign rows{"rows", 0, {{0, {0, 1}}}, table::Unit::records};
  table::TableDesign columns{"columns", 0, {{1, {0, 1}}}, table::Unit::records};
  p.published.tables = {test_support::exact_table(p.truth, rows), test_support::exact_table(p.truth, columns)};
  EXPECT_TRUE(p.attacked().empty());
  p.published.statements.push_back({"why", "1", table::StatementPlace::reason, "", table::CountBetween{0, {{0, 1}, {0, 1}}, 0, 4}});
  EXPECT_TRUE(p.attacked().empty());
  p.published.statements.push_back({"why", "1", table::StatementPlace::reason, "", table::SmallCountsIn{p.asked[0], 5}});
  const auto findings = p.attacked();
  ASSERT_NE(about(findings, "counted 1: a, a"), nullptr);
  EXPECT_EQ(about(findings, "counted 1: a, a")->interval.lowest, 1);
  EXPECT_EQ(about(findings, "counted 1: a, a")->interval.highest, 4);
}

TEST(Attack, RefusesAboveItsLimitsAndNeverAssumes) {
  const auto findings = Published(square(), {3, 7, 6, 8}, {4, 5, 7, 8}).attacked(as_public(), {.most_unknowns = 3});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].kind, FindingKind::undecided);
}

TEST(Attack, StopsAtTheFirstFindingWhereNoMoreIsAsked) {
  EXPECT_EQ(Published(by_month(), {1, 3, 20}, {1, 2}).attacked(as_public(), {.thoroughness = attack::Thoroughness::first_finding}).size(), 1U);
  EXPECT_TRUE(Published(square(), {3, 7, 6, 8}, {4, 5, 7, 8}).attacked(as_public(), {.thoroughness = attack::Thoroughness::first_finding}).empty());
}

TEST(Attack, ExplainsTheFirstFindingAloneWhereNoMoreIsAsked) {
  const auto findings = Published(by_month(), {1, 3, 20}, {}).attacked(as_public(), {.thoroughness = attack::Thoroughness::first_explained});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_FALSE(findings[0].derivations.empty());
  EXPECT_TRUE(findings[1].derivations.empty());
}

// One table fits and clears the hidden count, one fits a part of the figures only and would clear what is published openly if it were believed.
TEST(Attack, FindsTheSameWhenItIsHandedTablesThatMayFit) {
  const Published safe(square(), {3, 7, 6, 8}, {4, 5, 7, 8}), leaking(by_month(), {17, 21, 3}, {3});
  const std::vector<std::vector<std::int64_t>> fitting{{5, 5, 4, 10}}, wrong{{17, 15, 9}};
  const knowledge::Knowledge intruders[] = {as_public()};
  EXPECT_TRUE(attack::attack_as_each(safe.published, safe.asked, intruders, {}, fitting).empty());
  EXPECT_EQ(attack::attack_as_each(leaking.published, leaking.asked, intruders, {}, wrong).size(), 1U);
}

TEST(Attack, SaysUndecidedForATableItCannotRead) {
  Published p(by_month(), {17, 21, 3}, {3});
  p.published.tables[0].design.unit = table::Unit::people;
  const auto findings = p.attacked();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].kind, FindingKind::undecided);
}

}  // namespace
