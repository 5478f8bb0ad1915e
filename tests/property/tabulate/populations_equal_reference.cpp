// The fast path of an answer equals the plain reference: every atom, every person, every note, every error; a holding shared by several populations is read
// once.

#include <candour/tabulate/population_tabulator.hpp>

#include <gtest/gtest.h>
#include <scratch_folder.hpp>

#include <algorithm>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace candour::tabulate {
namespace {

using Derivation = VariableSource::Derivation;
using Sense = FilterTerm::Sense;

std::string some_field(std::mt19937_64& random, const std::vector<std::string>& texts) { return texts[random() % texts.size()]; }

/// Records with repeated rows, blank lines, quoted line ends, missing values, codes that need a mapping and days outside the periods.
std::string some_records(std::mt19937_64& random, std::size_t count, const std::vector<std::string>& people) {
  std::string text = "outcome,date,note,age,person,kind\n", last;
  for (std::size_t i = 0; i < count; ++i) {
    if (i == 0 || random() % 6 != 0)
      last = some_field(random, {"none", "arrest", "arrest", "charge", ""}) + "," +
             some_field(random, {"2024-01-02", "2024-01-31", "2024-02-29", "2024-03-01", "2023-12-31"}) + "," +
             some_field(random, {"n", "\"two\nlines\"", "\"a, \"\"b\"\"\"", ""}) + "," + some_field(random, {"12", "14", "17", "", "99"}) + "," +
             some_field(random, people) + "," + some_field(random, {"x", "y", "why", ""}) + "\n";
    text += last;
    if (random() % 9 == 0) text += "\n";
  }
  return text;
}

std::shared_ptr<table::AtomSpace> space_of_stops(bool with_period) {
  auto space = std::make_shared<table::AtomSpace>();
  space->id = "stops";
  space->variables.push_back({"month", "", table::Role::identifying,
                              table::Hierarchy::flat("month", {{"2024-01", "", ""}, {"2024-02", "", ""}, {"2024-03", "", ""}, {"2023-12", "", ""}}).value()});
  space->variables.push_back(
      {"age", "", table::Role::identifying, table::Hierarchy::flat("age", {{"10-14", "", ""}, {"15-19", "", ""}, {"unknown", "", ""}}).value()});
  if (with_period) {
    space->variables[0].hierarchy = table::Hierarchy::flat("month", {{"2024-01", "", ""}, {"2024-02", "", ""}}).value();
    space->period = 0;
  }
  space->questions = {{"1", "counted", {}}, {"2", "arrested", {}}};
  if (with_period) space->questions[0].covered_periods = {true, false};
  space->memberships = {1, 3};
  return space;
}

std::shared_ptr<table::AtomSpace> space_of_kinds() {
  auto space = std::make_shared<table::AtomSpace>();
  space->id = "kinds";
  space->variables.push_back({"kind", "", table::Role::sensitive, table::Hierarchy::flat("kind", {{"X", "", ""}, {"Y", "", ""}, {"none", "", ""}}).value()});
  space->questions = {{"1", "counted", {}}};
  space->memberships = {1};
  return space;
}

class PopulationsEqualReference : public ::testing::Test {
 protected:
  holdings::RecordHolding* holding(const std::string& name, const std::string& text) {
    const std::string path = (folder_.path() / name).string();
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
    holdings::CsvSettings settings;
    settings.path = path;
    holdings_.push_back(holdings::open_csv(settings).value());
    return holdings_.back().get();
  }

  static RecordFeed stops_from(holdings::RecordHolding* records, bool filtered) {
    VariableSource month, age;
    month.column = "date";
    month.derivation = Derivation::month;
    age.column = "age";
    age.derivation = Derivation::five_year;
    age.unknown_code = "unknown";
    RecordFeed feed;
    feed.holding = records;
    feed.variables = {month, age};
    feed.person_column = "person";
    feed.questions = {{0, {}}, {1, {{"outcome", {"arrest", "charge"}, Sense::is_one_of}}}};
    if (filtered) feed.of_population = {{"kind", {"y"}, Sense::is_none_of}};
    return feed;
  }

