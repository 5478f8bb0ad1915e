// Derivations of bounds: the sums that are named add up to what is said, in whole numbers, and no table that fits goes beyond it.
#include <candour/attack/audit_derivation.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace candour::attack {
namespace {

using S = table::CellStanding;

// Adds the sums and bounds up again, with nothing but the view.
void expect_sound(const knowledge::SystemView& view, const BoundDerivation& derivation) {
  std::map<table::SystemCell, std::int64_t> coefficients;
  std::int64_t rest = 0;
  for (const UsedSum& sum : derivation.sums) {
    std::int64_t own = view.system->right_side(sum.equation);
    for (const table::SystemTerm& term : view.system->terms(sum.equation)) {
      if (table::is_hidden(view.standing[term.cell])) coefficients[term.cell] += sum.multiplier * term.coefficient;
      else own -= term.coefficient * view.value[term.cell];
    }
    EXPECT_EQ(own, sum.rest);
    rest += sum.multiplier * own;
  }
  EXPECT_EQ(rest, derivation.rest);
  EXPECT_EQ(coefficients[derivation.cell], derivation.factor);
  coefficients.erase(derivation.cell);
  for (const UsedBound& bound : derivation.bounds) {
    EXPECT_EQ(coefficients[bound.cell], bound.multiplier);
    EXPECT_EQ(bound.bound, bound.side == Side::at_least ? view.lowest[bound.cell] : view.highest[bound.cell]);
    EXPECT_EQ(bound.side == Side::at_least, (bound.multiplier > 0) == (derivation.side == Side::at_most));
    rest -= bound.multiplier * bound.bound;
    coefficients.erase(bound.cell);
  }
  for (const auto& [cell, coefficient] : coefficients) EXPECT_EQ(coefficient, 0);
  if (derivation.side == Side::at_most) EXPECT_LE(rest, derivation.bound * derivation.factor + derivation.factor - 1);
  else EXPECT_GE(rest, derivation.bound * derivation.factor - derivation.factor + 1);
}

TEST(BoundDerivations, NameOneSumWhereOneIsEnough) {
  auto system = table::AdditiveSystem::of_equations(4, {0, 4}, {{0, -1}, {1, 1}, {2, 1}, {3, 1}}, {0});
  const knowledge::SystemView view{&system, {S::shown, S::secondary, S::shown, S::shown}, {41, 0, 17, 21}, {0, 1, 0, 0}, {41, 41, 41, 41}};
  const auto deriver = BoundDeriver::make(view);
  ASSERT_TRUE(deriver.has_value());
  const auto derivation = deriver->derive(1, Side::at_most, 3);
  ASSERT_TRUE(derivation.has_value());
  EXPECT_EQ(derivation->bound, 3);
  EXPECT_EQ(derivation->sums.size(), 1u);
  EXPECT_TRUE(derivation->bounds.empty());
  expect_sound(view, *derivation);
  EXPECT_FALSE(deriver->derive(1, Side::at_most, 2).has_value());
}

TEST(BoundDerivations, UseTheSymbolsOfOtherHiddenCells) {
  auto system = table::AdditiveSystem::of_equations(3, {0, 3}, {{0, -1}, {1, 1}, {2, 1}}, {0});
  const knowledge::SystemView view{&system, {S::shown, S::secondary, S::secondary}, {4, 0, 0}, {0, 1, 1}, {4, 4, 4}};
  const auto deriver = BoundDeriver::make(view);
  ASSERT_TRUE(deriver.has_value());
  const auto derivation = deriver->derive(1, Side::at_most, 3);
  ASSERT_TRUE(derivation.has_value());
  ASSERT_EQ(derivation->bounds.size(), 1u);
  EXPECT_EQ(derivation->bounds[0].cell, 2u);
  expect_sound(view, *derivation);
}

TEST(BoundDerivations, AreFoundForEveryBoundThatTheAuditProvesAndAddUp) {
  const auto cube = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0, 1, 1}), table::axis_of_parents({0, 0, 0, 0, 0})}).value();
  const table::ProductShape& shape = *cube.product();
  std::size_t derived = 0, missed = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> counts(cube.cell_count(), 0);
    for (table::SystemCell c = 0; c < counts.size(); ++c)
      if (shape.axes[0].is_leaf(shape.node(c, 0)) && shape.axes[1].is_leaf(shape.node(c, 1))) counts[c] = 1 + static_cast<std::int64_t>(random() % 6);
    for (std::size_t k = 0; k < 2; ++k)
      for (table::SystemCell c = cube.cell_count(); c-- > 0;)
        if (const auto node = shape.node(c, k); node != 0) counts[c - (node - shape.axes[k].parent[node]) * shape.stride[k]] += counts[c];
    knowledge::SystemView view{&cube, std::vector<S>(counts.size(), S::shown), counts, std::vector<std::int64_t>(counts.size(), 1),
                               std::vector<std::int64_t>(counts.size(), counts[0])};
    std::vector<knowledge::AskedInterval> asked;
    for (table::SystemCell c = 1; c < counts.size(); ++c)
      if (random() % 3 == 0) view.standing[c] = S::secondary, asked.push_back({c, {}, 1000, 0});
    const auto report = audit(view, asked, {AuditNumbers::reals, 1, counts, {}, 8, 0});
    ASSERT_TRUE(report.has_value()) << seed;
    const auto deriver = BoundDeriver::make(view);
    ASSERT_TRUE(deriver.has_value());
    for (const AuditedCell& cell : report->cells) {
      // No cell reaches a thousand, so the audit proves how far each reaches.
      const auto highest = static_cast<std::int64_t>(cell.proved_highest + 1e-6);
      const auto derivation = deriver->derive(cell.cell, Side::at_most, highest);
      if (!derivation) {
        ++missed;
        continue;
      }
      ++derived;
      EXPECT_GE(derivation->bound, counts[cell.cell]) << seed;
      expect_sound(view, *derivation);
    }
  }
  EXPECT_GT(derived, 300u);
  EXPECT_EQ(missed, 0u);
}

}  // namespace
}  // namespace candour::attack
