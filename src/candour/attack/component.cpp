#include <candour/attack/component.hpp>

#include <algorithm>
#include <cmath>

namespace candour::attack {
namespace {

constexpr std::int64_t no_limit = table::no_upper_limit;
// A solver's figure this close below a whole number counts as that number: bounds are rounded inward, never past what is proved.
constexpr double rounding_slack = 1e-5;
constexpr double whole_enough = 1e-6;
constexpr int most_dives = 60;

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
    model.columns.push_back(
        {static_cast<double>(lowest[c]), highest[c] == no_limit ? unlimited : static_cast<double>(highest[c]), 0, solve::ColumnType::continuous});
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

void Component::index_rows() {
  rows_of_.assign(columns.size(), {});
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (const Term& term : rows[r].terms) rows_of_[term.column].push_back(r);
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

bool Component::keep(World world, const std::optional<Supposed>& supposed) {
  if (supposed && world[supposed->column] < supposed->at_least) return false;
  if (!fits(world)) return false;
  worlds_.push_back(std::move(world));
  return true;
}

// Every column twice: what is added (2c) and what is taken off (2c + 1), each at a price near 1 that differs from column to column, so that ties are rare.
solve::LinearModel Component::moves_from(const World& base) const {
  solve::LinearModel model = relaxation();
  std::vector<solve::Column> columns_twice;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const double price = 1 + static_cast<double>(c * 2654435761U % 1024) / 16384;
    const auto here = static_cast<double>(base[c]);
    columns_twice.push_back({0, model.columns[c].highest - here, price, solve::ColumnType::continuous});
    columns_twice.push_back({0, here - model.columns[c].lowest, price, solve::ColumnType::continuous});
  }
  model.columns = std::move(columns_twice);
  for (solve::Row& row : model.rows) {
    double here = 0;
    std::vector<solve::Entry> twice;
    for (const solve::Entry& entry : row.entries) {
      here += entry.coefficient * static_cast<double>(base[static_cast<std::size_t>(entry.column)]);
      twice.push_back({2 * entry.column, entry.coefficient});
      twice.push_back({2 * entry.column + 1, -entry.coefficient});
    }
    row = {std::move(twice), row.lowest - here, row.highest - here};
  }
  return model;
}

World Component::moved(const std::vector<double>& solution) const {
  World world = worlds_.front();
  for (std::size_t c = 0; c < world.size(); ++c) world[c] += std::llround(solution[2 * c] - solution[2 * c + 1]);
  return world;
}

// Bounds of the column itself, as bounds of what may be added and taken off.
void Component::set_move_bounds(LocalColumn column, std::int64_t low, std::int64_t high) {
  const auto here = static_cast<double>(worlds_.front()[column]);
  const double most = high == no_limit ? cap() : static_cast<double>(high);
  const auto least = static_cast<double>(low);
  const auto added = static_cast<solve::ColumnIndex>(2 * column), taken = static_cast<solve::ColumnIndex>(2 * column + 1);
  moves_->set_bounds(added, std::max(0.0, least - here), std::max(0.0, most - here));
  moves_->set_bounds(taken, std::max(0.0, here - most), std::max(0.0, here - least));
}

// Dives: fixes the column whose fraction is nearest to a whole number and solves again; a step that loses every solution is taken the other way once.
Reach Component::by_rounding(solve::SolveOutcome outcome, const std::optional<Supposed>& supposed, Allowance& allowance) {
  std::vector<LocalColumn> fixed;
  Reach result = Reach::undecided;
  for (int step = 0; step < most_dives && allowance.programs > 0; ++step) {
    if (keep(moved(outcome.solution), supposed)) {
      result = Reach::reached;
      break;
    }
    double nearest = 1;
    std::optional<LocalColumn> column;
    for (LocalColumn c = 0; c < columns.size(); ++c) {
      const double change = outcome.solution[2 * c] - outcome.solution[2 * c + 1];
      const double away = std::abs(change - std::round(change));
      if (away > whole_enough && away < nearest) {
        nearest = away;
        column = c;
      }
    }
    if (!column) break;  // whole, and yet no world: a replay condition is not met
    const double change = outcome.solution[2 * *column] - outcome.solution[2 * *column + 1];
    fixed.push_back(*column);
    const std::int64_t here = worlds_.front()[*column];
    const auto rounded = static_cast<std::int64_t>(std::round(change));
    const std::int64_t other = change > static_cast<double>(rounded) ? rounded + 1 : rounded - 1;
    for (const std::int64_t value : {here + rounded, here + other}) {
      if (value < lowest[*column] || value > highest[*column]) continue;
      set_move_bounds(*column, value, value);
      --allowance.programs;
      outcome = moves_->solve();
      if (outcome.status == solve::SolveStatus::optimal) break;
    }
    if (outcome.status != solve::SolveStatus::optimal) break;
  }
  for (const LocalColumn column : fixed) set_move_bounds(column, lowest[column], highest[column]);
  return result;
}

Reach Component::by_integer_program(const solve::Row& question, const std::optional<Supposed>& supposed, Allowance& allowance) {
  if (allowance.programs <= 0) return Reach::undecided;
  --allowance.programs;
  solve::LinearModel model = relaxation();
  for (solve::Column& column : model.columns) column.type = solve::ColumnType::integer;
  for (std::size_t s = 0; s < smalls.size(); ++s) add_small_condition(model, s);
  if (!question.entries.empty()) model.rows.push_back(question);
  if (supposed) model.columns[supposed->column].lowest = std::max(model.columns[supposed->column].lowest, static_cast<double>(supposed->at_least));
  const solve::SolveOutcome outcome = solve::solve_once(model, {.seconds = 0, .nodes = allowance.nodes_per_program});
  if (outcome.status == solve::SolveStatus::infeasible) return Reach::unreachable;
  if (outcome.solution.empty()) return Reach::undecided;
  World world(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) world[c] = std::llround(outcome.solution[c]);
  return keep(std::move(world), supposed) ? Reach::reached : Reach::undecided;
}

Reach Component::reach(std::span<const LocalColumn> sum, End end, std::int64_t need, const std::optional<Supposed>& supposed, Allowance& allowance) {
  if (supposed && supposed->at_least > highest[supposed->column]) return Reach::unreachable;
  if (worlds_.empty() || allowance.programs <= 0) return Reach::undecided;
  --allowance.programs;
  if (!moves_) moves_ = std::make_shared<solve::WarmSolver>(moves_from(worlds_.front()));
  const auto wanted = static_cast<double>(need), here = static_cast<double>(value(worlds_.front(), sum));
  solve::Row change{{}, end == End::highest ? wanted - here : -solve::infinity, end == End::highest ? solve::infinity : wanted - here};
  for (const LocalColumn column : sum) {
    change.entries.push_back({static_cast<solve::ColumnIndex>(2 * column), 1});
    change.entries.push_back({static_cast<solve::ColumnIndex>(2 * column + 1), -1});
  }
  if (supposed) set_move_bounds(supposed->column, std::max(lowest[supposed->column], supposed->at_least), highest[supposed->column]);
  moves_->add_row(change);
  const solve::SolveOutcome outcome = moves_->solve();
  Reach result = Reach::undecided;
  if (outcome.status == solve::SolveStatus::infeasible) result = Reach::unreachable;
  else if (outcome.status == solve::SolveStatus::optimal) result = by_rounding(outcome, supposed, allowance);
  moves_->remove_last_row();
  if (supposed) set_move_bounds(supposed->column, lowest[supposed->column], highest[supposed->column]);
  if (result != Reach::undecided) return result;
  const solve::Row question{entries_of(sum), end == End::highest ? wanted : -solve::infinity, end == End::highest ? solve::infinity : wanted};
  return by_integer_program(question, supposed, allowance);
}

std::optional<std::int64_t> Component::linear_bound(std::span<const LocalColumn> sum, End end, const std::optional<Supposed>& supposed, Allowance& allowance) {
  const std::int64_t open = end == End::highest ? no_limit : 0;
  if (allowance.programs-- <= 0) return open;
  if (!bounds_) bounds_ = std::make_shared<solve::WarmSolver>(relaxation());
  const double most = supposed && highest[supposed->column] != no_limit ? static_cast<double>(highest[supposed->column]) : cap();
  if (supposed)
    bounds_->set_bounds(static_cast<solve::ColumnIndex>(supposed->column), static_cast<double>(std::max(lowest[supposed->column], supposed->at_least)), most);
  bounds_->set_objective(entries_of(sum), end == End::highest ? solve::Sense::maximise : solve::Sense::minimise);
  const solve::SolveOutcome outcome = bounds_->solve();
  if (supposed) bounds_->set_bounds(static_cast<solve::ColumnIndex>(supposed->column), static_cast<double>(lowest[supposed->column]), most);
  if (outcome.status == solve::SolveStatus::infeasible) return std::nullopt;
  if (outcome.status != solve::SolveStatus::optimal || (end == End::highest && outcome.objective > cap() / 2)) return open;
  return rounded_inward(outcome.objective, end);
}

// From the corner of no changes at all: the lower bounds, then whatever a linear program, rounding and an integer program find.
Reach Component::first_world(Allowance& allowance) {
  solve::LinearModel model = relaxation();
  for (solve::Column& column : model.columns) column.objective = 1;
  const solve::SolveOutcome outcome = solve::solve_once(model);
  if (outcome.status == solve::SolveStatus::infeasible) return Reach::unreachable;
  if (outcome.status == solve::SolveStatus::optimal) {
    World world(columns.size());
    for (std::size_t c = 0; c < columns.size(); ++c) world[c] = std::llround(outcome.solution[c]);
    if (keep(std::move(world), std::nullopt)) return Reach::reached;
    // Moves from the lower bounds, which fit no row yet: the same programs, other starting point.
    worlds_.push_back(lowest);
    moves_ = std::make_shared<solve::WarmSolver>(moves_from(lowest));
    const solve::SolveOutcome start = moves_->solve();
    const Reach rounded = start.status == solve::SolveStatus::optimal ? by_rounding(start, std::nullopt, allowance) : Reach::undecided;
    worlds_.erase(worlds_.begin());
    moves_.reset();
    if (rounded == Reach::reached) return rounded;
  }
  return by_integer_program({}, std::nullopt, allowance);
}

Reach Component::find_first_worlds(Allowance& allowance) {
  if (!rows.empty() || !smalls.empty()) return first_world(allowance);
  const auto unlimited = static_cast<std::int64_t>(cap());
  worlds_.push_back(lowest);
  worlds_.push_back(highest);
  for (std::int64_t& value : worlds_.back()) value = std::min(value, unlimited);
  return Reach::reached;
}

}  // namespace candour::attack