  static RecordFeed kinds_from(holdings::RecordHolding* records) {
    VariableSource kind;
    kind.column = "kind";
    kind.mapping = {{"x", "X"}, {"y", "Y"}, {"why", "Y"}};
    kind.unknown_code = "none";
    RecordFeed feed;
    feed.holding = records;
    feed.variables = {kind};
    feed.person_column = "person";
    feed.questions = {{0, {{"outcome", {"none"}, Sense::is_none_of}}}};
    return feed;
  }

  /// A table of counts that the arrests of any records fit into.
  CountFeed tally() {
    std::string text = "month,age,count\n";
    for (const std::string month : {"2024-01", "2024-02"})
      for (const std::string age : {"10-14", "15-19", "unknown"}) text += month + "," + age + ",1000\n";
    VariableSource month, age;
    month.column = "month";
    age.column = "age";
    return {holding("tally.csv", text), 0, {month, age}, "count"};
  }

  std::vector<PopulationFeeds> some_feeds(std::mt19937_64& random) {
    const auto people = random() % 2 == 0 ? std::vector<std::string>{"", "1", "2", "33333333", "someone with a long name", "caf\xC3\xA9"}
                                          : std::vector<std::string>{"1", "2", "3"};
    auto* first = holding("first.csv", some_records(random, random() % 120, people));
    auto* second = holding("second.csv", some_records(random, random() % 60, people));
    const bool counted = random() % 2 == 0;
    PopulationFeeds stops{space_of_stops(counted), {stops_from(first, random() % 2 == 0)}, {}};
    if (random() % 2 == 0) stops.records.push_back(stops_from(second, false));
    if (counted) {
      for (RecordFeed& feed : stops.records) feed.questions.erase(0);
      stops.counts.push_back(tally());
    }
    if (random() % 4 == 0) stops.records[0].person_column.reset();
    return {stops, {space_of_kinds(), {kinds_from(second), kinds_from(first)}, {}}};
  }

  support::ScratchFolder folder_;
  std::vector<std::unique_ptr<holdings::RecordHolding>> holdings_;
};

void expect_equal(const Tabulated& fast, const Tabulated& plain) {
  EXPECT_EQ(fast.population.counts, plain.population.counts);
  EXPECT_EQ(fast.population.contributions, plain.population.contributions);
  EXPECT_EQ(fast.population.person_count, plain.population.person_count);
  EXPECT_EQ(fast.population.people, plain.population.people);
  ASSERT_EQ(fast.quality.size(), plain.quality.size());
  for (std::size_t i = 0; i < fast.quality.size(); ++i) {
    EXPECT_EQ(fast.quality[i].rows_read, plain.quality[i].rows_read);
    EXPECT_EQ(fast.quality[i].rows_in_population, plain.quality[i].rows_in_population);
    EXPECT_EQ(fast.quality[i].identical_rows, plain.quality[i].identical_rows);
    EXPECT_EQ(fast.quality[i].notes, plain.quality[i].notes);
  }
}

TEST_F(PopulationsEqualReference, OnRandomRecordsSharedByTwoPopulations) {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    const auto feeds = some_feeds(random);
    const auto fast = tabulate_populations(feeds, 1 + static_cast<unsigned>(seed % 3));
    ASSERT_TRUE(fast.has_value()) << base::to_text(fast.error());
    for (std::size_t p = 0; p < feeds.size(); ++p) {
      const auto plain = tabulate(feeds[p].space, feeds[p].records, feeds[p].counts);
      ASSERT_TRUE(plain.has_value()) << base::to_text(plain.error());
      expect_equal((*fast)[p], *plain);
    }
    holdings_.clear();
  }
}

