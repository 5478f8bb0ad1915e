// The alarm rings: a pattern that a widely used engine reported as a proven optimum has exactly two short primaries.
#include <candour/attack/audit.hpp>
#include <candour/base/files.hpp>
#include <candour/tabulate/jj_table.hpp>

#include <gtest/gtest.h>

#include <cstdlib>

namespace candour {
namespace {

std::filesystem::path shared() {
  if (const char* given = std::getenv("CANDOUR_SHARED")) return given;
  return std::filesystem::path(CANDOUR_SOURCE_DIR).parent_path() / "shared";
}

TEST(Audit, NamesExactlyTheTwoShortPrimariesOfTable3) {
  const auto text = formats::read_plain_or_gzip(shared() / "bench" / "csp" / "table3.jj.gz");
  ASSERT_TRUE(text.has_value());
  const auto file = formats::read_jj(*text, "table3");
  ASSERT_TRUE(file.has_value());
  const auto table = tabulate::table_of_jj(*file, "table3");
  ASSERT_TRUE(table.has_value());
  const auto pattern = formats::read_jj_pattern(*base::read_file(shared() / "bench" / "csp" / "table3.pattern.csv"), "pattern");
  ASSERT_TRUE(pattern.has_value());
  const truth::SystemTruth& truth = table->truth;
  knowledge::SystemView view{&table->system, truth.standing, truth.value, truth.lowest, truth.highest};
  for (const formats::JjPatternLine& line : *pattern) view.standing[static_cast<std::size_t>(line.id)] = table::standing_of(line.status);
  std::vector<knowledge::AskedInterval> asked;
  for (const truth::SystemSecret& secret : truth.secrets) asked.push_back({secret.cell, secret.reach_down, secret.reach_up, secret.width});
  for (const bool with_start : {true, false}) {
    attack::AuditOptions options;
    options.numbers = attack::AuditNumbers::reals;
    if (with_start) options.starting_table = truth.value;
    const auto report = attack::audit(view, asked, options);
    ASSERT_TRUE(report.has_value());
    std::vector<std::int64_t> unsafe;
    for (const attack::AuditedCell& cell : report->cells)
      if (cell.verdict != attack::AuditVerdict::holds) unsafe.push_back(table->id[cell.cell]);
    EXPECT_EQ(unsafe, (std::vector<std::int64_t>{307, 408}));
  }
}

TEST(Audit, RefusesAStartingTableThatDoesNotFit) {
  auto system = table::AdditiveSystem::of_equations(3, {0, 3}, {{0, -1}, {1, 1}, {2, 1}}, {0});
  using S = table::CellStanding;
  const knowledge::SystemView view{&system, {S::shown, S::primary, S::primary}, {5, 0, 0}, {0, 0, 0}, {9, 9, 9}};
  attack::AuditOptions options;
  options.starting_table = {5, 1, 1};
  const auto refused = attack::audit(view, {{1, {}, {}, 1}}, options);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "audit.starting_table");
}

TEST(Audit, SaysWhenPublishedValuesContradictEachOther) {
  auto system = table::AdditiveSystem::of_equations(3, {0, 3}, {{0, -1}, {1, 1}, {2, 1}}, {0});
  using S = table::CellStanding;
  const knowledge::SystemView view{&system, {S::shown, S::shown, S::primary}, {5, 7, 0}, {0, 0, 0}, {9, 9, 9}};
  const auto refused = attack::audit(view, {}, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "audit.inconsistent");
}

TEST(Audit, CountsACellBetweenZeroAndOneAndAHalfAsUnsafeOverTheIntegersOnly) {
  // 2a + b = 3 with b from 0 to 3: over the reals a reaches 1.5, over the integers 1.
  auto system = table::AdditiveSystem::of_equations(2, {0, 2}, {{0, 2}, {1, 1}}, {3});
  using S = table::CellStanding;
  const knowledge::SystemView view{&system, {S::primary, S::primary}, {0, 0}, {0, 0}, {9, 9}};
  const auto report = attack::audit(view, {{0, {}, {}, 2}}, {});
  ASSERT_TRUE(report.has_value());
  EXPECT_NE(report->cells[0].verdict, attack::AuditVerdict::holds);
}

}  // namespace
}  // namespace candour
