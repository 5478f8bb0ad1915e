#include <candour/attack/audit_ball.hpp>

#include <algorithm>
#include <cmath>

namespace candour::attack::inside {
namespace {

constexpr double most_seconds = 3;

}  // namespace

std::vector<std::uint32_t> ball_around(const Reduced& s, std::uint32_t seed, std::size_t most, Scratch& scratch) {
  std::vector<std::uint32_t> ball{seed};
  scratch.local[seed] = 0;
  ++scratch.mark;
  for (std::size_t at = 0; at < ball.size() && ball.size() < most; ++at) {
    const std::uint32_t c = ball[at];
    for (std::uint64_t i = s.column_start[c]; i < s.column_start[c + 1] && ball.size() < most; ++i) {
      const std::uint32_t row = s.column_terms[i].row;
      if (scratch.row_mark[row] == scratch.mark) continue;
      scratch.row_mark[row] = scratch.mark;
      for (std::uint64_t t = s.row_start[row]; t < s.row_start[row + 1] && ball.size() < most; ++t) {
        const std::uint32_t other = s.terms[t].column;
        if (scratch.local[other] != not_open || s.lowest[other] == s.highest[other]) continue;
        scratch.local[other] = 0;
        ball.push_back(other);
      }
    }
  }
  for (const std::uint32_t c : ball) scratch.local[c] = not_open;
  return ball;
}

std::vector<char> whole_parts(const Reduced& s, const std::vector<std::uint32_t>& columns, const std::vector<double>& change, Scratch& scratch) {
  constexpr double nothing = 1e-9, slack = 1e-6;
  std::vector<char> whole(columns.size(), 0), seen(columns.size(), 0);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (std::abs(change[i]) > nothing) scratch.local[columns[i]] = static_cast<std::uint32_t>(i);
  ++scratch.mark;
  std::vector<std::uint32_t> part;
  for (std::size_t first = 0; first < columns.size(); ++first) {
    if (seen[first] || scratch.local[columns[first]] == not_open) continue;
    part.assign(1, static_cast<std::uint32_t>(first));
    seen[first] = 1;
    bool integral = true;
    for (std::size_t at = 0; at < part.size(); ++at) {
      const std::uint32_t c = columns[part[at]];
      integral = integral && std::abs(change[part[at]] - std::round(change[part[at]])) < slack;
      for (std::uint64_t i = s.column_start[c]; i < s.column_start[c + 1]; ++i) {
        const std::uint32_t row = s.column_terms[i].row;
        if (scratch.row_mark[row] == scratch.mark) continue;
        scratch.row_mark[row] = scratch.mark;
        for (std::uint64_t t = s.row_start[row]; t < s.row_start[row + 1]; ++t) {
          const std::uint32_t place = scratch.local[s.terms[t].column];
          if (place == not_open || seen[place]) continue;
          seen[place] = 1;
          part.push_back(place);
        }
      }
    }
    for (const std::uint32_t place : part) whole[place] = integral;
  }
  for (const std::uint32_t c : columns) scratch.local[c] = not_open;
  return whole;
}

BallProgram::BallProgram(const Reduced& s, std::vector<std::uint32_t> columns, RowsKept rows, solve::ColumnType type, Scratch& scratch)
    : columns_(std::move(columns)), type_(type) {
  model_.columns.reserve(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::uint32_t c = columns_[i];
    scratch.local[c] = static_cast<std::uint32_t>(i);
    model_.columns.push_back({static_cast<double>(s.lowest[c]) - s.start[c], static_cast<double>(s.highest[c]) - s.start[c], 0, type});
  }
  ++scratch.mark;
  for (const std::uint32_t c : columns_) {
    for (std::uint64_t i = s.column_start[c]; i < s.column_start[c + 1]; ++i) {
      const std::uint32_t row = s.column_terms[i].row;
      if (scratch.row_mark[row] == scratch.mark) continue;
      scratch.row_mark[row] = scratch.mark;
      solve::Row lp_row;
      bool whole = true;
      for (std::uint64_t t = s.row_start[row]; t < s.row_start[row + 1]; ++t) {
        const std::uint32_t place = scratch.local[s.terms[t].column];
        if (place == not_open) whole = whole && s.lowest[s.terms[t].column] == s.highest[s.terms[t].column];
        else lp_row.entries.push_back({static_cast<solve::ColumnIndex>(place), static_cast<double>(s.terms[t].coefficient)});
      }
      if (whole || rows == RowsKept::touching) model_.rows.push_back(std::move(lp_row));
    }
  }
  for (const std::uint32_t c : columns_) scratch.local[c] = not_open;
  if (type_ == solve::ColumnType::continuous) warm_ = std::make_unique<solve::WarmSolver>(model_);
}

solve::SolveOutcome BallProgram::optimise(const std::vector<solve::Entry>& objective, solve::Sense sense, double seconds) {
  const solve::SolveLimits limits{seconds, 20'000};
  if (warm_) {
    warm_->set_objective(objective, sense);
    return warm_->solve(limits);
  }
  for (solve::Column& column : model_.columns) column.objective = 0;
  for (const solve::Entry& entry : objective) model_.columns[static_cast<std::size_t>(entry.column)].objective += entry.coefficient;
  model_.sense = sense;
  return solve::solve_once(model_, limits);
}

SmallestMove::SmallestMove(const Reduced& s, std::vector<std::uint32_t> columns, Scratch& scratch) : columns_(std::move(columns)) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::uint32_t c = columns_[i];
    scratch.local[c] = static_cast<std::uint32_t>(i);
    model_.columns.push_back({0, std::max(0.0, static_cast<double>(s.highest[c]) - s.start[c]), 1, solve::ColumnType::continuous});
    model_.columns.push_back({0, std::max(0.0, s.start[c] - static_cast<double>(s.lowest[c])), 1, solve::ColumnType::continuous});
  }
  for (const solve::Column& column : model_.columns) room_.push_back(column.highest);
  ++scratch.mark;
  for (const std::uint32_t c : columns_) {
    for (std::uint64_t i = s.column_start[c]; i < s.column_start[c + 1]; ++i) {
      const std::uint32_t row = s.column_terms[i].row;
      if (scratch.row_mark[row] == scratch.mark) continue;
      scratch.row_mark[row] = scratch.mark;
      solve::Row lp_row;
      for (std::uint64_t t = s.row_start[row]; t < s.row_start[row + 1]; ++t) {
        const std::uint32_t place = scratch.local[s.terms[t].column];
        if (place == not_open) continue;
        lp_row.entries.push_back({static_cast<solve::ColumnIndex>(2 * place), static_cast<double>(s.terms[t].coefficient)});
        lp_row.entries.push_back({static_cast<solve::ColumnIndex>(2 * place + 1), -static_cast<double>(s.terms[t].coefficient)});
      }
      model_.rows.push_back(std::move(lp_row));
    }
  }
  for (const std::uint32_t c : columns_) scratch.local[c] = not_open;
  warm_ = std::make_unique<solve::WarmSolver>(model_);
}

