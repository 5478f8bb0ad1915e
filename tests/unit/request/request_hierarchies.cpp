// Hierarchies that need no file.
#include <candour/request/built_in_hierarchies.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace candour::request {
namespace {

table::Hierarchy months(const char* first, const char* last, YearKind years = YearKind::calendar) {
  return table::Hierarchy::build("month", {"total", "year", "quarter", "month"}, month_rows(*parse_month(first), *parse_month(last), years, "Total")).value();
}

std::vector<std::string> codes_at(const table::Hierarchy& hierarchy, int level) {
  std::vector<std::string> codes;
  for (const table::NodeIndex node : hierarchy.nodes_at(level)) codes.push_back(hierarchy.code(node));
  return codes;
}

TEST(Months, FormYearsAndQuarters) {
  const auto h = months("2020-11", "2021-05");
  EXPECT_EQ(codes_at(h, 1), (std::vector<std::string>{"2020", "2021"}));
  EXPECT_EQ(codes_at(h, 2), (std::vector<std::string>{"2020-Q4", "2021-Q1", "2021-Q2"}));
  EXPECT_EQ(h.leaf_count(), 7U);
}

TEST(Months, OfAYearThatIsCutSayWhichAreInIt) {
  const auto h = months("2020-11", "2021-05");
  EXPECT_EQ(h.label(*h.find("2020")), "2020 (November to December only)");
  EXPECT_EQ(h.label(*h.find("2020-Q4")), "October to December 2020 (November to December only)");
  EXPECT_EQ(h.label(*h.find("2021-Q1")), "January to March 2021");
  const auto one = months("2020-03", "2020-03");
  EXPECT_EQ(one.label(*one.find("2020")), "2020 (March only)");
}

TEST(Months, FormFinancialYearsFromApril) {
  const auto h = months("2011-03", "2012-04", YearKind::financial);
  EXPECT_EQ(codes_at(h, 1), (std::vector<std::string>{"FY2010-11", "FY2011-12", "FY2012-13"}));
  EXPECT_EQ(h.label(*h.find("FY2011-12")), "2011/12");
  EXPECT_EQ(h.label(*h.find("FY2011-12-Q1")), "April to June 2011");
  EXPECT_EQ(h.parent(*h.find("2011-12")), *h.find("FY2011-12-Q3"));  // the month of December is not the year 2011-12
  EXPECT_EQ(h.parent(*h.find("2012-01")), *h.find("FY2011-12-Q4"));
}

TEST(Months, AreReadStrictly) {
  for (const char* wrong : {"2020-13", "2020-00", "2020-1", "20-01", "2020/01", "2020-01-01", "", "abcd-ef", "1799-01"})
    EXPECT_FALSE(parse_month(wrong).has_value()) << wrong;
  EXPECT_EQ(parse_month("2020-12"), 2020 * 12 + 11);
}

TEST(Bands, OfFiveYearsStandBelowBandsOfTen) {
  const Bands bands = five_year_bands(15, 40, "Total");
  const auto h = table::Hierarchy::build("age", {}, bands.rows).value();
  EXPECT_EQ(codes_at(h, 1), (std::vector<std::string>{"under-15", "15-24", "25-34", "35-39", "40-and-over"}));
  EXPECT_EQ(codes_at(h, 2), (std::vector<std::string>{"under-15", "15-19", "20-24", "25-29", "30-34", "35-39", "40-and-over"}));
  EXPECT_EQ(bands.lowest_and_code.size(), 7U);
  EXPECT_EQ(bands.lowest_and_code.front().first, 0);
  EXPECT_TRUE(std::ranges::is_sorted(bands.lowest_and_code));
}

TEST(Bands, ThatAreListedCoverEveryNumber) {
  const Bands bands = listed_bands({10, 18, 19}, "All");
  std::vector<std::string> labels;
  for (const auto& row : bands.rows) labels.push_back(row.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"All", "Under 10", "10 to 17", "18", "19 and over"}));
  EXPECT_EQ(listed_bands({0, 18}, "All").rows[1].label, "0 to 17");
}

}  // namespace
}  // namespace candour::request
