#include "conformance.hpp"

#include <candour/holdings/parallel_csv.hpp>
#include <candour/tabulate/population_tabulator.hpp>
#include <candour/tabulate/record_cube.hpp>
#include <scratch_folder.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>

namespace candour::holdings_tests {

using holdings::ColumnBatch;
using holdings::ColumnKind;
using holdings::ColumnRequest;
using holdings::RecordBatch;

namespace {

using Rows = std::vector<std::string>;
using Texts = std::vector<std::vector<std::string>>;

std::string text_of(const RecordBatch& batch, const Texts& texts, std::size_t row) {
  std::string text;
  for (std::size_t c = 0; c < batch.columns.size(); ++c) {
    const auto code = batch.columns[c].codes[row];
    text += (c == 0 ? "" : "|") + (code == ColumnBatch::missing ? "<missing>" : texts[c][code]);
  }
  return text;
}

/// All rows, sorted: a holding owes no order.
base::Result<Rows> rows_of(holdings::RecordHolding& holding, const std::vector<ColumnRequest>& columns, holdings::DataQuality* quality = nullptr) {
  Rows rows;
  const auto take = [&](const RecordBatch& batch, const Texts& texts) {
    for (std::size_t r = 0; r < batch.row_count; ++r) rows.push_back(text_of(batch, texts, r));
    return base::Result<base::Done>(base::Done{});
  };
  CANDOUR_TRY(read, holding.read(columns, take));
  if (quality != nullptr) *quality = read;
  std::sort(rows.begin(), rows.end());
  return rows;
}

Contents example() {
  return {{"date", "age", "note", "person"},
          {{"2024-03-01", "12", "plain", "p1"},
           {"2024-03-31", std::nullopt, "a comma, a \"quote\" and an 'apostrophe'", "p2"},
           {"2024-04-01", "40", "Caf\xC3\xA9 \xE2\x82\xAC", "p1"},
           {"2024-04-01", "7", std::nullopt, std::nullopt}},
          {}};
}

}  // namespace

std::string csv_of(const Contents& contents) {
  const auto quoted = [](const std::string& text) {
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
  };
  std::string text;
  for (std::size_t c = 0; c < contents.columns.size(); ++c) text += (c == 0 ? "" : ",") + quoted(contents.columns[c]);
  text += "\n";
  for (const auto& row : contents.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) text += std::string(c == 0 ? "" : ",") + (row[c] ? quoted(*row[c]) : std::string());
    text += "\n";
  }
  return text;
}

holdings::RecordHolding& Conformance::opened(const std::string& name) {
  auto holding = maker_->open(name);
  EXPECT_TRUE(holding.has_value()) << (holding ? "" : base::to_text(holding.error()));
  opened_.push_back(std::move(*holding));
  return *std::visit([](auto& pointer) -> holdings::RecordHolding* { return pointer.get(); }, opened_.back());
}

TEST_P(Conformance, NamesItsColumns) {
  maker_->make("t", example());
  EXPECT_EQ(opened("t").column_names().value(), (std::vector<std::string>{"date", "age", "note", "person"}));
}

TEST_P(Conformance, GivesEveryValueAndTellsWhatIsMissing) {
  maker_->make("t", example());
  Rows expected = {"2024-03-01|12|plain|p1", "2024-03-31|<missing>|a comma, a \"quote\" and an 'apostrophe'|p2", "2024-04-01|40|Caf\xC3\xA9 \xE2\x82\xAC|p1",
                   "2024-04-01|7|<missing>|<missing>"};
  EXPECT_EQ(rows_of(opened("t"), {{"date"}, {"age"}, {"note"}, {"person"}}).value(), expected);
}

TEST_P(Conformance, GivesOnlyTheColumnsAskedForInTheirOrder) {
  maker_->make("t", example());
  EXPECT_EQ(rows_of(opened("t"), {{"person"}, {"age"}}).value(), (Rows{"<missing>|7", "p1|12", "p1|40", "p2|<missing>"}));
}

