// Moves by free cells say all moves; cuts and bounds made from them hold for every safe pattern, and a cut that is a little too strong is seen.
#include <candour/protect/suppress/attack_cut.hpp>
#include <candour/protect/suppress/move_basis.hpp>
#include <candour/protect/suppress/whole_changes.hpp>
#include <candour/solve/safe_bound.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace candour {
namespace {

using table::CellStanding;
using table::SystemCell;

constexpr SystemCell cell_count = 8;

struct Plain {
  table::AdditiveSystem system;
  truth::SystemTruth truth;
};

// Eight cells and four or six sums of three or four of them, one with a coefficient of two, one said twice; two secrets. With six sums few cells are free, so
// that attackers are asked by programs over these.
Plain random_system(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Plain made;
  truth::SystemTruth& truth = made.truth;
  for (SystemCell c = 0; c < cell_count; ++c) {
    truth.value.push_back(static_cast<std::int64_t>(random() % 3));
    truth.lowest.push_back(0), truth.highest.push_back(std::max<std::int64_t>(truth.value[c], 1 + static_cast<std::int64_t>(random() % 3)));
    truth.loss.push_back(static_cast<std::int64_t>(1 + random() % 9));
    truth.standing.push_back(CellStanding::shown);
  }
  std::vector<std::uint64_t> start{0};
  std::vector<table::SystemTerm> terms;
  std::vector<std::int64_t> right;
  std::vector<SystemCell> cells(cell_count);
  for (SystemCell c = 0; c < cell_count; ++c) cells[c] = c;
  for (int e = 0; e < (seed % 2 == 0 ? 4 : 6); ++e) {
    std::shuffle(cells.begin(), cells.end(), random);
    const std::size_t count = 3 + random() % 2;
    for (int copy = 0; copy < (e == 0 ? 2 : 1); ++copy) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < count; ++i) {
        terms.push_back({cells[i], i == 0 ? -1 : e == 1 && i == 1 ? 2 : 1});
        sum += terms.back().coefficient * truth.value[cells[i]];
      }
      start.push_back(terms.size()), right.push_back(sum);
    }
  }
  made.system = table::AdditiveSystem::of_equations(cell_count, std::move(start), std::move(terms), std::move(right));
  for (const SystemCell c : {SystemCell{0}, static_cast<SystemCell>(1 + random() % 7)}) {
    truth.standing[c] = CellStanding::primary;
    truth.secrets.push_back({c, std::max(truth.lowest[c], truth.value[c] - 1), std::min(truth.highest[c], truth.value[c] + 2), 0});
  }
  return made;
}

using Vector = std::vector<std::int64_t>;

bool keeps_all_sums(const table::AdditiveSystem& system, const Vector& changes) {
  for (table::SystemEquation e = 0; e < system.equation_count(); ++e) {
    std::int64_t sum = 0;
    for (const table::SystemTerm& term : system.terms(e)) sum += term.coefficient * changes[term.cell];
    if (sum != 0) return false;
  }
  return true;
}

// All moves within the bounds.
std::vector<Vector> all_moves(const Plain& plain) {
  std::vector<Vector> moves;
  Vector change(cell_count, 0);
  const auto try_from = [&](const auto& self, std::size_t c) -> void {
    if (c == cell_count) {
      if (keeps_all_sums(plain.system, change)) moves.push_back(change);
      return;
    }
    for (change[c] = plain.truth.lowest[c] - plain.truth.value[c]; change[c] <= plain.truth.highest[c] - plain.truth.value[c]; ++change[c]) self(self, c + 1);
    change[c] = 0;
  };
  try_from(try_from, 0);
  return moves;
}

// Patterns (bit c: cell c hidden) in which a whole move meets the demand.
std::vector<bool> patterns_that_meet(const Plain& plain, const std::vector<Vector>& moves, const protect::Demand& demand) {
  std::vector<bool> meets(1u << cell_count, false);
  std::set<unsigned> enough;  // sets of cells that carry such a move
  for (const Vector& move : moves) {
    const auto reached = static_cast<double>(demand.upwards ? move[demand.cell] : -move[demand.cell]);
    unsigned cells = 0;
    for (SystemCell c = 0; c < cell_count; ++c) cells |= move[c] != 0 ? 1u << c : 0u;
    if (reached >= demand.asked) enough.insert(cells);
  }
  unsigned primary = 0;
  for (SystemCell c = 0; c < cell_count; ++c) primary |= plain.truth.standing[c] == CellStanding::primary ? 1u << c : 0u;
  for (unsigned pattern = 0; pattern < meets.size(); ++pattern)
    meets[pattern] = (pattern & primary) == primary && std::any_of(enough.begin(), enough.end(), [&](unsigned cells) { return (cells & ~pattern) == 0; });
  return meets;
}

