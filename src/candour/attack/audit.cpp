#include <candour/attack/audit.hpp>

#include <candour/attack/audit_ball.hpp>
#include <candour/attack/audit_walk.hpp>
#include <candour/base/wide.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>
#include <random>
#include <thread>

namespace candour::attack {
namespace {

using inside::BallProgram;
using inside::not_open;
using inside::Reduced;
using inside::RowsKept;
using inside::Scratch;

// One asked interval at work. Bounds found by whole tables are kept apart from those of real ones.
struct Question {
  std::uint32_t column = not_open;
  std::optional<std::int64_t> reach_down, reach_up;
  std::int64_t width = 0;
  double found_lowest = 0, found_highest = 0;
  std::int64_t whole_lowest = std::numeric_limits<std::int64_t>::max(), whole_highest = std::numeric_limits<std::int64_t>::min();
  double proved_lowest = 0, proved_highest = 0;
};

constexpr double slack = 1e-6;
double slack_at(double value) { return slack * std::max(1.0, std::abs(value) * 1e-3); }

bool shown_by(const Question& q, double low, double high) {
  if (q.reach_down && low > static_cast<double>(*q.reach_down) + slack_at(low)) return false;
  if (q.reach_up && high < static_cast<double>(*q.reach_up) - slack_at(high)) return false;
  return high - low >= static_cast<double>(q.width) - slack_at(high);
}
bool shown_over_reals(const Question& q) { return shown_by(q, q.found_lowest, q.found_highest); }
bool refuted(const Question& q) { return !shown_by(q, q.proved_lowest, q.proved_highest); }
bool shown_over_integers(const Question& q) {
  if (q.whole_lowest > q.whole_highest) return false;
  return (!q.reach_down || q.whole_lowest <= *q.reach_down) && (!q.reach_up || q.whole_highest >= *q.reach_up) && q.whole_highest - q.whole_lowest >= q.width;
}
bool refuted_over_integers(const Question& q) {
  return !shown_by(q, std::ceil(q.proved_lowest - slack_at(q.proved_lowest)), std::floor(q.proved_highest + slack_at(q.proved_highest)));
}
bool wants_up(const Question& q) {
  if (q.reach_up && q.found_highest < static_cast<double>(*q.reach_up) - slack) return true;
  return false;
}
bool wants_down(const Question& q) { return q.reach_down && q.found_lowest > static_cast<double>(*q.reach_down) + slack; }

// A table that fits, seen on some columns.
struct Solution {
  const std::vector<std::uint32_t>* columns = nullptr;
  const std::vector<double>* change = nullptr;
};

class Auditor {
 public:
  Auditor(Reduced system, const AuditOptions& options) : s_(std::move(system)), options_(options), started_(std::chrono::steady_clock::now()) {}

  base::Result<AuditReport> run(const knowledge::SystemView& view, const std::vector<knowledge::AskedInterval>& asked) {
    report_.hidden = s_.columns();
    CANDOUR_TRY_DONE(set_start());
    CANDOUR_TRY_DONE(inside::propagate(s_));
    const std::vector<std::uint32_t> sizes = inside::find_components(s_, component_of_);
    report_.components = sizes.size();
    for (const std::uint32_t size : sizes) report_.largest_component = std::max<std::uint64_t>(report_.largest_component, size);
    sizes_ = sizes;
    if (options_.starting_table.empty()) CANDOUR_TRY_DONE(find_start());
    take_questions(view, asked);
    decide_over_reals();
    if (options_.numbers == AuditNumbers::integers) decide_over_integers();
    write_report(asked);
    return report_;
  }

 private:
  [[nodiscard]] double seconds_left() const {
    if (options_.seconds <= 0) return 1e9;
    return options_.seconds - std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  }

  base::Result<base::Done> set_start() {
    s_.start.assign(s_.columns(), 0);
    if (options_.starting_table.empty()) return base::Done{};
    const auto wrong = [] {
      return base::fail(base::Error{
          base::Cause::wrong_input, "audit.starting_table", {}, "the starting table does not fit what is published", "leave it out: one is searched"});
    };
    for (std::uint32_t c = 0; c < s_.columns(); ++c) {
      const std::int64_t x = options_.starting_table[s_.cell[c]];
      if (x < s_.lowest[c] || x > s_.highest[c]) return wrong();
      s_.start[c] = static_cast<double>(x);
    }
    for (std::uint32_t r = 0; r < s_.rows(); ++r) {
      base::Wide sum = -static_cast<base::Wide>(s_.right_side[r]);
      for (std::uint64_t t = s_.row_start[r]; t < s_.row_start[r + 1]; ++t)
        sum += static_cast<base::Wide>(s_.terms[t].coefficient) * options_.starting_table[s_.cell[s_.terms[t].column]];
      if (sum != 0) return wrong();
    }
    return base::Done{};
  }

