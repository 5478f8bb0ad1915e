// The evidence of a rounded table or one with noise: found wherever the attack finds nothing, re-added by the checker, and refused by it in every way in which
// it can be wrong.
#include <candour/attack/changed_table.hpp>
#include <candour/certify/changed_check.hpp>
#include <candour/protect/evidence_of_change.hpp>
#include <candour/protect/perturb/cell_key.hpp>
#include <candour/protect/round/rounding.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace candour {
namespace {

using certify::ChangedFaultKind;
using table::Change;
using Kind = Change::Kind;
using Counts = std::vector<std::int64_t>;

constexpr std::int64_t minimum = 5;

// Total, two rows, three columns: 12 cells of which 6 are finest.
table::AdditiveSystem cube_of_2_by_3() {
  return table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0}), table::axis_of_parents({0, 0, 0, 0})}).value();
}
Counts random_counts(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Counts counts(12, 0);
  for (std::size_t i = 1; i <= 2; ++i)
    for (std::size_t j = 1; j <= 3; ++j) {
      const auto x = static_cast<std::int64_t>(random() % 9);
      for (const std::size_t c : {std::size_t{0}, i * 4, j, i * 4 + j}) counts[c] += x;
    }
  return counts;
}
table::Place place_of(std::size_t c) { return c >= 4 && c % 4 != 0 ? table::Place::finest : table::Place::total; }

struct Changed {
  Change change;
  Counts figures;
};

Changed changed_by(Kind kind, const table::AdditiveSystem& cube, const Counts& counts, std::uint64_t seed) {
  protect::SeededBits bits(seed);
  Changed result{{kind, 10, 0, 8, 0, 5}, counts};
  if (kind == Kind::nearest) result.figures = protect::round_to_nearest(counts, 10);
  if (kind == Kind::random) result.figures = protect::round_at_random(counts, 10, bits);
  if (kind == Kind::controlled || kind == Kind::small) {
    const auto rounded = kind == Kind::controlled ? protect::round_controlled(cube, counts, 10, bits) : protect::round_small_counts(cube, counts, 10, bits);
    EXPECT_TRUE(rounded.has_value());
    result.figures = rounded->counts;
    result.change.totals_within = std::max<std::int64_t>(9, rounded->largest_change);
  }
  if (kind == Kind::cell_key) {
    const auto noise = protect::PerturbationTable::build({8, 5, 0});
    EXPECT_TRUE(noise.has_value());
    std::mt19937_64 random(seed);
    for (std::int64_t& x : result.figures) x += noise->noise(x, random() % protect::key_range);
  }
  return result;
}

certify::ChangedEvidence evidence_of(const table::AdditiveSystem& cube, const Counts& counts, const Changed& changed, bool& complete) {
  Counts lowest, highest;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    const auto possible = attack::possible_counts(changed.change, changed.figures[c], place_of(c));
    lowest.push_back(possible.lowest), highest.push_back(possible.highest);
  }
  auto found = protect::find_evidence_of_change(cube, counts, lowest, highest, minimum);
  EXPECT_TRUE(found.has_value());
  complete = found->open.empty();
  certify::ChangedEvidence evidence{std::move(found->moves), {}};
  for (const auto& witness : found->witnesses) evidence.witnesses.push_back({witness.cell, witness.move});
  return evidence;
}

TEST(CanBecome, SaysForwardsWhatTheAttackSaysBackwards) {
  for (const Kind kind : {Kind::nearest, Kind::random, Kind::controlled, Kind::small, Kind::cell_key})
    for (const std::int64_t base : {2, 3, 5, 10})
      for (const table::Place place : {table::Place::finest, table::Place::total}) {
        const Change change{kind, base, base + 1, 4, 0, 3};
        for (std::int64_t figure = 0; figure < 40; ++figure) {
          std::vector<std::int64_t> forwards, backwards;
          const auto possible = attack::possible_counts(change, figure, place);
          for (std::int64_t x = 0; x < 80; ++x) {
            if (certify::can_become(change, x, figure, place)) forwards.push_back(x);
            if (x >= possible.lowest && x <= possible.highest) backwards.push_back(x);
          }
          if (!forwards.empty()) {  // else nobody can publish it
            EXPECT_EQ(forwards, backwards) << static_cast<int>(kind) << " " << base << " " << figure;
          }
        }
      }
  EXPECT_FALSE(certify::can_become({Kind::cell_key, 5, 0, 4, 2, 3}, 3, 2, table::Place::finest)) << "a result that the method forbids";
}

