#include <candour/attack/audit_walk.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace candour::attack::inside {
namespace {

constexpr int most_steps = 100;
constexpr std::size_t most_open_rows = 32;
constexpr int most_walks = 8;
constexpr int many_ways = 8;  // rows with so many are alike
constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max() / 4;

std::int64_t whole_room(double room) { return room >= static_cast<double>(far) ? far : std::max<std::int64_t>(0, static_cast<std::int64_t>(room + 1e-7)); }

}  // namespace

MoveWalk::MoveWalk(const Reduced& s) : s_(s), moved_(s.columns(), 0), now_(s.columns(), 0), out_of_balance_(s.rows(), 0), open_place_(s.rows(), not_open) {
  for (std::uint32_t c = 0; c < s.columns(); ++c) {
    room_up_.push_back(whole_room(static_cast<double>(s.highest[c]) - s.start[c]));
    room_down_.push_back(whole_room(s.start[c] - static_cast<double>(s.lowest[c])));
  }
}

std::uint64_t MoveWalk::lot() {
  lots_ ^= lots_ << 13, lots_ ^= lots_ >> 7, lots_ ^= lots_ << 17;
  return lots_;
}

void MoveWalk::change(std::uint32_t c, std::int64_t by) {
  if (now_[c] == 0) trail_.push_back(c);
  now_[c] += by;
  for (std::uint64_t i = s_.column_start[c]; i < s_.column_start[c + std::size_t{1}]; ++i) {
    const auto [row, coefficient] = s_.column_terms[i];
    out_of_balance_[row] += coefficient * by;
    if (out_of_balance_[row] != 0 && open_place_[row] == not_open) {
      open_place_[row] = static_cast<std::uint32_t>(open_rows_.size());
      open_rows_.push_back(row);
    } else if (out_of_balance_[row] == 0 && open_place_[row] != not_open) {
      const std::uint32_t last = open_rows_.back();
      open_rows_[open_place_[row]] = last;
      open_place_[last] = open_place_[row];
      open_rows_.pop_back();
      open_place_[row] = not_open;
    }
  }
}

void MoveWalk::clear_walk() {
  for (const std::uint32_t c : trail_) now_[c] = 0;
  trail_.clear();
  for (const std::uint32_t row : open_rows_) out_of_balance_[row] = 0, open_place_[row] = not_open;
  open_rows_.clear();
}

// By how much a column can bring a row nearer to balance; 0: not at all. No column is changed to and fro in one walk.
std::int64_t MoveWalk::usable(std::uint32_t row, RowTerm term) const {
  const auto [c, k] = term;
  if (c == source_) return 0;
  const std::int64_t by = k == 1 ? -out_of_balance_[row] : k == -1 ? out_of_balance_[row] : -out_of_balance_[row] / k;
  if (by > 0) return now_[c] < 0 ? 0 : std::min(by, room_up_[c] - now_[c]);
  return now_[c] > 0 ? 0 : std::max(by, -room_down_[c] - now_[c]);
}

// The row out of balance with the fewest ways, or not_open if one has none.
std::uint32_t MoveWalk::tightest_row() const {
  std::uint32_t best = not_open;
  int fewest = many_ways + 1;
  for (const std::uint32_t row : open_rows_) {
    int ways = 0;
    for (std::uint64_t t = s_.row_start[row]; t < s_.row_start[row + std::size_t{1}] && ways < std::min(fewest, many_ways); ++t)
      ways += usable(row, s_.terms[t]) != 0;
    if (ways == 0) return not_open;
    if (ways >= fewest) continue;
    fewest = ways;
    best = row;
    if (ways == 1) break;
  }
  return best;
}

int MoveWalk::sums_opened(std::uint32_t c, std::int64_t by) const {
  int opened = 0;
  for (std::uint64_t i = s_.column_start[c]; i < s_.column_start[c + std::size_t{1}]; ++i) {
    const auto [row, coefficient] = s_.column_terms[i];
    const std::int64_t before = out_of_balance_[row], after = before + coefficient * by;
    opened += (after != 0) - (before != 0);
  }
  return opened;
}

MoveWalk::Change MoveWalk::best_way(std::uint32_t row) {
  Change best{not_open, 0};
  int fewest = std::numeric_limits<int>::max();
  std::uint64_t equals = 0;
  for (std::uint64_t t = s_.row_start[row]; t < s_.row_start[row + std::size_t{1}]; ++t) {
    const std::int64_t by = usable(row, s_.terms[t]);
    if (by == 0) continue;
    const int opened = sums_opened(s_.terms[t].column, by);
    if (opened > fewest) continue;
    equals = opened < fewest ? 1 : equals + 1;
    fewest = opened;
    if (equals == 1 || lot() % equals == 0) best = {s_.terms[t].column, by};
  }
  return best;
}

bool MoveWalk::attempt(std::uint32_t column, std::int64_t amount) {
  change(column, amount);
  for (int step = 0; step < most_steps && !open_rows_.empty(); ++step) {
    if (open_rows_.size() > most_open_rows) return false;
    const std::uint32_t row = tightest_row();
    if (row == not_open) return false;
    const Change way = best_way(row);
    change(way.column, way.change);
  }
  return open_rows_.empty();
}

bool MoveWalk::walk(std::uint32_t column, std::int64_t amount, int attempts) {
  if (amount > room_up_[column] || -amount > room_down_[column]) return false;
  for (int i = 0; i < attempts && attempts_left_ > 0; ++i) {
    --attempts_left_;
    if (!attempt(column, amount)) {
      clear_walk();
      continue;
    }
    for (const std::uint32_t c : trail_) {
      if (moved_[c] == 0) touched_.push_back(c);
      moved_[c] += now_[c], room_up_[c] -= now_[c], room_down_[c] += now_[c];
    }
    clear_walk();
    return true;
  }
  return false;
}

const std::vector<MoveWalk::Change>& MoveWalk::find(std::uint32_t column, std::int64_t amount, int attempts) {
  result_.clear();
  lots_ = (column + 1) * 0x9E3779B97F4A7C15ULL ^ static_cast<std::uint64_t>(amount);
  source_ = column;
  attempts_left_ = attempts * most_walks;
  std::int64_t left = amount;
  for (int i = 0; i < most_walks && left != 0; ++i) {
    const std::int64_t before = left;
    for (const std::int64_t divisor : {1, 2, 4, 16}) {
      const std::int64_t part = left / divisor;
      if (part == 0 || !walk(column, part, attempts)) continue;
      left -= part;
      break;
    }
    if (left == before) break;
  }
  for (const std::uint32_t c : touched_) {
    if (moved_[c] == 0) continue;  // there and back again, or entered twice
    room_up_[c] += moved_[c], room_down_[c] -= moved_[c];
    if (left == 0) result_.push_back({c, moved_[c]});
    moved_[c] = 0;
  }
  touched_.clear();
  return result_;
}

MoveWalk::Repeats MoveWalk::repeats(const std::vector<Change>& move) const {
  Repeats repeats{far, far};
  for (const auto& [c, by] : move) {
    const std::int64_t size = std::abs(by);
    repeats.forwards = std::min(repeats.forwards, (by > 0 ? room_up_[c] : room_down_[c]) / size);
    repeats.backwards = std::min(repeats.backwards, (by > 0 ? room_down_[c] : room_up_[c]) / size);
  }
  return repeats;
}

}  // namespace candour::attack::inside
