// The reference tabulator: records and tallies into the atoms of a population.

#include <candour/tabulate/tabulate.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace candour::tabulate {
namespace {

using table::AtomSpace;
using Derivation = VariableSource::Derivation;

/// month x age; "counted" contains "arrested".
std::shared_ptr<AtomSpace> example_space() {
  auto space = std::make_shared<AtomSpace>();
  space->id = "stops";
  space->variables.push_back({"month", "Month", table::Role::identifying, table::Hierarchy::flat("month", {{"2024-01", "", ""}, {"2024-02", "", ""}}).value()});
  space->variables.push_back(
      {"age", "Age", table::Role::identifying, table::Hierarchy::flat("age", {{"10-14", "", ""}, {"15-19", "", ""}, {"unknown", "", ""}}).value()});
  space->questions = {{"1", "counted", {}}, {"2", "arrested", {}}};
  space->memberships = {1, 3};
  space->period = 0;
  return space;
}

VariableSource month_source() {
  VariableSource source;
  source.column = "date";
  source.derivation = Derivation::month;
  return source;
}
VariableSource age_source() {
  VariableSource source;
  source.column = "age";
  source.derivation = Derivation::five_year;
  source.unknown_code = "unknown";
  return source;
}

class ReferenceTabulatorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("candour-tab-" + std::to_string(::getpid()) + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  holdings::RecordHolding* holding(const std::string& name, const std::string& text) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path) << text;
    holdings_.push_back(holdings::open_csv({path, ',', holdings::CsvSettings::Encoding::utf_8, {}}).value());
    return holdings_.back().get();
  }
  RecordFeed records(const std::string& text) {
    RecordFeed feed;
    feed.holding = holding("records.csv", text);
    feed.variables = {month_source(), age_source()};
    feed.questions = {{0, {}}, {1, {{"outcome", {"arrest"}, FilterTerm::Sense::is_one_of}}}};
    return feed;
  }
  CountFeed tally(const std::string& text) {
    CountFeed feed;
    feed.holding = holding("tally.csv", text);
    feed.question = 0;
    VariableSource month, age;
    month.column = "month";
    age.column = "age";
    feed.variables = {month, age};
    feed.count_column = "count";
    return feed;
  }
  std::filesystem::path folder_;
  std::vector<std::unique_ptr<holdings::RecordHolding>> holdings_;
};

const std::string example_records =
    "date,age,outcome,person\n"
    "2024-01-03,12,none,p1\n"
    "2024-01-04,12,arrest,p1\n"
    "2024-01-31,17,none,p2\n"
    "2024-02-01,,arrest,p2\n"
    "2024-03-01,12,none,p3\n";

TEST_F(ReferenceTabulatorTest, CountsNestedQuestionsAndPeople) {
  auto feed = records(example_records);
  feed.person_column = "person";
  const auto space = example_space();
  const auto result = tabulate(space, {feed}, {}).value();
  EXPECT_EQ(result.population.people, truth::PeopleKnown::known);
  EXPECT_EQ(result.population.person_count, 2U);
  const table::TableDesign all{"t", 0, {{0, {0, 1}}, {1, {0, 1}}}, table::Unit::records};
  const auto counted = count_cells(result.population, all);
  // total, 10-14, 15-19, unknown; then January; then February
  EXPECT_EQ(counted.records, (std::vector<std::int64_t>{4, 2, 1, 1, 3, 2, 1, 0, 1, 0, 0, 1}));
  EXPECT_EQ(counted.people, (std::vector<std::int64_t>{2, 1, 1, 1, 2, 1, 1, 0, 1, 0, 0, 1}));
  const auto arrested = count_cells(result.population, {"t", 1, {}, table::Unit::records});
  EXPECT_EQ(arrested.records, (std::vector<std::int64_t>{2}));
  EXPECT_EQ(arrested.people, (std::vector<std::int64_t>{2}));
}

TEST_F(ReferenceTabulatorTest, ARowOutsideThePeriodsIsLeftOutAndSaidSo) {
  const auto result = tabulate(example_space(), {records(example_records)}, {}).value();
  EXPECT_EQ(result.quality[0].rows_read, 5U);
  EXPECT_EQ(result.quality[0].rows_in_population, 4U);
  const std::vector<std::string> expected = {"month: 1 rows outside the periods of the population, left out",
                                             "age: 1 rows without a value, counted as 'unknown'"};
  EXPECT_EQ(result.quality[0].notes, expected);
  EXPECT_EQ(result.population.people, truth::PeopleKnown::unknown);
  EXPECT_TRUE(result.population.contributions.empty());
}