double at(const solve::Row& cut, unsigned pattern) {
  double sum = 0;
  for (const solve::Entry& entry : cut.entries) sum += pattern >> entry.column & 1u ? entry.coefficient : 0;
  return sum;
}

TEST(MoveBasis, SaysEveryMoveAndNothingElse) {
  std::size_t moved = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Plain plain = random_system(seed);
    const protect::MoveBasis basis = protect::basis_of_moves(plain.system, plain.truth.value);
    const std::vector<Vector> moves = all_moves(plain);
    moved += moves.size() > 1;
    const auto ties_hold = [&](const std::vector<double>& of_free) {
      return std::all_of(basis.ties.begin(), basis.ties.end(), [&](const protect::MoveBasis::Terms& tie) {
        double sum = 0;
        for (const protect::MoveBasis::Term& term : tie) sum += static_cast<double>(term.coefficient) * of_free[term.free];
        return sum == 0;
      });
    };
    for (const Vector& move : moves) {
      std::vector<double> of_free;
      for (const SystemCell c : basis.free) of_free.push_back(static_cast<double>(move[c]));
      EXPECT_TRUE(ties_hold(of_free));
      for (SystemCell c = 0; c < cell_count; ++c) EXPECT_EQ(basis.change(c, of_free), static_cast<double>(move[c])) << seed;
    }
    // Any changes of the free cells that keep the ties are a move, whatever the bounds say.
    std::mt19937_64 random(seed);
    for (int i = 0; i < 50; ++i) {
      std::vector<double> of_free;
      for (std::size_t f = 0; f < basis.free.size(); ++f) of_free.push_back(static_cast<double>(random() % 7) - 3);
      if (!ties_hold(of_free)) continue;
      Vector changes;
      for (SystemCell c = 0; c < cell_count; ++c) changes.push_back(static_cast<std::int64_t>(basis.change(c, of_free)));
      EXPECT_TRUE(keeps_all_sums(plain.system, changes)) << seed;
    }
  }
  EXPECT_GT(moved, 30u);
}

TEST(AttackCuts, HoldForEverySafePatternAndOnesALittleTooStrongAreSeen) {
  std::size_t cuts = 0, met = 0, planted_seen = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Plain plain = random_system(seed);
    const std::vector<Vector> moves = all_moves(plain);
    protect::CutFinder finder(plain.system, plain.truth);
    std::mt19937_64 random(seed);
    const std::vector<protect::Demand> demands = protect::demands_of(plain.truth);
    for (int round = 0; round < 12; ++round) {
      std::vector<double> share;
      for (SystemCell c = 0; c < cell_count; ++c)
        share.push_back(plain.truth.standing[c] == CellStanding::primary ? 1.0
                        : round % 3 == 0                                 ? static_cast<double>(random() % 2)
                                                                         : static_cast<double>(random() % 100) / 100);
      finder.set_pattern(share);
      for (std::size_t n = 0; n < demands.size(); ++n) {
        solve::Row cut;
        const auto verdict = finder.ask(n, demands[n], 10, cut);
        met += verdict == protect::CutFinder::Verdict::met;
        if (verdict != protect::CutFinder::Verdict::cut) continue;
        ++cuts;
        double here = 0;
        for (const solve::Entry& entry : cut.entries) here += entry.coefficient * share[static_cast<std::size_t>(entry.column)];
        EXPECT_LT(here, cut.lowest);
        const std::vector<bool> meets = patterns_that_meet(plain, moves, demands[n]);
        solve::Row planted = cut;  // asks a fifth more than was proved
        planted.lowest *= 1.2;
        bool seen = false;
        for (unsigned pattern = 0; pattern < meets.size(); ++pattern) {
          if (!meets[pattern]) continue;
          EXPECT_GE(at(cut, pattern), cut.lowest) << seed << ' ' << pattern;
          seen = seen || at(planted, pattern) < planted.lowest;
        }
        planted_seen += seen;
      }
    }
  }
  EXPECT_GT(cuts, 200u);
  EXPECT_GT(met, 20u);
  EXPECT_GT(planted_seen, 20u);
}

