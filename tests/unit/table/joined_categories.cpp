// Joined categories: named so that a reader understands them, and chosen in a way that says nothing but the bounds that go out with them.

#include <candour/table/joined_categories.hpp>

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace candour;
using table::Hierarchy;
using table::JoinedCategories;
using table::LeafIndex;

Hierarchy of(const std::vector<std::pair<std::string, std::string>>& leaves) {
  std::vector<table::CategoryRow> rows{{"total", "", "Total"}};
  for (const auto& [code, label] : leaves) rows.push_back({code, "total", label});
  return Hierarchy::build("x", {"total", "x"}, rows).value();
}

Hierarchy ages() {
  return of({{"under-10", "Under 10"}, {"10-17", "10 to 17"}, {"unknown", "Unknown"}, {"18-24", "18 to 24"}, {"25-34", "25 to 34"}, {"over-34", "Over 34"}});
}
Hierarchy months() {
  return of({{"2016-11", "November 2016"}, {"2016-12", "December 2016"}, {"2017-01", "January 2017"}, {"2017-02", "February 2017"}, {"2017-03", "March 2017"}});
}
Hierarchy groups() { return of({{"w1", "British"}, {"w2", "Irish"}, {"a2", "Pakistani"}, {"a4", "Chinese"}, {"b2", "African"}}); }

std::vector<std::string> labels_at(const Hierarchy& hierarchy, int level) {
  std::vector<std::string> labels;
  for (const table::NodeIndex node : hierarchy.nodes_at(level)) labels.push_back(hierarchy.label(node));
  return labels;
}

std::optional<JoinedCategories> join(const Hierarchy& given, const std::vector<std::int64_t>& counts, const std::vector<std::int64_t>& thresholds) {
  return table::join_categories(given, counts, thresholds, "Age range");
}

// Counts in the order of the new leaves.
std::int64_t sum_of(const JoinedCategories& joined, const std::vector<std::int64_t>& counts, table::LeafRange leaves) {
  std::int64_t sum = 0;
  for (LeafIndex leaf = leaves.first; leaf < leaves.end; ++leaf) sum += counts[joined.old_leaf[leaf]];
  return sum;
}

TEST(JoinedCategories, join_neighbouring_ages_under_a_name_of_their_own) {
  const auto joined = join(ages(), {5, 173, 451, 356, 252, 140}, {15, 300});
  ASSERT_TRUE(joined.has_value());
  EXPECT_EQ(joined->hierarchy.depth(), 3);
  EXPECT_EQ(labels_at(joined->hierarchy, 3), (std::vector<std::string>{"Under 10", "10 to 17", "18 to 24", "25 to 34", "Over 34", "Unknown"}));
  EXPECT_EQ(labels_at(joined->hierarchy, 2), (std::vector<std::string>{"Under 18", "18 to 24", "25 to 34", "Over 34", "Unknown"}));
  EXPECT_EQ(labels_at(joined->hierarchy, 1), (std::vector<std::string>{"Under 25", "25 and over", "Unknown"}));
  EXPECT_EQ(joined->hierarchy.level_name(2), "wider age range");
  EXPECT_EQ(joined->hierarchy.level_name(3), "x");
}

TEST(JoinedCategories, say_the_year_of_joined_months_once_where_it_is_one) {
  const auto joined = join(months(), {9, 8, 20, 7, 3}, {15});
  ASSERT_TRUE(joined.has_value());
  EXPECT_EQ(labels_at(joined->hierarchy, 1), (std::vector<std::string>{"November to December 2016", "January to March 2017"}));
  EXPECT_TRUE(joined->hierarchy.find("2017-01..2017-03").has_value());
}

TEST(JoinedCategories, join_rare_groups_and_the_smallest_other_one_where_they_need_it) {
  const auto joined = join(groups(), {534, 4, 150, 1, 133}, {15});
  ASSERT_TRUE(joined.has_value());
  EXPECT_EQ(labels_at(joined->hierarchy, 1), (std::vector<std::string>{"British", "Pakistani", "Rare ones together"}));
  EXPECT_NE(joined->sentence.find("Irish, Chinese, African"), std::string::npos) << joined->sentence;
  const auto enough = join(groups(), {534, 9, 150, 8, 133}, {15});
  EXPECT_EQ(labels_at(enough->hierarchy, 1), (std::vector<std::string>{"British", "Pakistani", "African", "Rare ones together"}));
}

TEST(JoinedCategories, are_not_made_where_nothing_is_small_or_all_of_it_is) {
  EXPECT_FALSE(join(groups(), {534, 40, 150, 15, 133}, {15}).has_value());
  EXPECT_FALSE(join(groups(), {1, 2, 3, 4, 0}, {15}).has_value());
}

// The rule is replayed on all counts that a reader could think of: whoever knows the totals of the joined categories and the bounds cannot tell counts apart by
// the choice. Small numbers, so that all can be tried.
TEST(JoinedCategories, tell_by_their_choice_nothing_but_the_bounds) {
  std::mt19937 dice(7);
  const std::vector<std::int64_t> thresholds{3, 6};
  std::size_t made = 0, worlds = 0, others = 0;
  for (int round = 0; round < 60; ++round) {
    const Hierarchy given = round % 2 == 0 ? months() : groups();
    std::vector<std::int64_t> counts;
    for (LeafIndex leaf = 0; leaf < given.leaf_count(); ++leaf) counts.push_back(std::uniform_int_distribution<std::int64_t>(0, round % 3 == 0 ? 3 : 6)(dice));
    const auto joined = join(given, counts, thresholds);
    if (!joined) continue;
    ++made;
    for (const table::BoundOfLeaves& bound : joined->bounds) {
      EXPECT_GE(sum_of(*joined, counts, bound.leaves), bound.lowest);
      EXPECT_LE(sum_of(*joined, counts, bound.leaves), bound.highest);
    }
    const auto shown = joined->hierarchy.nodes_at(joined->hierarchy.depth() - 1);
    std::vector<std::int64_t> world(given.leaf_count(), 0);
    while (true) {
      bool fits = true;
      for (const table::NodeIndex node : shown)
        fits = fits && sum_of(*joined, world, joined->hierarchy.leaves(node)) == sum_of(*joined, counts, joined->hierarchy.leaves(node));
      for (const table::BoundOfLeaves& bound : joined->bounds) {
        const std::int64_t sum = sum_of(*joined, world, bound.leaves);
        fits = fits && sum >= bound.lowest && sum <= bound.highest;
      }
      if (fits) {
        ++worlds;
        others += world != counts ? 1U : 0U;
        const auto again = join(given, world, thresholds);
        ASSERT_TRUE(again.has_value());
        ASSERT_EQ(again->hierarchy.size(), joined->hierarchy.size());
        for (table::NodeIndex node = 0; node < again->hierarchy.size(); ++node)
          ASSERT_EQ(again->hierarchy.code(node), joined->hierarchy.code(node)) << testing::PrintToString(counts) << testing::PrintToString(world);
      }
      std::size_t leaf = 0;
      while (leaf < world.size() && ++world[leaf] > 9) world[leaf++] = 0;
      if (leaf == world.size()) break;
    }
  }
  EXPECT_GE(made, 30U);
  EXPECT_GE(others, 200U) << worlds;
}

}  // namespace
