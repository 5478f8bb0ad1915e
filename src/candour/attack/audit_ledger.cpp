#include <candour/attack/audit_ledger.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace candour::attack::inside {
namespace {

constexpr double slack = 1e-6;
double slack_at(double value) { return slack * std::max(1.0, std::abs(value) * 1e-3); }

bool covers(const Question& q, double low, double high) {
  if (q.reach_down && low > static_cast<double>(*q.reach_down) + slack_at(low)) return false;
  if (q.reach_up && high < static_cast<double>(*q.reach_up) - slack_at(high)) return false;
  return high - low >= static_cast<double>(q.width) - slack_at(high);
}

bool covers_whole(const Question& q, std::int64_t low, std::int64_t high) {
  if (low > high) return false;
  return (!q.reach_down || low <= *q.reach_down) && (!q.reach_up || high >= *q.reach_up) && high - low >= q.width;
}

// What is asked of a cell, said of the column that it follows.
Question asked_of_column(const knowledge::AskedInterval& interval, const CellPlace& place) {
  Question q{place.column, interval.reach_down, interval.reach_up, interval.width};
  if (place.column == not_open) return q;
  const auto value = [&](const std::optional<std::int64_t>& x) { return x ? std::optional(place.sign * (*x - place.offset)) : std::nullopt; };
  q.reach_down = value(place.sign > 0 ? interval.reach_down : interval.reach_up);
  q.reach_up = value(place.sign > 0 ? interval.reach_up : interval.reach_down);
  return q;
}

}  // namespace

AuditLedger::AuditLedger(const Reduced& system, const AuditOptions& options) : system_(system), options_(options), ranges_(system.columns()) {
  for (std::uint32_t c = 0; c < system.columns(); ++c) {
    ColumnRange& range = ranges_[c];
    range.found_lowest = range.found_highest = system.start[c];
    if (system.start_is_whole[c]) range.whole_lowest = range.whole_highest = static_cast<std::int64_t>(std::llround(system.start[c]));
    range.proved_lowest = range.proved_whole_lowest = static_cast<double>(system.lowest[c]);
    range.proved_highest = range.proved_whole_highest = static_cast<double>(system.highest[c]);
  }
}

void AuditLedger::ask(const knowledge::AskedInterval& interval, const CellPlace& place) {
  questions_.push_back(asked_of_column(interval, place));
  places_.push_back(place);
}

void AuditLedger::index() {
  column_begin_.assign(ranges_.size() + 1, 0);
  for (const Question& q : questions_)
    if (q.column != not_open) ++column_begin_[q.column + std::size_t{1}];
  std::partial_sum(column_begin_.begin(), column_begin_.end(), column_begin_.begin());
  by_column_.resize(column_begin_.back());
  std::vector<std::uint32_t> next(column_begin_.begin(), column_begin_.end() - 1);
  for (std::uint32_t i = 0; i < questions_.size(); ++i)
    if (questions_[i].column != not_open) by_column_[next[questions_[i].column]++] = i;
}

std::span<const std::uint32_t> AuditLedger::questions_of(std::uint32_t column) const {
  return {by_column_.data() + column_begin_[column], by_column_.data() + column_begin_[column + std::size_t{1}]};
}

void AuditLedger::learn(const Solution& solution) {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < solution.columns.size(); ++i) {
    if (solution.change[i] == 0) continue;
    ColumnRange& range = ranges_[solution.columns[i]];
    const double x = system_.start[solution.columns[i]] + solution.change[i];
    range.found_lowest = std::min(range.found_lowest, x), range.found_highest = std::max(range.found_highest, x);
    if (!solution.whole[i] || !system_.start_is_whole[solution.columns[i]]) continue;
    const auto exact = static_cast<std::int64_t>(std::llround(x));
    range.whole_lowest = std::min(range.whole_lowest, exact), range.whole_highest = std::max(range.whole_highest, exact);
  }
}

void AuditLedger::learn_move(std::uint32_t column, std::int64_t change) {
  const std::lock_guard lock(mutex_);
  ColumnRange& range = ranges_[column];
  const double x = system_.start[column] + static_cast<double>(change);
  range.found_lowest = std::min(range.found_lowest, x), range.found_highest = std::max(range.found_highest, x);
  if (!system_.start_is_whole[column]) return;
  const auto exact = static_cast<std::int64_t>(std::llround(x));
  range.whole_lowest = std::min(range.whole_lowest, exact), range.whole_highest = std::max(range.whole_highest, exact);
}

void AuditLedger::prove_highest(std::uint32_t column, double value, AuditNumbers numbers) {
  const std::lock_guard lock(mutex_);
  ColumnRange& range = ranges_[column];
  if (numbers == AuditNumbers::reals) range.proved_highest = std::min(range.proved_highest, value);
  range.proved_whole_highest = std::min(range.proved_whole_highest, value);
}

void AuditLedger::prove_lowest(std::uint32_t column, double value, AuditNumbers numbers) {
  const std::lock_guard lock(mutex_);
  ColumnRange& range = ranges_[column];
  if (numbers == AuditNumbers::reals) range.proved_lowest = std::max(range.proved_lowest, value);
  range.proved_whole_lowest = std::max(range.proved_whole_lowest, value);
}

