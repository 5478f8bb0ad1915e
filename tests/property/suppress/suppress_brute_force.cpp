// Brute force over every table that fits: suppression protects what it says, and the auditor is right about any pattern.
#include <candour/assess/system_rules.hpp>
#include <candour/attack/audit.hpp>
#include <candour/certify/system_check.hpp>
#include <candour/protect/suppress/suppress.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>

namespace candour {
namespace {

constexpr std::uint32_t rows = 3, columns = 4;

struct Small {
  table::AdditiveSystem cube;
  std::vector<std::int64_t> counts;
};

// Cell (i, j) with i = 0 or j = 0 for margins.
std::uint32_t at(std::uint32_t i, std::uint32_t j) { return i * (columns + 1) + j; }

Small random_table(std::uint64_t seed, int highest) {
  auto cube = table::AdditiveSystem::of_cube({table::axis_of_parents({0, 0, 0, 0}), table::axis_of_parents({0, 0, 0, 0, 0})});
  EXPECT_TRUE(cube.has_value());
  Small small{std::move(cube).value(), std::vector<std::int64_t>((rows + 1) * (columns + 1), 0)};
  std::mt19937_64 random(seed);
  for (std::uint32_t i = 1; i <= rows; ++i)
    for (std::uint32_t j = 1; j <= columns; ++j) {
      const auto x = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(highest + 1));
      small.counts[at(i, j)] = x;
      for (const std::uint32_t c : {at(0, 0), at(i, 0), at(0, j)}) small.counts[c] += x;
    }
  return small;
}

// Least and greatest value of every cell over all tables that fit what is shown.
class Worlds {
 public:
  /// `known`: a hidden cell whose value the intruder has besides, or none.
  Worlds(const Small& small, const std::vector<table::CellStanding>& standing, std::int64_t hidden_lowest, std::optional<std::uint32_t> known = {})
      : small_(small), standing_(standing), known_(known), lowest_(hidden_lowest), now_(small.counts.size(), 0) {
    low.assign(small.counts.size(), 1'000'000);
    high.assign(small.counts.size(), -1);
    most_ = small.counts[0];
    fill(0);
  }
  std::vector<std::int64_t> low, high;

 private:
  bool hidden(std::uint32_t c) const { return table::is_hidden(standing_[c]) && c != known_; }

  bool margin_fits(std::uint32_t c) const { return hidden(c) ? now_[c] >= lowest_ : now_[c] == small_.counts[c]; }
  bool margin_exceeded(std::uint32_t c) const { return now_[c] > (hidden(c) ? most_ : small_.counts[c]); }

  void fill(std::uint32_t n) {
    if (n == rows * columns) {
      for (std::uint32_t j = 0; j <= columns; ++j)
        if (!margin_fits(at(0, j))) return;
      for (std::size_t c = 0; c < now_.size(); ++c) low[c] = std::min(low[c], now_[c]), high[c] = std::max(high[c], now_[c]);
      return;
    }
    const std::uint32_t i = n / columns + 1, j = n % columns + 1, c = at(i, j);
    const std::int64_t first = hidden(c) ? lowest_ : small_.counts[c], last = hidden(c) ? most_ : small_.counts[c];
    for (std::int64_t x = first; x <= last; ++x) {
      for (const std::uint32_t m : {c, at(0, 0), at(i, 0), at(0, j)}) now_[m] += x;
      const bool over = margin_exceeded(at(0, 0)) || margin_exceeded(at(i, 0)) || margin_exceeded(at(0, j));
      if (!over && (j < columns || margin_fits(at(i, 0)))) fill(n + 1);
      for (const std::uint32_t m : {c, at(0, 0), at(i, 0), at(0, j)}) now_[m] -= x;
      if (over) break;
    }
  }

  const Small& small_;
  const std::vector<table::CellStanding>& standing_;
  std::optional<std::uint32_t> known_;
  std::int64_t lowest_, most_ = 0;
  std::vector<std::int64_t> now_;
};

TEST(SuppressionOracle, EveryProtectedSecretReachesItsEndsInSomeTableThatFits) {
  int protected_tables = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Small small = random_table(seed, 9);
    const assess::CountRule rule{3, table::ZeroConvention::hidden_at_least_one, assess::CountProtection::contains_threshold, assess::LossKind::logarithm};
    const truth::SystemTruth truth = assess::truth_of_counts(small.cube, small.counts, rule);
    if (truth.secrets.empty()) continue;
    const auto result = protect::suppress(small.cube, truth, {});
    ASSERT_TRUE(result.has_value());
    if (!result->unprotected.empty()) continue;
    ++protected_tables;
    EXPECT_TRUE(certify::check_system(small.cube, truth, {result->standing, result->moves, result->moves_of}, {3, {}, {}}).faults.empty());
    const std::int64_t hidden_cells =
        std::count_if(result->standing.begin(), result->standing.end(), [](table::CellStanding s) { return table::is_hidden(s); });
    if (hidden_cells > 9) continue;  // the brute force would take too long
    const Worlds worlds(small, result->standing, 1);
    for (const truth::SystemSecret& secret : truth.secrets) {
      EXPECT_LE(worlds.low[secret.cell], secret.reach_down) << seed;
      EXPECT_GE(worlds.high[secret.cell], secret.reach_up) << seed;
    }
  }
  EXPECT_GE(protected_tables, 30);
}

struct Setting {
  table::ZeroConvention convention;
  assess::CountProtection protection;
};

