// The known optima of the Adult records (k = 5, all nine columns): without suppression and with at most 5 % of the records left out.

#include <candour/holdings/holding.hpp>
#include <candour/protect/recode/optimal_recoding.hpp>
#include <candour/tabulate/read_coded_records.hpp>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace candour {
namespace {

truth::CodedRecords adult() {
  const char* given = std::getenv("CANDOUR_SHARED");
  const std::string folder = (given != nullptr ? std::string(given) : std::string(CANDOUR_SOURCE_DIR "/../shared")) + "/bench/microdata/adult/";
  holdings::CsvSettings settings;
  settings.path = folder + "adult.csv";
  settings.delimiter = ';';
  auto holding = holdings::open_csv(settings).value();
  std::vector<tabulate::IdentifierColumn> columns;
  const auto names = holding->column_names().value();
  for (const std::string& name : names) columns.push_back({name, folder + "adult_hierarchy_" + name + ".csv"});
  return tabulate::read_coded_records(*holding, columns, {}).value();
}

TEST(AdultRecoding, KnownOptimaAreFoundAndProved) {
  const truth::CodedRecords records = adult();
  EXPECT_EQ(records.count, 30162U);
  protect::PrivacyModel model;
  const auto whole = protect::optimal_recoding(records, model);
  ASSERT_TRUE(whole.has_value());
  EXPECT_TRUE(whole->is_optimal);
  EXPECT_EQ(fmt::format("{:.5f}", whole->loss), "0.63554");
  EXPECT_EQ(whole->suppressed, 0);
  model.suppression_limit_percent = 5;
  const auto some = protect::optimal_recoding(records, model);
  ASSERT_TRUE(some.has_value());
  EXPECT_TRUE(some->is_optimal);
  EXPECT_EQ(fmt::format("{:.5f}", some->loss), "0.26963");
  EXPECT_EQ(some->suppressed, 1346);
  fmt::print("{} and {} of {} combinations counted\n", whole->evaluated, some->evaluated, some->recodings);
}

}  // namespace
}  // namespace candour
