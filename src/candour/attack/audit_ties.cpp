#include <candour/attack/audit_ties.hpp>

#include <candour/base/wide.hpp>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace candour::attack::inside {
namespace {

using base::Wide;

constexpr int most_rounds = 200;

// Columns tied so far: a forest in which each column is sign * parent + offset.
class Ties {
 public:
  explicit Ties(std::uint32_t columns) : link_(columns) {
    for (std::uint32_t c = 0; c < columns; ++c) link_[c].column = c;
  }

  CellPlace root_of(std::uint32_t c) {
    if (link_[c].column == c) return link_[c];
    path_.clear();
    while (link_[c].column != c) path_.push_back(c), c = link_[c].column;
    for (std::size_t i = path_.size() - 1; i-- > 0;) link_[path_[i]] = through(link_[path_[i]], link_[path_[i + 1]]);
    return link_[path_[0]];
  }

  // Hangs the column of `lower`, a root, below that of `upper`, another root.
  void hang(std::uint32_t lower, CellPlace upper) { link_[lower] = upper; }

  // x = a.sign * y + a.offset where y = b.sign * z + b.offset.
  static CellPlace through(const CellPlace& a, const CellPlace& b) { return {b.column, a.sign * b.sign, a.sign * b.offset + a.offset}; }

 private:
  std::vector<CellPlace> link_;
  std::vector<std::uint32_t> path_;
};

class Tying {
 public:
  Tying(Reduced system, BoundRounding rounding) : s_(std::move(system)), rounding_(rounding), place_(s_.columns()) {
    for (std::uint32_t c = 0; c < s_.columns(); ++c) place_[c].column = c;
  }

  base::Result<TiedSystem> run() {
    for (int round = 0; round < most_rounds; ++round) {
      CANDOUR_TRY_DONE(propagate(s_, rounding_));
      Ties ties(s_.columns());
      const std::uint32_t columns = s_.columns(), rows = s_.rows();
      for (std::uint32_t r = 0; r < rows; ++r)
        if (!tie_row(r, ties)) return base::fail(inconsistent());
      if (!rebuild(ties)) return base::fail(inconsistent());
      if (s_.columns() == columns && s_.rows() == rows) break;
    }
    return TiedSystem{std::move(s_), std::move(place_)};
  }

 private:
  [[nodiscard]] bool known(std::uint32_t c) const { return s_.lowest[c] == s_.highest[c]; }

  // Ties the two open columns of a row, if it has just two and they change by the same amount. False where their bounds contradict each other.
  bool tie_row(std::uint32_t row, Ties& ties) {
    RowTerm open[2];
    std::size_t count = 0;
    Wide rest = s_.right_side[row];
    for (std::uint64_t t = s_.row_start[row]; t < s_.row_start[row + 1]; ++t) {
      const RowTerm term = s_.terms[t];
      if (known(term.column)) {
        rest -= static_cast<Wide>(term.coefficient) * s_.lowest[term.column];
        continue;
      }
      if (count == 2) return true;
      open[count++] = term;
    }
    if (count != 2 || std::abs(open[0].coefficient) != std::abs(open[1].coefficient) || rest % open[1].coefficient != 0) return true;
    const CellPlace second_by_first{0, -(open[0].coefficient / open[1].coefficient), static_cast<std::int64_t>(rest / open[1].coefficient)};
    const CellPlace first = ties.root_of(open[0].column), second = ties.root_of(open[1].column);
    if (first.column == second.column) return true;  // what this row says more shows when it is written out
    // second.sign * y2 + second.offset = x2, and x2 by y1; signs are their own inverse.
    const CellPlace x2 = Ties::through(second_by_first, first);
    const CellPlace y2{first.column, second.sign * x2.sign, second.sign * (x2.offset - second.offset)};
    ties.hang(second.column, y2);
    return narrow(first.column, second.column, y2);
  }

  // y2 = sign * y1 + offset: what is known of y2 is known of y1.
  bool narrow(std::uint32_t y1, std::uint32_t y2, const CellPlace& link) {
    const std::int64_t a = link.sign * (s_.lowest[y2] - link.offset), b = link.sign * (s_.highest[y2] - link.offset);
    s_.lowest[y1] = std::max(s_.lowest[y1], std::min(a, b));
    s_.highest[y1] = std::min(s_.highest[y1], std::max(a, b));
    return s_.lowest[y1] <= s_.highest[y1];
  }