TEST(EvidenceOfChange, IsFoundWhereverTheAttackFindsNothingAndReAdds) {
  const table::AdditiveSystem cube = cube_of_2_by_3();
  for (const Kind kind : {Kind::nearest, Kind::random, Kind::controlled, Kind::small, Kind::cell_key}) {
    std::size_t proved = 0, refused = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      const Counts counts = random_counts(seed);
      const Changed changed = changed_by(kind, cube, counts, seed);
      const auto report = attack::attack_changed_table(cube, changed.figures, changed.change, minimum, {});
      ASSERT_TRUE(report.has_value()) << seed;
      bool complete = false;
      const certify::ChangedEvidence evidence = evidence_of(cube, counts, changed, complete);
      const certify::ChangedCheck check = certify::check_changed(cube, counts, changed.figures, changed.change, minimum, evidence);
      EXPECT_EQ(complete, check.faults.empty()) << seed;
      // What is shown to be small to everybody has no witness; who finds no leak has all of them.
      const bool leaks = std::any_of(report->shown_small.begin(), report->shown_small.end(),
                                     [&](const auto& cell) { return counts[cell.cell] >= 1 && counts[cell.cell] < minimum; });
      EXPECT_EQ(complete, !leaks) << static_cast<int>(kind) << " seed " << seed;
      ++(complete ? proved : refused);
    }
    EXPECT_GT(proved, 10u) << static_cast<int>(kind) << ", refused: " << refused;
  }
}

// Each way in which evidence can be wrong is named.
TEST(ChangedCheck, RefusesEveryPlantedFault) {
  const table::AdditiveSystem cube = cube_of_2_by_3();
  const Counts counts{12, 5, 3, 4, 6, 2, 1, 3, 6, 3, 2, 1};
  const Changed rounded{{Kind::random, 10, 0, 0, 0, 0}, {10, 10, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0}};
  bool complete = false;
  const certify::ChangedEvidence sound = evidence_of(cube, counts, rounded, complete);
  ASSERT_TRUE(complete);
  const auto kinds_of = [&](const Counts& truth, const Counts& figures, const Change& change, const certify::ChangedEvidence& evidence) {
    std::vector<ChangedFaultKind> kinds;
    for (const auto& fault : certify::check_changed(cube, truth, figures, change, minimum, evidence).faults) kinds.push_back(fault.kind);
    return kinds;
  };
  const auto rings = [&](ChangedFaultKind kind, const std::vector<ChangedFaultKind>& kinds) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  EXPECT_TRUE(kinds_of(counts, rounded.figures, rounded.change, sound).empty());

  Counts other_truth = counts;
  ++other_truth[5];
  EXPECT_TRUE(rings(ChangedFaultKind::not_additive, kinds_of(other_truth, rounded.figures, rounded.change, sound)));
  Counts other_figures = rounded.figures;
  other_figures[5] = 20;
  EXPECT_TRUE(rings(ChangedFaultKind::not_the_figure, kinds_of(counts, other_figures, rounded.change, sound)));
  EXPECT_TRUE(rings(ChangedFaultKind::figures_do_not_add, kinds_of(counts, {0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {Kind::controlled, 10, 12, 0, 0, 0}, sound)));
  certify::ChangedEvidence one_less = sound;
  one_less.witnesses.pop_back();
  EXPECT_TRUE(rings(ChangedFaultKind::not_protected, kinds_of(counts, rounded.figures, rounded.change, one_less)));
  certify::ChangedEvidence half_a_move = sound;
  half_a_move.moves[0].pop_back();
  EXPECT_TRUE(rings(ChangedFaultKind::breaks_sum, kinds_of(counts, rounded.figures, rounded.change, half_a_move)));
  certify::ChangedEvidence nowhere = sound;
  nowhere.moves[0].back().cell = 12;
  EXPECT_TRUE(rings(ChangedFaultKind::breaks_sum, kinds_of(counts, rounded.figures, rounded.change, nowhere)));
  certify::ChangedEvidence too_far = sound;
  too_far.moves.push_back({{0, 30}, {1, 30}, {4, 30}, {5, 30}});
  EXPECT_TRUE(rings(ChangedFaultKind::gives_another_figure, kinds_of(counts, rounded.figures, rounded.change, too_far)));
  certify::ChangedEvidence not_enough = sound;
  not_enough.moves.push_back({{0, 1}, {1, 1}, {4, 1}, {5, 1}});
  not_enough.witnesses.push_back({5, static_cast<std::uint32_t>(not_enough.moves.size() - 1)});
  EXPECT_TRUE(rings(ChangedFaultKind::still_small, kinds_of(counts, rounded.figures, rounded.change, not_enough)));
}

}  // namespace
}  // namespace candour
