// Releases that are each safe and give somebody away together: one pair of each kind, found with its arithmetic; and their harmless twins, of which nothing is
// said.
#include <candour/attack/region_attack.hpp>
#include <candour/table/release_regions.hpp>

#include "synthetic_register.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace {

using namespace candour;
using attack::RegionFinding;
using table::Release;
using table::ReleasedTable;
using table::ReleasedVariable;
using testing::ElementsAre;

base::Date day(const char* iso) { return base::parse_iso_date(iso).value(); }
ReleasedVariable limited(const char* variable, const char* code) { return {variable, {{code, "", {code}}}}; }

ReleasedTable table_of(const char* counted, const char* among, std::vector<ReleasedVariable> by, std::vector<std::int64_t> counts,
                       std::vector<ReleasedVariable> limits = {}) {
  ReleasedTable table{"t", "", counted, among, std::move(by), std::move(limits), {}, 0};
  for (const std::int64_t count : counts) table.cells.push_back({count, count, false});
  return table;
}
ReleasedVariable bands(std::vector<std::string> codes) {
  ReleasedVariable variable{"age", {}};
  for (const std::string& code : codes) variable.categories.push_back({code, code, {code}});
  return variable;
}
Release release(const char* id, std::vector<ReleasedTable> tables, const char* extracted = "2024-03-31") {
  return {id, "", "stops", day("2024-04-20"), day(extracted), "", "import", "", "", std::move(tables), {}};
}

// The findings in words: "3: 0-18 (new) 1 times 43, 0-17 (old) -1 times 40".
std::vector<std::string> findings_of(const std::vector<Release>& releases) {
  const auto system = table::regions_of(releases, table::Extracts::only_grow);
  if (!system) return {system.error().code};
  const attack::RegionAttack attack = attack::attack_regions(*system, {});
  EXPECT_TRUE(attack.is_exact);
  std::vector<std::string> found;
  for (const RegionFinding& finding : attack.findings) {
    std::string text = finding.lowest == finding.highest ? fmt::format("{}:", finding.lowest) : fmt::format("{} to {}:", finding.lowest, finding.highest);
    for (const attack::SignedFigure& term : finding.terms) {
      if (term.figure >= system->figures.size()) text += " a ratio";
      else text += fmt::format(" {:+} {} {}", term.times, words_of(system->figures[term.figure].source, releases), system->figures[term.figure].highest);
    }
    found.push_back(text);
  }
  return found;
}

TEST(ReleasesSideBySide, OtherAgeBands) {
  const Release old_one = release("old", {table_of("stopped", "", {bands({"0-17", "18-24", "25+"})}, {40, 30, 50})});
  EXPECT_THAT(findings_of({old_one, release("new", {table_of("stopped", "", {bands({"0-18"})}, {43})})}),
              ElementsAre("3: -1 stopped, 0-17 (old) 40 +1 stopped, 0-18 (new) 43"));
  EXPECT_THAT(findings_of({old_one, release("new", {table_of("stopped", "", {bands({"0-18"})}, {49})})}), ElementsAre());
}

TEST(ReleasesSideBySide, OverlappingPeriods) {
  const Release old_one = release("old", {table_of("stopped", "", {}, {100}, {limited("month", "2024-01..2024-03")})});
  EXPECT_THAT(findings_of({old_one, release("new", {table_of("stopped", "", {}, {98}, {limited("month", "2024-01-01..2024-03-30")})})}).size(), 1U);
  // Two periods that overlap without one containing the other say nothing of their overlap alone.
  EXPECT_THAT(findings_of({old_one, release("new", {table_of("stopped", "", {}, {98}, {limited("month", "2024-02..2024-04")})})}), ElementsAre());
}

TEST(ReleasesSideBySide, AskedAgainAMonthLater) {
  const Release old_one = release("old", {table_of("stopped", "", {}, {57}, {limited("month", "2024-01")})});
  EXPECT_THAT(findings_of({old_one, release("new", {table_of("stopped", "", {}, {59}, {limited("month", "2024-01")})}, "2024-04-30")}),
              ElementsAre("2: -1 stopped, 2024-01 (old) 57 +1 stopped, 2024-01 (new) 59"));
  EXPECT_THAT(findings_of({old_one, release("new", {table_of("stopped", "", {}, {57}, {limited("month", "2024-01")})}, "2024-04-30")}), ElementsAre());
}

TEST(ReleasesSideBySide, OtherAreas) {
  const auto area = [](std::vector<std::pair<const char*, std::vector<std::string>>> zones) {
    ReleasedVariable variable{"area", {}};
    for (auto& [name, codes] : zones) variable.categories.push_back({name, "", std::move(codes)});
    return variable;
  };
  const Release wards = release("old", {table_of("stopped", "", {area({{"ward 1", {"a", "b", "x"}}, {"ward 2", {"c", "d"}}})}, {63, 70})});
  // Beats across both wards, in all but the few people of x.
  EXPECT_THAT(findings_of({wards, release("new", {table_of("stopped", "", {area({{"beat a", {"a", "c"}}, {"beat b", {"b", "d"}}})}, {61, 68})})}),
              ElementsAre("4: +1 stopped, ward 1 (old) 63 +1 stopped, ward 2 (old) 70 -1 stopped, beat a (new) 61 -1 stopped, beat b (new) 68"));
  EXPECT_THAT(findings_of({wards, release("new", {table_of("stopped", "", {area({{"beat a", {"a", "c"}}, {"beat b", {"b", "d"}}})}, {61, 62})})}),
              ElementsAre());
}

