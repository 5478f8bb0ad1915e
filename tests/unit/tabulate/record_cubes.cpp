// Cubes of records: levels, alternative hierarchies, amounts, and what the program says about what it cannot count.

#include <candour/tabulate/cube_text.hpp>
#include <candour/tabulate/cube_words.hpp>
#include <candour/tabulate/record_cube.hpp>

#include <gtest/gtest.h>
#include <scratch_folder.hpp>

#include <fstream>

namespace candour::tabulate {
namespace {

class RecordCubesTest : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) const {
    const std::string path = (folder_.path() / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  base::Result<RecordCubes> cubes(const std::string& text, const std::vector<CubeRequest>& requests) const {
    holdings::CsvSettings settings;
    settings.path = write("records.csv", text);
    CANDOUR_TRY(csv, holdings::ParallelCsv::open(settings));
    return tabulate_cubes({&csv}, requests, {2});
  }
  static RecordCubeVariable variable(const std::string& name, std::vector<std::string> levels = {}) {
    RecordCubeVariable made;
    made.name = made.source.column = name;
    made.levels = std::move(levels);
    return made;
  }
  support::ScratchFolder folder_;
};

TEST_F(RecordCubesTest, CalendarAndFinancialYearsAddUpTheSameMonthsInOnePass) {
  CubeRequest request;
  request.by = {variable("date", {"month", "year", "financial-year"})};
  const auto result = cubes("date\n2024-03-31\n2024-04-01\n2024-12-31\n2025-01-01\n\n", {request}).value();
  EXPECT_EQ(cells_csv(result.cubes[0], request),
            "date,records\ntotal,5\n2024-03,1\n2024-04,1\n2024-12,1\n2025-01,1\nunknown,1\n2024,3\n2025,1\n2023/24,1\n2024/25,3\n");
}

TEST_F(RecordCubesTest, TwoHierarchyFilesOverTheSameLeavesAreBothShown) {
  const auto first =
      read_hierarchy_file(write("age.csv", "code,parent,label\nall,,All\nyoung,all,Young\nold,all,Old\na,young,\nb,young,\nc,old,\n"), "age", "").value();
  const auto second =
      read_hierarchy_file(write("school.csv", "code,parent\nany,\nschool,any\nafter,any\na,school\nb,after\nc,after\n"), "age", "school").value();
  CubeRequest request;
  request.by = {variable("age", {"1", "school:1"})};
  request.by[0].trees = {std::make_shared<table::Hierarchy>(first), std::make_shared<table::Hierarchy>(second)};
  request.people_column = "who";
  const auto result = cubes("age,who\na,1\nb,1\nc,1\nb,2\n", {request}).value();
  EXPECT_EQ(cells_csv(result.cubes[0], request), "age,records,people\nall,4,2\nyoung,3,2\nold,1,1\nschool,1,1\nafter,3,2\n");
}

TEST_F(RecordCubesTest, ContributorsOfOneGroupCountAsOneAndWeightsMultiplyOnlyTheSum) {
  CubeRequest request;
  request.by = {variable("area")};
  request.sum = CubeSum{"turnover", "firm", "group", "weight", 2};
  const auto result = cubes("area,firm,group,turnover,weight\nn,f1,g,10.5,1\nn,f2,g,4,2\nn,f3,,12,1.5\nn,f3,,1,1\ns,f1,,-2,1\ns,g,,1,1\n", {request}).value();
  EXPECT_EQ(cells_csv(result.cubes[0], request),
            "area,records,sum,contributors,largest_1,largest_2\ntotal,6,36.5,4,14.5,13.0\nn,4,37.5,2,14.5,13.0\ns,2,-1.0,2,-2.0,1.0\n");
}

TEST_F(RecordCubesTest, ManyQuestionsAreFilledInOneReading) {
  CubeRequest all, some;
  all.by = {variable("a")};
  some.by = {variable("b")};
  some.where = {{"a", {"x"}, FilterTerm::Sense::is_one_of}};
  const auto result = cubes("a,b\nx,1\nx,2\ny,3\n", {all, some}).value();
  EXPECT_EQ(cells_csv(result.cubes[0], all), "a,records\ntotal,3\nx,2\ny,1\n");
  EXPECT_EQ(cells_csv(result.cubes[1], some), "b,records\ntotal,2\n1,1\n2,1\n");
}

TEST_F(RecordCubesTest, WhatWasMappedAndWhatWasLeftOverIsCounted) {
  CubeRequest request;
  request.by = {variable("e")};
  request.by[0].trees = {std::make_shared<table::Hierarchy>(table::Hierarchy::flat("e", {{"W1", "", ""}, {"NS", "", ""}}).value())};
  request.by[0].source.mapping = {{"White British", "W1"}, {"White - British", "W1"}};
  request.by[0].source.unknown_code = "NS";
  const auto result = cubes("e,x\nW1,1\nWhite British,2\nWhite - British,3\n?,4\n,5\n", {request}).value();
  EXPECT_EQ(result.facts.notes, (std::vector<std::string>{"e: 2 rows read through the mapping", "e: 1 rows without a value",
                                                          "e: 1 rows with a value that is neither mapped nor in the code list, counted as 'NS'"}));
  EXPECT_EQ(result.cubes[0].records, (std::vector<std::int64_t>{5, 3, 2}));
}

TEST_F(RecordCubesTest, AValueOutsideTheCodeListNamesLineAndColumnAndNeverTheValue) {
  CubeRequest request;
  request.by = {variable("e")};
  request.by[0].trees = {std::make_shared<table::Hierarchy>(table::Hierarchy::flat("e", {{"W1", "", ""}}).value())};
  const auto result = cubes("e,x\nW1,1\n\"W1\",\"a\nb\"\nSECRET,3\n", {request});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, "tabulate.outside_code_list");
  EXPECT_EQ(result.error().place.line, 5U);
  EXPECT_EQ(base::to_text(result.error()).find("SECRET"), std::string::npos);
}

TEST_F(RecordCubesTest, AmountsThatDoNotFitAreAnErrorAndNeverWrap) {
  CubeRequest request;
  request.by = {variable("a")};
  request.sum = CubeSum{"n", std::nullopt, std::nullopt, std::nullopt, 0};
  const auto result = cubes("a,n\nx,9000000000000000000\nx,9000000000000000000\n", {request});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, "decimal.overflow");
  EXPECT_EQ(base::exit_status(result.error().cause), 1);
}