// Nothing that leaves the search fails: not by its certificate, not by the auditor, not by counting every table that fits, not for the owner of another hidden
// cell.
TEST(SuppressionOracle, NoPatternInAnySettingFailsByCertificateByAuditorOrByBruteForce) {
  using assess::CountProtection;
  constexpr std::int64_t minimum = 4;
  std::size_t patterns = 0, owners = 0;
  for (const Setting& setting : {Setting{table::ZeroConvention::hidden_at_least_one, CountProtection::contains_threshold},
                                 Setting{table::ZeroConvention::hidden_at_least_one, CountProtection::some_width},
                                 Setting{table::ZeroConvention::hidden_may_be_zero, CountProtection::reaches_threshold},
                                 Setting{table::ZeroConvention::hidden_may_be_zero, CountProtection::some_width}})
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      const Small small = random_table(seed * 31, 8);
      const truth::SystemTruth truth =
          assess::truth_of_counts(small.cube, small.counts, {minimum, setting.convention, setting.protection, assess::LossKind::value_and_one});
      const bool width = setting.protection == CountProtection::some_width;
      protect::SuppressionOptions options;
      options.rounds = seed % 2 == 0 ? 40 : 0;
      if (!width) options.insider = protect::Insider::single_contributor;
      const auto result = protect::suppress(small.cube, truth, options);
      ASSERT_TRUE(result.has_value());
      const auto singles = width ? certify::SystemCheckOptions::Singles::not_asked : certify::SystemCheckOptions::Singles::checked;
      const auto check = certify::check_system(small.cube, truth, {result->standing, result->moves, result->moves_of}, {0, singles, {}});
      EXPECT_TRUE(result->unprotected.empty() || !check.faults.empty()) << "an open secret must not pass, seed " << seed;
      if (!check.faults.empty() || truth.secrets.empty()) continue;  // nothing would be written
      const knowledge::SystemView view{&small.cube, result->standing, small.counts, truth.lowest, truth.highest};
      std::vector<knowledge::AskedInterval> asked;
      for (const truth::SystemSecret& secret : truth.secrets) asked.push_back({secret.cell, secret.reach_down, secret.reach_up, secret.width});
      const auto report = attack::audit(view, asked, {});
      ASSERT_TRUE(report.has_value());
      EXPECT_EQ(report->count(attack::AuditVerdict::holds), asked.size()) << "seed " << seed;
      if (std::count_if(result->standing.begin(), result->standing.end(), [](table::CellStanding s) { return table::is_hidden(s); }) > 8)
        continue;  // brute force would take too long
      ++patterns;
      const Worlds worlds(small, result->standing, truth.lowest[0]);
      for (const truth::SystemSecret& secret : truth.secrets) {
        EXPECT_LE(worlds.low[secret.cell], secret.reach_down) << "seed " << seed;
        EXPECT_GE(worlds.high[secret.cell], secret.reach_up) << "seed " << seed;
        EXPECT_GE(worlds.high[secret.cell] - worlds.low[secret.cell], secret.width) << "seed " << seed;
      }
      for (std::uint32_t c = 0; c < small.counts.size() && !width; ++c) {
        const bool inner = c / (columns + 1) > 0 && c % (columns + 1) > 0;
        if (!inner || small.counts[c] != 1 || !table::is_hidden(result->standing[c])) continue;
        ++owners;
        const Worlds seen(small, result->standing, truth.lowest[0], c);
        for (const truth::SystemSecret& secret : truth.secrets) {
          const auto covers = [](std::uint32_t wide, std::uint32_t own) { return wide == 0 || wide == own; };
          const bool counts_the_owner = covers(secret.cell / (columns + 1), c / (columns + 1)) && covers(secret.cell % (columns + 1), c % (columns + 1));
          EXPECT_TRUE(counts_the_owner || seen.low[secret.cell] < seen.high[secret.cell]) << "seed " << seed << " cell " << secret.cell;
        }
      }
    }
  EXPECT_GE(patterns, 20u);
  EXPECT_GE(owners, 10u);
}

TEST(AuditorOracle, AgreesWithBruteForceAboutAnyPattern) {
  std::size_t unsafe = 0, safe = 0;
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    const Small small = random_table(seed, 6);
    std::mt19937_64 random(seed * 77);
    std::vector<table::CellStanding> standing(small.counts.size(), table::CellStanding::shown);
    int left = 7;
    for (std::uint32_t i = 1; i <= rows; ++i)
      for (std::uint32_t j = 1; j <= columns; ++j)
        if (small.counts[at(i, j)] > 0 && left > 0 && random() % 2 == 0) standing[at(i, j)] = table::CellStanding::primary, --left;
    const Worlds worlds(small, standing, 1);
    knowledge::SystemView view{&small.cube, standing, small.counts, std::vector<std::int64_t>(small.counts.size(), 1),
                               std::vector<std::int64_t>(small.counts.size(), small.counts[0])};
    std::vector<knowledge::AskedInterval> asked;
    for (table::SystemCell c = 0; c < standing.size(); ++c)
      if (table::is_hidden(standing[c])) asked.push_back({c, {}, {}, 2}), view.value[c] = -1;  // the value of a hidden cell is never read
    const auto report = attack::audit(view, asked, {});
    ASSERT_TRUE(report.has_value()) << seed;
    for (const attack::AuditedCell& cell : report->cells) {
      const bool wide = worlds.high[cell.cell] - worlds.low[cell.cell] >= 2;
      EXPECT_EQ(cell.verdict == attack::AuditVerdict::holds, wide) << seed << " cell " << cell.cell;
      ++(wide ? safe : unsafe);
    }
  }
  EXPECT_GT(unsafe, 30u);
  EXPECT_GT(safe, 30u);
}

}  // namespace
}  // namespace candour
