#include <candour/tabulate/cube_facts.hpp>

#include <candour/tabulate/record_cube.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::tabulate {
namespace {

using base::Result;

// Every level of a hierarchy by its name, the total's left out: it is always shown.
std::vector<std::string> levels_of(const table::Hierarchy& hierarchy) {
  std::vector<std::string> levels;
  for (int level = 1; level <= hierarchy.depth(); ++level) levels.push_back(hierarchy.level_name(level));
  return levels;
}

// The cell of the cube for each cell that the other tabulation lists; both name categories by the same codes.
std::vector<table::SystemCell> cells_of(const Cube& cube, const RecordCube& record_cube) {
  std::vector<std::vector<std::uint64_t>> step(cube.variables.size());
  for (std::size_t k = 0; k < cube.variables.size(); ++k)
    for (const CubeCategory& category : record_cube.categories[k])
      step[k].push_back(cube.variables[k].find(category.code).value_or(0) * cube.system.product()->stride[k]);
  std::vector<table::SystemCell> cells;
  for (const std::uint64_t listed : record_cube.cells) {
    const std::vector<std::uint32_t> split = record_cube.split(listed);
    std::uint64_t cell = 0;
    for (std::size_t k = 0; k < split.size(); ++k) cell += step[k][split[k]];
    cells.push_back(static_cast<table::SystemCell>(cell));
  }
  return cells;
}

base::Error negative(const CubeFactsOrder& order, const std::string& column) {
  return {base::Cause::wrong_input,
          "cube.negative",
          {order.records.string(), 0, 0},
          fmt::format("column '{}' holds negative numbers", column),
          "the rules are for amounts from 0 upwards; a table with negative values can come as a constraint file (--jj)"};
}

CubeRequest request_of(const Cube& cube, const CubeFactsOrder& order) {
  CubeRequest request;
  for (std::size_t k = 0; k < cube.variables.size(); ++k) {
    RecordCubeVariable variable;
    variable.name = variable.source.column = order.columns[k];
    variable.trees.push_back(std::make_shared<table::Hierarchy>(cube.variables[k]));
    variable.levels = levels_of(cube.variables[k]);
    request.by.push_back(std::move(variable));
  }
  return request;
}

}  // namespace

Result<CubeFactsOfCells> facts_of_cube(const Cube& cube, const CubeFactsOrder& order) {
  std::vector<CubeRequest> requests{request_of(cube, order)};
  requests[0].people_column = order.people_column;
  if (order.amount_column)
    requests[0].sum = CubeSum{*order.amount_column, order.contributor_column, order.group_column, order.weight_column, order.largest_count};
  if (order.cost_column) {
    requests.push_back(request_of(cube, order));
    requests.back().sum = CubeSum{*order.cost_column, {}, {}, {}, 0};
  }
  holdings::CsvSettings settings;
  settings.path = order.records.string();
  CANDOUR_TRY(csv, holdings::ParallelCsv::open(settings));
  CANDOUR_TRY(tabulated, tabulate_cubes({&csv}, requests, {}));
  const std::size_t n = cube.system.cell_count();
  const RecordCube& main = tabulated.cubes[0];
  const std::vector<table::SystemCell> cells = cells_of(cube, main);
  CubeFactsOfCells facts;
  if (order.people_column) {
    facts.people.assign(n, 0);
    for (std::size_t i = 0; i < cells.size(); ++i) facts.people[cells[i]] = main.people[i];
  }
  if (order.amount_column) {
    facts.decimals = main.sum_scale;
    facts.amount.assign(n, 0), facts.contributors.assign(n, 0), facts.largest.assign(n, {});
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const LargestContributors& largest = main.largest[i];
      if (main.sums[i] < 0 || std::any_of(largest.amounts.begin(), largest.amounts.end(), [](std::int64_t amount) { return amount < 0; }))
        return base::fail(negative(order, *order.amount_column));
      facts.amount[cells[i]] = main.sums[i], facts.contributors[cells[i]] = largest.contributor_count, facts.largest[cells[i]] = largest.amounts;
    }
  }
  if (order.cost_column) {
    const RecordCube& costs = tabulated.cubes[1];
    std::int64_t unit = 1;
    for (int i = 0; i < costs.sum_scale; ++i) unit *= 10;
    facts.cost.assign(n, 1);
    const std::vector<table::SystemCell> costed = cells_of(cube, costs);
    for (std::size_t i = 0; i < costed.size(); ++i) {
      if (costs.sums[i] < 0) return base::fail(negative(order, *order.cost_column));
      facts.cost[costed[i]] = std::max<std::int64_t>(1, (costs.sums[i] + unit / 2) / unit);
    }
  }
  return facts;
}

}  // namespace candour::tabulate
