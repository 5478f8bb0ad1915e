#include <candour/attack/audit_walk.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace candour::attack::inside {
namespace {

constexpr int deepest = 40;
constexpr std::size_t most_open_rows = 14;
constexpr std::size_t most_ways = 6;
constexpr int most_walks = 6;

}  // namespace

MoveWalk::MoveWalk(const Reduced& s) : s_(s), moved_(s.columns(), 0), now_(s.columns(), 0), out_of_balance_(s.rows(), 0), open_place_(s.rows(), not_open) {
  start_.reserve(s.columns());
  for (const double x : s.start) start_.push_back(std::llround(x));
}

bool MoveWalk::has_room(std::uint32_t c, std::int64_t by) const {
  const std::int64_t x = start_[c] + moved_[c] + now_[c] + by;
  return x >= s_.lowest[c] && x <= s_.highest[c];
}

void MoveWalk::change(std::uint32_t c, std::int64_t by) {
  now_[c] += by;
  trail_.push_back({c, by});
  for (std::uint64_t i = s_.column_start[c]; i < s_.column_start[c + 1]; ++i) {
    const std::uint32_t row = s_.column_rows[i];
    std::int64_t coefficient = 0;
    for (std::uint64_t t = s_.row_start[row]; t < s_.row_start[row + 1]; ++t)
      if (s_.terms[t].column == c) {
        coefficient = s_.terms[t].coefficient;
        break;
      }
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

void MoveWalk::undo_to(std::size_t size) {
  while (trail_.size() > size) {
    const Change last = trail_.back();
    change(last.column, -last.change);
    trail_.pop_back();  // what `change` itself noted
    trail_.pop_back();
  }
}

bool MoveWalk::repair(int depth) {
  if (open_rows_.empty()) return true;
  if (depth >= deepest || open_rows_.size() > most_open_rows || --tries_left_ < 0) return false;
  struct Way {
    std::uint32_t column;
    std::int64_t by;
    int open_after;
  };
  std::array<Way, most_ways> ways{}, best_ways{};
  std::size_t best_count = most_ways + 1;
  for (const std::uint32_t row : open_rows_) {
    std::size_t count = 0;
    for (std::uint64_t t = s_.row_start[row]; t < s_.row_start[row + 1]; ++t) {
      const auto [c, k] = s_.terms[t];
      if (now_[c] != 0 || out_of_balance_[row] % k != 0) continue;
      const std::int64_t by = -out_of_balance_[row] / k;
      if (!has_room(c, by)) continue;
      int open_after = 0;
      for (std::uint64_t i = s_.column_start[c]; i < s_.column_start[c + 1]; ++i) {
        const std::uint32_t other = s_.column_rows[i];
        if (out_of_balance_[other] == 0) {
          ++open_after;
          continue;
        }
        std::int64_t coefficient = 0;
        for (std::uint64_t u = s_.row_start[other]; u < s_.row_start[other + 1]; ++u)
          if (s_.terms[u].column == c) {
            coefficient = s_.terms[u].coefficient;
            break;
          }
        if (out_of_balance_[other] + coefficient * by == 0) --open_after;
      }
      const Way way{c, by, open_after};
      if (count < most_ways) ways[count++] = way;
      else if (auto worst = std::max_element(ways.begin(), ways.end(), [](const Way& a, const Way& b) { return a.open_after < b.open_after; });
               open_after < worst->open_after)
        *worst = way;
    }
    if (count == 0) return false;
    const auto rank = [](const Way& a, const Way& b) { return a.open_after < b.open_after; };
    for (std::size_t a = 1; a < count; ++a)
      for (std::size_t b = a; b > 0 && rank(ways[b], ways[b - 1]); --b) std::swap(ways[b], ways[b - 1]);
    const bool better = count < best_count || (count == best_count && ways[0].open_after < best_ways[0].open_after);
    if (!better) continue;
    best_count = count;
    best_ways = ways;
    if (count == 1) break;
  }
  const std::size_t size = trail_.size();
  for (std::size_t i = 0; i < best_count; ++i) {
    change(best_ways[i].column, best_ways[i].by);
    if (repair(depth + 1)) return true;
    undo_to(size);
    if (tries_left_ < 0) return false;
  }
  return false;
}

bool MoveWalk::walk(std::uint32_t column, std::int64_t amount, int tries) {
  if (!has_room(column, amount)) return false;
  tries_left_ = tries;
  change(column, amount);
  const bool found = repair(0);
  if (!found) undo_to(0);
  for (const Change& part : trail_) {
    if (moved_[part.column] == 0) touched_.push_back(part.column);
    moved_[part.column] += part.change;
    now_[part.column] = 0;
  }
  trail_.clear();
  return found;
}

const std::vector<MoveWalk::Change>& MoveWalk::find(std::uint32_t column, std::int64_t amount, int tries) {
  std::int64_t left = amount;
  for (int i = 0; i < most_walks && left != 0; ++i) {
    bool found = false;
    for (const std::int64_t part : {left, left / 2, left / std::max<std::int64_t>(1, std::abs(left))}) {
      if (part == 0 || (part != left && std::abs(left) == 1)) continue;
      if (!walk(column, part, tries)) continue;
      left -= part;
      found = true;
      break;
    }
    if (!found) break;
  }
  result_.clear();
  for (const std::uint32_t c : touched_) {
    if (moved_[c] != 0 && left == 0) result_.push_back({c, moved_[c]});
    moved_[c] = 0;
  }
  touched_.clear();
  return result_;
}

}  // namespace candour::attack::inside
