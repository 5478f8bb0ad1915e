#include <candour/protect/suppress/linear_finder.hpp>

#include <candour/base/wide.hpp>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace candour::protect {
namespace {

constexpr std::uint32_t nowhere = 0xffffffff;
constexpr double touch = 1e-3;       // price of changing a hidden cell by one
constexpr double dear_touch = 0.06;  // where somebody is alone in it: a witness without such cells needs no second one

}  // namespace

bool is_valid_move(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const table::SystemMove& move) {
  std::unordered_map<table::SystemEquation, base::Wide> sums;
  for (const table::SystemChange& change : move) {
    const base::Wide x = static_cast<base::Wide>(truth.value[change.cell]) + change.change;
    if (x < truth.lowest[change.cell] || x > truth.highest[change.cell]) return false;
    for (const table::CellEquation& e : system.equations(change.cell)) sums[e.equation] += static_cast<base::Wide>(e.coefficient) * change.change;
  }
  return std::all_of(sums.begin(), sums.end(), [](const auto& sum) { return sum.second == 0; });
}

LinearFinder::LinearFinder(WitnessBook& book) : book_(book), place_(book.system().cell_count(), nowhere), equation_mark_(book.system().equation_count(), 0) {}

bool LinearFinder::usable(table::SystemCell c, Spending spending) const {
  if (book_.state.barred[c]) return false;
  if (book_.state.hidden[c]) return true;
  return spending == Spending::least && book_.truth().standing[c] != table::CellStanding::always_shown;
}

std::vector<table::SystemCell> LinearFinder::cells_around(table::SystemCell cell, Spending spending, std::size_t most) {
  std::vector<table::SystemCell> cells{cell};
  place_[cell] = 0;
  ++mark_;
  for (std::size_t at = 0; at < cells.size() && cells.size() < most; ++at)
    for (const table::CellEquation& e : book_.system().equations(cells[at])) {
      if (equation_mark_[e.equation] == mark_) continue;
      equation_mark_[e.equation] = mark_;
      for (const table::SystemTerm& term : book_.system().terms(e.equation)) {
        if (cells.size() >= most) break;
        if (place_[term.cell] != nowhere || !usable(term.cell, spending)) continue;
        place_[term.cell] = 0;
        cells.push_back(term.cell);
      }
    }
  for (const table::SystemCell c : cells) place_[c] = nowhere;
  return cells;
}

// Hidden cells near and far, and the cheapest shown ones of the sums that are nearest.
std::vector<table::SystemCell> LinearFinder::cells_beside(table::SystemCell cell, std::size_t most) {
  constexpr std::size_t most_shown_a_sum = 4, most_sums = 60;
  std::vector<table::SystemCell> cells{cell}, shown;
  place_[cell] = 0;
  ++mark_;
  std::size_t sums = 0, hidden = 1;
  for (std::size_t at = 0; at < cells.size() && hidden < most; ++at)
    for (const table::CellEquation& e : book_.system().equations(cells[at])) {
      if (equation_mark_[e.equation] == mark_ || hidden >= most) continue;
      equation_mark_[e.equation] = mark_;
      shown.clear();
      for (const table::SystemTerm& term : book_.system().terms(e.equation)) {
        if (place_[term.cell] != nowhere || !usable(term.cell, Spending::least)) continue;
        if (!book_.state.hidden[term.cell]) {
          shown.push_back(term.cell);
          continue;
        }
        place_[term.cell] = 0;
        cells.push_back(term.cell);
        ++hidden;
      }
      if (++sums > most_sums) continue;
      const auto cheaper = [&](table::SystemCell a, table::SystemCell b) { return book_.state.loss[a] < book_.state.loss[b]; };
      const std::size_t count = std::min(shown.size(), most_shown_a_sum);
      std::partial_sort(shown.begin(), shown.begin() + static_cast<std::ptrdiff_t>(count), shown.end(), cheaper);
      for (std::size_t i = 0; i < count; ++i) {
        place_[shown[i]] = 0;
        cells.push_back(shown[i]);
      }
    }
  for (const table::SystemCell c : cells) place_[c] = nowhere;
  return cells;
}

LinearFinder::Program LinearFinder::program_of(std::vector<table::SystemCell> cells) {
  Program program;
  program.cells = std::move(cells);
  const truth::SystemTruth& truth = book_.truth();
  for (std::size_t i = 0; i < program.cells.size(); ++i) {
    const table::SystemCell c = program.cells[i];
    place_[c] = static_cast<std::uint32_t>(i);
    const bool alone = !truth.largest.empty() && truth.value[c] > 0 && truth.largest[c] == truth.value[c];
    const double price = !book_.state.hidden[c] ? static_cast<double>(book_.state.loss[c]) : alone ? dear_touch : touch;
    program.model.columns.push_back({0, static_cast<double>(truth.highest[c] - truth.value[c]), price, solve::ColumnType::continuous});
    program.model.columns.push_back({0, static_cast<double>(truth.value[c] - truth.lowest[c]), price, solve::ColumnType::continuous});
  }
  ++mark_;
  for (const table::SystemCell c : program.cells)
    for (const table::CellEquation& e : book_.system().equations(c)) {
      if (equation_mark_[e.equation] == mark_) continue;
      equation_mark_[e.equation] = mark_;
      solve::Row row;
      for (const table::SystemTerm& term : book_.system().terms(e.equation)) {
        if (place_[term.cell] == nowhere) continue;
        const auto column = static_cast<solve::ColumnIndex>(2 * place_[term.cell]);
        row.entries.push_back({column, static_cast<double>(term.coefficient)});
        row.entries.push_back({column + 1, -static_cast<double>(term.coefficient)});
      }
      program.model.rows.push_back(std::move(row));
    }
  for (const table::SystemCell c : program.cells) place_[c] = nowhere;
  return program;
}

