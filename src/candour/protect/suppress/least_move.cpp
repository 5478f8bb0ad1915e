#include <candour/protect/suppress/least_move.hpp>

#include <candour/protect/suppress/independent_sums.hpp>
#include <candour/protect/suppress/linear_finder.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace candour::protect {
namespace {

constexpr double touch = 1e-3;     // price of changing a hidden cell by one
constexpr double nothing = 1e-7;   // smaller changes are noise
constexpr int most_multiple = 60;  // a corner in halves or sixths is whole when it is made so often

}  // namespace

solve::LinearModel model_of_moves(const table::AdditiveSystem& system, const std::vector<table::SystemEquation>& sums) {
  solve::LinearModel model;
  model.columns.assign(2 * static_cast<std::size_t>(system.cell_count()), {0, 0, 0, solve::ColumnType::continuous});
  for (const table::SystemEquation e : sums) {
    solve::Row row;
    for (const table::SystemTerm& term : system.terms(e)) {
      const auto column = static_cast<solve::ColumnIndex>(2 * term.cell);
      row.entries.push_back({column, static_cast<double>(term.coefficient)});
      row.entries.push_back({column + 1, -static_cast<double>(term.coefficient)});
    }
    model.rows.push_back(std::move(row));
  }
  // A sum that says nothing, where all cells of the system move as one: solvers want a row.
  if (model.rows.empty() && !model.columns.empty()) model.rows.push_back({{{0, 1.0}}, -solve::infinity, solve::infinity});
  return model;
}

LeastMoveFinder::LeastMoveFinder(WitnessBook& book, MovePool& pool)
    : book_(book), pool_(pool), model_(model_of_moves(book.system(), independent_sums(book.system()))), solver_(model_), price_(model_.columns.size(), 0),
      highest_(model_.columns.size(), 0) {}

double LeastMoveFinder::price(table::SystemCell c) const {
  if (book_.state.hidden[c]) return touch;
  return static_cast<double>(book_.state.loss[c]) * (favour_.empty() ? 1.0 : favour_[c]) + touch;
}

// Bounds and prices as the book stands; only what differs is handed to the solver.
void LeastMoveFinder::set_cells(Spending spending) {
  const truth::SystemTruth& truth = book_.truth();
  for (table::SystemCell c = 0; c < truth.value.size(); ++c) {
    const bool open =
        !book_.state.barred[c] && (book_.state.hidden[c] || (spending == Spending::least && truth.standing[c] != table::CellStanding::always_shown));
    const double own = price(c);
    const double room[2] = {static_cast<double>(truth.highest[c] - truth.value[c]), static_cast<double>(truth.value[c] - truth.lowest[c])};
    for (std::size_t way = 0; way < 2; ++way) {
      const std::size_t j = 2 * static_cast<std::size_t>(c) + way;
      const double highest = open ? room[way] : 0;
      if (highest != highest_[j]) solver_.set_bounds(static_cast<solve::ColumnIndex>(j), 0, highest_[j] = highest);
      if (own != price_[j]) solver_.set_price(static_cast<solve::ColumnIndex>(j), price_[j] = own);
    }
  }
}

// Rounded, and checked exactly; where the corner is not whole, a multiple of it may be.
table::SystemMove LeastMoveFinder::whole_move(const std::vector<double>& solution, table::SystemCell cell, std::int64_t amount) const {
  for (int times = 1; times <= most_multiple; ++times) {
    table::SystemMove move;
    bool whole = true;
    for (std::size_t c = 0; 2 * c < solution.size() && whole; ++c) {
      const double change = (solution[2 * c] - solution[2 * c + 1]) * times;
      if (std::abs(change) < nothing) continue;
      const auto rounded = static_cast<std::int64_t>(std::llround(change));
      whole = std::abs(change - static_cast<double>(rounded)) < 1e-4;
      if (rounded != 0) move.push_back({static_cast<table::SystemCell>(c), rounded});
    }
    if (!whole || !is_valid_move(book_.system(), book_.truth(), move)) continue;
    for (const table::SystemChange& part : move)
      if (part.cell == cell && (part.change > 0) == (amount > 0) && std::abs(part.change) >= std::abs(amount)) return move;
  }
  return {};
}

// Over the cells of a corner and all hidden ones, in whole numbers.
table::SystemMove LeastMoveFinder::by_whole_numbers(const std::vector<double>& solution, table::SystemCell cell, std::int64_t amount) {
  ++whole_programs;
  solve::LinearModel small;
  std::vector<solve::ColumnIndex> place(model_.columns.size(), -1);
  std::vector<std::size_t> column_of;
  for (std::size_t j = 0; j < model_.columns.size(); ++j) {
    const bool used = solution[j] > nothing || solution[j ^ 1] > nothing || (book_.state.hidden[j / 2] && highest_[j] > 0);
    if (!used) continue;
    place[j] = static_cast<solve::ColumnIndex>(small.columns.size());
    column_of.push_back(j);
    small.columns.push_back({0, highest_[j], price_[j], solve::ColumnType::integer});
    if (j / 2 == cell) {
      small.columns.back().lowest = (j % 2 == 0) == (amount > 0) ? static_cast<double>(std::abs(amount)) : 0;
      if (small.columns.back().lowest == 0) small.columns.back().highest = 0;
    }
  }
  for (const solve::Row& row : model_.rows) {
    solve::Row kept;
    for (const solve::Entry& entry : row.entries)
      if (place[static_cast<std::size_t>(entry.column)] >= 0) kept.entries.push_back({place[static_cast<std::size_t>(entry.column)], entry.coefficient});
    if (!kept.entries.empty()) small.rows.push_back(std::move(kept));
  }
  const solve::SolveOutcome outcome = solve::solve_once(small, {4, 300});
  if (outcome.solution.empty()) return {};
  std::vector<double> wide(model_.columns.size(), 0);
  for (std::size_t i = 0; i < column_of.size(); ++i) wide[column_of[i]] = outcome.solution[i];
  return whole_move(wide, cell, amount);
}