TEST_F(ReferenceTabulatorTest, ATallyContainsTheRecordsOfTheQuestionsInsideIt) {
  auto feed = records(example_records);
  feed.questions = {{1, {{"outcome", {"arrest"}, FilterTerm::Sense::is_one_of}}}};
  feed.person_column = "person";
  const auto counts = tally("month,age,count\n2024-01,10-14,7\n2024-02,unknown,1\n");
  const auto result = tabulate(example_space(), {feed}, {counts}).value();
  EXPECT_EQ(result.population.people, truth::PeopleKnown::partly);
  // Atoms: month, age, membership (counted only; counted and arrested).
  EXPECT_EQ(result.population.counts, (std::vector<std::int64_t>{6, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
  EXPECT_EQ(result.population.contributions.size(), 2U);
}

TEST_F(ReferenceTabulatorTest, ATallyThatBeganLaterLeavesTheRecordsBeforeItToTheInnerQuestion) {
  auto feed = records(example_records);
  feed.questions = {{1, {{"outcome", {"arrest"}, FilterTerm::Sense::is_one_of}}}};
  auto space = std::make_shared<table::AtomSpace>(*example_space());
  space->questions[0].covered_periods = {false, true};
  const auto result = tabulate(space, {feed}, {tally("month,age,count\n2024-02,unknown,1\n")});
  ASSERT_TRUE(result.has_value()) << base::to_text(result.error());
  EXPECT_EQ(count_cells(result->population, {"t", 0, {}, table::Unit::records}).records, (std::vector<std::int64_t>{1}));
  EXPECT_EQ(count_cells(result->population, {"t", 1, {}, table::Unit::records}).records, (std::vector<std::int64_t>{2}));
}

TEST_F(ReferenceTabulatorTest, ATallySmallerThanTheRecordsInsideItIsRefusedWithoutFigures) {
  auto feed = records("date,age,outcome\n2024-01-03,12,arrest\n2024-01-04,12,arrest\n");
  feed.questions = {{1, {{"outcome", {"arrest"}, FilterTerm::Sense::is_one_of}}}};
  const auto result = tabulate(example_space(), {feed}, {tally("month,age,count\n2024-01,10-14,1\n")});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, "tabulate.nested_exceeds");
  EXPECT_NE(result.error().sentence.find("month '2024-01', age '10-14'"), std::string::npos);
}

TEST_F(ReferenceTabulatorTest, ARowInsideTheInnerQuestionOnlyIsRefused) {
  auto feed = records(example_records);
  feed.questions[0] = {{"outcome", {"arrest"}, FilterTerm::Sense::is_none_of}};
  const auto result = tabulate(example_space(), {feed}, {});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, "tabulate.not_nested");
  EXPECT_EQ(result.error().place.line, 3U);
}

TEST_F(ReferenceTabulatorTest, AValueOutsideTheCodeListNamesFileLineAndColumn) {
  auto feed = records("date,age,outcome\n2024-01-03,12,none\n2024-01-03,95,none\n");
  feed.variables[1].unknown_code.clear();
  const auto result = tabulate(example_space(), {feed}, {});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, "tabulate.outside_code_list");
  EXPECT_EQ(result.error().place.line, 3U);
  EXPECT_NE(result.error().sentence.find("'age'"), std::string::npos);
  EXPECT_EQ(result.error().sentence.find("95"), std::string::npos);
}

TEST_F(ReferenceTabulatorTest, MappingsAndBandsAreAppliedAndCounted) {
  auto feed = records("date,age,outcome\n2024-01-03,child,none\n2024-01-03,youth,none\n2024-01-03,old,none\n");
  feed.variables[1].derivation = Derivation::none;
  feed.variables[1].mapping = {{"child", "10-14"}, {"youth", "15-19"}};
  const auto mapped = tabulate(example_space(), {feed}, {}).value();
  EXPECT_EQ(mapped.quality[0].notes, (std::vector<std::string>{"age: 2 rows read through the mapping",
                                                               "age: 1 rows with a value that is neither mapped nor in the code list, counted as 'unknown'"}));
  auto banded = records("date,age,outcome\n2024-01-03,9,none\n2024-01-03,10,none\n2024-01-03,80,none\n");
  banded.variables[1].derivation = Derivation::bands;
  banded.variables[1].bands = {{10, "10-14"}, {15, "15-19"}};
  EXPECT_EQ(count_cells(tabulate(example_space(), {banded}, {}).value().population, {"t", 0, {{1, {0, 1}}}, table::Unit::records}).records,
            (std::vector<std::int64_t>{3, 1, 1, 1}));
}

TEST_F(ReferenceTabulatorTest, FiltersSayWhichRowsBelongAndARecordWithoutAPersonLeavesPeoplePartlyKnown) {
  auto feed = records("date,age,outcome,person,op\n2024-01-03,12,none,p1,1\n2024-01-03,12,none,,1\n2024-01-03,12,none,p9,0\n");
  feed.of_population = {{"op", {"1"}, FilterTerm::Sense::is_one_of}};
  feed.person_column = "person";
  const auto result = tabulate(example_space(), {feed}, {}).value();
  EXPECT_EQ(result.quality[0].rows_in_population, 2U);
  EXPECT_EQ(result.population.people, truth::PeopleKnown::partly);
  EXPECT_EQ(count_cells(result.population, {"t", 0, {}, table::Unit::records}).people, (std::vector<std::int64_t>{2}));
}

TEST_F(ReferenceTabulatorTest, ABadCountIsNamedByLineAndColumn) {
  const auto result = tabulate(example_space(), {}, {tally("month,age,count\n2024-01,10-14,-3\n")});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, "tabulate.bad_count");
  EXPECT_EQ(result.error().place.line, 2U);
  EXPECT_NE(result.error().sentence.find("'count'"), std::string::npos);
}

}  // namespace
}  // namespace candour::tabulate