  // Writes the system with one column for each class that is still open.
  bool rebuild(Ties& ties) {
    Reduced next;
    next.column_of.assign(s_.column_of.size(), not_open);
    std::vector<CellPlace> moved(s_.columns());
    for (std::uint32_t c = 0; c < s_.columns(); ++c) {
      if (ties.root_of(c).column != c) continue;
      if (known(c)) {
        moved[c] = {not_open, 1, s_.lowest[c]};
        continue;
      }
      moved[c].column = next.columns();
      next.column_of[s_.cell[c]] = next.columns();
      next.cell.push_back(s_.cell[c]);
      next.lowest.push_back(s_.lowest[c]), next.highest.push_back(s_.highest[c]);
    }
    for (std::uint32_t c = 0; c < s_.columns(); ++c) {
      const CellPlace link = ties.root_of(c);
      if (link.column != c) moved[c] = Ties::through(link, moved[link.column]);
    }
    for (CellPlace& place : place_)
      if (place.column != not_open) place = Ties::through(place, moved[place.column]);
    if (!write_rows(moved, next)) return false;
    index_columns(next);
    s_ = std::move(next);
    return true;
  }

  bool write_rows(const std::vector<CellPlace>& moved, Reduced& next) {
    std::vector<std::int64_t> coefficient(next.columns(), 0);
    std::vector<std::uint32_t> touched;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> alike;
    for (std::uint32_t r = 0; r < s_.rows(); ++r) {
      Wide right = s_.right_side[r];
      touched.clear();
      for (std::uint64_t t = s_.row_start[r]; t < s_.row_start[r + 1]; ++t) {
        const auto [column, k] = s_.terms[t];
        const CellPlace& place = moved[column];
        right -= static_cast<Wide>(k) * place.offset;
        if (place.column == not_open) continue;
        if (coefficient[place.column] == 0) touched.push_back(place.column);
        coefficient[place.column] += k * place.sign;
      }
      std::sort(touched.begin(), touched.end());
      touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
      const std::size_t begin = next.terms.size();
      std::int64_t turn = 0;  // the first coefficient is written positive, so that equal sums look alike
      for (const std::uint32_t c : touched) {
        if (turn == 0 && coefficient[c] != 0) turn = coefficient[c] > 0 ? 1 : -1;
        if (coefficient[c] != 0) next.terms.push_back({c, static_cast<std::int32_t>(turn * coefficient[c])});
        coefficient[c] = 0;
      }
      if (!end_row(next, begin, turn < 0 ? -right : right, alike)) return false;
    }
    return true;
  }

  // Ends the row that begins at a term, or takes it off: nothing is left of it, or another row says the same. False where it cannot hold.
  static bool end_row(Reduced& next, std::size_t begin, Wide right, std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>& alike) {
    const std::size_t size = next.terms.size() - begin;
    if (size == 0) return right == 0;
    std::uint64_t mix = size;
    for (std::size_t t = begin; t < next.terms.size(); ++t)
      mix = (mix ^ (next.terms[t].column * std::uint64_t{0x9E3779B97F4A7C15} + static_cast<std::uint64_t>(next.terms[t].coefficient))) *
            std::uint64_t{0xD6E8FEB86659FD93};
    for (const std::uint32_t other : alike[mix]) {
      const auto same = [](const RowTerm& a, const RowTerm& b) { return a.column == b.column && a.coefficient == b.coefficient; };
      const auto from = next.terms.begin() + static_cast<std::ptrdiff_t>(next.row_start[other]);
      if (next.row_start[other + 1] - next.row_start[other] != size ||
          !std::equal(from, from + static_cast<std::ptrdiff_t>(size), next.terms.begin() + static_cast<std::ptrdiff_t>(begin), same))
        continue;
      next.terms.resize(begin);
      return next.right_side[other] == right;
    }
    alike[mix].push_back(next.rows());
    next.row_start.push_back(next.terms.size());
    next.right_side.push_back(static_cast<std::int64_t>(right));
    return true;
  }

  Reduced s_;
  BoundRounding rounding_;
  std::vector<CellPlace> place_;
};

}  // namespace

base::Result<TiedSystem> tie(Reduced system, BoundRounding rounding) { return Tying(std::move(system), rounding).run(); }

}  // namespace candour::attack::inside