TEST_P(Conformance, AnEmptyTextIsNoMissingValue) {
  maker_->make("t", {{"a", "b"}, {{"", "x"}, {std::nullopt, "y"}}, {}});
  const Rows expected = maker_->quirks().tells_empty_from_missing ? Rows{"<missing>|y", "|x"} : Rows{"<missing>|x", "<missing>|y"};
  EXPECT_EQ(rows_of(opened("t"), {{"a"}, {"b"}}).value(), expected);
}

TEST_P(Conformance, KeepsLineEndsTabsAndBackslashes) {
  ASSERT_TRUE(maker_->quirks().keeps_line_ends);
  maker_->make("t", {{"a", "b"}, {{"two\nlines", "a\ttab"}, {"back\\slash \\N", "\\n"}}, {}});
  EXPECT_EQ(rows_of(opened("t"), {{"a"}, {"b"}}).value(), (Rows{"back\\slash \\N|\\n", "two\nlines|a\ttab"}));
}

TEST_P(Conformance, ReadingAgainGivesTheSameRowsAndTheSameDigest) {
  maker_->make("t", example());
  auto& holding = opened("t");
  const auto first = rows_of(holding, {{"age"}}).value();
  const auto digest = holding.digest().value();
  EXPECT_EQ(rows_of(holding, {{"age"}}).value(), first);
  EXPECT_EQ(holding.digest().value(), digest);
}

TEST_P(Conformance, AnotherRowGivesAnotherDigest) {
  maker_->make("t", example());
  const auto before = opened("t").digest().value();
  Contents other = example();
  other.rows[1][1] = "13";
  maker_->make("u", other);
  EXPECT_NE(opened("u").digest().value(), before);
}

TEST_P(Conformance, ReportsRowsThatAreIdentical) {
  Contents contents = example();
  contents.rows.push_back(contents.rows[0]);
  contents.rows.push_back(contents.rows[3]);
  contents.rows.push_back(contents.rows[0]);
  maker_->make("t", contents);
  holdings::DataQuality quality;
  ASSERT_TRUE(rows_of(opened("t"), {{"age"}}, &quality).has_value());
  EXPECT_EQ(quality.rows, 7U);
  EXPECT_EQ(quality.identical_rows, 3U);
}

TEST_P(Conformance, ABadValueNamesPlaceAndColumnAndNeverTheValue) {
  maker_->make("t", {{"age", "name"}, {{"12", "x"}, {"twelve", "SECRET"}}, {}});
  const auto read = rows_of(opened("t"), {{"age", ColumnKind::integer}});
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, "holding.bad_value");
  EXPECT_EQ(read.error().place.line, maker_->quirks().errors_name_lines ? 3U : 2U);
  EXPECT_NE(read.error().sentence.find("'age'"), std::string::npos);
  EXPECT_EQ(base::to_text(read.error()).find("twelve"), std::string::npos);
  EXPECT_EQ(base::to_text(read.error()).find("SECRET"), std::string::npos);
}

TEST_P(Conformance, AnUnknownColumnSuggestsTheNearest) {
  maker_->make("t", example());
  const auto read = rows_of(opened("t"), {{"persn"}});
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, "holding.unknown_column");
  EXPECT_NE(read.error().hint.find("'person'"), std::string::npos);
}

TEST_P(Conformance, ReadsDaysNumbersAndTruthValuesAsTheirKinds) {
  maker_->make("t", {{"d", "n", "b"}, {{"01/03/2024", "-1.50", "YES"}, {"29/02/2024", "7", "0"}}, {}});
  const ColumnRequest day{"d", ColumnKind::date, base::DateForm::day_month_year};
  EXPECT_EQ(rows_of(opened("t"), {day, {"n", ColumnKind::decimal}, {"b", ColumnKind::truth_value}}).value(),
            (Rows{"2024-02-29|7|false", "2024-03-01|-1.50|true"}));
}

