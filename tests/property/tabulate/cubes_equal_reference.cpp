// The fast tabulator equals the plain reference, cell by cell: records, people and sums, with hierarchies, missing values, filters and mappings.

#include <candour/tabulate/record_cube.hpp>
#include <candour/tabulate/tabulate.hpp>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace candour::tabulate {
namespace {

using Derivation = VariableSource::Derivation;

struct Record {
  std::string date, age, ethnicity, person, kind, minutes;
};

std::vector<Record> some_records(std::mt19937_64& random, std::size_t count) {
  const auto pick = [&](const std::vector<std::string>& texts) { return texts[random() % texts.size()]; };
  std::vector<Record> records;
  for (std::size_t i = 0; i < count; ++i)
    records.push_back({pick({"2024-01-02", "2024-01-31", "2024-02-01", "2024-03-09"}), pick({"", "3", "12", "14", "15", "17"}),
                       pick({"W1", "W2", "A1", "British", "", "odd one"}),
                       pick({"", "1", "2", "3", "44444444", "person number five with a long name", "0044444444"}), pick({"x", "y", "z"}),
                       pick({"", "1", "2.5", "-0.25", "10"})});
  return records;
}

std::string as_csv(const std::vector<Record>& records, std::mt19937_64& random) {
  std::string text = "kind,date,age,note,ethnicity,person,minutes\n";
  for (const Record& record : records)
    text += record.kind + "," + record.date + "," + record.age + "," + (random() % 3 == 0 ? "\"a note\nwith, \"\"marks\"\"\"" : "n") + "," +
            (record.ethnicity.empty() ? "" : "\"" + record.ethnicity + "\"") + "," + record.person + "," + record.minutes + "\n";
  return text;
}

table::Hierarchy ethnicity_tree() {
  return table::Hierarchy::build("ethnicity", {"total", "group", "ethnicity"},
                                 {{"all", "", ""}, {"white", "all", ""}, {"W1", "white", ""}, {"W2", "white", ""}, {"A1", "all", ""}, {"NS", "all", ""}})
      .value();
}
table::Hierarchy month_tree() {
  return table::Hierarchy::build("month", {"total", "quarter", "month"},
                                 {{"t", "", ""}, {"q1", "t", ""}, {"2024-01", "q1", ""}, {"2024-02", "q1", ""}, {"2024-03", "q1", ""}})
      .value();
}
table::Hierarchy age_tree() {
  return table::Hierarchy::flat("age", {{"0-4", "", ""}, {"5-9", "", ""}, {"10-14", "", ""}, {"15-19", "", ""}, {"unknown", "", ""}}).value();
}

std::vector<VariableSource> sources() {
  VariableSource month, age, ethnicity;
  month.column = "date";
  month.derivation = Derivation::month;
  age.column = "age";
  age.derivation = Derivation::five_year;
  age.unknown_code = "unknown";
  ethnicity.column = "ethnicity";
  ethnicity.mapping = {{"British", "W1"}};
  ethnicity.unknown_code = "NS";
  return {month, age, ethnicity};
}

std::shared_ptr<table::AtomSpace> space() {
  auto space = std::make_shared<table::AtomSpace>();
  space->variables = {{"month", "", table::Role::identifying, month_tree()},
                      {"age", "", table::Role::identifying, age_tree()},
                      {"ethnicity", "", table::Role::identifying, ethnicity_tree()}};
  space->questions = {{"1", "counted", {}}};
  space->memberships = {1};
  return space;
}

CubeRequest request_for(const table::AtomSpace& space, const std::vector<FilterTerm>& where) {
  CubeRequest request;
  const auto read_as = sources();
  for (std::size_t v = 0; v < 3; ++v) {
    RecordCubeVariable variable{space.variables[v].name, read_as[v], {std::make_shared<table::Hierarchy>(space.variables[v].hierarchy)}, {}};
    for (int level = 1; level <= space.variables[v].hierarchy.depth(); ++level) variable.levels.push_back(space.variables[v].hierarchy.level_name(level));
    request.by.push_back(std::move(variable));
  }
  request.where = where;
  request.people_column = "person";
  request.sum = CubeSum{"minutes", std::nullopt, std::nullopt, std::nullopt, 2};
  return request;
}

struct ReferenceSums {
  std::map<std::uint64_t, std::int64_t> hundredths;
  std::map<std::uint64_t, std::map<std::string, std::int64_t>> by_person;
};

class Agreement {
 public:
  Agreement() : path_((std::filesystem::temp_directory_path() / ("candour-cubes-" + std::to_string(::getpid()) + ".csv")).string()) {}
  ~Agreement() { std::filesystem::remove(path_); }
  Agreement(const Agreement&) = delete;
  Agreement& operator=(const Agreement&) = delete;

