#include <candour/attack/audit_ladder.hpp>

#include <candour/attack/audit_walk.hpp>

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <optional>
#include <random>

namespace candour::attack::inside {
namespace {

constexpr std::size_t whole_component = std::numeric_limits<std::size_t>::max();
constexpr std::size_t few_columns = 50;  // fewer are served faster one by one

// What a whole move must change a column by so that more of what is wanted is shown, the likeliest first.
std::vector<std::int64_t> amounts_for(const Wanted& wanted, const ColumnRange& range, double start, int most_amounts) {
  const auto whole_up = [](double x) { return static_cast<std::int64_t>(std::ceil(x - 1e-6)); };
  std::vector<std::int64_t> amounts;
  if (wanted.up) amounts.push_back(whole_up(*wanted.up - start));
  if (wanted.down) amounts.push_back(-whole_up(start - *wanted.down));
  if (!amounts.empty()) return amounts;
  const std::int64_t width = std::max<std::int64_t>(wanted.width, 1);
  amounts.push_back(whole_up(static_cast<double>(width) - (start - range.found_lowest)));
  amounts.push_back(-whole_up(static_cast<double>(width) - (range.found_highest - start)));
  for (std::int64_t up = width - 1; up > 0 && static_cast<int>(amounts.size()) < most_amounts; --up) amounts.push_back(up), amounts.push_back(up - width);
  std::erase(amounts, 0);
  return amounts;
}

}  // namespace

Ladder::Ladder(const Reduced& system, AuditWork& work, AuditLedger& ledger) : s_(system), work_(work), ledger_(ledger), progress_("attack") {}

void Ladder::tell(std::string_view rung, std::size_t done, std::size_t of) {
  const std::lock_guard lock(progress_mutex_);
  progress_.at(done, of, rung);
}

void Ladder::learn(const std::vector<std::uint32_t>& columns, const std::vector<double>& change, Scratch& scratch) {
  ledger_.learn({columns, change, whole_parts(s_, columns, change, scratch)});
}

void Ladder::decide_over_reals() {
  using enum AuditNumbers;
  walks_while_they_pay(reals);
  if (ledger_.open_columns(reals).size() > few_columns) bulk_programs(1000, 6, 1);
  if (!is_done(reals)) outer_programs(60);
  if (!is_done(reals)) smallest_moves(reals, 1000);
  if (!is_done(reals)) outer_programs(300);
  if (!is_done(reals)) smallest_moves(reals, 4000);
  if (!is_done(reals)) smallest_moves(reals, 16'000);
  if (!is_done(reals)) outer_programs(1500);
  if (!is_done(reals)) bulk_programs(3000, 4, 2);
  if (!is_done(reals)) single_programs(1500);
  if (!is_done(reals)) single_programs(whole_component);
}

void Ladder::decide_over_integers() {
  using enum AuditNumbers;
  walks_while_they_pay(integers);
  for (const std::size_t size : {std::size_t{400}, std::size_t{2000}})
    if (!is_done(integers)) smallest_moves(integers, size);
  // Few are left, and an integer program of a large component hardly ever ends.
  if (!is_done(integers)) walks(integers, 20'000);
  if (!is_done(integers)) smallest_moves(integers, 8000);
  for (const std::size_t size : {std::size_t{300}, std::size_t{1500}, std::size_t{6000}})
    if (!is_done(integers)) smallest_whole_moves(size);
  for (const std::size_t size : {std::size_t{300}, std::size_t{2000}, whole_component})
    if (!is_done(integers)) integer_programs(size);
}

// More and more attempts for each, as long as half of what is open comes to be shown.
void Ladder::walks_while_they_pay(AuditNumbers numbers) {
  std::size_t open = ledger_.open_columns(numbers).size();
  for (const int attempts : {4, 24, 150, 1000}) {
    if (open == 0 || work_.seconds_left() <= 0) return;
    const std::size_t before = open;
    walks(numbers, attempts);
    open = ledger_.open_columns(numbers).size();
    if ((before - open) * 2 < before) return;
  }
}

// A move tells about every column in it, as often as it or its reverse fits.
void Ladder::walks(AuditNumbers numbers, int attempts) {
  const std::vector<std::uint32_t> open = ledger_.open_columns(numbers);
  constexpr std::size_t block = 64;
  const auto serve = [&](std::uint32_t column, MoveWalk& walk) {
    const Wanted first = ledger_.wanted(column, numbers);
    if (!first.open) return;
    for (const std::int64_t amount : amounts_for(first, ledger_.range(column), s_.start[column], attempts > 100 ? 32 : 4)) {
      if (work_.seconds_left() <= 0 || !ledger_.wanted(column, numbers).open) return;
      const std::vector<MoveWalk::Change>& move = walk.find(column, amount, attempts);
      if (move.empty()) continue;
      const MoveWalk::Repeats repeats = walk.repeats(move);
      for (const auto& [other, by] : move) {
        ledger_.learn_move(other, by * repeats.forwards);
        if (repeats.backwards > 0) ledger_.learn_move(other, -by * repeats.backwards);
      }
    }
  };
  inside::in_parallel(
      work_.options().threads, (open.size() + block - 1) / block, [&] { return MoveWalk(s_); },
      [&](std::size_t b, MoveWalk& walk) {
        for (std::size_t i = b * block; i < std::min(open.size(), (b + 1) * block); ++i) serve(open[i], walk);
        tell("walks", b * block, open.size());
      });
}

// Random directions for all open columns of a ball at once, away from where they were seen already.
void Ladder::bulk_programs(std::size_t ball_size, int most_objectives, std::uint64_t seed) {
  Scratch finder(s_);
  std::vector<char> covered(s_.columns(), 0);
  std::vector<std::vector<std::uint32_t>> balls;
  for (const std::uint32_t column : ledger_.open_columns(AuditNumbers::reals)) {
    if (covered[column]) continue;
    balls.push_back(ball_around(s_, column, ball_size, finder));
    for (const std::uint32_t c : balls.back()) covered[c] = 1;
  }
  const auto objective_for = [&](const BallProgram& ball, std::mt19937_64& random) {
    std::vector<solve::Entry> objective;
    for (std::size_t i = 0; i < ball.columns().size(); ++i) {
      const Wanted wanted = ledger_.wanted(ball.columns()[i], AuditNumbers::reals);
      if (!wanted.open) continue;
      const bool either = wanted.up.has_value() == wanted.down.has_value();
      const bool up = either ? random() % 2 == 0 : wanted.up.has_value();
      objective.push_back({static_cast<solve::ColumnIndex>(i), up ? 1.0 : -1.0});
    }
    return objective;
  };
  work_.in_parallel(balls.size(), [&](std::size_t i, Scratch& scratch) {
    if (work_.seconds_left() <= 0) return;
    std::mt19937_64 random(seed * 1'000'003 + i);
    BallProgram ball(s_, balls[i], RowsKept::touching, solve::ColumnType::continuous, scratch);
    std::size_t before = std::numeric_limits<std::size_t>::max();
    for (int round = 0; round < most_objectives; ++round) {
      const std::vector<solve::Entry> objective = objective_for(ball, random);
      if (objective.empty() || (round > 1 && objective.size() * 20 > before * 19)) break;
      before = objective.size();
      ++work_.linear_programs;
      const solve::SolveOutcome outcome = ball.optimise(objective, solve::Sense::maximise, work_.seconds_left());
      if (outcome.status != solve::SolveStatus::optimal) {
        work_.failed_programs += outcome.status == solve::SolveStatus::failed;
        break;
      }
      learn(ball.columns(), outcome.solution, scratch);
    }
    tell("linear programs of many cells", i, balls.size());
  });
}

// Optimises one column, the first of the ball, up or down. Rows inside prove; rows touching find, and prove too where the ball is the component.
void Ladder::single(std::uint32_t column, BallProgram& ball, RowsKept rows, solve::Sense sense, Scratch& scratch) {
  ++work_.linear_programs;
  const solve::SolveOutcome outcome = ball.optimise({{0, 1.0}}, sense, work_.seconds_left());
  if (outcome.status != solve::SolveStatus::optimal) {
    work_.failed_programs += outcome.status == solve::SolveStatus::failed;
    return;
  }
  if (rows == RowsKept::touching) learn(ball.columns(), outcome.solution, scratch);
  if (rows == RowsKept::touching && ball.columns().size() < work_.component_size(column)) return;
  const double x = s_.start[column] + outcome.objective;
  if (sense == solve::Sense::maximise) ledger_.prove_highest(column, x, AuditNumbers::reals);
  else ledger_.prove_lowest(column, x, AuditNumbers::reals);
}

void Ladder::outer_programs(std::size_t ball_size) {
  const std::vector<std::uint32_t> open = ledger_.open_columns(AuditNumbers::reals);
  work_.in_parallel(open.size(), [&](std::size_t i, Scratch& scratch) {
    if (work_.seconds_left() <= 0 || !ledger_.wanted(open[i], AuditNumbers::reals).open) return;
    BallProgram ball(s_, ball_around(s_, open[i], ball_size, scratch), RowsKept::inside, solve::ColumnType::continuous, scratch);
    single(open[i], ball, RowsKept::inside, solve::Sense::maximise, scratch);
    if (ledger_.wanted(open[i], AuditNumbers::reals).open) single(open[i], ball, RowsKept::inside, solve::Sense::minimise, scratch);
    tell("outer programs", i, open.size());
  });
}

void Ladder::single_programs(std::size_t ball_size) {
  const std::vector<std::uint32_t> open = ledger_.open_columns(AuditNumbers::reals);
  work_.in_parallel(open.size(), [&](std::size_t i, Scratch& scratch) {
    if (work_.seconds_left() <= 0 || !ledger_.wanted(open[i], AuditNumbers::reals).open) return;
    BallProgram ball(s_, ball_around(s_, open[i], ball_size, scratch), RowsKept::touching, solve::ColumnType::continuous, scratch);
    single(open[i], ball, RowsKept::touching, solve::Sense::maximise, scratch);
    if (ledger_.wanted(open[i], AuditNumbers::reals).open) single(open[i], ball, RowsKept::touching, solve::Sense::minimise, scratch);
    tell("single programs", i, open.size());
  });
}

// Balls around the open columns; each ball serves the open columns in its inner part, warm from one to the next.
void Ladder::smallest_moves(AuditNumbers numbers, std::size_t ball_size) {
  Scratch finder(s_);
  std::vector<char> served(s_.columns(), 0), wants(s_.columns(), 0);
  const std::vector<std::uint32_t> open = ledger_.open_columns(numbers);
  for (const std::uint32_t column : open) wants[column] = numbers == AuditNumbers::reals || s_.start_is_whole[column];
  std::vector<std::vector<std::uint32_t>> balls, inner;
  for (const std::uint32_t column : open) {
    if (!wants[column] || served[column]) continue;
    balls.push_back(ball_around(s_, column, ball_size, finder));
    std::vector<std::uint32_t>& places = inner.emplace_back();
    const bool whole = balls.back().size() < ball_size;
    for (std::uint32_t i = 0; i < balls.back().size() && (whole || 3 * i < ball_size || i == 0); ++i) {
      const std::uint32_t c = balls.back()[i];
      if (!wants[c] || served[c]) continue;
      served[c] = 1;
      places.push_back(i);
    }
  }
  work_.in_parallel(balls.size(), [&](std::size_t b, Scratch& scratch) {
    SmallestMove program(s_, balls[b], scratch);
    for (const std::uint32_t place : inner[b]) {
      const std::uint32_t column = balls[b][place];
      const Wanted wanted = ledger_.wanted(column, numbers);
      if (!wanted.open) continue;
      for (const std::int64_t amount : amounts_for(wanted, ledger_.range(column), s_.start[column], numbers == AuditNumbers::reals ? 4 : 32)) {
        if (work_.seconds_left() <= 0) return;
        if (!ledger_.wanted(column, numbers).open) break;
        ++work_.linear_programs;
        const std::vector<double> change = program.change(place, static_cast<double>(amount));
        if (!change.empty()) learn(program.columns(), change, scratch);
      }
    }
    tell("smallest moves", b, balls.size());
  });
}

// A ball for each: what is asked for is one whole move, however far, and no farthest point.
void Ladder::smallest_whole_moves(std::size_t ball_size) {
  constexpr double most_seconds = 10;
  const std::vector<std::uint32_t> open = ledger_.open_columns(AuditNumbers::integers);
  work_.in_parallel(open.size(), [&](std::size_t i, Scratch& scratch) {
    const std::uint32_t column = open[i];
    if (work_.seconds_left() <= 0 || !s_.start_is_whole[column]) return;
    SmallestMove program(s_, ball_around(s_, column, ball_size, scratch), scratch);
    const Wanted wanted = ledger_.wanted(column, AuditNumbers::integers);
    for (const std::int64_t amount : amounts_for(wanted, ledger_.range(column), s_.start[column], 8)) {
      if (work_.seconds_left() <= 0 || !ledger_.wanted(column, AuditNumbers::integers).open) return;
      ++work_.integer_programs;
      const std::vector<double> change = program.whole_change(0, static_cast<double>(amount), std::min(work_.seconds_left(), most_seconds));
      if (!change.empty()) learn(program.columns(), change, scratch);
    }
    tell("smallest whole moves", i, open.size());
  });
}

void Ladder::integer_programs(std::size_t ball_size) {
  const std::vector<std::uint32_t> open = ledger_.open_columns(AuditNumbers::integers);
  work_.in_parallel(open.size(), [&](std::size_t i, Scratch& scratch) {
    const std::uint32_t column = open[i];
    if (work_.seconds_left() <= 0 || !s_.start_is_whole[column]) return;
    std::optional<BallProgram> ball;
    for (const solve::Sense sense : {solve::Sense::maximise, solve::Sense::minimise}) {
      if (!ledger_.wanted(column, AuditNumbers::integers).open) return;
      if (!ball) ball.emplace(s_, ball_around(s_, column, ball_size, scratch), RowsKept::touching, solve::ColumnType::integer, scratch);
      ++work_.integer_programs;
      const solve::SolveOutcome outcome = ball->optimise({{0, 1.0}}, sense, std::min(work_.seconds_left(), 60.0));
      work_.failed_programs += outcome.status == solve::SolveStatus::failed;
      if (!outcome.solution.empty()) learn(ball->columns(), outcome.solution, scratch);
      if (outcome.status != solve::SolveStatus::optimal || ball->columns().size() < work_.component_size(column)) continue;
      const double x = s_.start[column] + outcome.objective;
      if (sense == solve::Sense::maximise) ledger_.prove_highest(column, x, AuditNumbers::integers);
      else ledger_.prove_lowest(column, x, AuditNumbers::integers);
    }
    tell("integer programs", i, open.size());
  });
}

}  // namespace candour::attack::inside
