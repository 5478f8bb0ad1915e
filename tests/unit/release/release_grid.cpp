// Tables laid out for people: wide ones are turned or split, three variables become one grid a category.

#include <candour/base/check.hpp>
#include <candour/release/grid.hpp>
#include <candour/release/words.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>

namespace candour::release {
namespace {

table::Hierarchy flat(const std::string& name, int categories) {
  std::vector<table::CategoryRow> rows;
  for (int i = 1; i <= categories; ++i) rows.push_back({name + std::to_string(i), "", name + " " + std::to_string(i)});
  auto built = table::Hierarchy::flat(name, rows);
  CANDOUR_CHECK(built.has_value(), "a flat hierarchy is well formed");
  return std::move(built).value();
}

// A population with variables of the given numbers of categories, and a table that crosses them all; cell i holds i.
struct Crossed {
  explicit Crossed(std::initializer_list<int> sizes) {
    for (const int size : sizes) {
      const std::string name(1, static_cast<char>('a' + space.variables.size()));
      design.by.push_back({static_cast<table::VariableIndex>(space.variables.size()), {0, 1}});
      space.variables.push_back({name, "Variable " + name, table::Role::identifying, flat(name, size)});
    }
    space.questions = {{"1", "counted", {}}};
    space.memberships = {1U};
  }
  table::PublishedTable table() const {
    table::PublishedTable published{"T", design, table::ZeroConvention::hidden_at_least_one, 0, {}};
    const table::TableLayout layout(space, design);
    for (table::CellIndex i = 0; i < layout.cell_count(); ++i) published.cells.emplace_back(table::Value{static_cast<std::int64_t>(i)});
    return published;
  }
  std::vector<Grid> grids() const {
    const table::PublishedTable published = table();
    return grids_of(published, table::TableLayout(space, published.design), "Counted");
  }
  table::AtomSpace space;
  table::TableDesign design;
};

TEST(ReleaseGrid, TableWithoutVariablesIsOneFigure) {
  const std::vector<Grid> grids = Crossed({}).grids();
  ASSERT_EQ(grids.size(), 1U);
  ASSERT_EQ(grids[0].rows.size(), 1U);
  EXPECT_EQ(grids[0].rows[0].cells[0].text, "0");
}

TEST(ReleaseGrid, LongerVariableRunsDown) {
  const std::vector<Grid> grids = Crossed({3, 12}).grids();
  ASSERT_EQ(grids.size(), 1U);
  EXPECT_EQ(grids[0].row_variable, "Variable b");
  EXPECT_EQ(grids[0].rows.size(), 13U);
  EXPECT_EQ(grids[0].columns.size(), 4U);
  EXPECT_EQ(grids[0].rows[2].cells[1].text, "15");
}

TEST(ReleaseGrid, PeriodRunsDownUnlessTurningMakesTheTableNarrow) {
  Crossed crossed({4, 8});
  crossed.space.period = 0;
  EXPECT_EQ(crossed.grids()[0].rows.size(), 5U);
  Crossed wide({4, 20});
  wide.space.period = 0;
  ASSERT_EQ(wide.grids().size(), 1U);
  EXPECT_EQ(wide.grids()[0].rows.size(), 21U);
}

TEST(ReleaseGrid, PeriodIsCalledByTheLevelThatIsShown) {
  Crossed crossed({4});
  crossed.space.variables[0].hierarchy =
      table::Hierarchy::build("month", {"all", "year", "quarter"},
                              {{"total", "", "Total"}, {"2023", "total", "2023"}, {"q1", "2023", "Q1"}, {"q2", "2023", "Q2"}})
          .value();
  crossed.space.period = 0;
  crossed.design.by[0].levels = {0, 1};
  EXPECT_EQ(crossed.grids()[0].row_variable, "Year");
  crossed.design.by[0].levels = {0, 1, 2};
  EXPECT_EQ(crossed.grids()[0].row_variable, "Quarter");
}

TEST(ReleaseGrid, TableWideBothWaysIsSplitIntoPartsThatHoldEveryColumnOnce) {
  const std::vector<Grid> grids = Crossed({20, 23}).grids();
  ASSERT_EQ(grids.size(), 3U);
  std::size_t columns = 0;
  for (const Grid& grid : grids) {
    EXPECT_LE(grid.columns.size(), widest_grid);
    columns += grid.columns.size();
  }
  EXPECT_EQ(columns, 21U);
  EXPECT_EQ(grids[1].caption, "columns, part 2 of 3");
}

TEST(ReleaseGrid, ThirdVariableGivesOneGridACategoryWithEveryCellOnce) {
  const Crossed crossed({2, 5, 3});
  const std::vector<Grid> grids = crossed.grids();
  ASSERT_EQ(grids.size(), 3U);
  EXPECT_EQ(grids[0].caption, "Variable a: Total");
  std::vector<bool> seen(crossed.table().cells.size(), false);
  for (const Grid& grid : grids) {
    for (const GridRow& row : grid.rows) {
      for (const GridCell& cell : row.cells) {
        const auto number = static_cast<std::size_t>(std::stoul(cell.text));
        EXPECT_FALSE(seen[number]);
        seen[number] = true;
      }
    }
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), true), static_cast<std::ptrdiff_t>(seen.size()));
}

TEST(ReleaseWords, FiguresHaveACommaBeforeEveryThirdDigit) {
  EXPECT_EQ(text_of(table::Value{7}, 0), "7");
  EXPECT_EQ(text_of(table::Value{999}, 0), "999");
  EXPECT_EQ(text_of(table::Value{1000}, 0), "1,000");
  EXPECT_EQ(text_of(table::Value{1234567}, 0), "1,234,567");
  EXPECT_EQ(text_of(table::Value{-1234567}, 2), "-12,345.67");
  EXPECT_EQ(machine_text_of(table::Value{1234567}, 0), "1234567");
}

TEST(ReleaseWords, HiddenCellHasNoMachineText) {
  EXPECT_EQ(machine_text_of(table::Suppressed{}, 0), "");
  EXPECT_EQ(status_of(table::Suppressed{}, table::ZeroConvention::hidden_at_least_one), "confidential");
  EXPECT_EQ(status_of(table::Suppressed{}, table::ZeroConvention::hidden_may_be_zero), "confidential-or-nought");
  EXPECT_EQ(text_of(table::NotAvailable{table::CoverageStatus::withheld}, 0), "[c]");
  EXPECT_EQ(text_of(table::NotAvailable{table::CoverageStatus::not_recorded}, 0), "[x]");
  EXPECT_EQ(text_of(table::NotApplicable{}, 0), "[z]");
}

TEST(ReleaseWords, LegendSaysWhatAHiddenCellMayBe) {
  table::PublishedTable published{"T", {}, table::ZeroConvention::hidden_at_least_one, 0, {table::Suppressed{}}};
  const table::PublishedTable* const tables[] = {&published};
  EXPECT_NE(legend_of(tables)[1].meaning.find("never nought"), std::string::npos);
  published.convention = table::ZeroConvention::hidden_may_be_zero;
  EXPECT_NE(legend_of(tables)[1].meaning.find("may be nought"), std::string::npos);
}

}  // namespace
}  // namespace candour::release