table::SystemMove LinearFinder::move_of(const Program& program, const std::vector<double>& solution) {
  table::SystemMove move;
  for (std::size_t i = 0; i < program.cells.size(); ++i) {
    const std::int64_t change = std::llround(solution[2 * i] - solution[2 * i + 1]);
    if (change != 0) move.push_back({program.cells[i], change});
  }
  return move;
}

// The price of a cell is that of hiding it at all: a program prices each unit, so prices are divided by what the last solution changed, and cells that are
// hidden anyhow become cheap. Two such rounds leave few cells.
std::vector<double> LinearFinder::price_again(const Program& program, std::vector<double> solution, std::int64_t amount) {
  constexpr int rounds = 2;
  solve::WarmSolver warm(program.model);
  std::vector<solve::Entry> objective(program.model.columns.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t j = 0; j < objective.size(); ++j) {
      const double changed = std::max(solution[j], solution[j ^ 1]);
      objective[j] = {static_cast<solve::ColumnIndex>(j), program.model.columns[j].objective * static_cast<double>(std::abs(amount)) / (changed + 0.05)};
    }
    warm.set_objective(objective, solve::Sense::minimise);
    solve::SolveOutcome outcome = warm.solve({5, 1});
    if (outcome.status != solve::SolveStatus::optimal) break;
    solution = std::move(outcome.solution);
  }
  return solution;
}

// Gives an empty move where there is none. A corner that is not whole is tried again over its own cells in whole numbers.
table::SystemMove LinearFinder::solve(Program& program, std::int64_t amount, Spending spending) {
  const double up = std::max(0.0, static_cast<double>(amount)), down = std::max(0.0, -static_cast<double>(amount));
  if (up > program.model.columns[0].highest || down > program.model.columns[1].highest) return {};
  program.model.columns[0].lowest = program.model.columns[0].highest = up;
  program.model.columns[1].lowest = program.model.columns[1].highest = down;
  program.model.columns[0].objective = program.model.columns[1].objective = 0;
  solve::SolveOutcome outcome = solve::solve_once(program.model, {});
  if (outcome.status != solve::SolveStatus::optimal) return {};
  table::SystemMove move;
  if (spending == Spending::least) {
    move = move_of(program, price_again(program, outcome.solution, amount));
    if (is_valid_move(book_.system(), book_.truth(), move)) return move;
  }
  move = move_of(program, outcome.solution);
  if (is_valid_move(book_.system(), book_.truth(), move)) return move;
  for (std::size_t j = 0; j < program.model.columns.size(); ++j) {
    solve::Column& column = program.model.columns[j];
    column.type = solve::ColumnType::integer;
    const bool used = outcome.solution[j] > 1e-7 || outcome.solution[j ^ 1] > 1e-7 || book_.state.hidden[program.cells[j / 2]];
    if (!used) column.highest = column.lowest;
  }
  outcome = solve::solve_once(program.model, {2, 500});
  if (outcome.solution.empty()) return {};
  move = move_of(program, outcome.solution);
  if (!is_valid_move(book_.system(), book_.truth(), move)) return {};
  return move;
}

bool LinearFinder::accept(std::uint32_t need, table::SystemMove move, std::vector<table::SystemCell>& newly_hidden) {
  std::sort(move.begin(), move.end(), [](const table::SystemChange& a, const table::SystemChange& b) { return a.cell < b.cell; });
  for (const table::SystemChange& change : move) {
    if (book_.state.hidden[change.cell]) continue;
    book_.hide(change.cell);
    newly_hidden.push_back(change.cell);
  }
  book_.set_witness(need, std::move(move));
  return true;
}

bool LinearFinder::satisfy(std::uint32_t index, Spending spending, std::size_t most_cells, std::vector<table::SystemCell>& newly_hidden) {
  return satisfy_within(index, spending, newly_hidden, [&](table::SystemCell cell) { return cells_around(cell, spending, most_cells); });
}

bool LinearFinder::satisfy_in(std::uint32_t index, Spending spending, std::vector<table::SystemCell> cells, std::vector<table::SystemCell>& newly_hidden) {
  return satisfy_within(index, spending, newly_hidden, [&](table::SystemCell own) {
    std::sort(cells.begin(), cells.end());
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    cells.erase(std::remove_if(cells.begin(), cells.end(), [&](table::SystemCell c) { return c == own || !usable(c, spending); }), cells.end());
    cells.insert(cells.begin(), own);
    return std::move(cells);
  });
}

template <class Choose>
bool LinearFinder::satisfy_within(std::uint32_t index, Spending spending, std::vector<table::SystemCell>& newly_hidden, Choose&& choose) {
  const Need need = book_.needs[index];
  for (const table::SystemCell c : need.untouched) book_.state.barred[c] = 1;
  Program program = program_of(choose(need.cell));
  for (const table::SystemCell c : need.untouched) book_.state.barred[c] = 0;
  const solve::LinearModel fresh = program.model;
  table::SystemMove move = solve(program, need.amount, spending);
  if (move.empty() && need.way == Need::Way::either) {
    program.model = fresh;
    move = solve(program, -need.amount, spending);
  }
  return !move.empty() && accept(index, std::move(move), newly_hidden);
}

}  // namespace candour::protect