  // Runs work(i, scratch) for i in [0, count) on the threads asked for.
  template <class Work>
  void in_parallel(std::size_t count, Work&& work) {
    std::atomic<std::size_t> next{0};
    const auto loop = [&] {
      Scratch scratch(s_);
      for (std::size_t i = next++; i < count; i = next++) work(i, scratch);
    };
    const std::size_t threads = std::min<std::size_t>(std::max(1u, options_.threads), std::max<std::size_t>(count, 1));
    std::vector<std::thread> others;
    for (std::size_t t = 1; t < threads; ++t) others.emplace_back(loop);
    loop();
    for (std::thread& other : others) other.join();
  }

  // One feasible table a component, by the first phase of a linear program.
  base::Result<base::Done> find_start() {
    std::vector<std::vector<std::uint32_t>> members(sizes_.size());
    for (std::uint32_t c = 0; c < s_.columns(); ++c) {
      if (component_of_[c] == not_open) s_.start[c] = static_cast<double>(s_.lowest[c]);
      else members[component_of_[c]].push_back(c);
    }
    std::atomic<bool> fits{true};
    in_parallel(members.size(), [&](std::size_t i, Scratch& scratch) {
      const std::vector<std::uint32_t>& columns = members[i];
      solve::LinearModel model;
      for (std::size_t k = 0; k < columns.size(); ++k) {
        scratch.local[columns[k]] = static_cast<std::uint32_t>(k);
        model.columns.push_back({static_cast<double>(s_.lowest[columns[k]]), static_cast<double>(s_.highest[columns[k]]), 0, solve::ColumnType::continuous});
      }
      ++scratch.mark;
      for (const std::uint32_t c : columns) add_rows_of(c, scratch, model);
      for (const std::uint32_t c : columns) scratch.local[c] = not_open;
      ++linear_programs_;
      solve::SolveOutcome outcome = solve::solve_once(model, {});
      if (outcome.status != solve::SolveStatus::optimal) {
        fits = false;
        return;
      }
      if (options_.numbers == AuditNumbers::integers) make_whole(model, outcome);
      for (std::size_t k = 0; k < columns.size(); ++k) {
        const double nearest = std::round(outcome.solution[k]);
        s_.start[columns[k]] = std::abs(outcome.solution[k] - nearest) < slack ? nearest : outcome.solution[k];
      }
    });
    for (std::uint32_t c = 0; c < s_.columns(); ++c) s_.start_is_whole = s_.start_is_whole && s_.start[c] == std::round(s_.start[c]);
    if (!fits)
      return base::fail(base::Error{
          base::Cause::wrong_input, "audit.inconsistent", {}, "no table fits the published values", "check that values, pattern and sums belong together"});
    return base::Done{};
  }

