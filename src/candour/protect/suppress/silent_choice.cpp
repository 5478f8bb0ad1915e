#include <candour/protect/suppress/silent_choice.hpp>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace candour::protect {
namespace {

class Components {
 public:
  explicit Components(const WitnessBook& book, std::int64_t threshold)
      : book_(&book), threshold_(threshold), up_(book.system().cell_count()), small_(up_.size(), 0) {
    std::iota(up_.begin(), up_.end(), 0u);
    for (table::SystemEquation e = 0; e < book.system().equation_count(); ++e) {
      std::optional<table::SystemCell> first;
      for (const table::SystemTerm& term : book.system().terms(e)) {
        if (!book.state.hidden[term.cell]) continue;
        if (first) up_[root(term.cell)] = root(*first);
        else first = term.cell;
      }
    }
    for (table::SystemCell c = 0; c < up_.size(); ++c)
      if (book.state.hidden[c] && is_small(book.truth().value[c])) ++small_[root(c)];
  }

  [[nodiscard]] bool is_silent(const table::SystemMove& move, std::int64_t multiple, std::int64_t divisor) {
    const auto add = [&](std::int64_t sign) {
      for (const table::SystemChange& part : move) {
        const std::int64_t x = book_->truth().value[part.cell];
        small_[root(part.cell)] += sign * (is_small(x + part.change / divisor * multiple) - is_small(x));
      }
    };
    add(1);
    const bool silent = std::all_of(move.begin(), move.end(), [&](const table::SystemChange& part) { return small_[root(part.cell)] > 0; });
    add(-1);
    return silent;
  }

  /// Whether two moves change cells of one connected set.
  [[nodiscard]] bool are_near(const table::SystemMove& one, const table::SystemMove& other) {
    return std::any_of(one.begin(), one.end(), [&](const table::SystemChange& part) {
      return std::any_of(other.begin(), other.end(), [&](const table::SystemChange& beside) { return root(beside.cell) == root(part.cell); });
    });
  }

  /// Some hidden cells from 1 to threshold - 1 in the set of this cell.
  [[nodiscard]] std::vector<table::SystemCell> small_cells_near(table::SystemCell cell, std::size_t most) {
    std::vector<table::SystemCell> cells;
    for (table::SystemCell c = 0; c < up_.size() && cells.size() < most; ++c)
      if (book_->state.hidden[c] && is_small(book_->truth().value[c]) && root(c) == root(cell)) cells.push_back(c);
    return cells;
  }

 private:
  [[nodiscard]] std::int64_t is_small(std::int64_t x) const { return x >= 1 && x < threshold_; }
  table::SystemCell root(table::SystemCell c) {
    while (up_[c] != c) c = up_[c] = up_[up_[c]];
    return c;
  }

  const WitnessBook* book_;
  std::int64_t threshold_;
  std::vector<table::SystemCell> up_;
  std::vector<std::int64_t> small_;
};

// How often the smallest whole part of the move fits between the bounds.
std::int64_t most_multiple(const truth::SystemTruth& truth, const table::SystemMove& move, std::int64_t divisor) {
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  for (const table::SystemChange& part : move) {
    const std::int64_t step = part.change / divisor, x = truth.value[part.cell];
    most = std::min(most, step > 0 ? (truth.highest[part.cell] - x) / step : (x - truth.lowest[part.cell]) / -step);
  }
  return most;
}

// A move taken so many times, and another beside it.
table::SystemMove together(const table::SystemMove& move, const table::SystemMove& other, std::int64_t times) {
  table::SystemMove sum;
  auto a = move.begin();
  for (auto b = other.begin(); a != move.end() || b != other.end();) {
    if (b == other.end() || (a != move.end() && a->cell < b->cell)) sum.push_back(*a++);
    else if (a == move.end() || b->cell < a->cell) sum.push_back({b->cell, b->change * times}), ++b;
    else {
      if (a->change + b->change * times != 0) sum.push_back({a->cell, a->change + b->change * times});
      ++a, ++b;
    }
  }
  return sum;
}

class Silencer {
 public:
  Silencer(WitnessBook& book, std::int64_t threshold) : book_(book), threshold_(threshold), components_(book, threshold) {}

  [[nodiscard]] bool is_silent(std::uint32_t need) {
    const table::SystemMove& witness = book_.needs[need].witness;
    return witness.empty() || components_.is_silent(witness, 1, 1);
  }

