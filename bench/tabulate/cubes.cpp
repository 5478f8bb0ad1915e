// Measures one cube over a CSV of generate_records.cpp: prints seconds, rows, cells and the largest memory as JSON. Columns may be renamed.
//
//   bench_cubes FILE CASE [THREADS] [PREFIX]      CASE: count3 count4 people3; PREFIX stands before each column's name

#include <candour/tabulate/record_cube.hpp>

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <string>

namespace {

using namespace candour;

tabulate::RecordCubeVariable variable(const std::string& name, std::vector<std::string> levels) {
  tabulate::RecordCubeVariable made;
  made.name = name;
  made.source.column = name;
  made.levels = std::move(levels);
  return made;
}

tabulate::CubeRequest request_of(const std::string& which, const std::string& prefix) {
  tabulate::CubeRequest request;
  request.by = {variable(prefix + "date", {"month"}), variable(prefix + "age", {"five-year"}), variable(prefix + "ethnicity", {})};
  if (which == "count4") request.by.push_back(variable(prefix + "area", {}));
  if (which == "people3") request.people_column = prefix + "person_id";
  return request;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 2;
  const auto started = std::chrono::steady_clock::now();
  holdings::CsvSettings settings;
  settings.path = arguments[1];
  const std::string prefix = count > 4 ? arguments[4] : "";
  auto csv = holdings::ParallelCsv::open(settings);
  if (!csv) return fmt::print(stderr, "{}\n", base::to_text(csv.error())), 1;
  const auto cubes = tabulate::tabulate_cubes({&*csv}, {request_of(arguments[2], prefix)}, {count > 3 ? static_cast<unsigned>(std::atoi(arguments[3])) : 2U});
  if (!cubes) return fmt::print(stderr, "{}\n", base::to_text(cubes.error())), 1;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const double cpu = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
  std::int64_t people = cubes->cubes[0].people.empty() ? 0 : cubes->cubes[0].people[0];
  fmt::print("{{\"seconds\": {:.3f}, \"cpu_seconds\": {:.3f}, \"rows\": {}, \"cells\": {}, \"records\": {}, \"people\": {}, \"peak_mebibytes\": {}}}\n", seconds, cpu, cubes->facts.rows, cubes->cubes[0].cells.size(),
             cubes->cubes[0].records[0], people, usage.ru_maxrss / 1024);
}