  // A corner is not always whole; then an integer program searches a whole table. Without one nothing is decided over the integers.
  void make_whole(solve::LinearModel& model, solve::SolveOutcome& outcome) {
    const bool whole = std::all_of(outcome.solution.begin(), outcome.solution.end(), [](double x) { return std::abs(x - std::round(x)) < slack; });
    if (whole) return;
    for (solve::Column& column : model.columns) column.type = solve::ColumnType::integer;
    ++integer_programs_;
    solve::SolveOutcome better = solve::solve_once(model, {std::min(seconds_left(), 120.0), 20'000});
    if (!better.solution.empty()) outcome = std::move(better);
  }

  void add_rows_of(std::uint32_t c, Scratch& scratch, solve::LinearModel& model) const {
    for (std::uint64_t i = s_.column_start[c]; i < s_.column_start[c + 1]; ++i) {
      const std::uint32_t row = s_.column_rows[i];
      if (scratch.row_mark[row] == scratch.mark) continue;
      scratch.row_mark[row] = scratch.mark;
      solve::Row lp_row;
      base::Wide right = s_.right_side[row];
      for (std::uint64_t t = s_.row_start[row]; t < s_.row_start[row + 1]; ++t) {
        const inside::RowTerm term = s_.terms[t];
        if (scratch.local[term.column] == not_open) right -= static_cast<base::Wide>(term.coefficient) * s_.lowest[term.column];
        else lp_row.entries.push_back({static_cast<solve::ColumnIndex>(scratch.local[term.column]), static_cast<double>(term.coefficient)});
      }
      lp_row.lowest = lp_row.highest = static_cast<double>(right);
      model.rows.push_back(std::move(lp_row));
    }
  }

  void take_questions(const knowledge::SystemView& view, const std::vector<knowledge::AskedInterval>& asked) {
    question_of_.assign(s_.columns(), not_open);
    for (const knowledge::AskedInterval& interval : asked) {
      Question q;
      q.column = s_.column_of[interval.cell];
      q.reach_down = interval.reach_down, q.reach_up = interval.reach_up, q.width = interval.width;
      if (q.column == not_open) {
        q.found_lowest = q.found_highest = q.proved_lowest = q.proved_highest = static_cast<double>(view.value[interval.cell]);
        q.whole_lowest = q.whole_highest = view.value[interval.cell];
      } else {
        question_of_[q.column] = static_cast<std::uint32_t>(questions_.size());
        q.found_lowest = q.found_highest = s_.start[q.column];
        if (s_.start_is_whole) q.whole_lowest = q.whole_highest = static_cast<std::int64_t>(s_.start[q.column]);
        q.proved_lowest = static_cast<double>(s_.lowest[q.column]), q.proved_highest = static_cast<double>(s_.highest[q.column]);
      }
      if (refuted(q)) ++report_.decided_by_propagation;
      questions_.push_back(q);
    }
  }

  [[nodiscard]] bool open_over_reals(const Question& q) const { return q.column != not_open && !shown_over_reals(q) && !refuted(q); }

  // Takes a solution of a ball: every value in it is one that some table has. Whole solutions count for the integers too.
  void learn(const Solution& solution, Scratch& scratch) {
    const std::vector<char> whole = inside::whole_parts(s_, *solution.columns, *solution.change, scratch);
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < solution.change->size(); ++i) {
      const std::uint32_t column = (*solution.columns)[i];
      const std::uint32_t at = question_of_[column];
      if (at == not_open || (*solution.change)[i] == 0) continue;
      Question& q = questions_[at];
      const double x = s_.start[column] + (*solution.change)[i];
      q.found_lowest = std::min(q.found_lowest, x), q.found_highest = std::max(q.found_highest, x);
      if (!whole[i] || !s_.start_is_whole) continue;
      const auto exact = static_cast<std::int64_t>(std::llround(x));
      q.whole_lowest = std::min(q.whole_lowest, exact), q.whole_highest = std::max(q.whole_highest, exact);
    }
  }

  // Random directions for all open cells of a ball at once, away from where they were seen already.
  std::size_t bulk_objective(const BallProgram& ball, std::mt19937_64& random, std::vector<solve::Entry>& objective) {
    objective.clear();
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < ball.columns().size(); ++i) {
      const std::uint32_t at = question_of_[ball.columns()[i]];
      if (at == not_open || !open_over_reals(questions_[at])) continue;
      const Question& q = questions_[at];
      const bool up = wants_up(q) ? !wants_down(q) || random() % 2 : wants_down(q) ? false : random() % 2 == 0;
      objective.push_back({static_cast<solve::ColumnIndex>(i), up ? 1.0 : -1.0});
    }
    return objective.size();
  }

  void bulk_round(std::size_t ball_size, int most_objectives, std::uint64_t seed) {
    Scratch scratch(s_);
    std::vector<char> covered(s_.columns(), 0);
    std::vector<std::vector<std::uint32_t>> balls;
    for (const Question& q : questions_) {
      if (!open_over_reals(q) || covered[q.column]) continue;
      balls.push_back(inside::ball_around(s_, q.column, ball_size, scratch));
      for (const std::uint32_t c : balls.back()) covered[c] = 1;
    }
    in_parallel(balls.size(), [&](std::size_t i, Scratch& own) {
      if (seconds_left() <= 0) return;
      std::mt19937_64 random(seed * 1'000'003 + i);
      BallProgram ball(s_, balls[i], RowsKept::touching, solve::ColumnType::continuous, own);
      std::vector<solve::Entry> objective;
      std::size_t before = std::numeric_limits<std::size_t>::max();
      for (int round = 0; round < most_objectives; ++round) {
        const std::size_t open = bulk_objective(ball, random, objective);
        if (open == 0 || (round > 1 && open * 20 > before * 19)) break;
        before = open;
        ++linear_programs_;
        const solve::SolveOutcome outcome = ball.optimise(objective, solve::Sense::maximise, seconds_left());
        if (outcome.status != solve::SolveStatus::optimal) break;
        learn({&ball.columns(), &outcome.solution}, own);
      }
    });
  }