TEST_P(Conformance, AStampNearMidnightBelongsToTheLocalDay) {
  maker_->make("t", {{"at", "x"}, {{"2024-06-30T23:30:00Z", "1"}, {"2024-01-31T23:30:00+00:00", "2"}}, {}});
  const ColumnRequest stamp{"at", ColumnKind::date, base::DateForm::rfc3339, "Europe/London"};
  EXPECT_EQ(rows_of(opened("t"), {stamp}).value(), (Rows{"2024-01-31", "2024-07-01"}));
}

TEST_P(Conformance, AColumnOfDaysReadsAsDays) {
  maker_->make("t", {{"d", "x"}, {{"2024-03-01", "1"}, {"2023-12-31", "2"}}, {0}});
  EXPECT_EQ(rows_of(opened("t"), {{"d", ColumnKind::date}}).value(), (Rows{"2023-12-31", "2024-03-01"}));
}

TEST_P(Conformance, AChangeAfterOpeningIsNoticedOrNotSeen) {
  maker_->make("t", example());
  auto& holding = opened("t");
  if (!maker_->quirks().notices_changes) {
    EXPECT_EQ(rows_of(holding, {{"age"}}).value().size(), 4U);
    return;
  }
  Contents longer = example();
  longer.rows.push_back(longer.rows[0]);
  maker_->make("t", longer);
  const auto read = rows_of(holding, {{"age"}});
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, "holding.changed");
  EXPECT_EQ(base::exit_status(read.error().cause), 4);
}

TEST_P(Conformance, WhatIsNotThereIsSaidInOneLine) {
  const auto holding = maker_->open("no such thing");
  ASSERT_FALSE(holding.has_value());
  EXPECT_TRUE(holding.error().code == "holding.unreachable" || holding.error().code == "holding.unknown_table") << holding.error().code;
  EXPECT_EQ(base::to_text(holding.error()).find("a secret"), std::string::npos);
  EXPECT_EQ(holding.error().sentence.find('\n'), std::string::npos);
}

TEST_P(Conformance, AnEmptyTableGivesNoRow) {
  maker_->make("t", {{"a", "b"}, {}, {}});
  EXPECT_TRUE(rows_of(opened("t"), {{"a"}}).value().empty());
}

TEST_P(Conformance, CountsInsideWhatReadingWouldCount) {
  Contents contents = example();
  contents.rows.push_back({"2024-03-01", "12", std::nullopt, "p9"});
  maker_->make("t", contents);
  auto& holding = opened("t");
  auto* counting = dynamic_cast<holdings::CountingHolding*>(&holding);
  ASSERT_EQ(counting != nullptr, maker_->quirks().counts_inside);
  if (counting == nullptr) return;
  holdings::GroupedRequest request;
  request.columns = {{"date", ColumnKind::date}, {"age"}};
  request.where = {{"note", {"plain", "it's"}, holdings::ValueCondition::Sense::is_none_of}};
  std::map<std::string, std::int64_t> groups;
  ASSERT_TRUE(counting
                  ->count(request,
                          [&](const holdings::GroupedBatch& batch, const Texts& texts) -> base::Result<base::Done> {
                            for (std::size_t r = 0; r < batch.batch.row_count; ++r) groups[text_of(batch.batch, texts, r)] += batch.counts[r];
                            return base::Done{};
                          })
                  .has_value());
  EXPECT_EQ(groups, (std::map<std::string, std::int64_t>{{"2024-03-01|12", 1}, {"2024-03-31|<missing>", 1}, {"2024-04-01|40", 1}, {"2024-04-01|7", 1}}));
}

// ---- random data: the same cubes from every holding ----

