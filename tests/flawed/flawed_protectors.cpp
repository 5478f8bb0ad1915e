// Five protectors, each with the flaw that its name says. Every draft of theirs is refused, and the attack shows the arithmetic that gives the count away.

#include <candour/attack/attack.hpp>
#include <candour/certify/certify.hpp>

#include "tiny_population.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace candour;
using table::Role;

constexpr std::int64_t minimum = 5;

table::Hierarchy months() { return table::Hierarchy::flat("month", {{"08", "", "August"}, {"09", "", "September"}, {"10", "", "October"}}).value(); }
table::Hierarchy ages() { return table::Hierarchy::flat("age", {{"18", "", "18 to 24"}, {"25", "", "25 and over"}}).value(); }

// Counted and arrested by month and age. The count that everybody wants to know: three arrested in October, 18 to 24.
truth::Population truth_of_the_case() {
  const auto space = test_support::nested_space_over({{months(), Role::identifying}, {ages(), Role::identifying}}, 2);
  space->questions[0].label = "counted";
  space->questions[1].label = "arrested";
  // Month, age, membership (counted only; arrested too).
  return test_support::population_of(space, {20, 9, 15, 8, 18, 12, 14, 9, 25, 3, 16, 11});
}
constexpr table::QuestionIndex arrested = 1;

table::TableDesign by_month_and_age(const truth::Population& truth, table::QuestionIndex question) {
  table::TableDesign design = test_support::full_design(*truth.space, question);
  design.id += "-month-age";
  return design;
}
table::CellIndex cell_at(const truth::Population& truth, const table::TableDesign& design, std::vector<table::NodeIndex> nodes) {
  return *table::TableLayout(*truth.space, design).find(nodes);
}

// Looks the published figure up, as somebody with the CSV at hand would.
std::int64_t published_figure(const table::PublishedPopulation& published, const knowledge::DerivationTerm& term) {
  const auto tables = static_cast<std::uint32_t>(published.tables.size());
  if (term.source.table >= tables) {
    const auto& claim = published.statements.at(term.source.table - tables).claim;
    if (const auto* between = std::get_if<table::CountBetween>(&claim)) return term.figure == between->lowest ? between->lowest : between->highest;
    return term.figure;
  }
  return table::exact_value(published.tables.at(term.source.table).cells.at(term.source.cell)).value_or(1);  // a hidden cell is at least 1
}

class Draft {
 public:
  Draft() : truth_(truth_of_the_case()), asked_{by_month_and_age(truth_, 0), by_month_and_age(truth_, arrested)} {
    published_ = {truth_.space, {test_support::exact_table(truth_, asked_[0]), test_support::exact_table(truth_, asked_[1])}, {}, {}};
  }
  truth::Population truth_;
  std::vector<table::TableDesign> asked_;
  table::PublishedPopulation published_;

  void hide(std::uint32_t table, std::vector<table::NodeIndex> nodes) { published_.tables[table].cells[cell(table, std::move(nodes))] = table::Suppressed{}; }
  [[nodiscard]] table::CellIndex cell(std::uint32_t table, std::vector<table::NodeIndex> nodes) const {
    return cell_at(truth_, published_.tables[table].design, std::move(nodes));
  }

  // What a careful protector would hide in "arrested": the small count, one more in its row, and the same two in another month.
  void hide_arrests_well() {
    for (const table::NodeIndex month : {2U, 3U})
      for (const table::NodeIndex age : {1U, 2U}) hide(1, {month, age});
  }

  [[nodiscard]] std::vector<knowledge::Finding> attacked() const {
    return attack::attack(
        published_, asked_,
        {{"the public", 0, knowledge::Presence::unknown}, knowledge::MethodKnowledge::policy_numbers, minimum, knowledge::HiddenFor::few_records});
  }
  [[nodiscard]] std::vector<std::string> refusals(const std::vector<knowledge::Finding>& findings) const {
    const std::vector<truth::Population> truths{truth_};
    const std::vector<std::vector<table::TableDesign>> asked{asked_};
    const table::Draft draft{{published_}, {{}}};
    policy::Policy policy;
    policy.intruders = {{"the public", policy::IntruderKind::the_public, 0}};
    const auto outcome = certify::certify({&truths, &asked, &draft, &findings, {}, {}, {}}, policy);
    std::vector<std::string> codes;
    if (const auto* refusal = std::get_if<certify::Refusal>(&outcome))
      for (const auto& reason : refusal->reasons) codes.push_back(reason.code);
    return codes;
  }
};

const knowledge::Finding* about(const std::vector<knowledge::Finding>& findings, const std::string& subject) {
  for (const auto& finding : findings)
    if (finding.subject == subject) return &finding;
  return nullptr;
}

// The derivation's figures stand in the published tables and add up to the bound.
void expect_readdable(const Draft& draft, const knowledge::Derivation& derivation, std::int64_t bound) {
  std::int64_t sum = 0;
  ASSERT_FALSE(derivation.terms.empty()) << derivation.text;
  for (const auto& term : derivation.terms) {
    EXPECT_EQ(published_figure(draft.published_, term), term.figure) << derivation.text;
    sum += term.multiplier * term.figure;
  }
  EXPECT_EQ(sum, bound * derivation.divisor) << derivation.text;
}

constexpr const char* the_secret = "arrested: October, 18 to 24";

