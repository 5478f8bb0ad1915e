// Records beside earlier tables: what every table of counts that fits both says is found, and nothing else is.

#include <candour/answer/records_beside.hpp>

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <set>

namespace candour::answer {
namespace {

using Random = std::mt19937_64;
using Counts = std::array<std::int64_t, 6>;  ///< of three ages in two wards
using table::ReleasedCategory;
using table::ReleasedCell;

constexpr std::int64_t minimum = 3, most = 14;
constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

/// Which of the six cells a figure counts, and what it says.
struct Figure {
  std::set<std::size_t> cells;
  std::int64_t lowest = 0;
  std::int64_t highest = unlimited;
};

std::int64_t sum(const Counts& counts, const std::set<std::size_t>& cells) {
  std::int64_t all = 0;
  for (const std::size_t cell : cells) all += counts[cell];
  return all;
}

const std::vector<std::vector<std::string>> ages_apart{{"young"}, {"middle"}, {"old"}}, ages_joined{{"young"}, {"middle", "old"}},
    wards_apart{{"north"}, {"south"}};

std::set<std::size_t> cells_of(const std::vector<std::string>& ages, const std::vector<std::string>& wards) {
  const std::array<std::string, 3> age_codes{"young", "middle", "old"};
  const std::array<std::string, 2> ward_codes{"north", "south"};
  std::set<std::size_t> cells;
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t w = 0; w < 2; ++w)
      if ((ages.empty() || std::find(ages.begin(), ages.end(), age_codes[a]) != ages.end()) &&
          (wards.empty() || std::find(wards.begin(), wards.end(), ward_codes[w]) != wards.end()))
        cells.insert(a * 2 + w);
  return cells;
}

/// A table by some of both, with what each cell says of the truth.
template <class Says>
table::ReleasedTable table_of(const std::vector<std::vector<std::string>>& ages, const std::vector<std::vector<std::string>>& wards, const Says& says,
                              std::vector<Figure>& figures) {
  table::ReleasedTable table;
  table.id = fmt::format("t{}", figures.size());
  table.counted = "noticed";
  const auto variable = [](const std::string& name, const std::vector<std::vector<std::string>>& categories) {
    table::ReleasedVariable shown{name, {}};
    for (const auto& codes : categories) shown.categories.push_back({codes.front(), codes.size() == 1 ? codes.front() : "", codes});
    return shown;
  };
  if (!ages.empty()) table.by.push_back(variable("age", ages));
  if (!wards.empty()) table.by.push_back(variable("ward", wards));
  const std::vector<std::vector<std::string>> all{{}};
  for (const auto& age : ages.empty() ? all : ages)
    for (const auto& ward : wards.empty() ? all : wards) {
      const std::set<std::size_t> cells = cells_of(age, ward);
      table.cells.push_back(says(cells));
      const ReleasedCell& cell = table.cells.back();
      if (cell.says_something()) figures.push_back({cells, cell.lowest, cell.highest});
    }
  return table;
}

/// Every table of counts that fits the figures: the least and the most of each set of cells (by bits).
struct Bounds {
  std::array<std::int64_t, 64> least{}, greatest{};
  explicit Bounds(const std::vector<Figure>& figures) {
    least.fill(unlimited);
    greatest.fill(-1);
    Counts counts{};
    fill(figures, counts, 0);
  }
  [[nodiscard]] bool leaks(std::size_t set) const { return greatest[set] >= 0 && least[set] >= 1 && greatest[set] < minimum; }