TEST(CompanyCuts, HoldForEveryPatternInWhichTheCellCanChangeAndALeftOutCompanionIsSeen) {
  std::size_t cuts = 0, planted_seen = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Plain plain = random_system(seed);
    const std::vector<Vector> moves = all_moves(plain);
    protect::CutFinder finder(plain.system, plain.truth);
    std::mt19937_64 random(seed);
    for (SystemCell cell = 0; cell < cell_count; ++cell) {
      if (plain.truth.standing[cell] == CellStanding::primary) continue;
      std::vector<double> share;
      for (SystemCell c = 0; c < cell_count; ++c)
        share.push_back(plain.truth.standing[c] == CellStanding::primary ? 1.0 : c == cell ? 0.8 : static_cast<double>(random() % 30) / 100);
      finder.set_pattern(share);
      solve::Row cut;
      if (finder.ask_for_company(cell, cell, 10, cut) != protect::CutFinder::Verdict::cut) continue;
      ++cuts;
      solve::Row planted = cut;
      if (!planted.entries.empty()) planted.entries.pop_back();
      bool seen = false;
      for (const Vector& move : moves) {
        if (move[cell] == 0) continue;
        unsigned cells = 0;
        for (SystemCell c = 0; c < cell_count; ++c) cells |= move[c] != 0 ? 1u << c : 0u;
        EXPECT_GE(at(cut, cells), cut.lowest) << seed;
        seen = seen || at(planted, cells) < planted.lowest;
      }
      planted_seen += seen;
    }
  }
  EXPECT_GT(cuts, 20u);
  EXPECT_GT(planted_seen, 3u);
}

TEST(SafeBound, HoldsWhateverTheMultipliersAre) {
  std::mt19937_64 random(5);
  const auto real = [&] { return static_cast<double>(random() % 1000) / 1000; };
  std::size_t useful = 0, would_lie = 0;
  for (int round = 0; round < 500; ++round) {
    std::vector<solve::Column> columns;
    for (int c = 0; c < 6; ++c) columns.push_back({0, 1, 1 + 9 * real(), solve::ColumnType::continuous});
    columns[0].lowest = round % 2;
    std::vector<solve::Row> rows;
    std::vector<const solve::Row*> asked;
    std::vector<double> multipliers;
    for (int r = 0; r < 4; ++r) {
      solve::Row row{{}, 1, solve::infinity};
      for (int c = 0; c < 6; ++c)
        if (random() % 2) row.entries.push_back({c, random() % 5 == 0 ? -1.0 : 1.0});
      rows.push_back(std::move(row));
      multipliers.push_back(6 * real() - 2);
    }
    for (const solve::Row& row : rows) asked.push_back(&row);
    double least = solve::infinity;
    for (unsigned pattern = 0; pattern < 64; ++pattern) {
      if (columns[0].lowest == 1 && !(pattern & 1u)) continue;
      if (std::any_of(rows.begin(), rows.end(), [&](const solve::Row& row) { return at(row, pattern) < row.lowest; })) continue;
      double cost = 0;
      for (unsigned c = 0; c < 6; ++c) cost += pattern >> c & 1u ? columns[c].objective : 0;
      least = std::min(least, cost);
    }
    const solve::SafeBound proved = solve::safe_bound(columns, asked, multipliers);
    EXPECT_LE(proved.bound, least);
    useful += proved.bound > 0 && least < solve::infinity;
    // The planted flaw: multipliers as a solver might round them, not cut off at zero.
    double lie = 0;
    for (std::size_t r = 0; r < rows.size(); ++r) lie += multipliers[r] * rows[r].lowest;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      double reduced = columns[c].objective;
      for (std::size_t r = 0; r < rows.size(); ++r)
        for (const solve::Entry& entry : rows[r].entries) reduced -= static_cast<std::size_t>(entry.column) == c ? multipliers[r] * entry.coefficient : 0;
      lie += std::min(reduced * columns[c].lowest, reduced * columns[c].highest);
    }
    would_lie += lie > least + 1e-9;
  }
  EXPECT_GT(useful, 100u);
  EXPECT_GT(would_lie, 0u);
}

TEST(WholeChanges, NeverGetDearerAndStayMoves) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Plain plain = random_system(seed);
    const protect::MoveBasis basis = protect::basis_of_moves(plain.system, plain.truth.value);
    if (!basis.ties.empty()) continue;
    const auto columns = protect::columns_of(basis);
    const auto cost = [&](SystemCell c, std::int64_t change) {
      return (change == 0 ? 0.0 : static_cast<double>(plain.truth.loss[c])) + (c == 0 && change < 2 ? 1000.0 * static_cast<double>(2 - change) : 0.0);
    };
    protect::WholeChanges whole(basis, columns, cost);
    std::mt19937_64 random(seed);
    for (std::size_t f = 0; f < columns.size(); ++f) whole.set(f, static_cast<std::int64_t>(random() % 5) - 2);
    const auto all = [&] {
      double sum = 0;
      for (SystemCell c = 0; c < cell_count; ++c) sum += cost(c, whole.change(c));
      return sum;
    };
    const double before = all();
    whole.descend();
    EXPECT_LE(all(), before);
    Vector changes;
    for (SystemCell c = 0; c < cell_count; ++c) changes.push_back(whole.change(c));
    EXPECT_TRUE(keeps_all_sums(plain.system, changes)) << seed;
  }
}

}  // namespace
}  // namespace candour
