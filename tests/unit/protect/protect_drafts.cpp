// What a plan makes of the truth: designs, figures, symbols.

#include "small_population.hpp"

#include <candour/protect/draft.hpp>

#include <gtest/gtest.h>

namespace {

using namespace candour;
using protect::Crossing;
using protect::QuestionPlan;
using protect::Treatment;

TEST(Plan, holds_no_table_that_another_adds_up_to) {
  EXPECT_EQ(protect::plan_of(Crossing::one_way, {2, 0}), protect::plan_of(Crossing::full_cross, {2, 0}));
  EXPECT_EQ(protect::plan_of(Crossing::pairs, {2, 1}), protect::plan_of(Crossing::full_cross, {2, 1}));
  EXPECT_TRUE(protect::plan_of(Crossing::pairs, {0, 0}).is_total_only());
  EXPECT_EQ(protect::normal_form({{{1, 1}, {2, 0}, {1, 0}, {0, 0}}, Treatment::exact}).margins, (std::vector<protect::Margin>{{2, 0}, {1, 1}}));
}

TEST(Designs, of_one_pair_of_variables_at_two_levels_have_names_of_their_own) {
  const auto space = test::small_space(false);
  const table::TableDesign asked{"q1", 0, {{0, {0, 1, 2}}, {1, {0, 1}}}, table::Unit::records};
  auto deeper = *space;
  deeper.variables.push_back({"place", "Place", table::Role::identifying, test::months()});
  table::TableDesign wide = asked;
  wide.by.push_back({2, {0, 1, 2}});
  const auto designs = protect::designs_of(deeper, wide, {{{2, 0, 1}, {1, 0, 2}}, Treatment::exact});
  ASSERT_EQ(designs.size(), 2U);
  EXPECT_EQ(designs[0].id, "q1-month-place-quarter");
  EXPECT_EQ(designs[1].id, "q1-month-quarter-place");
}

TEST(Plan, tells_no_less_where_every_coarser_table_can_be_added_up) {
  const QuestionPlan cross = protect::plan_of(Crossing::full_cross, {2, 1});
  const QuestionPlan one_way = protect::plan_of(Crossing::one_way, {2, 1});
  const QuestionPlan quarters = protect::plan_of(Crossing::full_cross, {1, 0});
  EXPECT_TRUE(protect::tells_no_less(cross, one_way));
  EXPECT_FALSE(protect::tells_no_less(one_way, cross));
  EXPECT_TRUE(protect::tells_no_less(one_way, quarters));
  EXPECT_FALSE(protect::tells_no_less(quarters, protect::plan_of(Crossing::full_cross, {2, 0})));
  EXPECT_TRUE(protect::tells_no_less(quarters, protect::plan_of(Crossing::withheld, {0, 0})));
}

TEST(Designs, of_one_way_plans_are_one_table_a_variable_with_all_coarser_levels) {
  const auto space = test::small_space(false);
  const auto designs = protect::designs_of(*space, test::asked_of(0), protect::plan_of(Crossing::one_way, {1, 1}));
  ASSERT_EQ(designs.size(), 2U);
  EXPECT_EQ(designs[0].id, "q1-month");
  EXPECT_EQ(designs[0].by, (std::vector<table::ShownVariable>{{0, {0, 1}}}));
  EXPECT_EQ(designs[1].id, "q1-age");
}

TEST(Words, name_the_finest_level_of_each_table) {
  const auto space = test::small_space(false);
  EXPECT_EQ(protect::words_of(*space, test::asked_of(0), protect::plan_of(Crossing::one_way, {1, 1})), "by quarter; by age");
  EXPECT_EQ(protect::words_of(*space, test::asked_of(0), protect::plan_of(Crossing::full_cross, {2, 1})), "by month and age");
  EXPECT_EQ(protect::words_of(*space, test::asked_of(0), protect::plan_of(Crossing::total_only, {0, 0})), "the total only");
}

TEST(Words, of_a_finer_plan_name_only_what_the_plan_taken_does_not_give) {
  const auto space = test::small_space(false);
  const auto missed = [&](const protect::QuestionPlan& finer, const protect::QuestionPlan& taken) {
    return protect::words_of_what_more(*space, test::asked_of(0), finer, taken);
  };
  EXPECT_EQ(missed(protect::plan_of(Crossing::one_way, {2, 1}), protect::plan_of(Crossing::one_way, {1, 1})), "by month");
  EXPECT_EQ(missed(protect::plan_of(Crossing::one_way, {1, 1}), protect::plan_of(Crossing::full_cross, {0, 1})), "by quarter");
  EXPECT_EQ(missed(protect::plan_of(Crossing::full_cross, {1, 1}), protect::plan_of(Crossing::one_way, {1, 1})), "by quarter and age");
  EXPECT_EQ(missed(protect::plan_of(Crossing::one_way, {1, 1}), protect::plan_of(Crossing::total_only, {0, 0})), "by quarter; by age");
  EXPECT_EQ(missed(protect::plan_of(Crossing::total_only, {0, 0}), protect::plan_of(Crossing::withheld, {0, 0})), "the total only");
}

TEST(Publishing, gives_every_sum_of_the_truth_and_adds_up) {
  const auto truth = test::population_of(test::small_space(false), {5, 6, 7, 0, 8, 9, 10, 11, 12, 5, 0, 6});
  const auto published = protect::publish(truth, {test::asked_of(0)}, {}, {}, table::ZeroConvention::hidden_at_least_one);
  const table::PublishedTable& table = published.tables.front();
  const table::TableLayout layout(*truth.space, table.design);
  EXPECT_EQ(table::exact_value(table.cells[0]), 79);
  for (const table::Equation& equation : equations_of(layout)) {
    std::int64_t sum = 0;
    for (const table::CellIndex part : equation.parts) sum += *table::exact_value(table.cells[part]);
    EXPECT_EQ(sum, *table::exact_value(table.cells[equation.total]));
  }
}

TEST(Publishing, shows_a_period_without_figures_by_its_reason_and_never_as_zero) {
  auto space = test::small_space(false);
  space->questions[0].covered_periods = {false, false, true, false};
  const auto truth = test::population_of(space, {0, 0, 0, 0, 0, 0, 10, 11, 12, 0, 0, 0});
  using Status = table::CoverageStatus;
  const protect::CoverageOfQuestions coverage{{{Status::did_not_run, Status::did_not_run, Status::available, Status::not_recorded}}};
  const auto published =
      protect::publish(truth, {{"q1-month", 0, {{0, {0, 1, 2}}}, table::Unit::records}}, {}, coverage, table::ZeroConvention::hidden_at_least_one);
  const auto& cells = published.tables.front().cells;  // total, first quarter, January, February, second quarter, April, May
  EXPECT_TRUE(std::holds_alternative<table::NotApplicable>(cells[1]));
  EXPECT_TRUE(std::holds_alternative<table::NotApplicable>(cells[2]));
  EXPECT_EQ(table::exact_value(cells[4]), 33);
  EXPECT_EQ(table::exact_value(cells[5]), 33);
  ASSERT_TRUE(std::holds_alternative<table::NotAvailable>(cells[6]));
  EXPECT_EQ(std::get<table::NotAvailable>(cells[6]).reason, Status::not_recorded);
}

TEST(Publishing, hides_what_the_pattern_names_and_nothing_else) {
  const auto truth = test::population_of(test::small_space(false), {5, 6, 7, 0, 8, 9, 10, 11, 12, 5, 0, 6});
  const auto published =
      protect::publish(truth, {{"q1-age", 0, {{1, {0, 1}}}, table::Unit::records}}, {{0, 1}, {0, 2}}, {}, table::ZeroConvention::hidden_at_least_one);
  const auto& cells = published.tables.front().cells;
  EXPECT_FALSE(table::is_suppressed(cells[0]));
  EXPECT_TRUE(table::is_suppressed(cells[1]));
  EXPECT_TRUE(table::is_suppressed(cells[2]));
  EXPECT_FALSE(table::is_suppressed(cells[3]));
}

}  // namespace