bool AuditLedger::shown(const Question& q, AuditNumbers numbers) const {
  const ColumnRange& range = ranges_[q.column];
  return numbers == AuditNumbers::reals ? covers(q, range.found_lowest, range.found_highest) : covers_whole(q, range.whole_lowest, range.whole_highest);
}

bool AuditLedger::refuted(const Question& q, AuditNumbers numbers) const {
  const ColumnRange& range = ranges_[q.column];
  if (numbers == AuditNumbers::reals) return !covers(q, range.proved_lowest, range.proved_highest);
  const double low = range.proved_whole_lowest, high = range.proved_whole_highest;
  return !covers(q, std::ceil(low - slack_at(low)), std::floor(high + slack_at(high)));
}

bool AuditLedger::is_short(const Question& q) const {
  const double x = system_.start[q.column];
  const auto longest = static_cast<double>(options_.longest_integer_span);
  return (!q.reach_up || static_cast<double>(*q.reach_up) - x <= longest) && (!q.reach_down || x - static_cast<double>(*q.reach_down) <= longest) &&
         q.width <= options_.longest_integer_span;
}

bool AuditLedger::open(const Question& q, AuditNumbers numbers) const {
  if (numbers == AuditNumbers::reals) return !shown(q, AuditNumbers::reals) && !refuted(q, AuditNumbers::reals);
  return is_short(q) && !refuted(q, AuditNumbers::reals) && !shown(q, AuditNumbers::integers) && !refuted(q, AuditNumbers::integers);
}

Wanted AuditLedger::wanted(std::uint32_t column, AuditNumbers numbers) const {
  const std::lock_guard lock(mutex_);
  const ColumnRange& range = ranges_[column];
  const double low = numbers == AuditNumbers::reals ? range.found_lowest : static_cast<double>(range.whole_lowest);
  const double high = numbers == AuditNumbers::reals ? range.found_highest : static_cast<double>(range.whole_highest);
  Wanted wanted;
  for (const std::uint32_t i : questions_of(column)) {
    const Question& q = questions_[i];
    if (!open(q, numbers)) continue;
    wanted.open = true;
    if (q.reach_down && low > static_cast<double>(*q.reach_down) + slack)
      wanted.down = std::min(wanted.down.value_or(system_.start[column]), static_cast<double>(*q.reach_down));
    if (q.reach_up && high < static_cast<double>(*q.reach_up) - slack)
      wanted.up = std::max(wanted.up.value_or(system_.start[column]), static_cast<double>(*q.reach_up));
    wanted.width = std::max(wanted.width, q.width);
  }
  return wanted;
}

std::vector<std::uint32_t> AuditLedger::open_columns(AuditNumbers numbers) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::uint32_t> columns;
  for (std::uint32_t c = 0; c < ranges_.size(); ++c) {
    const auto questions = questions_of(c);
    if (std::any_of(questions.begin(), questions.end(), [&](std::uint32_t i) { return open(questions_[i], numbers); })) columns.push_back(c);
  }
  return columns;
}

ColumnRange AuditLedger::range(std::uint32_t column) const {
  const std::lock_guard lock(mutex_);
  return ranges_[column];
}

std::uint64_t AuditLedger::refuted_count() const {
  return static_cast<std::uint64_t>(
      std::count_if(questions_.begin(), questions_.end(), [&](const Question& q) { return q.column != not_open && refuted(q, AuditNumbers::reals); }));
}

AuditedCell AuditLedger::verdict(std::size_t question, table::SystemCell cell) const {
  const Question& q = questions_[question];
  const CellPlace& place = places_[question];
  AuditedCell result;
  result.cell = cell;
  if (q.column == not_open) {
    const auto value = static_cast<double>(place.offset);
    result.found_lowest = result.found_highest = result.proved_lowest = result.proved_highest = value;
    result.verdict = covers_whole(q, place.offset, place.offset) ? AuditVerdict::holds : AuditVerdict::fails_over_reals;
    return result;
  }
  const bool integers = options_.numbers == AuditNumbers::integers && is_short(q);
  if (shown(q, AuditNumbers::reals))
    result.verdict = !integers || shown(q, AuditNumbers::integers) ? AuditVerdict::holds
                     : refuted(q, AuditNumbers::integers)          ? AuditVerdict::fails_over_integers
                                                                   : AuditVerdict::undecided;
  else if (refuted(q, AuditNumbers::reals)) result.verdict = AuditVerdict::fails_over_reals;
  const ColumnRange& range = ranges_[q.column];
  const bool whole = result.verdict == AuditVerdict::fails_over_integers;
  const double low = whole ? range.proved_whole_lowest : range.proved_lowest, high = whole ? range.proved_whole_highest : range.proved_highest;
  const auto value = [&](double y) { return place.sign * y + static_cast<double>(place.offset); };
  result.found_lowest = value(place.sign > 0 ? range.found_lowest : range.found_highest);
  result.found_highest = value(place.sign > 0 ? range.found_highest : range.found_lowest);
  result.proved_lowest = value(place.sign > 0 ? low : high);
  result.proved_highest = value(place.sign > 0 ? high : low);
  return result;
}

}  // namespace candour::attack::inside
