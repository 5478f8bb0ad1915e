// What is kept of a breakdown, in words: the sentences themselves, and that no figure can change them.

#include <candour/release/kept_words.hpp>
#include <candour/table/level_names.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace candour::release {
namespace {

using Texts = std::vector<std::string>;

table::Hierarchy tree(std::vector<std::string> levels, const std::vector<table::CategoryRow>& rows) {
  return table::Hierarchy::build("tree", std::move(levels), rows).value();
}

// Month in two quarters, age in two bands of five, area; the month is the period.
table::AtomSpace space() {
  table::AtomSpace space;
  space.variables.push_back({"month", "Month", table::Role::identifying,
                             tree({"all", "quarter", "month"}, {{"t", "", "All"},
                                                                {"q1", "t", "Q1"},
                                                                {"q2", "t", "Q2"},
                                                                {"1", "q1", "January"},
                                                                {"2", "q1", "February"},
                                                                {"3", "q1", "March"},
                                                                {"4", "q2", "April"}})});
  space.variables.push_back({"age", "Age", table::Role::identifying,
                             tree({"all", "wider age", "age"}, {{"t", "", "All"},
                                                                {"y", "t", "Young"},
                                                                {"o", "t", "Old"},
                                                                {"u", "t", "Unknown"},
                                                                {"a", "y", "A"},
                                                                {"b", "y", "B"},
                                                                {"c", "o", "C"},
                                                                {"d", "o", "D"}})});
  space.variables.push_back({"area", "Area", table::Role::identifying, table::Hierarchy::flat("area", {{"n", "", "North"}, {"s", "", "South"}}).value()});
  space.questions = {{"1", "counted", {}}};
  space.memberships = {1U};
  space.period = 0;
  return space;
}

const std::vector<AskedVariable> month_age_area{{0, 2}, {1, 2}, {2, 1}};

table::TableDesign design(std::vector<table::ShownVariable> by) { return {"t", 0, std::move(by), table::Unit::records}; }

Texts kept(const std::vector<table::TableDesign>& designs, const std::vector<AskedVariable>& asked = month_age_area) {
  std::vector<const table::TableDesign*> given;
  for (const table::TableDesign& one : designs) given.push_back(&one);
  return kept_of(space(), asked, given);
}

Texts treatment(const std::vector<table::PublishedCell>& cells) {
  table::PublishedTable table;
  table.cells = cells;
  const std::vector<const table::PublishedTable*> tables{&table};
  return treatment_of(tables);
}

TEST(KeptWords, EachVariableIsToldWithItsLevelAndWhatStandsBesideIt) {
  EXPECT_EQ(kept({design({{0, {0, 1, 2}}}), design({{0, {0, 1}}, {1, {0, 1}}}), design({{2, {0, 1}}})}),
            (Texts{"month: kept in full, on its own; by quarter, in 2 periods, together with age (wider age)",
                   "age: by wider age, in 3 categories, together with quarter", "area: kept in full, on its own"}));
}

TEST(KeptWords, TwoCrossingsOfOneLevelAreNamedTogether) {
  EXPECT_EQ(kept({design({{0, {0, 1}}, {2, {0, 1}}}), design({{1, {0, 1, 2}}, {2, {0, 1}}})}).back(),
            "area: kept in full, together with quarter and together with age (age)");
}

TEST(KeptWords, WhatIsNotGivenStandsTogether) {
  EXPECT_EQ(kept({design({{0, {0, 1, 2}}})}), (Texts{"month: kept in full, on its own", "age and area: not given"}));
  EXPECT_EQ(kept({design({})}), (Texts{"month, age and area: not given; the total alone is"}));
}

TEST(KeptWords, TheWholeCrossIsOneSentence) {
  EXPECT_EQ(kept({design({{0, {0, 1, 2}}, {1, {0, 1, 2}}, {2, {0, 1}}})}), (Texts{"month, age and area: kept in full, together"}));
}

TEST(KeptWords, ATableThatAnotherOneImpliesAddsNothing) {
  const auto fine = design({{0, {0, 1, 2}}, {2, {0, 1}}});
  EXPECT_EQ(kept({design({{0, {0, 1}}}), fine}), kept({fine}));
  EXPECT_EQ(kept({fine, design({{2, {0, 1}}})}), kept({fine}));
}

TEST(KeptWords, ALevelThatIsNotTheFinestIsNamed) {
  EXPECT_EQ(kept({design({{1, {0, 1}}})}, {{1, 1}, {0, 1}}), (Texts{"age (wider age): kept in full, on its own", "quarter: not given"}));
}

TEST(KeptWords, MarksAreCounted) {
  EXPECT_EQ(treatment({table::Value{7}}), Texts{});
  EXPECT_EQ(treatment({table::Value{7}, table::Value{0}}), Texts{"No figure is withheld in these tables."});
  EXPECT_EQ(treatment({table::Value{7}, table::Suppressed{}, table::NotAvailable{}}), Texts{"Of the 2 figures of these tables 1 is withheld, marked [c]."});
  EXPECT_EQ(treatment({table::Suppressed{}}), Texts{"Every figure of these tables is withheld, marked [c]."});
  EXPECT_EQ(treatment({table::Rounded{5, 5}, table::Rounded{10, 5}}),
            (Texts{"No figure is withheld in these tables.", "All figures are rounded to a multiple of 5."}));
  EXPECT_EQ(treatment({table::Value{3}, table::Rounded{10, 3}, table::Rounded{10, 5}}),
            (Texts{"No figure is withheld in these tables.", "Some figures are rounded."}));
  EXPECT_EQ(treatment({table::Perturbed{4, 7, 5}, table::Perturbed{9, 7, 5}}),
            (Texts{"No figure is withheld in these tables.", "All figures are changed at random by up to 7."}));
}

// The same marks in the same places with quite other figures: the words may not tell one from the other.
TEST(KeptWords, NoFigureChangesTheWords) {
  std::mt19937 dice(20241128);
  for (int round = 0; round < 500; ++round) {
    std::vector<table::PublishedCell> cells, others;
    for (int cell = 0; cell < 12; ++cell) {
      const auto one = static_cast<std::int64_t>(dice() % 1000), other = static_cast<std::int64_t>(dice() % 1000);
      switch (dice() % 6) {
        case 0: cells.emplace_back(table::Suppressed{}), others.emplace_back(table::Suppressed{}); break;
        case 1: cells.emplace_back(table::Rounded{5 * one, 5}), others.emplace_back(table::Rounded{5 * other, 5}); break;
        case 5: cells.emplace_back(table::Perturbed{one, 7, 5}), others.emplace_back(table::Perturbed{other, 7, 5}); break;
        case 2: cells.emplace_back(table::NotAvailable{}), others.emplace_back(table::NotAvailable{}); break;
        default: cells.emplace_back(table::Value{one}), others.emplace_back(table::Value{other});
      }
    }
    ASSERT_EQ(treatment(cells), treatment(others));
  }
}

// "Unknown" stands beside the wider ages and has no parts: in a table of single ages it is one of them, in a table of wider ages one of those.
TEST(LevelNames, RowsOfTheFinestLevelAreEachCategoryOnce) {
  const table::AtomSpace ages = space();
  for (const auto& [levels, finest] : {std::pair(std::vector<int>{0, 1, 2}, "age"), std::pair(std::vector<int>{0, 1}, "wider age")}) {
    const table::TableDesign by_age = design({{1, levels}});
    const table::TableLayout layout(ages, by_age);
    std::uint32_t leaves = 0;
    for (const table::NodeIndex node : layout.categories(0))
      if (table::level_name_of(layout, 0, node) == finest) leaves += ages.variables[1].hierarchy.leaves(node).size();
    EXPECT_EQ(leaves, ages.variables[1].hierarchy.leaf_count()) << finest;
    EXPECT_EQ(table::level_name_of(layout, 0, 0), "all");
  }
}

}  // namespace
}  // namespace candour::release
