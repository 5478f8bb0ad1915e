// The fast checker of suppressed systems says what the plain one says, fault by fault, with any number of threads.
#include "reference_system_check.hpp"

#include <candour/assess/system_rules.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace candour::certify {
namespace {

// A cube of random counts, a pattern, and moves of which some are whole and others are spoilt.
class CheckedSystems : public ::testing::Test {
 protected:
  void make(std::uint64_t seed) {
    random_.seed(seed);
    auto cube = table::AdditiveSystem::of_cube(
        {table::axis_of_parents({0, 0, 0, 1, 1, 2, 2, 2}), table::axis_of_parents({0, 0, 0, 0}), table::axis_of_parents({0, 0, 0})});
    ASSERT_TRUE(cube.has_value());
    system_ = std::move(cube).value();
    count();
    truth_ = assess::truth_of_counts(system_, counts_, {});
    truth_.largest.assign(counts_.size(), 0);
    for (std::size_t c = 0; c < counts_.size(); ++c)
      if (counts_[c] == 1) truth_.largest[c] = 1;
    evidence_.standing = truth_.standing;
    for (std::size_t c = 0; c < counts_.size(); ++c)
      if (evidence_.standing[c] == table::CellStanding::shown && below(50) > 0) evidence_.standing[c] = table::CellStanding::secondary;
    evidence_.moves.clear();
    for (int m = 0; m < 2500; ++m) evidence_.moves.push_back(some_move());
    while (truth_.secrets.size() < 2500 && !truth_.secrets.empty()) truth_.secrets.push_back(truth_.secrets[below(truth_.secrets.size())]);
    evidence_.moves_of.assign(truth_.secrets.size(), {});
    for (auto& moves : evidence_.moves_of)
      for (std::size_t i = below(5); i > 0; --i) moves.push_back(static_cast<std::uint32_t>(below(evidence_.moves.size() + 1)));
  }

  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }

  void count() {
    const table::ProductShape& shape = *system_.product();
    counts_.assign(system_.cell_count(), 0);
    for (table::SystemCell finest = 0; finest < counts_.size(); ++finest) {
      if (!shape.axes[0].is_leaf(shape.node(finest, 0)) || !shape.axes[1].is_leaf(shape.node(finest, 1)) || !shape.axes[2].is_leaf(shape.node(finest, 2)))
        continue;
      const auto value = static_cast<std::int64_t>(below(12) == 0 ? 0 : 1 + below(4) * below(4));
      for (std::uint32_t i = shape.node(finest, 0);; i = shape.axes[0].parent[i]) {
        for (const std::uint32_t j : {0u, shape.node(finest, 1)})
          for (const std::uint32_t k : {0u, shape.node(finest, 2)}) counts_[i * shape.stride[0] + j * shape.stride[1] + k * shape.stride[2]] += value;
        if (i == 0) break;
      }
    }
  }

  // Two leaves of each axis, with the totals between them: keeps every sum.
  table::SystemMove some_move() {
    const table::ProductShape& shape = *system_.product();
    const std::size_t i = 3 + below(2), i2 = below(2) == 0 ? 5 : 7 - i, j = 1 + below(3), j2 = 1 + (j + below(2)) % 3, k = 1, k2 = 2;
    std::vector<std::int64_t> change(counts_.size(), 0);
    const auto by = static_cast<std::int64_t>(1 + below(2));
    const auto add = [&](std::size_t a, std::size_t b, std::size_t c, std::int64_t sign) {
      change[a * shape.stride[0] + b * shape.stride[1] + c] += sign * by;
    };
    for (const bool first : {true, false})
      for (const bool second : {true, false})
        for (const bool third : {true, false}) {
          const std::int64_t sign = (first ? 1 : -1) * (second ? 1 : -1) * (third ? 1 : -1);
          add(first ? i : i2, second ? j : j2, third ? k : k2, sign);
          add(shape.axes[0].parent[first ? i : i2], second ? j : j2, third ? k : k2, sign);
        }
    table::SystemMove move;
    for (table::SystemCell c = 0; c < change.size(); ++c)
      if (change[c] != 0) move.push_back({c, change[c]});
    if (!move.empty() && below(8) == 0) spoil(move);
    return move;
  }