TEST(ReleasesSideBySide, NestedQuestions) {
  const Release stopped = release("old", {table_of("stopped", "", {}, {60}, {limited("site", "s1")})});
  EXPECT_THAT(findings_of({stopped, release("new", {table_of("arrested", "stopped", {}, {57}, {limited("site", "s1")})})}),
              ElementsAre("3: +1 stopped, s1 (old) 60 -1 arrested, s1 (new) 57"));
  EXPECT_THAT(findings_of({stopped, release("new", {table_of("arrested", "stopped", {}, {40}, {limited("site", "s1")})})}), ElementsAre());
}

TEST(ReleasesSideBySide, CorrectedFigures) {
  const Release wrong = release("old", {table_of("stopped", "", {}, {60}, {limited("site", "s1")})});
  Release right = release("new", {table_of("stopped", "", {}, {62}, {limited("site", "s1")})});
  right.corrects = "old";
  EXPECT_THAT(findings_of({wrong, right}), ElementsAre("2: -1 stopped, s1 (old) 60 +1 stopped, s1 (new) 62"));
  right.corrects = "";  // without the word "corrects" the two cannot both be true of one extract
  const auto contradicting = findings_of({wrong, right});
  ASSERT_EQ(contradicting.size(), 1U);
}

TEST(ReleasesSideBySide, APercentageOfAtMostFortyIsElevenOfTwentyNine) {
  Release share = release("share", {table_of("stopped", "", {}, {0}), table_of("arrested", "stopped", {}, {0})});
  share.tables[0].cells[0] = {0, 40, false};
  share.tables[1].cells[0] = {0, -1, false};
  share.ratios = {{table::ReleasedRatio::Kind::per_cent, {1, 0}, {0, 0}, 1, 379}};
  const auto system = table::regions_of(std::vector{share}, table::Extracts::only_grow);
  ASSERT_TRUE(system);
  attack::RegionAttackLimits limits;
  limits.differencing.minimum = 12;  // so that eleven is small enough to be told
  const attack::RegionAttack attack = attack::attack_regions(*system, limits);
  ASSERT_EQ(attack.findings.size(), 1U);
  EXPECT_EQ(attack.findings[0].lowest, 11);
  EXPECT_EQ(attack.findings[0].highest, 11);
  // With the base: twenty-nine and nothing else.
  limits.differencing.minimum = 30;
  std::multiset<std::int64_t> values;
  for (const RegionFinding& finding : attack::attack_regions(*system, limits).findings) {
    EXPECT_EQ(finding.lowest, finding.highest);
    values.insert(finding.highest);
  }
  EXPECT_THAT(values, ElementsAre(11, 18, 29));
  limits.differencing.minimum = 12;
  // A base of up to 80 leaves another pair, 22 of 58, and nothing is proved.
  share.tables[0].cells[0] = {0, 80, false};
  const auto wider = table::regions_of(std::vector{share}, table::Extracts::only_grow);
  EXPECT_TRUE(attack::attack_regions(*wider, limits).findings.empty());
}

TEST(ReleasesSideBySide, AnAverageGivesItsDivisorAway) {
  Release average = release("average", {table_of("stopped", "", {}, {60}), table_of("arrested", "stopped", {}, {0})});
  average.tables[1].cells[0] = {0, -1, false};
  average.ratios = {{table::ReleasedRatio::Kind::average, {0, 0}, {1, 0}, 1, 200}};
  const auto found = findings_of({average});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].substr(0, 2), "3:");
}

TEST(ReleasesSideBySide, WhatWasHiddenFollowsFromALaterTotal) {
  Release hidden = release("old", {table_of("stopped", "", {bands({"18-29", "30+"})}, {40, 0}, {limited("age", "18+")})});
  hidden.tables[0].cells[1] = {1, std::numeric_limits<std::int64_t>::max(), true};
  EXPECT_THAT(findings_of({hidden}), ElementsAre());
  const auto found = findings_of({hidden, release("new", {table_of("stopped", "", {}, {43}, {limited("age", "18+")})})});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], "3: -1 stopped, 18-29, 18+ (old) 40 +1 stopped, 18+ (new) 43");
}

TEST(ReleasesSideBySide, ARegisterOfSixtyWithTenPlantedLeaks) {
  const test_support::SyntheticOrder order{20000, 60, 10, 7};
  const test_support::SyntheticPopulation population(order);
  const test_support::SyntheticRegister made = population.make_register();
  const auto system = table::regions_of(made.releases, table::Extracts::only_grow);
  ASSERT_TRUE(system);
  const attack::RegionAttack attack = attack::attack_regions(*system, {});
  const auto releases_in = [&](const RegionFinding& finding) {
    std::set<std::string> ids;
    for (const attack::SignedFigure& term : finding.terms)
      ids.insert(system->releases[term.figure < system->figures.size() ? system->figures[term.figure].source.release
                                                                       : system->ratios[term.figure - system->figures.size()].source.release]);
    return ids;
  };
  for (const test_support::PlantedLeak& leak : made.leaks)
    EXPECT_TRUE(std::any_of(attack.findings.begin(), attack.findings.end(), [&](const RegionFinding& finding) {
      const auto ids = releases_in(finding);
      return finding.lowest == leak.lowest && finding.highest == leak.highest &&
             std::all_of(leak.releases.begin(), leak.releases.end(), [&](const std::string& id) { return ids.contains(id); });
    })) << leak.kind;
  for (const RegionFinding& finding : attack.findings) {
    const auto ids = releases_in(finding);
    EXPECT_TRUE(std::any_of(ids.begin(), ids.end(), [](const std::string& id) { return id.starts_with("P-"); })) << "among the certified";
  }
}

}  // namespace
