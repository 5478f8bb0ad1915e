// Several cubes about the same records are one system: shared cells are one cell, shared sums one sum, and where no cube crosses all columns the finest
// combinations take part.
#include <candour/table/linked_cubes.hpp>

#include <gtest/gtest.h>

namespace candour::table {
namespace {

Hierarchy flat(const std::string& name, const std::vector<std::string>& codes) {
  std::vector<CategoryRow> rows;
  for (const std::string& code : codes) rows.push_back({code, "", code});
  return Hierarchy::flat(name, rows).value();
}

TEST(LinkedCubes, ShareTheirCommonMargins) {
  const auto linked =
      link({{{"a", "b"}, {flat("a", {"a1", "a2"}), flat("b", {"b1", "b2"})}}, {{"a", "c"}, {flat("a", {"a1", "a2"}), flat("c", {"c1", "c2", "c3"})}}});
  ASSERT_TRUE(linked.has_value());
  // 9 + 12 cells, of which the total and the two of a stand in both.
  EXPECT_EQ(linked->published_count, 18u);
  EXPECT_EQ(linked->cell_of[0][0], linked->cell_of[1][0]);
  EXPECT_EQ(linked->cell_of[0][3], linked->cell_of[1][4]);  // a1
  EXPECT_NE(linked->cell_of[0][1], linked->cell_of[1][1]);
  EXPECT_EQ(linked->system.cell_count(), 18u + 2 * 2 * 3);
}

TEST(LinkedCubes, AddUpTheSameFinestCellsInSeveralWaysWithoutFurtherCells) {
  const Hierarchy calendar =
      Hierarchy::build("m", {}, {{"T", "", "T"}, {"y1", "T", "y1"}, {"y2", "T", "y2"}, {"m1", "y1", ""}, {"m2", "y1", ""}, {"m3", "y2", ""}}).value();
  const Hierarchy financial =
      Hierarchy::build("m", {}, {{"T", "", "T"}, {"f1", "T", "f1"}, {"f2", "T", "f2"}, {"m1", "f1", ""}, {"m2", "f2", ""}, {"m3", "f2", ""}}).value();
  const auto linked = link({{{"m"}, {calendar}}, {{"m"}, {financial}}});
  ASSERT_TRUE(linked.has_value());
  // T, m1 (also f1), m2, m3 (also y2), y1, f2.
  EXPECT_EQ(linked->published_count, 6u);
  EXPECT_EQ(linked->system.cell_count(), 6u);
  EXPECT_EQ(linked->cell_of[0][*calendar.find("y2")], linked->cell_of[0][*calendar.find("m3")]);
  EXPECT_EQ(linked->cell_of[1][*financial.find("f1")], linked->cell_of[0][*calendar.find("m1")]);
}

TEST(LinkedCubes, HoldTheSumsThatTheTrueTableFulfils) {
  const auto linked =
      link({{{"a", "b"}, {flat("a", {"a1", "a2"}), flat("b", {"b1", "b2"})}}, {{"b", "c"}, {flat("b", {"b1", "b2"}), flat("c", {"c1", "c2"})}}});
  ASSERT_TRUE(linked.has_value());
  std::vector<std::int64_t> value(linked->system.cell_count(), 0);
  const std::vector<std::string> names{"a", "b", "c"};
  const std::vector<Hierarchy> hierarchies{flat("a", {"a1", "a2"}), flat("b", {"b1", "b2"}), flat("c", {"c1", "c2"})};
  const auto finest = finest_cells({{{"a", "b"}, {hierarchies[0], hierarchies[1]}}, {{"b", "c"}, {hierarchies[1], hierarchies[2]}}}, names, hierarchies);
  ASSERT_TRUE(finest.has_value());
  EXPECT_EQ(finest->size(), 8u);
  std::int64_t count[3][3][3] = {};
  for (const auto& [cell, full] : *finest) {
    const std::uint32_t i = full / 9, j = full / 3 % 3, k = full % 3;
    value[cell] = i * 7 + j * 3 + k;
    for (const std::uint32_t x : {0u, i})
      for (const std::uint32_t y : {0u, j})
        for (const std::uint32_t z : {0u, k}) count[x][y][z] += value[cell];
  }
  for (SystemCell c = 0; c < 9; ++c) value[linked->cell_of[0][c]] = count[c / 3][c % 3][0];
  for (SystemCell c = 0; c < 9; ++c) value[linked->cell_of[1][c]] = count[0][c / 3][c % 3];
  EXPECT_TRUE(adds_up(linked->system, value));
  ++value[linked->cell_of[0][8]];
  EXPECT_FALSE(adds_up(linked->system, value));
}

TEST(LinkedCubes, RefuseHierarchiesWithDifferentLeaves) {
  const auto refused = link({{{"a"}, {flat("a", {"a1", "a2"})}}, {{"a"}, {flat("a", {"a1", "a3"})}}});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "linked.different_leaves");
}

}  // namespace
}  // namespace candour::table