namespace {

Contents some_records(std::mt19937_64& random, std::size_t count) {
  const auto pick = [&](const std::vector<std::optional<std::string>>& texts) { return texts[random() % texts.size()]; };
  Contents contents{{"date", "age", "ethnicity", "person", "kind", "amount", "minutes", "factor"}, {}, {}};
  if (random() % 2 == 0) contents.day_columns = {0};  // else texts, which databases must not read more kindly than the rest
  if (random() % 2 == 0) contents.whole_columns = {1, 6};
  if (random() % 2 == 0) contents.decimal_columns = {5, 7};
  for (std::size_t i = 0; i < count; ++i)
    contents.rows.push_back({pick({"2024-01-02", "2024-01-28", "2024-01-31", "2024-02-29", "2023-12-31"}), pick({std::nullopt, "3", "12", "14", "15"}),
                             pick({"W1", "W2", "it's", "back\\slash", std::nullopt}), pick({std::nullopt, "1", "2", "33333333", "a person with a long name"}),
                             pick({"x", "y", std::nullopt}), pick({"1.00", "2.50", "-0.25", std::nullopt}), pick({"1", "-7", "2147483647", std::nullopt}),
                             pick({"0.5", "1.0", std::nullopt})});
  return contents;
}

enum class Sums { none, amounts, largest };

tabulate::CubeRequest some_request(std::mt19937_64& random, Sums sums) {
  const auto variable = [](const std::string& name, std::vector<std::string> levels) {
    tabulate::RecordCubeVariable made;
    made.name = made.source.column = name;
    made.levels = std::move(levels);
    return made;
  };
  tabulate::CubeRequest request;
  request.by = {variable("date", random() % 2 == 0 ? std::vector<std::string>{"month", "year", "financial-year"} : std::vector<std::string>{"day"}),
                variable("ethnicity", {}), variable("age", {"five-year", "ten-year"})};
  if (random() % 2 == 0) {
    request.by[1].trees = {std::make_shared<table::Hierarchy>(
        table::Hierarchy::build("ethnicity", {"total", "group", "ethnicity"},
                                {{"all", "", ""}, {"white", "all", ""}, {"W1", "white", ""}, {"W2", "white", ""}, {"it's", "all", ""}, {"NS", "all", ""}})
            .value())};
    request.by[1].levels = {"group", "ethnicity"};
    request.by[1].source.mapping = {{"back\\slash", "W2"}};
    request.by[1].source.unknown_code = "NS";
  }
  request.by.resize(1 + random() % 3);
  if (random() % 2 == 0)
    request.where = {{"kind", {"x", "it's"}, random() % 2 == 0 ? tabulate::FilterTerm::Sense::is_one_of : tabulate::FilterTerm::Sense::is_none_of}};
  if (random() % 2 == 0) request.people_column = "person";
  if (sums == Sums::none) return request;
  request.sum = tabulate::CubeSum{random() % 2 == 0 ? "amount" : "minutes", std::nullopt, std::nullopt, std::nullopt, 0};
  if (sums == Sums::largest) request.sum->largest_count = 2;
  else if (random() % 3 == 0) request.sum->weight_column = "factor";
  return request;
}

void expect_same(const tabulate::RecordCube& cube, const tabulate::RecordCube& expected) {
  ASSERT_EQ(cube.categories.size(), expected.categories.size());
  for (std::size_t v = 0; v < cube.categories.size(); ++v) {
    ASSERT_EQ(cube.categories[v].size(), expected.categories[v].size());
    for (std::size_t c = 0; c < cube.categories[v].size(); ++c) EXPECT_EQ(cube.categories[v][c].code, expected.categories[v][c].code);
  }
  EXPECT_EQ(cube.cells, expected.cells);
  EXPECT_EQ(cube.records, expected.records);
  EXPECT_EQ(cube.people, expected.people);
  EXPECT_EQ(cube.sums, expected.sums);
  EXPECT_EQ(cube.sum_scale, expected.sum_scale);
}

}  // namespace