TEST(FlawedProtector, ThatForgetsSecondaryCellsIsRefusedAndShownWhy) {
  Draft draft;
  draft.hide(1, {3, 1});
  const auto findings = draft.attacked();
  const auto* found = about(findings, the_secret);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->kind, knowledge::FindingKind::exactly_disclosed);
  ASSERT_EQ(found->derivations.size(), 1U);
  expect_readdable(draft, found->derivations[0], 3);
  EXPECT_THAT(
      found->derivations[0].text,
      testing::AnyOf("arrested: October 14 less arrested: October, 25 and over 11 leaves arrested: October, 18 to 24: 3",
                     "arrested: 18 to 24 24 less arrested: August, 18 to 24 9 less arrested: September, 18 to 24 12 leaves arrested: October, 18 to 24: 3"));
  EXPECT_THAT(draft.refusals(findings), testing::Contains("certify.leak"));
  EXPECT_THAT(draft.refusals({}), testing::Contains("certify.derived_sum"));
}

TEST(FlawedProtector, ThatHidesWellIsNotFound) {
  // The alarm can be silent: nothing below rings for another reason than its flaw.
  Draft draft;
  draft.hide_arrests_well();
  EXPECT_TRUE(draft.attacked().empty());
}

TEST(FlawedProtector, ThatPublishesAPercentageOfAHiddenCountIsRefusedAndShownWhy) {
  Draft draft;
  draft.hide_arrests_well();
  // 3 of 28 counted in October, 18 to 24: 10.7 per cent.
  draft.published_.statements.push_back({"share", "2", table::StatementPlace::note, "10.7% of those counted in October, aged 18 to 24, were arrested",
                                         table::PercentageOf{{1, draft.cell(1, {3, 1})}, {0, draft.cell(0, {3, 1})}, 1, 107}});
  const auto findings = draft.attacked();
  const auto* found = about(findings, the_secret);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->interval.lowest, 3);
  EXPECT_EQ(found->interval.highest, 3);
  ASSERT_FALSE(found->derivations.empty());
  expect_readdable(draft, found->derivations[0], 3);
  EXPECT_THAT(found->derivations[0].text, testing::HasSubstr("10.7% of those counted"));
  EXPECT_FALSE(draft.refusals(findings).empty());
  EXPECT_FALSE(draft.refusals({}).empty());
}

TEST(FlawedProtector, ThatLetsATotalDifferIsRefusedAndShownWhy) {
  Draft draft;
  draft.hide_arrests_well();
  draft.published_.tables[0].cells[draft.cell(0, {1, 0})] = table::Value{51};  // 52 in truth
  const auto findings = draft.attacked();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].kind, knowledge::FindingKind::contradiction);
  ASSERT_EQ(findings[0].derivations.size(), 1U);
  std::int64_t sum = 0;
  for (const auto& term : findings[0].derivations[0].terms) {
    EXPECT_EQ(published_figure(draft.published_, term), term.figure);
    sum += term.multiplier * term.figure;
  }
  EXPECT_GT(sum, 0);
  EXPECT_THAT(findings[0].derivations[0].text, testing::AllOf(testing::HasSubstr("51"), testing::HasSubstr("contradict")));
  EXPECT_THAT(draft.refusals(findings), testing::Contains("certify.figure_differs"));
}

TEST(FlawedProtector, ThatHidesACellInOneQuestionAndShowsItInAnotherIsRefusedAndShownWhy) {
  Draft draft;
  draft.hide_arrests_well();
  // Another table of the same arrests, by age in October alone, carries the count openly under another title.
  table::PublishedTable again = test_support::exact_table(draft.truth_, {"q2-again", arrested, draft.asked_[1].by, table::Unit::records});
  for (table::CellIndex cell = 0; cell < again.cells.size(); ++cell)
    if (cell != draft.cell(1, {3, 1})) again.cells[cell] = table::Suppressed{};
  draft.published_.tables.push_back(again);
  const auto findings = draft.attacked();
  const auto* found = about(findings, the_secret);
  ASSERT_NE(found, nullptr);
  ASSERT_FALSE(found->derivations.empty());
  expect_readdable(draft, found->derivations[0], 3);
  EXPECT_EQ(found->derivations[0].text, "arrested: October, 18 to 24 3 is published, which makes arrested: October, 18 to 24: 3");
  EXPECT_FALSE(draft.refusals(findings).empty());
  EXPECT_FALSE(draft.refusals({}).empty());
}

TEST(FlawedProtector, WhoseReasonsGiveAFigureAwayIsRefusedAndShownWhy) {
  Draft draft;
  draft.hide_arrests_well();
  const std::vector<table::LeafRange> october_25{{2, 3}, {1, 2}};
  draft.published_.statements.push_back({"reason", "2", table::StatementPlace::reason,
                                         "We cannot give October by age, because all but 11 of those arrested were under 25",
                                         table::CountBetween{arrested, october_25, 11, 11}});
  const auto findings = draft.attacked();
  const auto* found = about(findings, the_secret);
  ASSERT_NE(found, nullptr);
  ASSERT_EQ(found->derivations.size(), 1U);
  expect_readdable(draft, found->derivations[0], 3);
  EXPECT_EQ(found->derivations[0].text,
            "arrested: October 14 less \"We cannot give October by age, because all but 11 of those arrested were under 25\" 11 leaves arrested: October, 18 "
            "to 24: 3");
  EXPECT_FALSE(draft.refusals(findings).empty());
  EXPECT_FALSE(draft.refusals({}).empty());
}

}  // namespace
