#include <candour/certify/move_check.hpp>

#include <candour/base/wide.hpp>

#include <algorithm>
#include <limits>
#include <numeric>
#include <thread>
#include <unordered_map>

namespace candour::certify {
namespace {

using base::Wide;

std::int64_t within_64_bits(Wide x) {
  constexpr Wide most = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(std::clamp(x, -most, most));
}

std::uint32_t root(std::vector<std::uint32_t>& up, std::uint32_t c) {
  while (up[c] != c) c = up[c] = up[up[c]];
  return c;
}

}  // namespace

// What one thread works with.
struct MoveCheck::Bench {
  explicit Bench(std::size_t equations) : sum(equations, 0) {}
  std::vector<std::int64_t> sum;                                ///< by equation; zero between moves
  std::vector<table::SystemEquation> touched;                   ///< of the present move, some more than once
  std::vector<std::pair<std::uint32_t, std::int64_t>> changed;  ///< sets of connected cells, and by how many their small counts change
};

MoveCheck::MoveCheck(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SystemEvidence& evidence, const SystemCheckOptions& options)
    : system_(system), truth_(truth), evidence_(evidence), options_(options) {
  list_rooms();
  if (options.replay == SystemCheckOptions::Replay::checked) join_hidden_cells();
}

void MoveCheck::list_rooms() {
  room_.resize(system_.cell_count());
  for (table::SystemCell c = 0; c < room_.size(); ++c) {
    if (!table::is_hidden(evidence_.standing[c])) continue;
    const Wide x = truth_.value[c];
    room_[c] = {within_64_bits(truth_.lowest[c] - x), within_64_bits(truth_.highest[c] - x)};
  }
}

void MoveCheck::join_hidden_cells() {
  set_of_.resize(system_.cell_count());
  std::iota(set_of_.begin(), set_of_.end(), 0u);
  for (table::SystemEquation e = 0; e < system_.equation_count(); ++e) {
    std::uint32_t first = system_.cell_count();
    for (const table::SystemTerm& term : system_.terms(e)) {
      if (!table::is_hidden(evidence_.standing[term.cell])) continue;
      if (first == system_.cell_count()) first = term.cell;
      else set_of_[root(set_of_, term.cell)] = root(set_of_, first);
    }
  }
  small_in_.assign(system_.cell_count(), 0);
  for (table::SystemCell c = 0; c < set_of_.size(); ++c) {
    set_of_[c] = root(set_of_, c);
    if (table::is_hidden(evidence_.standing[c]) && is_small(truth_.value[c])) ++small_in_[set_of_[c]];
  }
}

std::vector<SystemFault> MoveCheck::run() const {
  const std::size_t count = evidence_.moves.size(), threads = std::clamp<std::size_t>(count / 1000, 1, std::max(1u, options_.threads));
  std::vector<Found> found(threads);
  const auto take_run = [&](std::size_t t) {
    Bench bench(system_.equation_count());
    for (std::size_t m = count * t / threads; m < count * (t + 1) / threads; ++m) check(static_cast<std::uint32_t>(m), bench, found[t]);
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t t = 1; t < threads; ++t) others.emplace_back(take_run, t);
    take_run(0);
  }
  std::vector<SystemFault> faults;
  for (const Found& own : found) faults.insert(faults.end(), own.faults.begin(), own.faults.end());
  for (const Found& own : found) faults.insert(faults.end(), own.of_replay.begin(), own.of_replay.end());
  return faults;
}

std::uint64_t MoveCheck::changes() const {
  return std::accumulate(evidence_.moves.begin(), evidence_.moves.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const table::SystemMove& move) { return sum + move.size(); });
}

