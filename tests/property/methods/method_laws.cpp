// Laws of every method on random tables: sums agree where that is promised, the truth fits what was published, protection reaches, a coarser table never tells
// more.
#include <candour/assess/cell_rules.hpp>
#include <candour/attack/changed_table.hpp>
#include <candour/protect/perturb/cell_key.hpp>
#include <candour/protect/perturb/discrete_noise.hpp>
#include <candour/protect/round/rounding.hpp>
#include <candour/protect/suppress/suppress.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

namespace candour {
namespace {

using table::Change;
using table::SystemCell;

// A column of two branches of three leaves each, and a flat one of four.
table::AdditiveSystem cube() {
  return table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 1, 1, 1, 0, 5, 5, 5}), table::axis_of_parents({0, 0, 0, 0, 0})}).value();
}

bool is_finest(const table::AdditiveSystem& system, SystemCell c) {
  const table::ProductShape& shape = *system.product();
  for (std::size_t k = 0; k < shape.axes.size(); ++k)
    if (!shape.axes[k].is_leaf(shape.node(c, k))) return false;
  return true;
}

std::vector<std::int64_t> random_counts(const table::AdditiveSystem& system, std::uint64_t seed, std::uint64_t most) {
  std::mt19937_64 random(seed);
  const table::ProductShape& shape = *system.product();
  std::vector<std::int64_t> counts(system.cell_count(), 0);
  for (SystemCell c = 0; c < counts.size(); ++c)
    if (is_finest(system, c)) counts[c] = static_cast<std::int64_t>(random() % (most + 1));
  for (std::size_t k = 0; k < shape.axes.size(); ++k)
    for (SystemCell c = system.cell_count(); c-- > 0;)
      if (const auto node = shape.node(c, k); node != 0) counts[c - (node - shape.axes[k].parent[node]) * shape.stride[k]] += counts[c];
  return counts;
}

bool truth_fits(const table::AdditiveSystem& system, const std::vector<std::int64_t>& truth, const std::vector<std::int64_t>& published, const Change& change) {
  for (SystemCell c = 0; c < truth.size(); ++c) {
    const attack::PossibleCounts counts = attack::possible_counts(change, published[c], is_finest(system, c) ? table::Place::finest : table::Place::total);
    if (truth[c] < counts.lowest || truth[c] > counts.highest) return false;
  }
  return true;
}

TEST(LawsOfRounding, SumsAgreeWhereThatIsPromisedAndTheTruthFits) {
  const table::AdditiveSystem system = cube();
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto truth = random_counts(system, seed, 14);
    protect::SeededBits bits(seed);
    const auto controlled = protect::round_controlled(system, truth, 5, bits), small = protect::round_small_counts(system, truth, 5, bits);
    ASSERT_TRUE(controlled.has_value() && small.has_value());
    EXPECT_TRUE(table::adds_up(system, controlled->counts));
    EXPECT_TRUE(table::adds_up(system, small->counts));
    EXPECT_TRUE(truth_fits(system, truth, controlled->counts, {Change::Kind::controlled, 5, std::max<std::int64_t>(4, controlled->largest_change), 0, 0, 0}))
        << seed;
    EXPECT_TRUE(truth_fits(system, truth, small->counts, {Change::Kind::small, 5, std::max<std::int64_t>(4, small->largest_change), 0, 0, 0})) << seed;
    EXPECT_TRUE(truth_fits(system, truth, protect::round_to_nearest(truth, 5), {Change::Kind::nearest, 5, 0, 0, 0, 0})) << seed;
    EXPECT_TRUE(truth_fits(system, truth, protect::round_at_random(truth, 5, bits), {Change::Kind::random, 5, 0, 0, 0, 0})) << seed;
    for (SystemCell c = 0; c < truth.size(); ++c)
      if (is_finest(system, c) && truth[c] % 5 == 0) {
        EXPECT_EQ(controlled->counts[c], truth[c]);
      }
  }
}

TEST(LawsOfRounding, ControlledStaysWithinOneBaseOnTablesWithFewLevels) {
  // Two crossed flat variables: a controlled rounding within one base always exists (it is a flow), and the search finds it.
  const auto flat = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0, 0, 0, 0}), table::axis_of_parents({0, 0, 0, 0, 0})}).value();
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    protect::SeededBits bits(seed);
    const auto rounded = protect::round_controlled(flat, random_counts(flat, seed, 20), 5, bits);
    ASSERT_TRUE(rounded.has_value());
    EXPECT_EQ(rounded->cells_beyond_one_base, 0u) << seed;
  }
}

