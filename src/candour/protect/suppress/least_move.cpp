#include <candour/protect/suppress/least_move.hpp>

#include <candour/protect/suppress/independent_sums.hpp>
#include <candour/protect/suppress/linear_finder.hpp>
#include <candour/protect/suppress/whole_changes.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace candour::protect {
namespace {

using table::SystemCell;

constexpr double touch = 1e-3;                                // price of changing a hidden cell by one
constexpr double nothing = 1e-7;                              // smaller changes are noise
constexpr double forbidden = 1e12;                            // far beyond any loss
constexpr std::int64_t most_unit = 2000, most_multiple = 60;  // a corner that is whole only at larger changes is searched anew

std::vector<double> changes_of(const std::vector<double>& solution) {
  std::vector<double> changes;
  for (std::size_t j = 0; j < solution.size(); j += 2) changes.push_back(solution[j] - solution[j + 1]);
  return changes;
}

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
    : book_(book), pool_(pool), basis_(basis_of_moves(book.system(), book.truth().value)), columns_(columns_of(basis_)),
      model_(model_of_moves(book.system(), independent_sums(book.system()))), solver_(model_), price_(model_.columns.size(), 0),
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

// Draws a corner out (or in) to the least change of the cell, as large as asked, at which all of it is in whole numbers. Checked exactly.
table::SystemMove LeastMoveFinder::whole_move(const Changes& changes, SystemCell cell, std::int64_t amount) const {
  const double own = std::abs(changes[cell]);
  if ((changes[cell] > 0) != (amount > 0) || own < 0.5) return {};
  std::vector<std::pair<SystemCell, double>> parts;  // for each unit of the cell's change
  for (SystemCell c = 0; c < changes.size(); ++c)
    if (std::abs(changes[c]) > nothing) parts.emplace_back(c, changes[c] / own);
  const auto is_whole = [&](std::int64_t unit) {
    return std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
      const double by = part.second * static_cast<double>(unit);
      return std::abs(by - std::round(by)) < 1e-4;
    });
  };
  const std::int64_t asked = std::abs(amount);
  std::int64_t reached = is_whole(asked) ? asked : 0;
  for (std::int64_t unit = 2; unit <= most_unit && reached == 0; ++unit)
    if (is_whole(unit)) reached = (asked + unit - 1) / unit * unit;
  for (std::int64_t times = 2; times <= most_multiple && reached == 0; ++times)
    if (is_whole(times * asked)) reached = times * asked;
  if (reached == 0) return {};
  table::SystemMove move;
  for (const auto& [c, by] : parts)
    if (const auto whole = static_cast<std::int64_t>(std::llround(by * static_cast<double>(reached))); whole != 0) move.push_back({c, whole});
  if (!is_valid_move(book_.system(), book_.truth(), move)) return {};
  return move;
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
  return whole_move(changes_of(wide), cell, amount);
}

double LeastMoveFinder::loss_of(const table::SystemMove& move) const {
  double loss = 0;
  for (const table::SystemChange& part : move) loss += book_.state.hidden[part.cell] ? 0 : static_cast<double>(book_.state.loss[part.cell]);
  return loss;
}

double LeastMoveFinder::loss_of(const Changes& changes) const {
  double loss = 0;
  for (SystemCell c = 0; c < changes.size(); ++c)
    if (std::abs(changes[c]) > nothing && !book_.state.hidden[c]) loss += static_cast<double>(book_.state.loss[c]);
  return loss;
}

// The free cells' changes at whole numbers: whatever follows from them is whole. What then changes beside the corner is hidden too; steps by one of a free
// cell, or of two against each other, are taken as long as they lessen what that costs.
table::SystemMove LeastMoveFinder::round_corner(const Changes& changes, SystemCell cell, std::int64_t amount) {
  ++roundings;
  WholeChanges whole(basis_, columns_, [&](SystemCell c, std::int64_t change) {
    const truth::SystemTruth& truth = book_.truth();
    const std::int64_t x = truth.value[c] + change, outside = std::max<std::int64_t>({0, truth.lowest[c] - x, x - truth.highest[c]});
    double cost = forbidden * static_cast<double>(outside);
    if (c == cell) return cost + forbidden * static_cast<double>(std::max<std::int64_t>(0, amount > 0 ? amount - change : change - amount));
    if (change == 0) return cost;
    return cost + (highest_[2 * static_cast<std::size_t>(c)] + highest_[2 * static_cast<std::size_t>(c) + 1] == 0 ? forbidden
                   : book_.state.hidden[c]                                                                        ? touch
                                                                                                                  : static_cast<double>(book_.state.loss[c]));
  });
  for (std::size_t f = 0; f < basis_.free.size(); ++f) whole.set(f, std::llround(changes[basis_.free[f]]));
  whole.descend();
  table::SystemMove move;
  for (SystemCell c = 0; c < changes.size(); ++c)
    if (const std::int64_t change = whole.change(c); change != 0) {
      if (highest_[2 * static_cast<std::size_t>(c)] + highest_[2 * static_cast<std::size_t>(c) + 1] == 0) return {};
      move.push_back({c, change});
    }
  if (!dear_roundings && loss_of(move) > 2 * loss_of(changes) + 1) return {};
  const bool reaches = amount > 0 ? whole.change(cell) >= amount : whole.change(cell) <= amount;
  return reaches && is_valid_move(book_.system(), book_.truth(), move) ? move : table::SystemMove{};
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
      const Changes again = changes_of(price_again(outcome.solution, amount));
      move = whole_move(again, cell, amount);
      if (move.empty()) move = round_corner(again, cell, amount);
    }
    const Changes first = changes_of(outcome.solution);
    if (move.empty()) move = whole_move(first, cell, amount);
    if (move.empty()) move = round_corner(first, cell, amount);
    if (move.empty() && dear_roundings) move = by_whole_numbers(outcome.solution, cell, amount);
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
