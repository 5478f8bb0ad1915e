#include "tiny_population.hpp"

#include <gtest/gtest.h>

namespace {

using namespace candour;
using table::Hierarchy;

TEST(Hierarchy, gives_every_node_the_neighbouring_leaves_below_it) {
  const Hierarchy h = test_support::grouped_hierarchy("area", {2, 3});
  EXPECT_EQ(h.leaf_count(), 5U);
  EXPECT_EQ(h.leaves(0), (table::LeafRange{0, 5}));
  EXPECT_EQ(h.leaves(*h.find("g2")), (table::LeafRange{2, 5}));
  EXPECT_EQ(h.leaves(*h.find("g1b")), (table::LeafRange{1, 2}));
}

TEST(Hierarchy, takes_rows_in_any_order) {
  const auto h = Hierarchy::build("x", {}, {{"leaf", "group", ""}, {"group", "all", ""}, {"all", "", "All"}});
  ASSERT_TRUE(h);
  EXPECT_EQ(h->code(0), "all");
  EXPECT_EQ(h->level(*h->find("leaf")), 2);
  EXPECT_EQ(h->level_name(2), "level 2");
}

TEST(Hierarchy, shows_a_leaf_that_ends_early_at_every_deeper_level) {
  const auto h = Hierarchy::build("x", {}, {{"all", "", ""}, {"deep", "all", ""}, {"d1", "deep", ""}, {"unknown", "all", ""}});
  ASSERT_TRUE(h);
  EXPECT_EQ(h->nodes_at(2), (std::vector<table::NodeIndex>{*h->find("d1"), *h->find("unknown")}));
  EXPECT_EQ(h->ancestor_at(1, 2), *h->find("unknown"));
}

TEST(Hierarchy, names_what_is_wrong_with_its_rows) {
  EXPECT_EQ(Hierarchy::build("x", {}, {{"a", "b", ""}, {"b", "a", ""}}).error().code, "hierarchy.no_root");
  EXPECT_EQ(Hierarchy::build("x", {}, {{"a", "", ""}, {"b", "", ""}}).error().code, "hierarchy.two_roots");
  EXPECT_EQ(Hierarchy::build("x", {}, {{"a", "", ""}, {"b", "z", ""}}).error().code, "hierarchy.unknown_parent");
  EXPECT_EQ(Hierarchy::build("x", {}, {{"a", "", ""}, {"b", "a", ""}, {"b", "a", ""}}).error().code, "hierarchy.duplicate_code");
  EXPECT_EQ(Hierarchy::build("x", {}, {{"a", "", ""}, {"b", "c", ""}, {"c", "b", ""}}).error().code, "hierarchy.circle");
}

}  // namespace