  // Optimises one cell up or down over a ball; RowsKept::inside proves, RowsKept::touching finds.
  void single(Question& q, BallProgram& ball, RowsKept rows, bool whole_component, solve::Sense sense, Scratch& scratch) {
    ++linear_programs_;
    const solve::SolveOutcome outcome = ball.optimise({{0, 1.0}}, sense, seconds_left());
    if (outcome.status != solve::SolveStatus::optimal) return;
    if (rows == RowsKept::touching) learn({&ball.columns(), &outcome.solution}, scratch);
    if (rows == RowsKept::touching && !whole_component) return;
    const std::lock_guard lock(mutex_);
    const double x = s_.start[q.column] + outcome.objective;
    if (sense == solve::Sense::maximise) q.proved_highest = std::min(q.proved_highest, x);
    else q.proved_lowest = std::max(q.proved_lowest, x);
  }

  [[nodiscard]] bool still_open(const Question& q) {
    const std::lock_guard lock(mutex_);
    return open_over_reals(q);
  }

  void singles_round(std::size_t ball_size, RowsKept rows) {
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < questions_.size(); ++i)
      if (open_over_reals(questions_[i]) && (ball_size != 0 || rows == RowsKept::touching)) open.push_back(i);
    in_parallel(open.size(), [&](std::size_t i, Scratch& scratch) {
      Question& q = questions_[open[i]];
      if (!still_open(q) || seconds_left() <= 0) return;
      const std::size_t component = sizes_[component_of_[q.column]];
      const bool whole = ball_size == 0 || component <= ball_size;
      BallProgram ball(s_, inside::ball_around(s_, q.column, whole ? component : ball_size, scratch), rows, solve::ColumnType::continuous, scratch);
      single(q, ball, rows, whole, solve::Sense::maximise, scratch);
      if (still_open(q)) single(q, ball, rows, whole, solve::Sense::minimise, scratch);
    });
  }

  [[nodiscard]] std::size_t open_count() const {
    return static_cast<std::size_t>(std::count_if(questions_.begin(), questions_.end(), [&](const Question& q) { return open_over_reals(q); }));
  }

  void decide_over_reals() {
    if (options_.numbers == AuditNumbers::integers) walk_for_whole_moves(40, false);  // over the reals programs decide more cells in the same time
    bulk_round(1000, 6, 1);
    if (open_count() > 0) bulk_round(2000, 4, 2);
    for (const std::size_t size : {std::size_t{60}, std::size_t{300}})
      if (open_count() > 0) singles_round(size, RowsKept::inside);
    if (open_count() > 0) bulk_round(3000, 4, 4);  // what is left is mostly wide, but hard to see from near
    if (open_count() > 0) singles_round(1500, RowsKept::inside);
    if (open_count() > 0) singles_round(1500, RowsKept::touching);
    if (open_count() > 0) bulk_round(std::numeric_limits<std::size_t>::max(), 4, 3);
    if (open_count() > 0) singles_round(0, RowsKept::touching);
  }

  [[nodiscard]] bool open_over_integers(const Question& q) const {
    return q.column != not_open && shown_over_reals(q) && !shown_over_integers(q) && !refuted_over_integers(q);
  }
  [[nodiscard]] bool short_span(const Question& q) const {
    const double x = s_.start[q.column];
    const auto longest = static_cast<double>(options_.longest_integer_span);
    return (!q.reach_up || static_cast<double>(*q.reach_up) - x <= longest) && (!q.reach_down || x - static_cast<double>(*q.reach_down) <= longest) &&
           q.width <= options_.longest_integer_span;
  }