TEST(LawsOfCellKeys, TheTruthFitsAndZerosStay) {
  const table::AdditiveSystem system = cube();
  const auto noise = protect::PerturbationTable::build({5, 3, 2});
  ASSERT_TRUE(noise.has_value());
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto truth = random_counts(system, seed, 9);
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> published = truth;
    for (std::int64_t& x : published) x += noise->noise(x, random() % protect::key_range);
    EXPECT_TRUE(truth_fits(system, truth, published, {Change::Kind::cell_key, 5, 0, 5, 2, 3})) << seed;
    for (SystemCell c = 0; c < truth.size(); ++c) {
      if (truth[c] == 0) {
        EXPECT_EQ(published[c], 0);
      }
      EXPECT_TRUE(published[c] == 0 || published[c] > 2);
    }
  }
}

TEST(LawsOfSuppression, EverySensitiveCellReachesItsLevelsAndTheTruthIsAWorld) {
  const table::AdditiveSystem system = cube();
  int protected_tables = 0;
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const auto counts = random_counts(system, seed, 12);
    const truth::SystemTruth truth = assess::truth_of_counts(system, counts, {});
    const auto result = protect::suppress(system, truth, {0, 0, protect::Insider::single_contributor, 5, {}, 1});
    if (!result || !result->unprotected.empty() || truth.secrets.empty()) continue;
    ++protected_tables;
    const knowledge::SystemView view{&system, result->standing, counts, truth.lowest, truth.highest};
    std::vector<knowledge::AskedInterval> asked;
    for (const truth::SystemSecret& secret : truth.secrets) asked.push_back({secret.cell, secret.reach_down, secret.reach_up, 0});
    // The truth as starting table: the audit refuses one that does not fit what is published.
    const auto report = attack::audit(view, asked, {attack::AuditNumbers::integers, 1, counts, {}, 8, 0});
    ASSERT_TRUE(report.has_value()) << seed;
    EXPECT_EQ(report->count(attack::AuditVerdict::holds), asked.size()) << seed;
  }
  EXPECT_GT(protected_tables, 10);
}

TEST(LawsOfRecoding, ACoarserTableNeverTellsMore) {
  // The first column at its branches only, against the same table with its leaves: whatever is hidden alike has at least the same range.
  const auto fine = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 1, 1, 0, 4, 4}), table::axis_of_parents({0, 0, 0, 0})}).value();
  const auto coarse = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0}), table::axis_of_parents({0, 0, 0, 0})}).value();
  const std::vector<std::uint32_t> fine_node{0, 1, 4};
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const auto counts = random_counts(fine, seed, 9);
    std::mt19937_64 random(seed * 3);
    std::vector<std::int64_t> coarse_counts(coarse.cell_count(), 0);
    std::vector<table::CellStanding> of_fine(fine.cell_count(), table::CellStanding::shown), of_coarse(coarse.cell_count(), table::CellStanding::shown);
    for (SystemCell c = 0; c < fine.cell_count(); ++c)
      if (c % 4 != 0 && random() % 2 == 0) of_fine[c] = table::CellStanding::secondary;
    for (SystemCell c = 0; c < coarse.cell_count(); ++c)
      coarse_counts[c] = counts[fine_node[c / 4] * 4 + c % 4], of_coarse[c] = of_fine[fine_node[c / 4] * 4 + c % 4];
    const auto audited = [&](const table::AdditiveSystem& system, const std::vector<table::CellStanding>& standing, const std::vector<std::int64_t>& value) {
      const knowledge::SystemView view{&system, standing, value, std::vector<std::int64_t>(value.size(), 0),
                                       std::vector<std::int64_t>(value.size(), counts[0])};
      std::vector<knowledge::AskedInterval> asked;
      for (SystemCell c = 0; c < value.size(); ++c)
        if (table::is_hidden(standing[c])) asked.push_back({c, {}, {}, 3});
      return attack::audit(view, asked, {attack::AuditNumbers::integers, 1, value, {}, 8, 0});
    };
    const auto of_the_fine = audited(fine, of_fine, counts), of_the_coarse = audited(coarse, of_coarse, coarse_counts);
    ASSERT_TRUE(of_the_fine.has_value() && of_the_coarse.has_value()) << seed;
    for (const attack::AuditedCell& cell : of_the_coarse->cells) {
      const SystemCell same = fine_node[cell.cell / 4] * 4 + cell.cell % 4;
      const auto at = std::find_if(of_the_fine->cells.begin(), of_the_fine->cells.end(), [&](const attack::AuditedCell& other) { return other.cell == same; });
      if (at->verdict == attack::AuditVerdict::holds) {
        EXPECT_EQ(cell.verdict, attack::AuditVerdict::holds) << seed;
      }
    }
  }
}

}  // namespace
}  // namespace candour
