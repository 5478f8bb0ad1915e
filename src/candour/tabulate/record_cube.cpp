#include <candour/tabulate/record_cube.hpp>

#include <candour/holdings/row_coder.hpp>
#include <candour/tabulate/cube_coders.hpp>

#include <fmt/format.h>

#include <time.h>

#include <algorithm>
#include <thread>

namespace candour::tabulate {
namespace {

using Collectors = std::vector<std::unique_ptr<CubeCollector>>;

base::Error placed(RowFault fault, const std::string& file, std::uint64_t line) {
  fault.error.place.file = file;
  fault.error.place.line = line;
  return std::move(fault.error);
}

/// What all threads of this process have used so far.
std::chrono::nanoseconds processor_time() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

/// The coders of one thread for all cubes.
using FieldCoders = std::vector<std::unique_ptr<FieldCoder>>;

base::Result<base::Done> read_csv(holdings::ParallelCsv& csv, Collectors& collectors, unsigned threads, CubeFacts& facts) {
  ColumnPlan plan;
  for (const auto& collector : collectors) static_cast<void>(CubeColumns(*collector, plan, Worker::here));
  std::vector<std::size_t> places;
  for (const holdings::ColumnRequest& request : plan.requests()) {
    const auto at = std::find(csv.header().begin(), csv.header().end(), request.name);
    if (at == csv.header().end()) return base::fail(holdings::unknown_column(csv.settings().path, request.name, csv.header()));
    places.push_back(static_cast<std::size_t>(at - csv.header().begin()));
  }
  std::vector<FieldCoders> coders(threads);
  std::vector<holdings::FieldSink> sinks;
  for (unsigned thread = 0; thread < threads; ++thread) {
    for (const auto& collector : collectors) coders[thread].push_back(std::make_unique<FieldCoder>(*collector, plan, csv.settings()));
    sinks.emplace_back([&, thread](const holdings::FieldBlock& block) -> base::Result<base::Done> {
      for (std::size_t i = 0; i < collectors.size(); ++i) {
        const auto rows = coders[thread][i]->code(block);
        if (!rows) return base::fail(placed(rows.error(), csv.settings().path, block.line_of(rows.error().row)));
        const auto added = collectors[i]->add(thread, **rows);
        if (!added) return base::fail(placed(added.error(), csv.settings().path, block.line_of(added.error().row)));
      }
      return base::Done{};
    });
  }
  CANDOUR_TRY(read, csv.read(places, sinks));
  facts.rows += read.rows;
  facts.bytes += read.bytes;
  if (read.blank_lines != 0) facts.notes.push_back(fmt::format("{}: blank lines skipped: {}", csv.settings().path, read.blank_lines));
  return base::Done{};
}

base::Result<base::Done> add_rows(CubeCollector& collector, const tl::expected<const CodedRows*, RowFault>& rows, const std::string& name,
                                  const holdings::RecordBatch& batch) {
  if (!rows) return base::fail(placed(rows.error(), name, batch.line_of(rows.error().row)));
  const auto added = collector.add(0, **rows);
  if (!added) return base::fail(placed(added.error(), name, batch.line_of(added.error().row)));
  return base::Done{};
}

/// Gives the number of rows read.
base::Result<std::uint64_t> read_rows(holdings::RecordHolding& holding, const std::vector<CubeCollector*>& collectors, CubeFacts& facts) {
  ColumnPlan plan;
  std::vector<std::unique_ptr<BatchCoder>> coders;
  for (CubeCollector* collector : collectors) coders.push_back(std::make_unique<BatchCoder>(*collector, plan, Worker::here));
  const auto take = [&](const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts) -> base::Result<base::Done> {
    for (std::size_t i = 0; i < collectors.size(); ++i) CANDOUR_TRY_DONE(add_rows(*collectors[i], coders[i]->code(batch, texts), holding.name(), batch));
    return base::Done{};
  };
  CANDOUR_TRY(quality, holding.read(plan.requests(), take));
  facts.notes.insert(facts.notes.end(), quality.notes.begin(), quality.notes.end());
  return quality.rows;
}

/// What a database is asked for one cube: its rows are groups of records over the leaves, and over the person where people are counted.
holdings::GroupedRequest grouped_request_of(const CubeCollector& collector, const ColumnPlan& plan, const CubeColumns& columns) {
  holdings::GroupedRequest request;
  request.columns = plan.requests();
  for (std::size_t v = 0; v < collector.readers().size(); ++v) {
    const std::size_t place = columns.variables[v];
    // Two variables may be read from one column: then it travels as finely as the finer one needs it.
    if (std::count(columns.variables.begin(), columns.variables.end(), place) > 1) continue;
    if (collector.readers()[v]->needs_only_months()) request.months.push_back(place);
    if (const auto width = collector.readers()[v]->needs_only_bands()) request.bands.push_back({place, *width});
  }
  if (columns.person && std::count(columns.variables.begin(), columns.variables.end(), *columns.person) == 0) request.as_written = {*columns.person};
  for (const FilterTerm& term : collector.request().where)
    request.where.push_back(
        {term.column, term.any_of,
         term.sense == FilterTerm::Sense::is_one_of ? holdings::ValueCondition::Sense::is_one_of : holdings::ValueCondition::Sense::is_none_of});
  if (const auto& sum = collector.request().sum) request.sum = holdings::GroupedSum{sum->column, sum->weight_column};
  return request;
}

/// Gives the number of records counted.
base::Result<std::uint64_t> count_inside(holdings::CountingHolding& holding, CubeCollector& collector, CubeFacts& facts) {
  ColumnPlan plan;
  BatchCoder coder(collector, plan, Worker::database);
  const auto take = [&](const holdings::GroupedBatch& groups, const std::vector<std::vector<std::string>>& texts) {
    return add_rows(collector, coder.code_groups(groups, texts), holding.name(), groups.batch);
  };
  CANDOUR_TRY(quality, holding.count(grouped_request_of(collector, plan, coder.columns()), take));
  facts.in_database += holding.time_in_database();
  facts.statements.push_back(holding.last_statement());
  facts.notes.insert(facts.notes.end(), quality.notes.begin(), quality.notes.end());
  return quality.rows;
}

/// The largest contributors need each record; a sum needs it where the database would not be exact.
base::Result<holdings::SumPlace> place_of(holdings::CountingHolding& holding, const CubeCollector& collector, CubeFacts& facts) {
  const auto& sum = collector.request().sum;
  if (!sum) return holdings::SumPlace::inside;
  if (sum->largest_count != 0) return holdings::SumPlace::record_by_record;
  CANDOUR_TRY(place, holding.place_of_sum({sum->column, sum->weight_column}));
  facts.in_database += holding.time_in_database();
  return place;
}

/// One GROUP BY a cube inside the database, and one reading of all records for the cubes that need them.
base::Result<base::Done> read_database(holdings::CountingHolding& holding, const Collectors& collectors, CubeFacts& facts) {
  std::vector<CubeCollector*> by_record;
  std::uint64_t rows = 0;
  for (const auto& collector : collectors) {
    CANDOUR_TRY(place, place_of(holding, *collector, facts));
    if (place == holdings::SumPlace::record_by_record) {
      by_record.push_back(collector.get());
      continue;
    }
    CANDOUR_TRY(counted, count_inside(holding, *collector, facts));
    rows = std::max(rows, counted);
  }
  if (!by_record.empty()) {
    CANDOUR_TRY(read, read_rows(holding, by_record, facts));
    rows = std::max(rows, read);
  }
  facts.rows += rows;
  return base::Done{};
}

base::Result<base::Done> read_records(holdings::RecordHolding& holding, const Collectors& collectors, CubeFacts& facts) {
  std::vector<CubeCollector*> all;
  for (const auto& collector : collectors) all.push_back(collector.get());
  CANDOUR_TRY(rows, read_rows(holding, all, facts));
  facts.rows += rows;
  return base::Done{};
}

}  // namespace

std::uint64_t RecordCube::cell_count() const {
  std::uint64_t count = 1;
  for (const auto& list : categories) count *= list.size();
  return count;
}

std::vector<std::uint32_t> RecordCube::split(std::uint64_t cell) const {
  std::vector<std::uint32_t> split(categories.size());
  for (std::size_t v = categories.size(); v-- > 0;) {
    split[v] = static_cast<std::uint32_t>(cell % categories[v].size());
    cell /= categories[v].size();
  }
  return split;
}

truth::MagnitudeTable magnitudes_of(const RecordCube& cube) {
  truth::MagnitudeTable table{cube.sum_scale, cube.sums, {}, {}};
  for (const LargestContributors& largest : cube.largest) {
    table.contributor_counts.push_back(largest.contributor_count);
    table.largest_contributions.push_back(largest.amounts);
  }
  return table;
}

base::Result<RecordCubes> tabulate_cubes(const std::vector<CubeInput>& inputs, const std::vector<CubeRequest>& requests, const CubeSettings& settings) {
  const unsigned threads = settings.threads != 0 ? settings.threads : std::max(1U, std::thread::hardware_concurrency());
  Collectors collectors;
  for (const CubeRequest& request : requests) {
    CANDOUR_TRY(collector, CubeCollector::make(request, threads));
    collectors.push_back(std::move(collector));
  }
  RecordCubes cubes;
  const auto started = std::chrono::steady_clock::now();
  for (const CubeInput& input : inputs) {
    if (auto* const* csv = std::get_if<holdings::ParallelCsv*>(&input)) CANDOUR_TRY_DONE(read_csv(**csv, collectors, threads, cubes.facts));
    else if (auto* const* records = std::get_if<holdings::RecordHolding*>(&input)) CANDOUR_TRY_DONE(read_records(**records, collectors, cubes.facts));
    else CANDOUR_TRY_DONE(read_database(*std::get<holdings::CountingHolding*>(input), collectors, cubes.facts));
  }
  const auto read = std::chrono::steady_clock::now();
  const auto processor_before = processor_time();
  cubes.facts.reading = read - started;
  for (const auto& collector : collectors) {
    for (const auto& reader : collector->readers()) reader->append_notes(cubes.facts.notes);
    CANDOUR_TRY(cube, collector->finish());
    cubes.cubes.push_back(std::move(cube));
  }
  cubes.facts.adding_up = std::chrono::steady_clock::now() - read;
  cubes.facts.adding_up_processor = processor_time() - processor_before;
  return cubes;
}

}  // namespace candour::tabulate