  // What a whole move must change the cell by; several amounts where only a width is asked and the obvious ones failed.
  [[nodiscard]] std::vector<double> amounts_for(const Question& q, bool all) const {
    std::vector<double> amounts;
    const double x = s_.start[q.column];
    if (q.reach_up && q.whole_highest < *q.reach_up) amounts.push_back(static_cast<double>(*q.reach_up) - x);
    if (q.reach_down && q.whole_lowest > *q.reach_down) amounts.push_back(static_cast<double>(*q.reach_down) - x);
    if (!amounts.empty()) return amounts;
    const std::int64_t width = std::max<std::int64_t>(q.width, 1);
    amounts = {static_cast<double>(width - (static_cast<std::int64_t>(x) - q.whole_lowest)),
               static_cast<double>((q.whole_highest - static_cast<std::int64_t>(x)) - width)};
    for (std::int64_t up = width - 1; all && width <= 16 && up > 0; --up)
      for (const std::int64_t amount : {up, up - width}) amounts.push_back(static_cast<double>(amount));
    return amounts;
  }

  [[nodiscard]] bool wants_whole_move(const Question& q) const { return q.column != not_open && !shown_over_integers(q) && !refuted_over_integers(q); }

  void walk_for_whole_moves(int tries, bool all_amounts) {
    if (!s_.start_is_whole) return;
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < questions_.size(); ++i)
      if (wants_whole_move(questions_[i])) open.push_back(i);
    constexpr std::size_t block = 512;
    in_parallel((open.size() + block - 1) / block, [&](std::size_t b, Scratch&) {
      inside::MoveWalk walk(s_);
      for (std::size_t i = b * block; i < std::min(open.size(), (b + 1) * block); ++i) {
        Question& q = questions_[open[i]];
        std::vector<double> amounts;
        {
          const std::lock_guard lock(mutex_);
          if (wants_whole_move(q)) amounts = amounts_for(q, all_amounts);
        }
        for (const double amount : amounts) {
          if (seconds_left() <= 0 || !still_wants_whole_move(q)) break;
          learn_whole(walk.find(q.column, std::llround(amount), tries));
        }
      }
    });
  }

  void learn_whole(const std::vector<inside::MoveWalk::Change>& move) {
    const std::lock_guard lock(mutex_);
    for (const inside::MoveWalk::Change& part : move) {
      const std::uint32_t at = question_of_[part.column];
      if (at == not_open) continue;
      Question& q = questions_[at];
      const auto x = static_cast<std::int64_t>(s_.start[part.column]) + part.change;
      q.whole_lowest = std::min(q.whole_lowest, x), q.whole_highest = std::max(q.whole_highest, x);
      q.found_lowest = std::min(q.found_lowest, static_cast<double>(x)), q.found_highest = std::max(q.found_highest, static_cast<double>(x));
    }
  }

  // Balls around the open cells; each ball serves the open cells in its inner part, warm from one to the next.
  void search_whole_moves(std::size_t ball_size, bool all_amounts) {
    if (!s_.start_is_whole) return;
    Scratch finder(s_);
    std::vector<char> served(s_.columns(), 0);
    std::vector<std::vector<std::uint32_t>> balls;
    std::vector<std::vector<std::uint32_t>> inner;
    for (const Question& q : questions_) {
      if (!wants_whole_move(q) || served[q.column]) continue;
      balls.push_back(inside::ball_around(s_, q.column, ball_size, finder));
      std::vector<std::uint32_t>& places = inner.emplace_back();
      const bool whole = balls.back().size() < ball_size;
      for (std::uint32_t i = 0; i < balls.back().size() && (whole || 3 * i < ball_size || i == 0); ++i) {
        const std::uint32_t at = question_of_[balls.back()[i]];
        if (at == not_open || served[balls.back()[i]] || !wants_whole_move(questions_[at])) continue;
        served[balls.back()[i]] = 1;
        places.push_back(i);
      }
    }
    in_parallel(balls.size(), [&](std::size_t b, Scratch& scratch) {
      inside::SmallestMove program(s_, balls[b], scratch);
      for (const std::uint32_t place : inner[b]) {
        Question& q = questions_[question_of_[balls[b][place]]];
        if (seconds_left() <= 0) return;
        std::vector<double> amounts;
        {
          const std::lock_guard lock(mutex_);
          if (wants_whole_move(q)) amounts = amounts_for(q, all_amounts);
        }
        for (const double amount : amounts) {
          if (!still_wants_whole_move(q)) break;
          ++linear_programs_;
          const std::vector<double> change = program.change(place, amount);
          if (!change.empty()) learn({&program.columns(), &change}, scratch);
        }
      }
    });
  }