/// Dirt that a database could pass over where it makes months, bands and sums itself.
TEST_P(Conformance, WhatCannotBeReadIsAnErrorFromEveryHolding) {
  const auto variable = [](const std::string& name, const std::string& level) {
    tabulate::RecordCubeVariable made;
    made.name = made.source.column = name;
    made.levels = {level};
    return made;
  };
  tabulate::CubeRequest months, bands, sums;
  months.by = {variable("date", "month")};
  bands.by = {variable("age", "five-year")};
  sums.by = {variable("date", "month")};
  sums.sum = tabulate::CubeSum{"amount", std::nullopt, std::nullopt, std::nullopt, 0};
  struct Dirt {
    tabulate::CubeRequest request;
    std::vector<std::optional<std::string>> row;
    std::string column;
  };
  const std::vector<Dirt> all = {{months, {"2024-02-30", "12", "1"}, "'date'"},       {months, {"2024-13-01", "12", "1"}, "'date'"},
                                 {months, {"2024-02-01 00:00", "12", "1"}, "'date'"}, {months, {"", "12", "1"}, "'date'"},
                                 {bands, {"2024-02-01", "12.0", "1"}, "'age'"},       {bands, {"2024-02-01", "-3", "1"}, "'age'"},
                                 {sums, {"2024-02-01", "12", "1e3"}, "'amount'"},     {sums, {"2024-02-01", "12", "one"}, "'amount'"}};
  for (const Dirt& dirt : all) {
    if (*dirt.row[0] == "" && !maker_->quirks().tells_empty_from_missing) continue;  // there an empty text is a missing value
    SCOPED_TRACE(*dirt.row[0] + " " + *dirt.row[1] + " " + *dirt.row[2]);
    maker_->make("t", {{"date", "age", "amount"}, {{"2024-02-01", "12", "1.5"}, dirt.row, {"2024-02-01", "12", "2.5"}}, {}, {}, {}});
    static_cast<void>(opened("t"));
    const auto input = std::visit([](auto& pointer) -> tabulate::CubeInput { return pointer.get(); }, opened_.back());
    const auto cubes = tabulate::tabulate_cubes({input}, {dirt.request}, {1});
    ASSERT_FALSE(cubes.has_value());
    EXPECT_EQ(cubes.error().code, "holding.bad_value");
    EXPECT_NE(cubes.error().sentence.find(dirt.column), std::string::npos) << cubes.error().sentence;
  }
}

TEST_P(Conformance, ManyRecordsOfOneGroupTravelAsOneWhereTheHoldingCounts) {
  Contents contents{{"date", "age", "minutes"}, {}, {0}, {1, 2}, {}};
  for (int i = 0; i < 600; ++i) contents.rows.push_back({"2024-03-" + std::to_string(10 + i % 20), std::to_string(20 + i % 5), std::to_string(i)});
  maker_->make("t", contents);
  auto* counting = dynamic_cast<holdings::CountingHolding*>(&opened("t"));
  ASSERT_EQ(counting != nullptr, maker_->quirks().counts_inside);
  if (counting == nullptr) return;
  holdings::GroupedRequest request;
  request.columns = {{"date", ColumnKind::date}, {"age", ColumnKind::integer}};
  request.months = {0};
  request.bands = {{1, 5}};
  request.sum = holdings::GroupedSum{"minutes", std::nullopt};
  ASSERT_EQ(counting->place_of_sum(*request.sum).value(), holdings::SumPlace::inside);
  std::size_t groups = 0;
  std::int64_t records = 0, minutes = 0;
  ASSERT_TRUE(counting
                  ->count(request,
                          [&](const holdings::GroupedBatch& batch, const Texts&) -> base::Result<base::Done> {
                            for (std::size_t r = 0; r < batch.batch.row_count; ++r) {
                              ++groups;
                              records += batch.counts[r];
                              minutes += batch.sums[r]->units();
                            }
                            return base::Done{};
                          })
                  .has_value());
  EXPECT_EQ(groups, 1U);
  EXPECT_EQ(records, 600);
  EXPECT_EQ(minutes, 600 * 599 / 2);
}

TEST_P(Conformance, RandomQuestionsOverRandomRecordsGiveTheCubesOfTheCsv) {
  const support::ScratchFolder folder;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    const Contents contents = some_records(random, random() % 80);
    maker_->make("t", contents);
    holdings::CsvSettings settings;
    settings.path = (folder.path() / "records.csv").string();
    std::ofstream(settings.path, std::ios::binary) << csv_of(contents);
    static_cast<void>(opened("t"));
    for (const Sums sums : {Sums::none, Sums::none, Sums::amounts, Sums::amounts, Sums::largest}) {
      const auto request = some_request(random, sums);
      auto csv = holdings::ParallelCsv::open(settings).value();
      const auto expected = tabulate::tabulate_cubes({&csv}, {request}, {2}).value();
      const auto input = std::visit([](auto& pointer) -> tabulate::CubeInput { return pointer.get(); }, opened_.back());
      const auto cubes = tabulate::tabulate_cubes({input}, {request}, {2});
      ASSERT_TRUE(cubes.has_value()) << base::to_text(cubes.error());
      expect_same(cubes->cubes[0], expected.cubes[0]);
    }
  }
}