  // The same move, taken further.
  bool stretch(std::uint32_t need) {
    constexpr std::int64_t most_tries = 10'000;
    table::SystemMove& witness = book_.needs[need].witness;
    std::int64_t divisor = 0;
    for (const table::SystemChange& part : witness) divisor = std::gcd(divisor, part.change);
    const std::int64_t most = std::min(most_multiple(book_.truth(), witness, divisor), divisor + most_tries);
    for (std::int64_t multiple = divisor + 1; multiple <= most; ++multiple) {
      if (!components_.is_silent(witness, multiple, divisor)) continue;
      for (table::SystemChange& part : witness) part.change = part.change / divisor * multiple;
      return true;
    }
    return false;
  }

  // Beside it the witness of another need, forwards or backwards, a few times over.
  bool join_another(std::uint32_t need) {
    constexpr std::size_t most_others = 2'000;
    std::size_t tried = 0;
    for (std::uint32_t other = 0; other < book_.needs.size() && tried < most_others; ++other) {
      if (other == need || !components_.are_near(book_.needs[need].witness, book_.needs[other].witness)) continue;
      ++tried;
      for (std::int64_t times = 1; times < threshold_; ++times)
        for (const std::int64_t signed_times : {times, -times})
          if (take(need, together(book_.needs[need].witness, book_.needs[other].witness, signed_times))) return true;
    }
    return false;
  }

  // Another witness, which leaves a count that needs hiding alone; more may be hidden for it.
  bool leave_one_alone(std::uint32_t need, const Satisfy& satisfy) {
    constexpr std::size_t most_cells = 8;
    for (const table::SystemCell cell : components_.small_cells_near(book_.needs[need].cell, most_cells))
      if (cell != book_.needs[need].cell && leave_alone(need, cell, satisfy)) return true;
    return false;
  }

 private:
  bool leave_alone(std::uint32_t need, table::SystemCell cell, const Satisfy& satisfy) {
    const auto asked = static_cast<std::uint32_t>(book_.needs.size());
    book_.needs.push_back(book_.needs[need]);
    book_.needs.back().witness.clear();
    std::vector<table::SystemCell>& untouched = book_.needs.back().untouched;
    untouched.insert(std::upper_bound(untouched.begin(), untouched.end(), cell), cell);
    std::vector<table::SystemCell> hidden;
    const bool found = satisfy(asked, Spending::nothing, hidden) || satisfy(asked, Spending::least, hidden);
    table::SystemMove witness = book_.take_witness(asked);
    book_.needs.pop_back();
    if (!hidden.empty()) components_ = Components(book_, threshold_);
    if (found && components_.is_silent(witness, 1, 1)) {
      static_cast<void>(book_.take_witness(need));
      book_.set_witness(need, std::move(witness));
      return true;
    }
    book_.give_back(hidden);
    if (!hidden.empty()) components_ = Components(book_, threshold_);
    return false;
  }

  bool take(std::uint32_t need, table::SystemMove move) {
    if (!shows(book_.needs[need], move) || !components_.is_silent(move, 1, 1)) return false;
    static_cast<void>(book_.take_witness(need));
    book_.set_witness(need, std::move(move));
    return true;
  }

  // In bounds, far enough, and no cell is changed that must not be or that somebody who is alone in it knows.
  [[nodiscard]] bool shows(const Need& need, const table::SystemMove& move) const {
    const truth::SystemTruth& truth = book_.truth();
    bool far_enough = false;
    for (const table::SystemChange& part : move) {
      const std::int64_t x = truth.value[part.cell] + part.change;
      if (x < truth.lowest[part.cell] || x > truth.highest[part.cell]) return false;
      if (std::binary_search(need.untouched.begin(), need.untouched.end(), part.cell)) return false;
      const bool is_new = std::none_of(need.witness.begin(), need.witness.end(), [&](const table::SystemChange& own) { return own.cell == part.cell; });
      if (is_new && !truth.largest.empty() && truth.value[part.cell] > 0 && truth.largest[part.cell] == truth.value[part.cell]) return false;
      if (part.cell == need.cell) far_enough = reaches(need, part.change);
    }
    return far_enough;
  }

  WitnessBook& book_;
  std::int64_t threshold_;
  Components components_;
};

}  // namespace

bool keep_choice_silent(WitnessBook& book, std::int64_t threshold, const Satisfy& satisfy) {
  Silencer silencer(book, threshold);
  bool changed = false;
  for (std::uint32_t n = 0; n < book.needs.size(); ++n)
    if (!silencer.is_silent(n)) changed = silencer.stretch(n) || silencer.join_another(n) || silencer.leave_one_alone(n, satisfy) || changed;
  return changed;
}

}  // namespace candour::protect
