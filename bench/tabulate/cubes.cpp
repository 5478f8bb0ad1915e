// Measures one cube over records of generate_records.cpp, and prints the figures as a line of JSON.
//
//   bench_cubes RECORDS CASE [THREADS] [DATE,AGE,ETHNICITY,AREA,PERSON]
//
// RECORDS as in candour tabulate --records; CASE: count3 (month x five-year age x ethnicity), count4 (the same by ward), people3 (count3 with distinct people),
// sum3 (count3 with the sum of minutes). For a database the line holds the statement that it was asked, so that its own client can be timed on the same.

#include <candour/base/text.hpp>
#include <candour/holdings/open_holding.hpp>
#include <candour/tabulate/record_cube.hpp>

#include <fmt/format.h>
#include <sys/resource.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>

namespace {

using namespace candour;

tabulate::RecordCubeVariable variable(const std::string& name, std::vector<std::string> levels) {
  tabulate::RecordCubeVariable made;
  made.name = made.source.column = name;
  made.levels = std::move(levels);
  return made;
}

tabulate::CubeRequest request_of(const std::string& which, const std::vector<std::string>& names) {
  tabulate::CubeRequest request;
  request.by = {variable(names[0], {"month"}), variable(names[1], {"five-year"}), variable(names[2], {})};
  if (which == "count4") request.by.push_back(variable(names[3], {}));
  if (which == "people3") request.people_column = names[4];
  if (which == "sum3") request.sum = tabulate::CubeSum{"minutes", std::nullopt, std::nullopt, std::nullopt, 0};
  return request;
}

double seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

double cpu_seconds(const rusage& usage) {
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

/// The holding of one run, whatever its kind.
struct Opened {
  std::optional<holdings::ParallelCsv> csv;
  std::optional<holdings::OpenHolding> other;
  tabulate::CubeInput input;
};

base::Result<base::Done> open(const std::string& records, Opened& opened) {
  CANDOUR_TRY(location, holdings::locate_holding(records));
  if (location.form == holdings::HoldingForm::csv) {
    holdings::CsvSettings settings;
    settings.path = location.location;
    CANDOUR_TRY(csv, holdings::ParallelCsv::open(settings));
    opened.input = &opened.csv.emplace(std::move(csv));
    return base::Done{};
  }
  CANDOUR_TRY(holding, holdings::open_holding(location, {}));
  opened.other.emplace(std::move(holding));
  std::visit([&](auto& pointer) { opened.input = pointer.get(); }, *opened.other);
  return base::Done{};
}

base::Result<base::Done> measure(const std::string& records, const tabulate::CubeRequest& request, unsigned threads) {
  const auto started = std::chrono::steady_clock::now();
  Opened opened;
  CANDOUR_TRY_DONE(open(records, opened));
  CANDOUR_TRY(cubes, tabulate::tabulate_cubes({opened.input}, {request}, {threads}));
  const auto whole = std::chrono::steady_clock::now() - started;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const tabulate::RecordCube& cube = cubes.cubes[0];
  const nlohmann::ordered_json figures = {{"seconds", seconds(whole)},
                                          {"cpu_seconds", cpu_seconds(usage)},
                                          {"reading", seconds(cubes.facts.reading)},
                                          {"adding_up", seconds(cubes.facts.adding_up)},
                                          {"adding_up_processor", seconds(cubes.facts.adding_up_processor)},
                                          {"in_database", seconds(cubes.facts.in_database)},
                                          {"rows", cubes.facts.rows},
                                          {"cells", cube.cells.size()},
                                          {"records", cube.records[0]},
                                          {"people", cube.people.empty() ? 0 : cube.people[0]},
                                          {"sum", cube.sums.empty() ? 0 : cube.sums[0]},
                                          {"peak_mebibytes", usage.ru_maxrss / 1024},
                                          {"statements", cubes.facts.statements}};
  fmt::print("{}\n", figures.dump());
  return base::Done{};
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    fmt::print(stderr, "usage: {} RECORDS count3|count4|people3|sum3 [THREADS] [DATE,AGE,ETHNICITY,AREA,PERSON]\n", arguments[0]);
    return 2;
  }
  const auto names = base::split(count > 4 ? arguments[4] : "date,age,ethnicity,area,person_id", ',');
  const auto done = measure(arguments[1], request_of(arguments[2], names), count > 3 ? static_cast<unsigned>(std::atoi(arguments[3])) : 2U);
  if (!done) fmt::print(stderr, "{}\n", base::to_text(done.error()));
  return done ? 0 : 1;
}