TEST_F(RecordCubesTest, UnknownLevelsAndColumnsAreNamedWithWhatThereIs) {
  CubeRequest level, column;
  level.by = {variable("date", {"fortnight"})};
  column.by = {variable("dat")};
  EXPECT_EQ(cubes("date\n2024-01-01\n", {level}).error().code, "tabulate.unknown_level");
  EXPECT_EQ(cubes("date\n2024-01-01\n", {column}).error().hint, "did you mean 'date'?");
}

TEST_F(RecordCubesTest, MoreCombinationsThanFitAnArrayAreCountedSparsely) {
  std::string text = "a,b,c,who\n";
  for (int i = 0; i < 3000; ++i)
    text += std::to_string(i) + "," + std::to_string(i % 700) + "," + std::to_string(i % 900) + "," + std::to_string(i % 50) + "\n";
  CubeRequest request;
  request.by = {variable("a"), variable("b"), variable("c")};
  request.people_column = "who";
  const auto result = cubes(text, {request}).value();
  const RecordCube& cube = result.cubes[0];
  EXPECT_GT(cube.cell_count(), std::uint64_t{1} << 30U);
  EXPECT_EQ(cube.records[0], 3000);
  EXPECT_EQ(cube.people[0], 50);
  // Each row is the only one of its category of a: 3000 x (with or without b) x (with or without c), and the margins without a.
  EXPECT_EQ(cube.cells.size(), 3000U * 4U + 1U + 700U + 900U + 3000U);
  EXPECT_TRUE(std::is_sorted(cube.cells.begin(), cube.cells.end()));
}

TEST(CubeWords, ReadsWhatAnOfficerWrites) {
  const auto by = read_by("date@month+year, age@five-year,ethnicity").value();
  ASSERT_EQ(by.size(), 3U);
  EXPECT_EQ(by[0].levels, (std::vector<std::string>{"month", "year"}));
  EXPECT_EQ(by[1].variable, "age");
  const auto where = read_where("sex = F and outcome != 'A and 1'|A2").value();
  ASSERT_EQ(where.size(), 2U);
  EXPECT_EQ(where[1].any_of, (std::vector<std::string>{"A and 1", "A2"}));
  EXPECT_EQ(where[1].sense, FilterTerm::Sense::is_none_of);
  EXPECT_EQ(read_where("sex").error().code, "tabulate.bad_where");
  EXPECT_EQ(read_by("a,,b").error().code, "tabulate.bad_by");
}

}  // namespace
}  // namespace candour::tabulate
