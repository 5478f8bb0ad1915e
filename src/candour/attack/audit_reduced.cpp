#include <candour/attack/audit_reduced.hpp>

#include <candour/base/wide.hpp>

#include <deque>
#include <numeric>

namespace candour::attack::inside {
namespace {

using base::Wide;

Wide floor_divide(Wide a, Wide b) { return a / b - ((a % b != 0) && ((a < 0) != (b < 0))); }
Wide ceil_divide(Wide a, Wide b) { return -floor_divide(-a, b); }

constexpr int most_visits = 60;

struct Activity {
  Wide least = 0, most = 0;
};

Activity activity_of(const Reduced& s, std::uint32_t row) {
  Activity a;
  for (std::uint64_t t = s.row_start[row]; t < s.row_start[row + 1]; ++t) {
    const Wide k = s.terms[t].coefficient;
    const std::uint32_t c = s.terms[t].column;
    a.least += k * (k > 0 ? s.lowest[c] : s.highest[c]);
    a.most += k * (k > 0 ? s.highest[c] : s.lowest[c]);
  }
  return a;
}

// Tightens the columns of one row; calls `changed` for each. False when bounds cross.
template <class Changed>
bool tighten_row(Reduced& s, std::uint32_t row, BoundRounding rounding, Changed&& changed) {
  const Activity a = activity_of(s, row);
  const Wide right = s.right_side[row];
  if (a.least > right || a.most < right) return false;
  if (a.least == a.most) return true;
  for (std::uint64_t t = s.row_start[row]; t < s.row_start[row + 1]; ++t) {
    const Wide k = s.terms[t].coefficient;
    const std::uint32_t c = s.terms[t].column;
    const Wide own_least = k * (k > 0 ? s.lowest[c] : s.highest[c]), own_most = k * (k > 0 ? s.highest[c] : s.lowest[c]);
    const Wide most = right - (a.least - own_least), least = right - (a.most - own_most);  // bounds of k * x
    const bool inwards = rounding == BoundRounding::to_whole_numbers;
    const Wide upper = k > 0 ? most : least, lower = k > 0 ? least : most;
    const Wide highest = inwards ? floor_divide(upper, k) : ceil_divide(upper, k);
    const Wide lowest = inwards ? ceil_divide(lower, k) : floor_divide(lower, k);
    if (highest >= s.highest[c] && lowest <= s.lowest[c]) continue;
    if (highest < s.highest[c]) s.highest[c] = static_cast<std::int64_t>(highest);
    if (lowest > s.lowest[c]) s.lowest[c] = static_cast<std::int64_t>(lowest);
    if (s.lowest[c] > s.highest[c]) return false;
    changed(c);
  }
  return true;
}

}  // namespace

base::Error inconsistent() {
  return base::Error{base::Cause::wrong_input,
                     "audit.inconsistent",
                     {},
                     "the published values contradict each other: no table fits them",
                     "check that values, pattern and sums belong together"};
}

base::Result<Reduced> reduce(const knowledge::SystemView& view) {
  const table::AdditiveSystem& system = *view.system;
  Reduced s;
  s.column_of.assign(system.cell_count(), not_open);
  for (table::SystemCell c = 0; c < system.cell_count(); ++c) {
    if (!table::is_hidden(view.standing[c])) continue;
    s.column_of[c] = s.columns();
    s.cell.push_back(c);
    s.lowest.push_back(view.lowest[c]);
    s.highest.push_back(view.highest[c]);
  }
  for (table::SystemEquation e = 0; e < system.equation_count(); ++e) {
    Wide right = system.right_side(e);
    const std::size_t before = s.terms.size();
    for (const table::SystemTerm& term : system.terms(e)) {
      const std::uint32_t column = s.column_of[term.cell];
      if (column == not_open) right -= static_cast<Wide>(term.coefficient) * view.value[term.cell];
      else s.terms.push_back({column, term.coefficient});
    }
    if (s.terms.size() == before) {
      if (right != 0) return base::fail(inconsistent());
      continue;
    }
    s.row_start.push_back(s.terms.size());
    s.right_side.push_back(static_cast<std::int64_t>(right));
  }
  index_columns(s);
  return s;
}

void index_columns(Reduced& s) {
  s.column_start.assign(s.cell.size() + 1, 0);
  for (const RowTerm& term : s.terms) ++s.column_start[term.column + std::size_t{1}];
  std::partial_sum(s.column_start.begin(), s.column_start.end(), s.column_start.begin());
  s.column_terms.resize(s.terms.size());
  std::vector<std::uint64_t> next(s.column_start.begin(), s.column_start.end() - 1);
  for (std::uint32_t r = 0; r < s.rows(); ++r)
    for (std::uint64_t t = s.row_start[r]; t < s.row_start[r + 1]; ++t) s.column_terms[next[s.terms[t].column]++] = {r, s.terms[t].coefficient};
}

base::Result<base::Done> propagate(Reduced& s, BoundRounding rounding) {
  std::deque<std::uint32_t> queue(s.rows());
  std::iota(queue.begin(), queue.end(), 0u);
  std::vector<char> waiting(s.rows(), 1);
  std::vector<int> visits(s.rows(), 0);
  while (!queue.empty()) {
    const std::uint32_t row = queue.front();
    queue.pop_front();
    waiting[row] = 0;
    if (++visits[row] > most_visits) continue;
    const bool fits = tighten_row(s, row, rounding, [&](std::uint32_t c) {
      for (std::uint64_t i = s.column_start[c]; i < s.column_start[c + 1]; ++i) {
        const std::uint32_t other = s.column_terms[i].row;
        if (waiting[other]) continue;
        waiting[other] = 1;
        queue.push_back(other);
      }
    });
    if (!fits) return base::fail(inconsistent());
  }
  return base::Done{};
}

std::vector<std::uint32_t> find_components(const Reduced& s, std::vector<std::uint32_t>& component_of) {
  component_of.assign(s.columns(), not_open);
  std::vector<std::uint32_t> sizes, stack;
  std::vector<char> seen(s.rows(), 0);
  for (std::uint32_t first = 0; first < s.columns(); ++first) {
    if (component_of[first] != not_open || s.lowest[first] == s.highest[first]) continue;
    const auto id = static_cast<std::uint32_t>(sizes.size());
    sizes.push_back(0);
    component_of[first] = id;
    stack.push_back(first);
    while (!stack.empty()) {
      const std::uint32_t c = stack.back();
      stack.pop_back();
      ++sizes[id];
      for (std::uint64_t i = s.column_start[c]; i < s.column_start[c + 1]; ++i) {
        const std::uint32_t row = s.column_terms[i].row;
        if (seen[row]) continue;
        seen[row] = 1;
        for (std::uint64_t t = s.row_start[row]; t < s.row_start[row + 1]; ++t) {
          const std::uint32_t other = s.terms[t].column;
          if (component_of[other] != not_open || s.lowest[other] == s.highest[other]) continue;
          component_of[other] = id;
          stack.push_back(other);
        }
      }
    }
  }
  return sizes;
}

}  // namespace candour::attack::inside
