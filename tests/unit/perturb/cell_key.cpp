// Look-ups equal the reference vectors; rows of largest entropy equal the reference wherever no side constraint was active there.
#include <candour/protect/perturb/cell_key.hpp>

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

namespace candour::protect {
namespace {

std::filesystem::path shared() {
  if (const char* given = std::getenv("CANDOUR_SHARED")) return given;
  return std::filesystem::path(CANDOUR_SOURCE_DIR).parent_path() / "shared";
}

std::vector<std::vector<std::string>> rows_of(const std::string& name) {
  const auto text = base::read_file(shared() / "bench" / "cellkey" / name);
  EXPECT_TRUE(text.has_value());
  std::vector<std::vector<std::string>> rows;
  for (const std::string& line : base::split(*text, '\n')) {
    if (line.empty()) continue;
    rows.push_back(base::split(line, ','));
    if (!rows.back().back().empty() && rows.back().back().back() == '\r') rows.back().back().pop_back();
  }
  rows.erase(rows.begin());
  return rows;
}

using Reference = std::map<std::string, std::map<std::int64_t, NoiseRow>>;

Reference reference_rows() {
  Reference tables;
  for (const auto& row : rows_of("ptable_reference_rows.csv"))
    tables[row[0]][std::stoll(row[1])].steps.push_back({std::stoll(row[3]), std::stod(row[4]), std::stod(row[6])});
  return tables;
}

PerturbationTable table_of(const std::map<std::int64_t, NoiseRow>& rows) {
  std::vector<NoiseRow> all;
  for (const auto& [count, row] : rows) all.push_back(row);
  return PerturbationTable::of_rows(all);
}

TEST(CellKeyLookUp, EqualsAllReferenceCellsUnderAllThreeTables) {
  const Reference tables = reference_rows();
  const std::array<PerturbationTable, 3> used{table_of(tables.at("D5_V3_js2")), table_of(tables.at("D5_V3_js2_pstay0.5")), table_of(tables.at("D3_V1_js0"))};
  std::size_t cells = 0;
  for (const auto& row : rows_of("cellkey_lookup_expected.csv")) {
    ++cells;
    const std::size_t n = row.size();
    for (std::size_t t = 0; t < 3; ++t) EXPECT_EQ(used[t].noise(std::stoll(row[n - 6]), std::stoull(row[n - 5])), std::stoll(row[n - 3 + t])) << cells;
  }
  EXPECT_EQ(cells, 354u);
}

TEST(CellKeyRows, EqualTheReferenceWhereItHasTheVarianceAskedAndNoSideConstraint) {
  const Reference tables = reference_rows();
  std::size_t equal = 0;
  for (const auto& [name, rows] : tables) {
    if (name.find("pstay") != std::string::npos) continue;
    PerturbationParameters parameters;
    double variance = 0;
    int noise = 0, forbidden = 0;
    ASSERT_EQ(std::sscanf(name.c_str(), "D%d_V%lf_js%d", &noise, &variance, &forbidden), 3);
    parameters = {noise, variance, forbidden};
    const auto built = PerturbationTable::build(parameters);
    if (!built) continue;
    for (const auto& [count, row] : rows) {
      const NoiseRow& own = built->rows()[static_cast<std::size_t>(count)];
      std::map<std::int64_t, double> mine;
      double mean = 0, second = 0;
      for (const NoiseStep& step : own.steps) {
        mine[step.noise] = step.probability;
        mean += step.probability * static_cast<double>(step.noise), second += step.probability * static_cast<double>(step.noise * step.noise);
      }
      if (count > 0) {
        EXPECT_NEAR(mean, 0, 1e-9) << name << " " << count;
        EXPECT_NEAR(second, variance, 1e-7) << name << " " << count;
      }
      double away = 0;
      for (const NoiseStep& step : row.steps) away = std::max(away, std::abs(step.probability - mine[step.noise]));
      equal += away < 1e-6;
    }
  }
  EXPECT_GE(equal, 48u);
}

TEST(CellKeyRows, SayWhichVariancesARowAllows) {
  const auto interval = feasible_variance(1, {4, 2, 2});
  ASSERT_TRUE(interval.has_value());
  EXPECT_DOUBLE_EQ(interval->lowest, 2);  // the noises -1, 2, 3 and 4
  EXPECT_DOUBLE_EQ(interval->highest, 4);
  EXPECT_TRUE(PerturbationTable::build({4, 2, 2}).has_value());
  const auto refused = PerturbationTable::build({5, 9, 0});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "cell_key.variance");
  EXPECT_NE(refused.error().sentence.find("count of 1"), std::string::npos);
}

TEST(CellKey, IsTheSumOfItsRecordsKeysAndOfNothingElse) {
  base::SecretKey key{};
  const std::vector<std::uint64_t> records{record_key(key, "a"), record_key(key, "b")}, reversed{records[1], records[0]};
  EXPECT_EQ(cell_key(records), cell_key(reversed));
  EXPECT_NE(record_key(key, "a"), record_key(key, "b"));
  EXPECT_EQ(PerturbationTable::of_rows({{{{0, 1, 1}}}, {{{3, 1, 1}}}}).noise(0, 5), 0);
}

TEST(RepeatingRows, EqualTheReferenceForEveryCell) {
  std::size_t cells = 0;
  for (const auto& row : rows_of("ons_10_5_expected.csv")) {
    EXPECT_EQ(repeating_row(std::stoll(row[3])), std::stoll(row[5]));
    ++cells;
  }
  EXPECT_EQ(cells, 5120u);
}

}  // namespace
}  // namespace candour::protect
