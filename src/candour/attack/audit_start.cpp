#include <candour/attack/audit_start.hpp>

#include <candour/base/wide.hpp>

#include <algorithm>
#include <cmath>

namespace candour::attack::inside {
namespace {

constexpr double slack = 1e-6;

bool is_whole(double x) { return std::abs(x - std::round(x)) < slack; }
bool all_whole(const std::vector<double>& values) { return std::all_of(values.begin(), values.end(), is_whole); }

// The rows that touch a component; each lies wholly inside it.
std::vector<std::uint32_t> rows_of(const Reduced& s, const std::vector<std::uint32_t>& columns, Scratch& scratch) {
  std::vector<std::uint32_t> rows;
  ++scratch.mark;
  for (const std::uint32_t c : columns)
    for (std::uint64_t i = s.column_start[c]; i < s.column_start[c + std::size_t{1}]; ++i) {
      const std::uint32_t row = s.column_terms[i].row;
      if (scratch.row_mark[row] == scratch.mark) continue;
      scratch.row_mark[row] = scratch.mark;
      rows.push_back(row);
    }
  return rows;
}

double rest_of(const Reduced& s, std::uint32_t row, const std::vector<double>& value) {
  auto rest = static_cast<double>(s.right_side[row]);
  for (std::uint64_t t = s.row_start[row]; t < s.row_start[row + std::size_t{1}]; ++t) rest -= s.terms[t].coefficient * value[s.terms[t].column];
  return rest;
}

// A guess well inside the bounds that nearly fits: projections onto one sum after the other, and back into the bounds. A start in a corner has cells without
// room to move; one from here has hardly any. Writes whole numbers into `value`.
void guess(const Reduced& s, const std::vector<std::uint32_t>& columns, const std::vector<std::uint32_t>& rows, std::vector<double>& value) {
  constexpr int most_sweeps = 200;
  constexpr double near_enough = 0.01, small_count = 3, margin = 0.5;
  const auto clamp_inside = [&](std::uint32_t c, double x) {
    const auto low = static_cast<double>(s.lowest[c]), high = static_cast<double>(s.highest[c]);
    const double own = std::min(margin, (high - low) / 4);
    return std::clamp(x, low + own, high - own);
  };
  for (const std::uint32_t c : columns) value[c] = clamp_inside(c, static_cast<double>(s.lowest[c]) + small_count);
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    double worst = 0;
    for (const std::uint32_t row : rows) {
      double squares = 0;
      const double rest = rest_of(s, row, value);
      for (std::uint64_t t = s.row_start[row]; t < s.row_start[row + std::size_t{1}]; ++t) squares += s.terms[t].coefficient * s.terms[t].coefficient;
      for (std::uint64_t t = s.row_start[row]; t < s.row_start[row + std::size_t{1}]; ++t) value[s.terms[t].column] += rest / squares * s.terms[t].coefficient;
      worst = std::max(worst, std::abs(rest));
    }
    if (worst < near_enough) break;
    for (const std::uint32_t c : columns) value[c] = clamp_inside(c, value[c]);
  }
  for (const std::uint32_t c : columns) value[c] = std::clamp(std::round(value[c]), static_cast<double>(s.lowest[c]), static_cast<double>(s.highest[c]));
}

// The smallest change (sum of absolute changes) that makes the guess fit: mostly whole, and few cells run into their bounds.
solve::LinearModel smallest_correction(const Reduced& s, const std::vector<std::uint32_t>& columns, const std::vector<std::uint32_t>& rows,
                                       const std::vector<double>& value, Scratch& scratch) {
  solve::LinearModel model;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const std::uint32_t c = columns[k];
    scratch.local[c] = static_cast<std::uint32_t>(k);
    model.columns.push_back({0, static_cast<double>(s.highest[c]) - value[c], 1, solve::ColumnType::continuous});
    model.columns.push_back({0, value[c] - static_cast<double>(s.lowest[c]), 1, solve::ColumnType::continuous});
  }
  for (const std::uint32_t row : rows) {
    solve::Row own;
    for (std::uint64_t t = s.row_start[row]; t < s.row_start[row + std::size_t{1}]; ++t) {
      const auto place = static_cast<solve::ColumnIndex>(2 * scratch.local[s.terms[t].column]);
      own.entries.push_back({place, static_cast<double>(s.terms[t].coefficient)});
      own.entries.push_back({place + 1, -static_cast<double>(s.terms[t].coefficient)});
    }
    own.lowest = own.highest = rest_of(s, row, value);
    model.rows.push_back(std::move(own));
  }
  for (const std::uint32_t c : columns) scratch.local[c] = not_open;
  return model;
}