  void check(std::uint64_t seed, std::size_t count) {
    std::mt19937_64 random(seed);
    const auto records = some_records(random, count);
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << as_csv(records, random);
    std::vector<FilterTerm> where;
    if (random() % 2 == 0) where.push_back({"kind", {"x", "y"}, random() % 2 == 0 ? FilterTerm::Sense::is_one_of : FilterTerm::Sense::is_none_of});
    const auto atoms = space();
    holdings::CsvSettings settings;
    settings.path = path_;
    auto holding = holdings::open_csv(settings).value();
    RecordFeed feed;
    feed.holding = holding.get();
    feed.of_population = where;
    feed.variables = sources();
    feed.person_column = "person";
    feed.questions = {{0, {}}};
    const auto reference = tabulate(atoms, {feed}, {});
    RC_ASSERT(reference.has_value());
    const table::TableDesign design{"t", 0, {{0, {0, 1, 2}}, {1, {0, 1}}, {2, {0, 1, 2}}}, table::Unit::records};
    const TableCounts expected = count_cells(reference->population, design);

    auto csv = holdings::ParallelCsv::open(settings, 100 + random() % 2000);
    RC_ASSERT(csv.has_value());
    const auto request = request_for(*atoms, where);
    const auto fast = tabulate_cubes({&*csv}, {request, request}, {1 + static_cast<unsigned>(random() % 3)});
    RC_ASSERT(fast.has_value());
    const auto by_rows = tabulate_cubes({static_cast<holdings::RecordHolding*>(holding.get())}, {request}, {1});
    RC_ASSERT(by_rows.has_value());
    compare(fast->cubes[0], expected);
    compare(fast->cubes[1], expected);
    compare(by_rows->cubes[0], expected);
    compare_amounts(fast->cubes[0], by_rows->cubes[0]);
    compare_total(fast->cubes[0], records, where);
  }

 private:
  static void compare(const RecordCube& cube, const TableCounts& expected) {
    RC_ASSERT(cube.cell_count() == expected.records.size());
    std::vector<std::int64_t> records(expected.records.size()), people(expected.records.size());
    for (std::size_t i = 0; i < cube.cells.size(); ++i) {
      records[cube.cells[i]] = cube.records[i];
      people[cube.cells[i]] = cube.people[i];
    }
    RC_ASSERT(records == expected.records);
    RC_ASSERT(people == expected.people);
  }

  static void compare_amounts(const RecordCube& a, const RecordCube& b) {
    RC_ASSERT(a.sums == b.sums);
    RC_ASSERT(a.sum_scale == b.sum_scale);
    RC_ASSERT(a.largest.size() == b.largest.size());
    for (std::size_t i = 0; i < a.largest.size(); ++i) {
      RC_ASSERT(a.largest[i].amounts == b.largest[i].amounts);
      RC_ASSERT(a.largest[i].contributor_count == b.largest[i].contributor_count);
    }
  }

  /// The grand total and its largest contributors, added up here by hand.
  static void compare_total(const RecordCube& cube, const std::vector<Record>& records, const std::vector<FilterTerm>& where) {
    std::map<std::string, base::Decimal> by_person;
    base::Decimal total;
    std::size_t nameless = 0, kept = 0;
    for (const Record& record : records) {
      bool keep = true;
      for (const FilterTerm& term : where) {
        const bool among = std::find(term.any_of.begin(), term.any_of.end(), record.kind) != term.any_of.end();
        keep = keep && among == (term.sense == FilterTerm::Sense::is_one_of);
      }
      if (!keep) continue;
      ++kept;
      if (record.minutes.empty()) continue;
      const auto amount = base::Decimal::parse(record.minutes).value();
      total = base::Decimal::sum(total, amount).value();
      const std::string who = record.person.empty() ? "nameless " + std::to_string(nameless++) : record.person;
      by_person[who] = base::Decimal::sum(by_person[who], amount).value();
    }
    if (kept == 0) {
      RC_ASSERT(cube.cells.empty());
      return;
    }
    RC_ASSERT(base::Decimal::of_units(cube.sums[0], cube.sum_scale) == total);
    RC_ASSERT(cube.largest[0].contributor_count == static_cast<std::int64_t>(by_person.size()));
    std::vector<base::Decimal> sizes;
    for (const auto& [who, amount] : by_person)
      sizes.push_back(amount < base::Decimal(0) ? base::Decimal::difference(base::Decimal(0), amount).value() : amount);
    std::sort(sizes.begin(), sizes.end(), [](base::Decimal a, base::Decimal b) { return b < a; });
    for (std::size_t k = 0; k < cube.largest[0].amounts.size(); ++k) {
      const std::int64_t units = cube.largest[0].amounts[k];
      RC_ASSERT(base::Decimal::of_units(units < 0 ? -units : units, cube.sum_scale) == sizes[k]);
    }
  }

  std::string path_;
};

TEST(CubesEqualReference, OnRandomRecords) {
  Agreement agreement;
  EXPECT_TRUE(rc::check([&] { agreement.check(*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<std::size_t>(0, 120)); }));
}

}  // namespace
}  // namespace candour::tabulate
