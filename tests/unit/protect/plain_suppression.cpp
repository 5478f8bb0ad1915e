// Plain suppression: hides what must be hidden, no more than needed, and says when a coarser table is the honest answer.

#include "small_population.hpp"

#include <candour/assess/secrets.hpp>
#include <candour/protect/suppress/plain_suppression.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace candour;
using protect::SuppressionStanding;

constexpr std::int64_t minimum = 3;

struct Suppressed {
  truth::Population truth;
  policy::Policy policy = test::policy_with(minimum);
  std::vector<table::TableDesign> asked{test::asked_of(0)};
  std::vector<truth::Secret> secrets;
  protect::CoverageOfQuestions coverage;
  protect::PlainSuppressionTask task;

  explicit Suppressed(std::vector<std::int64_t> counts) : truth(test::population_of(test::small_space(false), std::move(counts))) {
    secrets = assess::secrets_of(truth, asked, policy).value();
    task = {&truth, asked, {protect::Treatment::suppress}, &coverage, &policy, &secrets, {}, 4000};
  }
  protect::DerivedSumsPass derived() const {
    return [this](const table::PublishedPopulation& published) { return assess::failing_derived_sums(truth, published, policy).empty(); };
  }
  bool is_shown_safe(const protect::HiddenPattern& hidden) const {
    const auto published = protect::publish(truth, task.designs, hidden, coverage, policy.convention);
    const auto worlds = table::worlds_of(published, minimum).value();
    return protect::find_evidence(truth, worlds, secrets, policy, protect::StopAt::first_unprotected).unprotected.empty() && derived()(published);
  }
};

// One count of 2 among counts that are large enough.
const std::vector<std::int64_t> one_small{12, 2, 9, 14, 15, 11, 10, 13, 16, 12, 17, 18};

TEST(PlainSuppression, protects_a_small_count_and_shows_that_it_does) {
  const Suppressed task(one_small);
  const auto found = protect::suppress_plainly(task.task, task.derived(), 0);
  ASSERT_EQ(found.standing, SuppressionStanding::is_protected);
  EXPECT_GT(found.hidden.size(), 1U);
  EXPECT_TRUE(task.is_shown_safe(found.hidden));
}

TEST(PlainSuppression, never_hides_the_small_count_alone) {
  const Suppressed task(one_small);
  const auto primary = protect::primary_pattern(task.task);
  ASSERT_TRUE(primary.has_value());
  EXPECT_EQ(primary->size(), 1U);
  EXPECT_FALSE(task.is_shown_safe(*primary));
}

TEST(PlainSuppression, hides_no_cell_that_nothing_needs) {
  const Suppressed task(one_small);
  const auto found = protect::suppress_plainly(task.task, task.derived(), 0);
  const auto primary = *protect::primary_pattern(task.task);
  for (const auto& cell : found.hidden) {
    if (primary.contains(cell)) continue;
    protect::HiddenPattern without = found.hidden;
    without.erase(cell);
    EXPECT_FALSE(task.is_shown_safe(without)) << cell.second;
  }
}

TEST(PlainSuppression, of_a_small_table_costs_no_more_than_what_grows_cell_by_cell) {
  const Suppressed task(one_small);
  const auto grown = protect::suppress_plainly(task.task, task.derived(), 0);
  const auto cheapest = protect::suppress_plainly(task.task, task.derived(), 40);
  ASSERT_EQ(cheapest.standing, SuppressionStanding::is_protected);
  EXPECT_TRUE(cheapest.is_optimal);
  EXPECT_LE(cheapest.loss, grown.loss);
  EXPECT_TRUE(task.is_shown_safe(cheapest.hidden));
}

TEST(PlainSuppression, says_that_recoding_is_honest_where_most_cells_would_be_hidden) {
  const Suppressed task({1, 1, 0, 1, 0, 1, 0, 1, 1, 2, 0, 0});
  EXPECT_EQ(protect::suppress_plainly(task.task, task.derived()).standing, SuppressionStanding::recoding_is_honest);
  EXPECT_FALSE(protect::primary_pattern(task.task).has_value());
}

TEST(PlainSuppression, chooses_by_the_secret_key_and_by_nothing_else) {
  Suppressed task(one_small);
  const auto once = protect::suppress_plainly(task.task, task.derived(), 0);
  EXPECT_EQ(protect::suppress_plainly(task.task, task.derived(), 0).hidden, once.hidden);
  bool differs = false;
  for (unsigned char i = 1; i < 20 && !differs; ++i) {
    task.task.key.bytes[0] = i;
    differs = protect::suppress_plainly(task.task, task.derived(), 0).hidden != once.hidden;
  }
  EXPECT_TRUE(differs);
}

// A cell that is all that is hidden of a sum is known to everybody: hiding it would look like protection.
TEST(PlainSuppression, shows_again_what_follows_from_the_other_figures) {
  Suppressed task(one_small);
  const auto found = protect::suppress_plainly(task.task, task.derived(), 0);
  task.task.hidden_before = found.hidden_sums;
  EXPECT_FALSE(protect::without_what_follows(task.task, task.derived()).has_value()) << "nothing of a clean pattern follows";
  const table::TableLayout layout(*task.truth.space, task.asked.front());
  int shown = 0;
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    if (found.hidden_sums.contains(layout.atoms(cell))) continue;
    task.task.hidden_before = found.hidden_sums;
    task.task.hidden_before.insert(layout.atoms(cell));
    const auto plainer = protect::without_what_follows(task.task, task.derived());
    const auto is_all_that_is_hidden = [&] {
      const auto equations = table::equations_of(layout);
      return std::any_of(equations.begin(), equations.end(), [&](const table::Equation& sum) {
        std::vector<table::CellIndex> members = sum.parts;
        members.push_back(sum.total);
        return std::count(members.begin(), members.end(), cell) == 1 &&
               std::count_if(members.begin(), members.end(), [&](table::CellIndex c) { return task.task.hidden_before.contains(layout.atoms(c)); }) == 1;
      });
    };
    EXPECT_EQ(plainer.has_value(), is_all_that_is_hidden()) << cell;
    if (!plainer) continue;
    ++shown;
    EXPECT_FALSE(plainer->contains({0, cell}));
    EXPECT_TRUE(task.is_shown_safe(*plainer));
  }
  EXPECT_GT(shown, 3);
}

}  // namespace