// Fixes one broken change after the other at the nearest whole number, the least broken first, and solves again: a cycle of halves mends at once.
table::SystemMove LeastMoveFinder::dive(std::vector<double> solution, table::SystemCell cell, std::int64_t amount) {
  constexpr int most_steps = 40;
  std::vector<std::size_t> fixed;
  table::SystemMove move;
  for (int step = 0; step < most_steps; ++step) {
    std::size_t chosen = solution.size();
    double least = 1;
    for (std::size_t j = 0; j < solution.size(); ++j) {
      const double broken = std::abs(solution[j] - std::round(solution[j]));
      if (broken > 1e-6 && broken < least) least = broken, chosen = j;
    }
    if (chosen == solution.size()) {
      move = whole_move(solution, cell, amount);
      break;
    }
    const auto column = static_cast<solve::ColumnIndex>(chosen);
    const double near = std::round(solution[chosen]), far = near > solution[chosen] ? near - 1 : near + 1;
    fixed.push_back(chosen);
    solve::SolveOutcome outcome;
    for (const double whole : {near, far}) {
      if (whole > highest_[chosen]) continue;
      solver_.set_bounds(column, whole, whole);
      outcome = solver_.solve({20, 1});
      ++dives;
      if (outcome.status == solve::SolveStatus::optimal) break;
    }
    if (outcome.status != solve::SolveStatus::optimal) break;
    solution = std::move(outcome.solution);
  }
  for (const std::size_t j : fixed) solver_.set_bounds(static_cast<solve::ColumnIndex>(j), 0, highest_[j]);
  return move;
}

// The price of a cell is that of hiding it at all, but a program prices each unit: prices are divided by what the last answer changed, so that few cells stay.
std::vector<double> LeastMoveFinder::price_again(std::vector<double> solution, std::int64_t amount) {
  const auto asked = static_cast<double>(std::abs(amount));
  for (int round = 0; round < 2; ++round) {
    for (std::size_t j = 0; j < solution.size(); ++j) {
      const double own = price(static_cast<table::SystemCell>(j / 2));
      const double changed = std::max(solution[j], solution[j ^ 1]);
      const double again = own <= touch ? own : own * asked / (changed + 0.05 * asked);
      if (again != price_[j]) solver_.set_price(static_cast<solve::ColumnIndex>(j), price_[j] = again);
    }
    solver_.forget_basis();
    solve::SolveOutcome outcome = solver_.solve({20, 1});
    ++programs;
    if (outcome.status != solve::SolveStatus::optimal) break;
    solution = std::move(outcome.solution);
  }
  return solution;
}

table::SystemMove LeastMoveFinder::find(table::SystemCell cell, std::int64_t amount, Spending spending) {
  const truth::SystemTruth& truth = book_.truth();
  const std::int64_t room = amount > 0 ? truth.highest[cell] - truth.value[cell] : truth.value[cell] - truth.lowest[cell];
  if (std::abs(amount) > room) return {};
  const auto asked = static_cast<double>(std::abs(amount));
  set_cells(spending);
  const auto own = static_cast<solve::ColumnIndex>(2 * cell + (amount > 0 ? 0 : 1)), other = own ^ 1;
  solver_.set_bounds(own, asked, asked);
  solver_.set_bounds(other, 0, 0);
  solver_.forget_basis();
  const solve::SolveOutcome outcome = solver_.solve({60, 1});
  ++programs;
  table::SystemMove move;
  if (outcome.status == solve::SolveStatus::optimal) {
    if (spending == Spending::least) {
      const std::vector<double> again = price_again(outcome.solution, amount);
      move = whole_move(again, cell, amount);
      if (move.empty()) move = dive(again, cell, amount);
    }
    if (move.empty()) move = whole_move(outcome.solution, cell, amount);
    if (move.empty()) move = dive(outcome.solution, cell, amount);
    if (move.empty()) move = by_whole_numbers(outcome.solution, cell, amount);
  }
  solver_.set_bounds(own, 0, highest_[static_cast<std::size_t>(own)]);
  solver_.set_bounds(other, 0, highest_[static_cast<std::size_t>(other)]);
  return move;
}

bool LeastMoveFinder::satisfy(std::uint32_t index, Spending spending, std::vector<table::SystemCell>& newly_hidden) {
  if (pool_.adopt(index)) return true;
  const Need need = book_.needs[index];
  for (const table::SystemCell c : need.untouched) book_.state.barred[c] = 1;
  table::SystemMove move = find(need.cell, need.amount, spending);
  if (move.empty() && need.way == Need::Way::either) move = find(need.cell, -need.amount, spending);
  for (const table::SystemCell c : need.untouched) book_.state.barred[c] = 0;
  if (move.empty()) return false;
  for (const table::SystemChange& part : move) {
    if (book_.state.hidden[part.cell]) continue;
    book_.hide(part.cell);
    newly_hidden.push_back(part.cell);
  }
  pool_.add(move);
  book_.set_witness(index, std::move(move));
  return true;
}

}  // namespace candour::protect