/// Hands on to another holding, not as a CSV, and counts how often it is read.
class CountedReadings final : public holdings::RecordHolding {
 public:
  explicit CountedReadings(holdings::RecordHolding* of) : of_(of) {}
  const std::string& name() const override { return of_->name(); }
  base::Result<std::vector<std::string>> column_names() override { return of_->column_names(); }
  base::Result<base::Digest> digest() override { return of_->digest(); }
  base::Result<holdings::DataQuality> read(const std::vector<holdings::ColumnRequest>& columns, const holdings::BatchSink& sink) override {
    ++readings;
    return of_->read(columns, sink);
  }
  int readings = 0;

 private:
  holdings::RecordHolding* of_;
};

TEST_F(PopulationsEqualReference, AHoldingThatFeedsTwoPopulationsIsReadOnce) {
  std::mt19937_64 random(11);
  CountedReadings records(holding("records.csv", some_records(random, 200, {"1", "2", "3", ""})));
  const std::vector<PopulationFeeds> feeds = {{space_of_stops(false), {stops_from(&records, true)}, {}}, {space_of_kinds(), {kinds_from(&records)}, {}}};
  const auto fast = tabulate_populations(feeds, 2).value();
  EXPECT_EQ(records.readings, 1);
  for (std::size_t p = 0; p < feeds.size(); ++p) expect_equal(fast[p], tabulate(feeds[p].space, feeds[p].records, {}).value());
}

TEST_F(PopulationsEqualReference, OnFilesOfManyBlocks) {
  std::mt19937_64 random(7);
  std::vector<std::string> people;
  for (int i = 0; i < 4000; ++i) people.push_back(std::to_string(i * 7919));
  auto* records = holding("many.csv", some_records(random, 60000, people));
  const std::vector<PopulationFeeds> feeds = {{space_of_kinds(), {kinds_from(records)}, {}}};
  const auto fast = tabulate_populations(feeds, 3).value();
  expect_equal(fast[0], tabulate(feeds[0].space, feeds[0].records, {}).value());
}

TEST_F(PopulationsEqualReference, OnAFaultyRowOfAnyKind) {
  const std::string good = "none,2024-01-02,n,12,1,x\n";
  const std::vector<std::pair<std::string, std::string>> faulty = {
      {"none,2024-02-30,n,12,1,x\n", "holding.bad_value"},   {"none,2024-01-02,n,twelve,1,x\n", "holding.bad_value"},
      {"none,2024-01-02,n,-3,1,x\n", "holding.bad_value"},   {"none,2022-01-02,n,12,1,x\n", "tabulate.outside_code_list"},
      {"none,2024-01-02,n,12,caf\xE9,x\n", "csv.not_utf_8"}, {"none,2024-01-02,n,12,1\n", "csv.field_count"}};
  for (const auto& [row, code] : faulty) {
    SCOPED_TRACE(row);
    std::string text = "outcome,date,note,age,person,kind\n";
    for (int i = 0; i < 30; ++i) text += good;
    auto* records = holding("faulty.csv", text + row + good);
    const std::vector<PopulationFeeds> feeds = {{space_of_stops(false), {stops_from(records, false)}, {}}};
    const auto fast = tabulate_populations(feeds, 2);
    const auto plain = tabulate(feeds[0].space, feeds[0].records, {});
    ASSERT_FALSE(fast.has_value());
    ASSERT_FALSE(plain.has_value());
    EXPECT_EQ(fast.error().code, code);
    EXPECT_EQ(base::to_text(fast.error()), base::to_text(plain.error()));
  }
}

TEST_F(PopulationsEqualReference, AnUnknownColumnIsNamedAsTheReferenceNamesIt) {
  auto* records = holding("records.csv", "outcome,date,age,persn,kind\nnone,2024-01-02,12,1,x\n");
  const std::vector<PopulationFeeds> feeds = {{space_of_stops(false), {stops_from(records, false)}, {}}};
  const auto fast = tabulate_populations(feeds, 2);
  ASSERT_FALSE(fast.has_value());
  EXPECT_EQ(base::to_text(fast.error()), base::to_text(tabulate(feeds[0].space, feeds[0].records, {}).error()));
}

}  // namespace
}  // namespace candour::tabulate