 private:
  void fill(const std::vector<Figure>& figures, Counts& counts, std::size_t at) {
    for (const Figure& figure : figures) {
      std::int64_t so_far = 0;
      bool is_whole = true;
      for (const std::size_t cell : figure.cells) {
        if (cell < at) so_far += counts[cell];
        else is_whole = false;
      }
      if (so_far > figure.highest || (is_whole && so_far < figure.lowest)) return;
    }
    if (at == counts.size()) {
      for (std::size_t set = 1; set < 64; ++set) {
        std::int64_t all = 0;
        for (std::size_t cell = 0; cell < 6; ++cell) all += (set >> cell & 1U) != 0 ? counts[cell] : 0;
        least[set] = std::min(least[set], all);
        greatest[set] = std::max(greatest[set], all);
      }
      return;
    }
    for (counts[at] = 0; counts[at] <= most; ++counts[at]) fill(figures, counts, at + 1);
    counts[at] = 0;
  }
};

std::size_t bits(const std::set<std::size_t>& cells) {
  std::size_t set = 0;
  for (const std::size_t cell : cells) set |= std::size_t{1} << cell;
  return set;
}

TEST(RecordsBeside, AllThatFollowsIsFoundAndNothingElse) {
  Random random(20261127);
  int leaks = 0, clean = 0;
  for (int trial = 0; trial < 200; ++trial) {
    SCOPED_TRACE(trial);
    Counts truth{};
    for (std::int64_t& count : truth) count = static_cast<std::int64_t>(random() % 6);
    std::vector<Figure> before, records;
    const auto in_table = [&](const std::set<std::size_t>& cells) {
      const std::int64_t count = sum(truth, cells);
      return count > 0 && count < minimum ? ReleasedCell{1, unlimited, true} : ReleasedCell{count, count, false};
    };
    EarlierOfPopulation earlier;
    earlier.releases.push_back({});
    table::Release& release = earlier.releases.front();
    release.id = "EARLIER";
    release.population = "notices";
    release.tables.push_back(table_of({}, {}, in_table, before));  // every table of ours has its totals
    if (random() % 2 == 0) release.tables.push_back(table_of(random() % 2 == 0 ? ages_apart : ages_joined, {}, in_table, before));
    if (random() % 2 == 0) release.tables.push_back(table_of({}, wards_apart, in_table, before));

    const std::int64_t percent = random() % 2 == 0 ? 0 : 50;
    std::int64_t shown = 0;
    const auto& ages = random() % 2 == 0 ? ages_apart : ages_joined;
    const auto& wards = random() % 3 == 0 ? std::vector<std::vector<std::string>>{} : wards_apart;
    table::Release own;
    own.population = "notices";
    const auto in_records = [&](const std::set<std::size_t>& cells) {
      const std::int64_t count = sum(truth, cells);
      if (count >= minimum) shown += count;
      if (count >= minimum || (percent == 0 && count == 0)) return ReleasedCell{count, count, false};
      return ReleasedCell{};
    };
    table::ReleasedTable alike = table_of(ages, wards, in_records, records);
    const auto in_all = [&](const std::set<std::size_t>&) { return ReleasedCell{shown, percent == 0 ? shown : shown * 2, false}; };
    own.tables.push_back(table_of({}, {}, in_all, records));
    own.tables.push_back(std::move(alike));
    if (sum(truth, cells_of({}, {})) > own.tables.front().cells.front().highest) continue;  // more left out than may be: no such records go out

    policy::Policy policy = policy::shipped_policy();
    policy.minimum_frequency.minimum = minimum;
    const auto found = found_beside(earlier, own, policy);
    std::vector<Figure> together = before;
    together.insert(together.end(), records.begin(), records.end());
    const Bounds both(together), alone(before), by_itself(records);
    bool any = false;
    for (std::size_t set = 1; set < 64; ++set) any = any || (both.leaks(set) && !by_itself.leaks(set));
    std::set<std::size_t> looked_at;
    for (const auto& age : ages)
      for (const auto& ward : wards.empty() ? std::vector<std::vector<std::string>>{{}} : wards) {
        looked_at.insert(bits(cells_of(age, ward)));
        for (const Figure& figure : before) looked_at.insert(bits(cells_of(age, ward)) & bits(figure.cells));
      }
    for (const Figure& figure : before) looked_at.insert(bits(figure.cells));
    looked_at.erase(0);
    const bool must =
        std::any_of(looked_at.begin(), looked_at.end(), [&](std::size_t set) { return both.leaks(set) && !alone.leaks(set) && !by_itself.leaks(set); });
    EXPECT_TRUE(!must || !found.empty());
    const std::string said = found.empty() || found.front().derivations.empty() ? "" : found.front().derivations.front().text;
    EXPECT_TRUE(found.empty() || any) << said;
    ++(must ? leaks : clean);
  }
  fmt::print("{} leaks, {} without one\n", leaks, clean);
  EXPECT_GT(leaks, 20);
  EXPECT_GT(clean, 30);
}

TEST(RecordsBeside, AColumnThatAnEarlierReleaseTellsOfIsUndecided) {
  EarlierOfPopulation earlier;
  earlier.releases.push_back({});
  earlier.releases.front().id = "EARLIER";
  std::vector<Figure> ignored;
  table::ReleasedTable by_age = table_of(
      ages_apart, {},
      [](const auto&) {
        return ReleasedCell{3, 3, false};
      },
      ignored);
  earlier.releases.front().tables.push_back(by_age);
  table::PublishedRecords records;
  records.columns.push_back({"age", "Age", table::RecordUse::not_to_be_learnt, "age", "age", {}});
  const auto findings = findings_of_records_beside(earlier, records, {}, policy::shipped_policy());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().kind, knowledge::FindingKind::undecided);
  table::Release again;
  again.tables.push_back(by_age);
  EXPECT_TRUE(findings_of_records_beside(earlier, records, again, policy::shipped_policy()).empty()) << "what is said again word for word is nothing new";
}

}  // namespace
}  // namespace candour::answer
