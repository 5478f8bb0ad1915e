#include <candour/tabulate/record_cube.hpp>

#include <candour/holdings/row_coder.hpp>
#include <candour/tabulate/cube_coders.hpp>

#include <fmt/format.h>

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

/// The coders of one thread for all cubes.
using FieldCoders = std::vector<std::unique_ptr<FieldCoder>>;

base::Result<base::Done> read_csv(holdings::ParallelCsv& csv, Collectors& collectors, unsigned threads, CubeFacts& facts) {
  ColumnPlan plan;
  for (const auto& collector : collectors) static_cast<void>(CubeColumns(*collector, plan, FilterPlace::here));
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

base::Result<base::Done> add_batch(CubeCollector& collector, BatchCoder& coder, const std::string& name, const holdings::RecordBatch& batch,
                                   const std::vector<std::vector<std::string>>& texts, const std::vector<std::int64_t>* counts) {
  const auto rows = coder.code(batch, texts, counts);
  if (!rows) return base::fail(placed(rows.error(), name, batch.line_of(rows.error().row)));
  const auto added = collector.add(0, **rows);
  if (!added) return base::fail(placed(added.error(), name, batch.line_of(added.error().row)));
  return base::Done{};
}

base::Result<base::Done> read_rows(holdings::RecordHolding& holding, Collectors& collectors, CubeFacts& facts) {
  ColumnPlan plan;
  std::vector<std::unique_ptr<BatchCoder>> coders;
  for (const auto& collector : collectors) coders.push_back(std::make_unique<BatchCoder>(*collector, plan, FilterPlace::here));
  const auto take = [&](const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts) -> base::Result<base::Done> {
    for (std::size_t i = 0; i < collectors.size(); ++i) CANDOUR_TRY_DONE(add_batch(*collectors[i], *coders[i], holding.name(), batch, texts, nullptr));
    return base::Done{};
  };
  CANDOUR_TRY(quality, holding.read(plan.requests(), take));
  facts.rows += quality.rows;
  facts.notes.insert(facts.notes.end(), quality.notes.begin(), quality.notes.end());
  return base::Done{};
}

/// One GROUP BY a cube inside the database; where people are counted, one over person and categories.
base::Result<base::Done> count_inside(holdings::CountingHolding& holding, Collectors& collectors, CubeFacts& facts) {
  std::uint64_t rows = 0;
  for (const auto& collector : collectors) {
    ColumnPlan plan;
    BatchCoder coder(*collector, plan, FilterPlace::in_database);
    holdings::GroupedRequest request;
    request.columns = plan.requests();
    for (std::size_t v = 0; v < collector->readers().size(); ++v)
      if (collector->readers()[v]->needs_only_months()) request.months.push_back(coder.columns().variables[v]);
    for (const FilterTerm& term : collector->request().where)
      request.where.push_back({term.column, term.any_of, term.sense == FilterTerm::Sense::is_one_of ? holdings::ValueCondition::Sense::is_one_of : holdings::ValueCondition::Sense::is_none_of});
    std::uint64_t counted = 0;
    const auto take = [&](const holdings::GroupedBatch& groups, const std::vector<std::vector<std::string>>& texts) -> base::Result<base::Done> {
      for (const std::int64_t count : groups.counts) counted += static_cast<std::uint64_t>(count);
      return add_batch(*collector, coder, holding.name(), groups.batch, texts, &groups.counts);
    };
    CANDOUR_TRY(quality, holding.count(request, take));
    facts.in_database += holding.time_in_database();
    facts.notes.insert(facts.notes.end(), quality.notes.begin(), quality.notes.end());
    rows = std::max(rows, counted);
  }
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
  bool sums = false;
  for (const CubeRequest& request : requests) {
    CANDOUR_TRY(collector, CubeCollector::make(request, threads));
    collectors.push_back(std::move(collector));
    sums = sums || request.sum.has_value();
  }
  RecordCubes cubes;
  const auto started = std::chrono::steady_clock::now();
  for (const CubeInput& input : inputs) {
    if (auto* const* csv = std::get_if<holdings::ParallelCsv*>(&input)) CANDOUR_TRY_DONE(read_csv(**csv, collectors, threads, cubes.facts));
    else if (auto* const* rows = std::get_if<holdings::RecordHolding*>(&input)) CANDOUR_TRY_DONE(read_rows(**rows, collectors, cubes.facts));
    else if (auto* const counting = std::get<holdings::CountingHolding*>(input); sums) CANDOUR_TRY_DONE(read_rows(*counting, collectors, cubes.facts));  // amounts need each record
    else CANDOUR_TRY_DONE(count_inside(*counting, collectors, cubes.facts));
  }
  const auto read = std::chrono::steady_clock::now();
  cubes.facts.reading = read - started;
  for (const auto& collector : collectors) {
    for (const auto& reader : collector->readers()) reader->append_notes(cubes.facts.notes);
    CANDOUR_TRY(cube, collector->finish());
    cubes.cubes.push_back(std::move(cube));
  }
  cubes.facts.adding_up = std::chrono::steady_clock::now() - read;
  return cubes;
}

}  // namespace candour::tabulate
