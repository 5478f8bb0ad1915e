#include <candour/attack/component.hpp>

#include <algorithm>
#include <cmath>

namespace candour::attack {
namespace {

constexpr std::int64_t no_limit = table::no_upper_limit;
// A solver's figure this close below a whole number counts as that number: bounds are rounded inward, never past what is proved.
constexpr double rounding_slack = 1e-5;

std::vector<solve::Entry> entries_of(std::span<const LocalColumn> sum) {
  std::vector<solve::Entry> entries;
  for (const LocalColumn column : sum) entries.push_back({static_cast<solve::ColumnIndex>(column), 1});
  return entries;
}

std::int64_t rounded_inward(double bound, End end) {
  return static_cast<std::int64_t>(end == End::highest ? std::floor(bound + rounding_slack) : std::ceil(bound - rounding_slack));
}

}  // namespace

std::int64_t Component::value(const World& world, std::span<const LocalColumn> sum) {
  std::int64_t value = 0;
  for (const LocalColumn column : sum) value += world[column];
  return value;
}

// A column without upper limit may take any value; the solver needs a finite one, far above every figure.
double Component::cap() const {
  std::int64_t largest = 0;
  for (const Row& row : rows) {
    if (row.highest != no_limit) largest = std::max(largest, row.highest);
    if (row.lowest != no_lower_limit) largest = std::max(largest, row.lowest);
  }
  for (const std::int64_t low : lowest) largest = std::max(largest, low);
  return static_cast<double>(2 * largest + 1000);
}

solve::LinearModel Component::relaxation() const {
  solve::LinearModel model;
  const double unlimited = cap();
  for (std::size_t c = 0; c < columns.size(); ++c)
    model.columns.push_back({static_cast<double>(lowest[c]), highest[c] == no_limit ? unlimited : static_cast<double>(highest[c]), 0, solve::ColumnType::continuous});
  for (const Row& row : rows) {
    solve::Row added;
    for (const Term& term : row.terms) added.entries.push_back({static_cast<solve::ColumnIndex>(term.column), static_cast<double>(term.coefficient)});
    added.lowest = row.lowest == no_lower_limit ? -solve::infinity : static_cast<double>(row.lowest);
    added.highest = row.highest == no_limit ? solve::infinity : static_cast<double>(row.highest);
    model.rows.push_back(std::move(added));
  }
  return model;
}

// One mark a cell: where it is 1, the cell lies between 1 and the condition's highest. At least one mark is 1.
void Component::add_small_condition(solve::LinearModel& model, std::size_t number) const {
  const Small& small = smalls[number];
  solve::Row one_of;
  one_of.lowest = 1;
  one_of.highest = solve::infinity;
  for (std::size_t i = 0; i < small.cells.size(); ++i) {
    const auto mark = static_cast<solve::ColumnIndex>(model.columns.size());
    model.columns.push_back({0, 1, 0, solve::ColumnType::integer});
    one_of.entries.push_back({mark, 1});
    const auto offset = static_cast<double>(small_offsets[number][i]);
    double most = offset;
    for (const LocalColumn column : small.cells[i]) most += model.columns[column].highest;
    solve::Row at_least{entries_of(small.cells[i]), -offset, solve::infinity};
    at_least.entries.push_back({mark, -1});
    model.rows.push_back(std::move(at_least));
    const auto highest_small = static_cast<double>(small.highest);
    if (most <= highest_small) continue;
    solve::Row at_most{entries_of(small.cells[i]), -solve::infinity, most - offset};
    at_most.entries.push_back({mark, most - highest_small});
    model.rows.push_back(std::move(at_most));
  }
  model.rows.push_back(std::move(one_of));
}

solve::LinearModel Component::integer_program() const {
  solve::LinearModel model = relaxation();
  for (solve::Column& column : model.columns) column.type = solve::ColumnType::integer;
  for (std::size_t s = 0; s < smalls.size(); ++s) add_small_condition(model, s);
  return model;
}

bool Component::fits(const World& world) const {
  for (std::size_t c = 0; c < world.size(); ++c)
    if (world[c] < lowest[c] || world[c] > highest[c]) return false;
  for (const Row& row : rows) {
    std::int64_t sum = 0;
    for (const Term& term : row.terms) sum += term.coefficient * world[term.column];
    if (sum > row.highest || sum < row.lowest) return false;
  }
  for (std::size_t s = 0; s < smalls.size(); ++s) {
    bool is_met = false;
    for (std::size_t i = 0; i < smalls[s].cells.size() && !is_met; ++i) {
      const std::int64_t cell = small_offsets[s][i] + value(world, smalls[s].cells[i]);
      is_met = cell >= 1 && cell <= smalls[s].highest;
    }
    if (!is_met) return false;
  }
  return true;
}

std::optional<std::int64_t> Component::keep(const std::vector<double>& solution, std::span<const LocalColumn> sum, const std::optional<Supposed>& supposed) {
  if (solution.size() < columns.size()) return std::nullopt;
  World world(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) world[c] = std::llround(solution[c]);
  if (supposed && world[supposed->column] < supposed->at_least) return std::nullopt;
  if (!fits(world)) return std::nullopt;
  const std::int64_t shown = value(world, sum);
  worlds_.push_back(std::move(world));
  return shown;
}

Extreme Component::by_linear_program(std::span<const LocalColumn> sum, End end, const std::optional<Supposed>& supposed) {
  if (!warm_) warm_ = std::make_shared<solve::WarmSolver>(relaxation());
  const double unlimited = cap();
  const auto bound_of = [&](LocalColumn c) { return highest[c] == no_limit ? unlimited : static_cast<double>(highest[c]); };
  if (supposed) {
    if (supposed->at_least > highest[supposed->column]) return {false, 0, std::nullopt};
    warm_->set_bounds(static_cast<solve::ColumnIndex>(supposed->column), static_cast<double>(std::max(lowest[supposed->column], supposed->at_least)), bound_of(supposed->column));
  }
  warm_->set_objective(entries_of(sum), end == End::highest ? solve::Sense::maximise : solve::Sense::minimise);
  const solve::SolveOutcome outcome = warm_->solve();
  if (supposed) warm_->set_bounds(static_cast<solve::ColumnIndex>(supposed->column), static_cast<double>(lowest[supposed->column]), bound_of(supposed->column));
  if (outcome.status == solve::SolveStatus::infeasible) return {false, 0, std::nullopt};
  // Whatever else the solver says leaves the trivial bound.
  if (outcome.status != solve::SolveStatus::optimal) return {true, end == End::highest ? no_limit : 0, std::nullopt};
  return {true, rounded_inward(outcome.objective, end), keep(outcome.solution, sum, supposed)};
}

Extreme Component::by_integer_program(std::span<const LocalColumn> sum, End end, const std::optional<Supposed>& supposed, Allowance& allowance) {
  const Extreme open{true, end == End::highest ? no_limit : 0, std::nullopt};
  if (allowance.programs <= 0) return open;
  --allowance.programs;
  solve::LinearModel model = integer_program();
  model.sense = end == End::highest ? solve::Sense::maximise : solve::Sense::minimise;
  for (const LocalColumn column : sum) model.columns[column].objective = 1;
  if (supposed) model.columns[supposed->column].lowest = std::max(model.columns[supposed->column].lowest, static_cast<double>(supposed->at_least));
  const solve::SolveOutcome outcome = solve::solve_once(model, {.seconds = 0, .nodes = allowance.nodes_per_program});
  switch (outcome.status) {
    case solve::SolveStatus::infeasible: return {false, 0, std::nullopt};
    case solve::SolveStatus::optimal:
    case solve::SolveStatus::limit_reached: return {true, rounded_inward(outcome.bound, end), keep(outcome.solution, sum, supposed)};
    case solve::SolveStatus::unbounded:
    case solve::SolveStatus::failed: break;
  }
  return open;
}

Extreme Component::extreme(std::span<const LocalColumn> sum, End end, std::int64_t need, const std::optional<Supposed>& supposed, Allowance& allowance) {
  const auto reaches = [&](std::int64_t value) { return end == End::highest ? value >= need : value <= need; };
  Extreme found = by_linear_program(sum, end, supposed);
  if (!found.is_possible || !reaches(found.proved) || (found.attained && reaches(*found.attained))) return found;
  Extreme exact = by_integer_program(sum, end, supposed, allowance);
  if (!exact.is_possible) return exact;
  exact.proved = end == End::highest ? std::min(exact.proved, found.proved) : std::max(exact.proved, found.proved);
  return exact;
}

Extreme Component::exact_extreme(std::span<const LocalColumn> sum, End end, const std::optional<Supposed>& supposed, Allowance& allowance) {
  Extreme found = by_linear_program(sum, end, supposed);
  if (!found.is_possible || (found.attained && *found.attained == found.proved)) return found;
  Extreme exact = by_integer_program(sum, end, supposed, allowance);
  if (!exact.is_possible) return exact;
  exact.proved = end == End::highest ? std::min(exact.proved, found.proved) : std::max(exact.proved, found.proved);
  return exact;
}

Extreme Component::find_first_worlds(Allowance& allowance) {
  std::vector<LocalColumn> all(columns.size());
  for (LocalColumn c = 0; c < all.size(); ++c) all[c] = c;
  if (rows.empty() && smalls.empty()) {
    const auto unlimited = static_cast<std::int64_t>(cap());
    worlds_.push_back(lowest);
    worlds_.push_back(highest);
    for (std::int64_t& value : worlds_.back()) value = std::min(value, unlimited);
    return {true, 0, 0};
  }
  Extreme found = by_linear_program(all, End::lowest, std::nullopt);
  if (!found.is_possible) return found;
  const Extreme most = by_linear_program(all, End::highest, std::nullopt);
  if (!found.attained) found.attained = most.attained;
  if (found.attained) return found;
  return by_integer_program({}, End::lowest, std::nullopt, allowance);
}

}  // namespace candour::attack
