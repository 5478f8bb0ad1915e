#include <candour/protect/suppress/silent_choice.hpp>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>

namespace candour::protect {
namespace {

class Components {
 public:
  explicit Components(const WitnessBook& book, std::int64_t threshold)
      : book_(book), threshold_(threshold), up_(book.system().cell_count()), small_(up_.size(), 0) {
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
        const std::int64_t x = book_.truth().value[part.cell];
        small_[root(part.cell)] += sign * (is_small(x + part.change / divisor * multiple) - is_small(x));
      }
    };
    add(1);
    const bool silent = std::all_of(move.begin(), move.end(), [&](const table::SystemChange& part) { return small_[root(part.cell)] > 0; });
    add(-1);
    return silent;
  }

 private:
  [[nodiscard]] std::int64_t is_small(std::int64_t x) const { return x >= 1 && x < threshold_; }
  table::SystemCell root(table::SystemCell c) {
    while (up_[c] != c) c = up_[c] = up_[up_[c]];
    return c;
  }

  const WitnessBook& book_;
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

}  // namespace

void keep_choice_silent(WitnessBook& book, std::int64_t threshold) {
  constexpr std::int64_t most_tries = 10'000;
  Components components(book, threshold);
  for (std::uint32_t n = 0; n < book.needs.size(); ++n) {
    const table::SystemMove& witness = book.needs[n].witness;
    if (witness.empty() || components.is_silent(witness, 1, 1)) continue;
    std::int64_t divisor = 0;
    for (const table::SystemChange& part : witness) divisor = std::gcd(divisor, part.change);
    const std::int64_t most = std::min(most_multiple(book.truth(), witness, divisor), divisor + most_tries);
    for (std::int64_t multiple = divisor + 1; multiple <= most; ++multiple) {
      if (!components.is_silent(witness, multiple, divisor)) continue;
      for (table::SystemChange& part : book.needs[n].witness) part.change = part.change / divisor * multiple;
      break;
    }
  }
}

}  // namespace candour::protect