void SmallestMove::bound(std::size_t column, double lowest, double highest) { warm_->set_bounds(static_cast<solve::ColumnIndex>(column), lowest, highest); }

void SmallestMove::ask_for(std::size_t place, double amount) {
  bound(2 * place, std::max(0.0, amount), std::max(0.0, amount));
  bound(2 * place + 1, std::max(0.0, -amount), std::max(0.0, -amount));
}

void SmallestMove::ask_for_nothing(std::size_t place) {
  for (const std::size_t column : {2 * place, 2 * place + 1}) bound(column, 0, room_[column]);
}

std::vector<double> SmallestMove::changes_of(const std::vector<double>& solution) const {
  std::vector<double> changes(columns_.size());
  for (std::size_t i = 0; i < changes.size(); ++i) changes[i] = solution[2 * i] - solution[2 * i + 1];
  return changes;
}

// A program that takes longer is no short cut any more: what comes after it decides.
std::vector<double> SmallestMove::change(std::size_t place, double amount) {
  if (amount > room_[2 * place] || -amount > room_[2 * place + 1]) return {};
  ask_for(place, amount);
  const solve::SolveOutcome outcome = warm_->solve({most_seconds, 1});
  ask_for_nothing(place);
  return outcome.status == solve::SolveStatus::optimal ? changes_of(outcome.solution) : std::vector<double>{};
}

// From what is asked at present; gives a whole solution or nothing.
std::vector<double> SmallestMove::dive() {
  constexpr int most_steps = 80;
  constexpr double whole = 1e-6;
  std::vector<std::size_t> fixed;
  std::vector<double> found;
  solve::SolveOutcome outcome = warm_->solve({most_seconds, 1});
  for (int step = 0; step < most_steps && outcome.status == solve::SolveStatus::optimal; ++step) {
    std::size_t chosen = outcome.solution.size();
    double least = 1;
    for (std::size_t j = 0; j < outcome.solution.size(); ++j) {
      const double broken = std::abs(outcome.solution[j] - std::round(outcome.solution[j]));
      if (broken > whole && broken < least) least = broken, chosen = j;
    }
    if (chosen == outcome.solution.size()) {
      found = std::move(outcome.solution);
      break;
    }
    const double now = outcome.solution[chosen], near = std::round(now), beyond = near > now ? near - 1 : near + 1;
    fixed.push_back(chosen);
    outcome.status = solve::SolveStatus::infeasible;
    for (const double value : {near, beyond}) {
      if (value > room_[chosen] || outcome.status == solve::SolveStatus::optimal) continue;
      bound(chosen, value, value);
      outcome = warm_->solve({most_seconds, 1});
    }
  }
  for (const std::size_t j : fixed) bound(j, 0, room_[j]);
  return found;
}

std::vector<double> SmallestMove::by_integers(std::size_t place, double amount, double seconds) const {
  solve::LinearModel model = model_;
  for (solve::Column& column : model.columns) column.type = solve::ColumnType::integer;
  solve::Column &up = model.columns[2 * place], &down = model.columns[2 * place + 1];
  up.lowest = up.highest = std::max(0.0, amount);
  down.lowest = down.highest = std::max(0.0, -amount);
  return solve::solve_once(model, {seconds, 2000}).solution;
}

std::vector<double> SmallestMove::whole_change(std::size_t place, double amount, double seconds) {
  if (amount > room_[2 * place] || -amount > room_[2 * place + 1]) return {};
  ask_for(place, amount);
  std::vector<double> solution = dive();
  ask_for_nothing(place);
  if (solution.empty()) solution = by_integers(place, amount, seconds);
  return solution.empty() ? std::vector<double>{} : changes_of(solution);
}

}  // namespace candour::attack::inside