  [[nodiscard]] bool still_wants_whole_move(const Question& q) {
    const std::lock_guard lock(mutex_);
    return wants_whole_move(q);
  }

  [[nodiscard]] bool still_open_over_integers(const Question& q) {
    const std::lock_guard lock(mutex_);
    return open_over_integers(q);
  }

  // Smallest moves first; then integer programs over growing balls, where the whole component proves.
  void decide_over_integers() {
    if (!s_.start_is_whole) return;
    walk_for_whole_moves(400, true);
    for (const std::size_t size : {std::size_t{400}, std::size_t{2000}}) search_whole_moves(size, true);
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < questions_.size(); ++i)
      if (open_over_integers(questions_[i]) && short_span(questions_[i])) open.push_back(i);
    for (const std::size_t size : {std::size_t{300}, std::size_t{2000}, std::size_t{0}}) {
      in_parallel(open.size(), [&](std::size_t i, Scratch& scratch) {
        Question& q = questions_[open[i]];
        if (!still_open_over_integers(q) || seconds_left() <= 0) return;
        const std::size_t component = sizes_[component_of_[q.column]];
        const bool whole = size == 0 || component <= size;
        BallProgram ball(s_, inside::ball_around(s_, q.column, whole ? component : size, scratch), RowsKept::touching, solve::ColumnType::integer, scratch);
        for (const solve::Sense sense : {solve::Sense::maximise, solve::Sense::minimise}) integer_single(q, ball, whole, sense, scratch);
      });
    }
  }

  void integer_single(Question& q, BallProgram& ball, bool whole_component, solve::Sense sense, Scratch& scratch) {
    ++integer_programs_;
    const solve::SolveOutcome outcome = ball.optimise({{0, 1.0}}, sense, std::min(seconds_left(), 60.0));
    if (!outcome.solution.empty()) learn({&ball.columns(), &outcome.solution}, scratch);
    if (!whole_component || outcome.status != solve::SolveStatus::optimal) return;
    const std::lock_guard lock(mutex_);
    const double x = s_.start[q.column] + outcome.objective;
    if (sense == solve::Sense::maximise) q.proved_highest = std::min(q.proved_highest, x);
    else q.proved_lowest = std::max(q.proved_lowest, x);
  }

  void write_report(const std::vector<knowledge::AskedInterval>& asked) {
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const Question& q = questions_[i];
      AuditVerdict verdict = AuditVerdict::undecided;
      const bool integers = options_.numbers == AuditNumbers::integers && (q.column == not_open || short_span(q));
      if (shown_over_reals(q))
        verdict = !integers || shown_over_integers(q) ? AuditVerdict::holds
                  : refuted_over_integers(q)          ? AuditVerdict::fails_over_integers
                                                      : AuditVerdict::undecided;
      else if (refuted(q)) verdict = AuditVerdict::fails_over_reals;
      report_.cells.push_back({asked[i].cell, verdict, q.found_lowest, q.found_highest, q.proved_lowest, q.proved_highest});
    }
    report_.linear_programs = linear_programs_;
    report_.integer_programs = integer_programs_;
  }

  Reduced s_;
  const AuditOptions& options_;
  std::chrono::steady_clock::time_point started_;
  std::vector<std::uint32_t> component_of_, sizes_;
  std::vector<Question> questions_;
  std::vector<std::uint32_t> question_of_;
  std::mutex mutex_;
  std::atomic<std::uint64_t> linear_programs_{0}, integer_programs_{0};
  AuditReport report_;
};

}  // namespace

std::uint64_t AuditReport::count(AuditVerdict verdict) const {
  return static_cast<std::uint64_t>(std::count_if(cells.begin(), cells.end(), [&](const AuditedCell& c) { return c.verdict == verdict; }));
}

base::Result<AuditReport> audit(const knowledge::SystemView& view, const std::vector<knowledge::AskedInterval>& asked, const AuditOptions& options) {
  CANDOUR_TRY(system, inside::reduce(view));
  Auditor auditor(std::move(system), options);
  return auditor.run(view, asked);
}

}  // namespace candour::attack
