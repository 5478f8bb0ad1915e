// The measure of detail: between nothing and everything, and never less for a finer draft.

#include "small_population.hpp"

#include <candour/protect/detail.hpp>
#include <candour/protect/draft.hpp>

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace candour;
using protect::Crossing;

protect::Detail detail(const truth::Population& truth, const protect::QuestionPlan& plan) {
  const std::vector<table::TableDesign> asked{test::asked_of(0)};
  const auto designs = protect::designs_of(*truth.space, asked[0], plan);
  return protect::detail_of(truth, protect::publish(truth, designs, {}, {}, table::ZeroConvention::hidden_at_least_one), asked);
}

const std::vector<std::int64_t> counts{5, 6, 7, 0, 8, 9, 10, 11, 12, 5, 0, 6};

TEST(Detail, of_everything_asked_is_whole_and_of_nothing_is_none) {
  const auto truth = test::population_of(test::small_space(false), counts);
  EXPECT_EQ(detail(truth, protect::plan_of(Crossing::full_cross, {2, 1})).divergence_share, protect::Detail::whole);
  EXPECT_EQ(detail(truth, protect::plan_of(Crossing::full_cross, {2, 1})).rank, 12);
  EXPECT_EQ(detail(truth, protect::plan_of(Crossing::withheld, {0, 0})).share(), 0);
}

TEST(Detail, counts_independent_figures_of_one_way_tables_once) {
  const auto truth = test::population_of(test::small_space(false), counts);
  const protect::Detail one_way = detail(truth, protect::plan_of(Crossing::one_way, {2, 1}));
  EXPECT_EQ(one_way.rank, 1 + 3 + 2);
  EXPECT_EQ(one_way.figures, 7 + 4);
}

TEST(Detail, of_one_way_tables_is_the_divergence_of_the_product_of_their_shares) {
  // Two months by three ages that are independent: the one-way tables explain everything.
  const auto truth = test::population_of(test::small_space(false), {2, 4, 6, 1, 2, 3, 2, 4, 6, 1, 2, 3});
  EXPECT_NEAR(static_cast<double>(detail(truth, protect::plan_of(Crossing::one_way, {2, 1})).divergence_share), 1e9, 10);
}

TEST(Rank, by_elimination_equals_the_closed_form_and_drops_with_hidden_cells) {
  const auto truth = test::population_of(test::small_space(false), counts);
  const auto designs = protect::designs_of(*truth.space, test::asked_of(0), protect::plan_of(Crossing::one_way, {2, 1}));
  const auto open = protect::publish(truth, designs, {}, {}, table::ZeroConvention::hidden_at_least_one);
  EXPECT_EQ(protect::rank_of(open, 0), 6);
  // Two of three ages hidden: their sum still follows, one figure is lost.
  const auto hidden = protect::publish(truth, designs, {{1, 1}, {1, 2}}, {}, table::ZeroConvention::hidden_at_least_one);
  EXPECT_EQ(protect::rank_of(hidden, 0), 5);
}

TEST(Detail, of_tables_at_several_levels_counts_independent_figures_as_elimination_does) {
  const auto truth = test::population_of(test::small_space(false), counts);
  const protect::QuestionPlan plan{{{2, 0}, {1, 1}}, protect::Treatment::exact};
  const auto published =
      protect::publish(truth, protect::designs_of(*truth.space, test::asked_of(0), plan), {}, {}, table::ZeroConvention::hidden_at_least_one);
  EXPECT_EQ(detail(truth, plan).rank, protect::rank_of(published, 0));
  EXPECT_EQ(detail(truth, plan).rank, 4 + 2 * 2);
}

TEST(Detail, with_a_weight_moves_towards_the_share_of_what_the_officer_weighs) {
  const auto truth = test::population_of(test::small_space(false), counts);
  const std::vector<table::TableDesign> asked{test::asked_of(0)};
  const auto share = [&](const std::vector<int>& levels, const protect::DetailWeights& weights) {
    const auto designs = protect::designs_of(*truth.space, asked[0], protect::plan_of(Crossing::full_cross, levels));
    return protect::detail_of(truth, protect::publish(truth, designs, {}, {}, table::ZeroConvention::hidden_at_least_one), asked, weights).share();
  };
  const protect::DetailWeights month{{{0, 300}}, {}};
  const protect::DetailWeights first_quarter{{}, {{{0, 2}, 300}}};
  EXPECT_GT(share({2, 0}, month), share({2, 0}, {}));               // months are given in full
  EXPECT_NEAR(static_cast<double>(share({2, 1}, month)), 1e9, 10);  // and everything stays everything
  EXPECT_LT(share({0, 1}, month), share({0, 1}, {}));               // nothing is said about months
  EXPECT_NEAR(static_cast<double>(share({2, 1}, first_quarter)), 1e9, 10);
  EXPECT_LE(share({1, 1}, first_quarter), share({2, 1}, first_quarter));
}

TEST(Detail, never_grows_when_a_plan_becomes_coarser) {
  std::mt19937 dice(7);
  std::vector<protect::QuestionPlan> plans;
  for (const Crossing crossing : {Crossing::withheld, Crossing::one_way, Crossing::full_cross})
    for (int month = 0; month <= 2; ++month)
      for (int age = 0; age <= 1; ++age) plans.push_back(protect::plan_of(crossing, {month, age}));
  for (int round = 0; round < 30; ++round) {
    std::vector<std::int64_t> random;
    for (int atom = 0; atom < 12; ++atom) random.push_back(static_cast<std::int64_t>(dice() % 9));
    const auto truth = test::population_of(test::small_space(false), random);
    for (const auto& finer : plans)
      for (const auto& coarser : plans)
        if (protect::tells_no_less(finer, coarser)) {
          EXPECT_LE(detail(truth, coarser).share(), detail(truth, finer).share() + 5) << "round " << round;
        }
  }
}

}  // namespace
