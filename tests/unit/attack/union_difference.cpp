// The smallest difference of unions, against all unions.
#include <candour/attack/union_difference.hpp>

#include <gtest/gtest.h>

#include <random>

namespace {

using candour::attack::Overlay;
using candour::attack::smallest_difference;
using candour::attack::UnionDifference;

// Two partitions of up to seven zones each, with people in some of their overlaps and some outside either.
struct Drawn {
  Overlay overlay;
  std::vector<std::vector<std::int64_t>> people;  ///< by zone of the first (the last: outside all) and of the second (likewise)
};

Drawn draw(std::mt19937_64& dice) {
  const auto below = [&](std::uint64_t end) { return static_cast<std::uint32_t>(dice() % end); };
  const std::uint32_t firsts = 1 + below(7), seconds = 1 + below(7);
  Drawn drawn;
  drawn.people.assign(firsts + 1, std::vector<std::int64_t>(seconds + 1, 0));
  for (std::uint32_t i = 0; i <= firsts; ++i)
    for (std::uint32_t j = 0; j <= seconds; ++j)
      if (below(i == firsts ? 6 : 2) == 0) drawn.people[i][j] = 1 + below(6);
  drawn.overlay.overlaps.resize(firsts);
  drawn.overlay.first.resize(firsts);
  drawn.overlay.second.resize(seconds);
  drawn.overlay.sticks_out.assign(seconds, false);
  for (std::uint32_t i = 0; i <= firsts; ++i)
    for (std::uint32_t j = 0; j <= seconds; ++j) {
      const std::int64_t count = drawn.people[i][j];
      if (i < firsts) drawn.overlay.first[i].highest = drawn.overlay.first[i].lowest += count;
      if (j < seconds) drawn.overlay.second[j].highest = drawn.overlay.second[j].lowest += count;
      if (i < firsts && j < seconds && count > 0) drawn.overlay.overlaps[i].push_back(j);
      if (i == firsts && j < seconds && count > 0) drawn.overlay.sticks_out[j] = true;
    }
  return drawn;
}

// Tries every union of the first and every union of the second inside it.
std::int64_t by_all_unions(const Overlay& overlay, std::uint32_t in_first, std::optional<std::uint32_t> not_in_second) {
  std::int64_t best = std::numeric_limits<std::int64_t>::max();
  for (std::uint32_t s = 0; s < 1U << overlay.first.size(); ++s) {
    if ((s >> in_first & 1U) == 0) continue;
    for (std::uint32_t t = 0; t < 1U << overlay.second.size(); ++t) {
      bool is_inside = !not_in_second || (t >> *not_in_second & 1U) == 0;
      std::int64_t value = 0;
      for (std::uint32_t j = 0; j < overlay.second.size(); ++j) {
        if ((t >> j & 1U) == 0) continue;
        is_inside = is_inside && !overlay.sticks_out[j];
        value -= overlay.second[j].lowest;
      }
      for (std::uint32_t i = 0; i < overlay.first.size(); ++i) {
        if ((s >> i & 1U) != 0) value += overlay.first[i].highest;
        else
          for (const std::uint32_t j : overlay.overlaps[i]) is_inside = is_inside && (t >> j & 1U) == 0;
      }
      if (is_inside) best = std::min(best, value);
    }
  }
  return best;
}

TEST(UnionDifference, IsTheSmallestOverAllUnionsForEveryPiece) {
  std::mt19937_64 dice(4);
  std::size_t pieces = 0, with_several = 0;
  for (int round = 0; round < 150; ++round) {
    const Drawn drawn = draw(dice);
    for (std::uint32_t i = 0; i < drawn.overlay.first.size(); ++i)
      for (std::uint32_t j = 0; j <= drawn.overlay.second.size(); ++j) {
        if (drawn.people[i][j] == 0) continue;
        const auto outside = j < drawn.overlay.second.size() ? std::optional(j) : std::nullopt;
        const UnionDifference found = smallest_difference(drawn.overlay, i, outside);
        ASSERT_EQ(found.highest, by_all_unions(drawn.overlay, i, outside)) << "round " << round;
        // And it is what it says: the people in the zones added, less those in the zones taken.
        std::int64_t left = 0;
        for (const std::uint32_t a : found.added)
          for (std::uint32_t b = 0; b <= drawn.overlay.second.size(); ++b)
            if (std::find(found.taken.begin(), found.taken.end(), b) == found.taken.end()) left += drawn.people[a][b];
        EXPECT_EQ(left, found.highest);
        EXPECT_EQ(found.lowest, found.highest);
        ++pieces;
        if (found.added.size() > 1) ++with_several;
      }
  }
  EXPECT_GT(pieces, 700U);
  EXPECT_GT(with_several, 20U);
}

TEST(UnionDifference, OfRoundedZonesIsAnInterval) {
  const Overlay overlay{{{18, 22}}, {{14, 16}}, {{0}}, {false}};
  const UnionDifference found = smallest_difference(overlay, 0, std::nullopt);
  EXPECT_EQ(found.taken, std::vector<std::uint32_t>{0});
  EXPECT_EQ(found.lowest, 2);
  EXPECT_EQ(found.highest, 8);
}

}  // namespace