solve::SolveOutcome solve_for_start(solve::LinearModel& model, AuditWork& work) {
  ++work.linear_programs;
  solve::SolveOutcome outcome = solve::solve_once(model, {work.seconds_left(), 0});
  if (outcome.status != solve::SolveStatus::optimal || work.options().numbers == AuditNumbers::reals || all_whole(outcome.solution)) return outcome;
  for (solve::Column& column : model.columns) column.type = solve::ColumnType::integer;
  ++work.integer_programs;
  solve::SolveOutcome whole = solve::solve_once(model, {std::min(work.seconds_left(), 120.0), 20'000});
  return whole.solution.empty() ? outcome : whole;
}

}  // namespace

base::Result<base::Done> check_fits(const Reduced& s, const std::vector<std::int64_t>& table) {
  const auto wrong = [] {
    return base::fail(base::Error{
        base::Cause::wrong_input, "audit.starting_table", {}, "the starting table does not fit what is published", "leave it out: one is searched"});
  };
  for (std::uint32_t c = 0; c < s.columns(); ++c)
    if (table[s.cell[c]] < s.lowest[c] || table[s.cell[c]] > s.highest[c]) return wrong();
  for (std::uint32_t r = 0; r < s.rows(); ++r) {
    base::Wide sum = -static_cast<base::Wide>(s.right_side[r]);
    for (std::uint64_t t = s.row_start[r]; t < s.row_start[r + 1]; ++t)
      sum += static_cast<base::Wide>(s.terms[t].coefficient) * table[s.cell[s.terms[t].column]];
    if (sum != 0) return wrong();
  }
  return base::Done{};
}

void take_start(Reduced& s, const std::vector<std::int64_t>& table) {
  s.start_is_whole.assign(s.columns(), 1);
  s.start.clear();
  for (const table::SystemCell cell : s.cell) s.start.push_back(static_cast<double>(table[cell]));
}

base::Result<base::Done> find_start(Reduced& s, AuditWork& work) {
  s.start.assign(s.columns(), 0);
  s.start_is_whole.assign(s.columns(), 0);
  std::atomic<bool> contradicted{false}, unfinished{false};
  const auto& members = work.components().members;
  work.in_parallel(members.size(), [&](std::size_t i, Scratch& scratch) {
    const std::vector<std::uint32_t>& columns = members[i];
    const std::vector<std::uint32_t> rows = rows_of(s, columns, scratch);
    guess(s, columns, rows, s.start);
    solve::LinearModel model = smallest_correction(s, columns, rows, s.start, scratch);
    const solve::SolveOutcome outcome = solve_for_start(model, work);
    if (outcome.solution.empty()) {
      (outcome.status == solve::SolveStatus::infeasible ? contradicted : unfinished) = true;
      return;
    }
    const bool whole = all_whole(outcome.solution);
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const double x = s.start[columns[k]] + outcome.solution[2 * k] - outcome.solution[2 * k + 1];
      s.start[columns[k]] = is_whole(x) ? std::round(x) : x;
      s.start_is_whole[columns[k]] = whole;
    }
  });
  if (contradicted) return base::fail(inconsistent());
  if (unfinished)
    return base::fail(base::Error{base::Cause::could_not_finish,
                                  "audit.no_start",
                                  {},
                                  work.seconds_left() <= 0 ? "no table that fits was found before the time ended: nothing is decided, so nothing is safe"
                                                           : "no table that fits was found, since the solver failed: nothing is decided, so nothing is safe",
                                  "give more time, or a table that fits to start from"});
  return base::Done{};
}

}  // namespace candour::attack::inside
