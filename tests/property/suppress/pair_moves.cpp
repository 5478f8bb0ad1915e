// Pairs of finest cells: in any sparse cube with some room each secret finds a witness, and few moves speak for all.
#include <candour/assess/system_rules.hpp>
#include <candour/certify/system_check.hpp>
#include <candour/protect/suppress/linear_finder.hpp>
#include <candour/protect/suppress/move_pool.hpp>
#include <candour/protect/suppress/pair_finder.hpp>
#include <candour/protect/suppress/suppress.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace candour {
namespace {

// Three variables, each with two groups of two below its total.
table::AdditiveSystem cube_of_groups() {
  const table::SystemAxis axis = table::axis_of_parents({0, 0, 1, 1, 0, 4, 4});
  return table::AdditiveSystem::of_cube({axis, axis, axis}).value();
}

void add(const table::AdditiveSystem& cube, std::vector<std::int64_t>& counts, const std::vector<std::uint32_t>& finest, std::int64_t records) {
  const table::ProductShape& shape = *cube.product();
  std::vector<std::uint64_t> above{0};
  for (std::size_t k = 0; k < finest.size(); ++k) {
    std::vector<std::uint64_t> wider;
    for (std::uint32_t node = finest[k];; node = shape.axes[k].parent[node]) {
      for (const std::uint64_t c : above) wider.push_back(c + node * shape.stride[k]);
      if (node == 0) break;
    }
    above = wider;
  }
  for (const std::uint64_t c : above) counts[c] += records;
}

TEST(PairMoves, FindAWitnessWhereNoProductOfHiddenAndShownCellsDoes) {
  // One person far from a crowd: every product move meets a published zero or the known number of all.
  const table::AdditiveSystem cube = cube_of_groups();
  std::vector<std::int64_t> counts(cube.cell_count(), 0);
  add(cube, counts, {2, 2, 2}, 1);
  add(cube, counts, {6, 6, 6}, 40);
  const truth::SystemTruth truth = assess::truth_of_counts(cube, counts, {});
  protect::WitnessBook book(cube, truth);
  protect::add_needs(book);
  ASSERT_FALSE(book.needs.empty());
  protect::MovePool pool(book);
  protect::ProductFinder products(book, *cube.product(), pool);
  protect::PairFinder pairs(book, *cube.product());
  for (std::uint32_t n = 0; n < book.needs.size(); ++n) {
    std::vector<table::SystemCell> hidden;
    EXPECT_FALSE(products.satisfy(n, protect::Spending::least, 600, hidden));
    EXPECT_TRUE(hidden.empty());
    ASSERT_TRUE(pairs.satisfy(n, hidden));
    const table::SystemMove& witness = book.needs[n].witness;
    EXPECT_TRUE(protect::is_valid_move(cube, truth, witness));
    EXPECT_TRUE(std::any_of(witness.begin(), witness.end(),
                            [&](const table::SystemChange& part) { return part.cell == book.needs[n].cell && part.change == book.needs[n].amount; }));
    for (const table::SystemChange& part : witness) EXPECT_TRUE(book.state.hidden[part.cell]);
  }
  EXPECT_TRUE(std::all_of(book.state.change.begin(), book.state.change.end(), [](std::int64_t change) { return change == 0; }));
}

TEST(PairMoves, LeaveNothingBehindWhereThereIsNoWay) {
  const table::AdditiveSystem cube = cube_of_groups();
  std::vector<std::int64_t> counts(cube.cell_count(), 0);
  add(cube, counts, {2, 2, 2}, 1);
  add(cube, counts, {6, 6, 6}, 3);  // may give two at most, and four are needed
  const truth::SystemTruth truth = assess::truth_of_counts(cube, counts, {});
  protect::WitnessBook book(cube, truth);
  protect::add_needs(book);
  const std::vector<std::uint8_t> before = book.state.hidden;
  protect::PairFinder pairs(book, *cube.product());
  std::vector<table::SystemCell> hidden;
  EXPECT_FALSE(pairs.satisfy(0, hidden));
  EXPECT_EQ(book.state.hidden, before);
  EXPECT_TRUE(book.state.touched.empty());
}

// The certificate holds for sparse tables of every kind, and is never longer than one move a need.
TEST(PairMoves, SparseTablesAreProvedWithFewMoves) {
  const table::AdditiveSystem cube = cube_of_groups();
  const std::vector<std::uint32_t> leaves{2, 3, 5, 6};
  std::size_t shared = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> counts(cube.cell_count(), 0);
    for (int i = 0; i < 12; ++i)
      add(cube, counts, {leaves[random() % 4], leaves[random() % 4], leaves[random() % 4]}, i < 8 ? 1 + static_cast<std::int64_t>(random() % 3) : 20);
    const truth::SystemTruth truth = assess::truth_of_counts(cube, counts, {});
    const auto result = protect::suppress(cube, truth, {0, 0, protect::Insider::single_contributor, 5, {}, seed});
    ASSERT_TRUE(result.has_value());
    EXPECT_TRUE(result->unprotected.empty()) << seed;
    const certify::SystemCheckOptions asked{5, certify::SystemCheckOptions::Singles::checked, certify::SystemCheckOptions::Replay::checked};
    for (const certify::SystemFault& fault : certify::check_system(cube, truth, {result->standing, result->moves, result->moves_of}, asked).faults)
      ADD_FAILURE() << seed << " " << certify::word_of(fault.kind);
    shared += result->moves.size() < truth.secrets.size();
  }
  EXPECT_GT(shared, 5u);
}

}  // namespace
}  // namespace candour