  void spoil(table::SystemMove& move) {
    table::SystemChange& part = move[below(move.size())];
    switch (below(5)) {
      case 0: part.change += 1; break;
      case 1: part.change *= std::int64_t{1} << 40; break;
      case 2: move.push_back(move.front()); break;
      case 3: part.change = 0; break;
      default: part.cell = static_cast<table::SystemCell>(below(counts_.size()));
    }
  }

  std::mt19937_64 random_;
  table::AdditiveSystem system_;
  std::vector<std::int64_t> counts_;
  truth::SystemTruth truth_;
  SystemEvidence evidence_;
};

bool same(const SystemFault& a, const SystemFault& b) { return a.kind == b.kind && a.where == b.where; }

TEST_F(CheckedSystems, GetTheFaultsOfThePlainCheckerInItsOrder) {
  std::size_t faults = 0, sound_moves = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    ASSERT_NO_FATAL_FAILURE(make(seed));
    for (const auto replay : {SystemCheckOptions::Replay::not_asked, SystemCheckOptions::Replay::checked}) {
      SystemCheckOptions options{5, SystemCheckOptions::Singles::checked, replay, 1};
      const SystemCheck plain = reference::check_system(system_, truth_, evidence_, options);
      for (const unsigned threads : {1u, 2u, 5u}) {
        options.threads = threads;
        const SystemCheck fast = check_system(system_, truth_, evidence_, options);
        ASSERT_TRUE(std::equal(fast.faults.begin(), fast.faults.end(), plain.faults.begin(), plain.faults.end(), same))
            << "seed " << seed << ", threads " << threads;
        EXPECT_EQ(fast.changes, plain.changes);
        EXPECT_EQ(fast.moves, plain.moves);
        EXPECT_EQ(fast.secrets, plain.secrets);
      }
      faults += plain.faults.size();
      std::vector<char> is_bad(evidence_.moves.size(), 0);
      for (const SystemFault& fault : plain.faults)
        if (fault.kind == SystemFaultKind::breaks_sum || fault.kind == SystemFaultKind::leaves_bounds || fault.kind == SystemFaultKind::touches_shown)
          is_bad[fault.where] = 1;
      sound_moves += static_cast<std::size_t>(std::count(is_bad.begin(), is_bad.end(), 0));
    }
  }
  EXPECT_GT(faults, 1000u);  // both sides of the alarm are looked at
  EXPECT_GT(sound_moves, 100u);
}

TEST_F(CheckedSystems, WithNumbersThatWouldNotFitAreAddedUpAllTheSame) {
  ASSERT_NO_FATAL_FAILURE(make(1));
  const std::int64_t large = std::int64_t{1} << 62;
  const auto plain_system = table::AdditiveSystem::of_equations(4, {0, 4}, {{0, 1}, {1, 1}, {2, 1}, {3, 1}}, {0});
  truth::SystemTruth truth;
  truth.value.assign(4, 0), truth.loss.assign(4, 1), truth.lowest.assign(4, -large), truth.highest.assign(4, large);
  truth.standing.assign(4, table::CellStanding::shown);
  const SystemEvidence evidence{std::vector<table::CellStanding>(4, table::CellStanding::secondary),
                                {{{0, large}, {1, large}, {2, large}, {3, large}}, {{0, large}, {1, large}, {2, -large}, {3, -large}}},
                                {}};
  const SystemCheck check = check_system(plain_system, truth, evidence, {});
  ASSERT_EQ(check.faults.size(), 1u);  // four times 2^62 is 0 in 64 bits, and no sum of nothing
  EXPECT_EQ(check.faults[0].kind, SystemFaultKind::breaks_sum);
  EXPECT_EQ(check.faults[0].where, 0u);
}

}  // namespace
}  // namespace candour::certify
