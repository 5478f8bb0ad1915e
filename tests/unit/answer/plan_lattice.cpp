// The lattice of plans of one question.

#include "small_population.hpp"

#include <candour/answer/lattice.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace {

using namespace candour;

TEST(QuestionLattice, holds_every_plan_once_and_coarser_ones_first) {
  const auto space = test::small_space(false);
  const answer::QuestionLattice lattice(*space, test::asked_of(0));
  // Withheld; total; month or quarter alone, age alone; month or quarter with age in one or two tables; months alone beside quarters with age.
  EXPECT_EQ(lattice.size(), 1U + 1U + 3U + 4U + 1U);
  std::set<std::size_t> seen;
  for (std::size_t i = 0; i < lattice.size(); ++i) {
    for (const std::size_t coarser : lattice.coarser(i)) EXPECT_LT(coarser, i);
    seen.insert(i);
  }
  EXPECT_TRUE(lattice.plan(0).is_withheld());
  EXPECT_TRUE(lattice.plan(1).is_total_only());
}

TEST(QuestionLattice, links_plans_between_which_nothing_lies) {
  const auto space = test::small_space(false);
  const answer::QuestionLattice lattice(*space, test::asked_of(0));
  for (std::size_t i = 0; i < lattice.size(); ++i)
    for (const std::size_t j : lattice.coarser(i)) {
      EXPECT_TRUE(protect::tells_no_less(lattice.plan(i), lattice.plan(j)));
      EXPECT_FALSE(protect::tells_no_less(lattice.plan(j), lattice.plan(i)));
      for (std::size_t k = 0; k < lattice.size(); ++k)
        EXPECT_FALSE(k != i && k != j && protect::tells_no_less(lattice.plan(i), lattice.plan(k)) && protect::tells_no_less(lattice.plan(k), lattice.plan(j)));
    }
}

TEST(QuestionLattice, has_as_many_plans_as_the_closed_form_says) {
  const auto space = test::small_space(false);
  table::TableDesign asked = test::asked_of(0);
  const answer::QuestionLattice two(*space, asked);
  EXPECT_EQ(two.margins().plans_in_all(), static_cast<std::int64_t>(two.size()));
  space->variables.push_back({"place", "Place", table::Role::identifying, test::ages()});
  asked.by.push_back({2, {0, 1}});
  const answer::QuestionLattice three(*space, asked);
  EXPECT_EQ(three.size(), 50U);
  EXPECT_EQ(three.margins().plans_in_all(), 50);
  EXPECT_EQ(answer::plans_together(std::int64_t{1} << 40U, std::int64_t{1} << 40U), std::numeric_limits<std::int64_t>::max());
}

TEST(QuestionLattice, has_one_plan_that_is_finest) {
  const auto space = test::small_space(false);
  const answer::QuestionLattice lattice(*space, test::asked_of(0));
  std::size_t tops = 0;
  for (std::size_t i = 0; i < lattice.size(); ++i) tops += lattice.finer(i).empty() ? 1U : 0U;
  EXPECT_EQ(tops, 1U);
}

}  // namespace