void MoveCheck::check(std::uint32_t m, Bench& bench, Found& found) const {
  const table::SystemMove& move = evidence_.moves[m];
  bool shown = false, outside = false;
  bool broken = std::adjacent_find(move.begin(), move.end(), [](const table::SystemChange& a, const table::SystemChange& b) { return a.cell >= b.cell; }) !=
                move.end();  // each cell once, ascending
  for (const table::SystemChange& part : move) {
    const Room& room = room_[part.cell];
    if (part.change >= room.least && part.change <= room.most) continue;
    shown = shown || !table::is_hidden(evidence_.standing[part.cell]);
    const Wide x = static_cast<Wide>(truth_.value[part.cell]) + part.change;
    outside = outside || x < truth_.lowest[part.cell] || x > truth_.highest[part.cell];
  }
  broken = broken || breaks_a_sum(move, bench);
  if (shown) found.faults.push_back({SystemFaultKind::touches_shown, m});
  if (outside) found.faults.push_back({SystemFaultKind::leaves_bounds, m});
  if (broken) found.faults.push_back({SystemFaultKind::breaks_sum, m});
  if (options_.replay == SystemCheckOptions::Replay::checked && leaves_nothing_to_hide(move, bench))
    found.of_replay.push_back({SystemFaultKind::nothing_to_hide, m});
}

// Below these limits no sum goes beyond 2^62; whatever lies beyond one of them is added up in wide numbers.
bool MoveCheck::breaks_a_sum(const table::SystemMove& move, Bench& bench) const {
  constexpr std::int64_t large = std::int64_t{1} << 24;
  constexpr std::int32_t large_coefficient = 1 << 20;
  constexpr std::size_t long_move = 1 << 18;
  constexpr std::size_t ahead = 8;  // cells lie far apart: what is needed soon is fetched meanwhile
  bool plain = move.size() < long_move;
  bench.touched.clear();
  for (std::size_t i = 0; i < move.size(); ++i) {
    if (i + ahead < move.size()) __builtin_prefetch(system_.equations(move[i + ahead].cell).data());
    const table::SystemChange& part = move[i];
    plain = plain && part.change > -large && part.change < large;
    for (const table::CellEquation& e : system_.equations(part.cell)) {
      plain = plain && e.coefficient > -large_coefficient && e.coefficient < large_coefficient;
      if (!plain) break;
      bench.sum[e.equation] += e.coefficient * part.change;
      bench.touched.push_back(e.equation);
    }
  }
  bool broken = false;
  for (const table::SystemEquation e : bench.touched) {
    broken = broken || bench.sum[e] != 0;
    bench.sum[e] = 0;  // seen once is enough, and ready for the next move
  }
  return plain ? broken : breaks_a_sum_of_large_numbers(move);
}

bool MoveCheck::breaks_a_sum_of_large_numbers(const table::SystemMove& move) const {
  std::unordered_map<table::SystemEquation, Wide> sums;
  for (const table::SystemChange& part : move)
    for (const table::CellEquation& e : system_.equations(part.cell)) sums[e.equation] += static_cast<Wide>(e.coefficient) * part.change;
  return std::any_of(sums.begin(), sums.end(), [](const auto& sum) { return sum.second != 0; });
}

// A connected set of hidden cells without a small count would not have been hidden: whoever knows the method discards such a table.
bool MoveCheck::leaves_nothing_to_hide(const table::SystemMove& move, Bench& bench) const {
  bench.changed.clear();
  for (const table::SystemChange& part : move) {
    const std::int64_t x = truth_.value[part.cell];
    const std::int64_t more = is_small(within_64_bits(static_cast<Wide>(x) + part.change)) - is_small(x);
    const std::uint32_t set = set_of_[part.cell];
    if (bench.changed.empty() || bench.changed.back().first != set) {
      const auto known = std::find_if(bench.changed.begin(), bench.changed.end(), [&](const auto& entry) { return entry.first == set; });
      if (known == bench.changed.end()) bench.changed.emplace_back(set, 0);
      else std::iter_swap(known, bench.changed.end() - 1);
    }
    bench.changed.back().second += more;
  }
  return std::any_of(bench.changed.begin(), bench.changed.end(), [&](const auto& entry) { return small_in_[entry.first] + entry.second <= 0; });
}

}  // namespace candour::certify