// ---- the populations of an answer ----

namespace {

tabulate::RecordFeed feed_of(holdings::RecordHolding& holding) {
  using Derivation = tabulate::VariableSource::Derivation;
  tabulate::VariableSource month, age, kind;
  month.column = "date";
  month.derivation = Derivation::month;
  age.column = "age";
  age.derivation = Derivation::five_year;
  age.unknown_code = "unknown";
  kind.column = "kind";
  kind.mapping = {{"x", "X"}};
  kind.unknown_code = "none";
  tabulate::RecordFeed feed;
  feed.holding = &holding;
  feed.variables = {month, age, kind};
  feed.person_column = "person";
  feed.of_population = {{"ethnicity", {"it's", "W2"}, tabulate::FilterTerm::Sense::is_none_of}};
  feed.questions = {{0, {}}, {1, {{"kind", {"x"}, tabulate::FilterTerm::Sense::is_one_of}}}};
  return feed;
}

std::shared_ptr<const table::AtomSpace> space_of_answer() {
  auto space = std::make_shared<table::AtomSpace>();
  space->variables.push_back({"month", "", table::Role::identifying, table::Hierarchy::flat("month", {{"2024-01", "", ""}, {"2024-02", "", ""}}).value()});
  space->variables.push_back({"age", "", table::Role::identifying,
                              table::Hierarchy::flat("age", {{"0-4", "", ""}, {"10-14", "", ""}, {"15-19", "", ""}, {"unknown", "", ""}}).value()});
  space->variables.push_back({"kind", "", table::Role::sensitive, table::Hierarchy::flat("kind", {{"X", "", ""}, {"none", "", ""}}).value()});
  space->questions = {{"1", "counted", {}}, {"2", "of kind x", {}}};
  space->memberships = {1, 3};
  space->period = 0;
  return space;
}

}  // namespace

TEST_P(Conformance, TheFastPathOfAnAnswerCountsWhatTheReferenceCounts) {
  const table::TableDesign design{"t", 0, {{0, {0, 1}}, {1, {0, 1}}, {2, {0, 1}}}, table::Unit::records};
  table::TableDesign inner = design;
  inner.question = 1;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    Contents contents = some_records(random, 20 + random() % 60);
    contents.rows.push_back(contents.rows[0]);
    maker_->make("t", contents);
    const auto feed = feed_of(opened("t"));
    const auto space = space_of_answer();
    const auto plain = tabulate::tabulate(space, {feed}, {});
    const auto fast = tabulate::tabulate_populations({{space, {feed}, {}}}, 2);
    ASSERT_TRUE(plain.has_value()) << base::to_text(plain.error());
    ASSERT_TRUE(fast.has_value()) << base::to_text(fast.error());
    EXPECT_EQ((*fast)[0].population.counts, plain->population.counts);
    EXPECT_EQ((*fast)[0].population.people, plain->population.people);
    EXPECT_EQ((*fast)[0].population.person_count, plain->population.person_count);
    for (const auto& shown : {design, inner})
      EXPECT_EQ(tabulate::count_cells((*fast)[0].population, shown).people, tabulate::count_cells(plain->population, shown).people);
    EXPECT_EQ((*fast)[0].quality[0].rows_read, plain->quality[0].rows_read);
    EXPECT_EQ((*fast)[0].quality[0].rows_in_population, plain->quality[0].rows_in_population);
    EXPECT_EQ((*fast)[0].quality[0].identical_rows, plain->quality[0].identical_rows);
    EXPECT_EQ((*fast)[0].quality[0].notes, plain->quality[0].notes);
  }
}

}  // namespace candour::holdings_tests
