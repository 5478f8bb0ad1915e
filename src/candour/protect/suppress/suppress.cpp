#include <candour/protect/suppress/suppress.hpp>

#include <candour/base/progress.hpp>
#include <candour/base/stop.hpp>

#include <candour/protect/suppress/improve.hpp>
#include <candour/protect/suppress/linear_finder.hpp>
#include <candour/protect/suppress/optimal.hpp>
#include <candour/protect/suppress/pair_finder.hpp>
#include <candour/protect/suppress/plain_search.hpp>
#include <candour/protect/suppress/repair_walk.hpp>
#include <candour/protect/suppress/silent_choice.hpp>
#include <candour/protect/suppress/witness_book.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <string>

namespace candour::protect {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); }

// The secret factor lies between 1 and 2; without a key it is 1.
void weigh_losses(WitnessBook& book, const std::optional<base::SecretKey>& key) {
  if (!key) return;
  for (std::size_t c = 0; c < book.state.loss.size(); ++c) {
    const auto hash = base::keyed_hash(*key, std::to_string(c));
    book.state.loss[c] *= 1.0f + static_cast<float>(hash >> 40) / static_cast<float>(1 << 24);
  }
}

// On large tables walks take the most time; where hidden cells may be 0 they spare the most.
bool are_worth_walking(const WitnessBook& book) {
  const truth::SystemTruth& truth = book.truth();
  const bool may_be_zero = std::find(truth.lowest.begin(), truth.lowest.end(), 0) != truth.lowest.end();
  return book.system().cell_count() <= (may_be_zero ? 200'000u : 20'000u);
}

// Product moves where there are axes, walks from sum to sum, linear programs near and far where they fail or there are no axes.
class Finders {
 public:
  /// `has_time`: whether the dearer programs, which hide less, may still be used.
  Finders(WitnessBook& book, std::function<bool()> has_time)
      : book_(book), linear_(std::make_unique<LinearFinder>(book)), walk_(std::make_unique<RepairWalk>(book)), has_time_(std::move(has_time)),
        walks_first_(are_worth_walking(book)) {
    if (!book.system().product()) return;
    product_ = std::make_unique<ProductFinder>(book, *book.system().product());
    pairs_ = std::make_unique<PairFinder>(book, *book.system().product());
    axes_ = static_cast<double>(book.system().product()->axes.size());
  }
  [[nodiscard]] Satisfy satisfy() const {
    return [this](std::uint32_t need, Spending spending, std::vector<table::SystemCell>& hidden) {
      if (product_) return of_cube(need, spending, hidden);
      if (spending == Spending::nothing) return linear_->satisfy(need, spending, 200, hidden) || linear_->satisfy(need, spending, 1500, hidden);
      return linear_->satisfy(need, spending, 1'000'000, hidden);
    };
  }

 private:
  bool of_cube(std::uint32_t need, Spending spending, std::vector<table::SystemCell>& hidden) const {
    if (product_->satisfy(need, Spending::nothing, 20, hidden) || ((walks_first_ || has_time_()) && walk_->satisfy(need, 30, 0, hidden))) return true;
    if (spending == Spending::nothing) return false;
    if (has_time_() && (linear_->satisfy(need, Spending::nothing, 600, hidden) || by_program(need, 800, 2000, hidden) || by_program(need, 1500, 6000, hidden)))
      return true;
    return product_->satisfy(need, spending, 20, hidden) || product_->satisfy(need, spending, 60, hidden) || by_program(need, 0, 800, hidden) ||
           by_program(need, 0, 4000, hidden) || by_program(need, 4000, 20'000, hidden) || product_->satisfy(need, spending, 600, hidden) ||
           linear_->satisfy(need, spending, 6000, hidden) || pairs_->satisfy(need, hidden);
  }

  // A program over the cells near by and a block, which reaches further along the axes; about so many cells each, before those that may not change are left
  // out.
  bool by_program(std::uint32_t need, std::size_t near, double in_block, std::vector<table::SystemCell>& hidden) const {
    std::vector<table::SystemCell> cells = product_->block(need, Spending::least, static_cast<std::size_t>(std::pow(in_block, 1 / axes_)) - 1);
    if (near > 0) {
      const std::vector<table::SystemCell> beside = linear_->cells_beside(book_.needs[need].cell, near);
      cells.insert(cells.end(), beside.begin(), beside.end());
    }
    return linear_->satisfy_in(need, Spending::least, std::move(cells), hidden);
  }

  WitnessBook& book_;
  std::unique_ptr<ProductFinder> product_;
  std::unique_ptr<PairFinder> pairs_;
  std::unique_ptr<LinearFinder> linear_;
  std::unique_ptr<RepairWalk> walk_;
  std::function<bool()> has_time_;
  double axes_ = 1;
  bool walks_first_;
};

std::vector<std::uint32_t> satisfy_all(WitnessBook& book, const Satisfy& satisfy) {
  std::vector<std::uint32_t> open, still;
  std::vector<table::SystemCell> hidden;
  for (std::uint32_t n = 0; n < book.needs.size(); ++n)
    if (!satisfy(n, Spending::nothing, hidden)) open.push_back(n);
  std::stable_sort(open.begin(), open.end(), [&](std::uint32_t a, std::uint32_t b) {
    return book.needs[a].cell * 2654435761u < book.needs[b].cell * 2654435761u;  // scattered: neighbours do not crowd each other
  });
  for (const std::uint32_t n : open)
    if (!satisfy(n, Spending::nothing, hidden) && !satisfy(n, Spending::least, hidden)) still.push_back(n);
  const auto found = [&](std::uint32_t n) { return satisfy(n, Spending::least, hidden); };  // more is hidden now: there are more ways
  still.erase(std::remove_if(still.begin(), still.end(), found), still.end());
  return still;
}

// A first pattern in which every secret can take one other value: it connects the hidden cells at little loss, and most of what is really asked is
// then found among them.
void connect_first(WitnessBook& book, const Satisfy& satisfy) {
  std::vector<Need> asked = std::move(book.needs);
  book.needs.clear();
  for (const Need& need : asked)
    if (book.needs.empty() || book.needs.back().cell != need.cell) book.needs.push_back({need.cell, need.secret, 1, Need::Way::either, {}, {}});
  static_cast<void>(satisfy_all(book, satisfy));
  for (std::uint32_t n = 0; n < book.needs.size(); ++n) book.take_witness(n);
  book.needs = std::move(asked);
}

// The person of a single contributor's cell stands in one finest cell; gives it.
table::SystemCell finest_of_single(const table::ProductShape& shape, const truth::SystemTruth& truth, table::SystemCell cell) {
  for (std::size_t axis = 0; axis < shape.axes.size(); ++axis)
    for (std::uint32_t node = shape.node(cell, axis); !shape.axes[axis].is_leaf(node);) {
      std::uint32_t down = node;
      for (const std::uint32_t child : shape.axes[axis].children[node])
        if (truth.value[cell + (child - node) * shape.stride[axis]] > 0) down = child;
      if (down == node) break;
      cell = static_cast<table::SystemCell>(cell + (down - node) * shape.stride[axis]);
      node = down;
    }
  return cell;
}

// Whether the cell counts the people of a finest cell.
bool covers(const table::ProductShape& shape, table::SystemCell cell, table::SystemCell finest) {
  for (std::size_t axis = 0; axis < shape.axes.size(); ++axis) {
    std::uint32_t node = shape.node(finest, axis);
    const std::uint32_t wanted = shape.node(cell, axis);
    while (node > wanted) node = shape.axes[axis].parent[node];
    if (node != wanted) return false;
  }
  return true;
}

// Moves that leave single contributors' cells alone are preferred: they need no second witness.
void avoid_singles(WitnessBook& book) {
  constexpr float dear_touch = 1.0f / 64;
  const truth::SystemTruth& truth = book.truth();
  for (std::size_t c = 0; c < truth.value.size(); ++c)
    if (truth.value[c] > 0 && truth.largest[c] == truth.value[c]) book.state.touch[c] = dear_touch;
}

// Single contributors whose cells every witness of a secret changes: each of them could read the secret.
std::vector<table::SystemCell> common_singles(const WitnessBook& book, const std::vector<std::uint32_t>& needs, table::SystemCell own) {
  const truth::SystemTruth& truth = book.truth();
  std::vector<table::SystemCell> common, singles, both;
  bool first = true;
  for (const std::uint32_t n : needs) {
    singles.clear();
    bool changes_own = false;
    for (const table::SystemChange& part : book.needs[n].witness) {
      changes_own = changes_own || part.cell == own;
      if (part.cell == own || truth.value[part.cell] <= 0 || truth.largest[part.cell] != truth.value[part.cell]) continue;
      const auto& shape = book.system().product();
      if (!shape || !covers(*shape, own, finest_of_single(*shape, truth, part.cell))) singles.push_back(part.cell);
    }
    if (!changes_own) continue;
    both.clear();
    std::set_intersection(common.begin(), common.end(), singles.begin(), singles.end(), std::back_inserter(both));
    common = first ? singles : both;
    first = false;
  }
  return common;
}

// Gives each such secret one more witness that leaves those cells alone. Says whether there was one.
bool guard_against_singles(WitnessBook& book, const Satisfy& satisfy) {
  std::vector<std::vector<std::uint32_t>> needs_of(book.truth().secrets.size());
  for (std::uint32_t n = 0; n < book.needs.size(); ++n)
    if (!book.needs[n].witness.empty()) needs_of[book.needs[n].secret].push_back(n);
  std::vector<table::SystemCell> hidden;
  std::vector<std::uint32_t> fresh;
  for (std::uint32_t s = 0; s < needs_of.size(); ++s) {
    const table::SystemCell own = book.truth().secrets[s].cell;
    std::vector<table::SystemCell> common = common_singles(book, needs_of[s], own);
    if (common.empty()) continue;
    fresh.push_back(static_cast<std::uint32_t>(book.needs.size()));
    book.needs.push_back({own, s, 1, Need::Way::either, std::move(common), {}});
  }
  std::vector<std::uint32_t> hard;
  for (const std::uint32_t n : fresh)
    if (!satisfy(n, Spending::nothing, hidden)) hard.push_back(n);
  for (const std::uint32_t n : hard)
    if (!satisfy(n, Spending::nothing, hidden)) static_cast<void>(satisfy(n, Spending::least, hidden));
  return !fresh.empty();
}

Suppression result_of(WitnessBook& book) {
  Suppression result;
  const truth::SystemTruth& truth = book.truth();
  result.standing = truth.standing;
  for (const table::SystemCell c : book.secondaries()) {
    result.standing[c] = table::CellStanding::secondary;
    ++result.secondary_count;
    result.secondary_value += truth.value[c];
    result.loss += truth.loss[c];
  }
  result.moves_of.resize(truth.secrets.size());
  for (const Need& need : book.needs) {
    if (need.witness.empty()) {
      result.unprotected.push_back(need.cell);
      continue;
    }
    result.moves_of[need.secret].push_back(static_cast<std::uint32_t>(result.moves.size()));
    result.moves.push_back(need.witness);
  }
  return result;
}

// Says on a terminal how many of what is asked have a witness by now.
Satisfy telling(Satisfy satisfy, const WitnessBook& book, base::Progress& progress) {
  return [satisfy = std::move(satisfy), &book, &progress](std::uint32_t need, Spending spending, std::vector<table::SystemCell>& hidden) {
    if (progress.is_due()) {
      const auto shown = std::count_if(book.needs.begin(), book.needs.end(), [](const Need& n) { return !n.witness.empty(); });
      progress.at(static_cast<std::uint64_t>(shown), book.needs.size(), "needs with a witness");
    }
    return satisfy(need, spending, hidden);
  };
}

// A constraint file: no axes, nobody inside a cell, plain losses.
Suppression suppress_plain(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SuppressionOptions& options) {
  const auto started = std::chrono::steady_clock::now();
  const Condensed small = condense(system, truth);
  PlainSearch search(small);
  base::Progress progress("protect");
  const auto has_time = [&] {
    if (progress.is_due()) {
      const std::vector<Need>& needs = search.book().needs;
      const auto shown = std::count_if(needs.begin(), needs.end(), [](const Need& n) { return !n.witness.empty(); });
      progress.at(static_cast<std::uint64_t>(shown), needs.size(), "needs with a witness");
    }
    return !base::stop_asked();
  };
  if (search.build({}, has_time)) {
    search.clean_up([&] { return has_time() && (options.seconds <= 0 || seconds_since(started) < options.seconds); });
    const double left = options.seconds - seconds_since(started);
    if (left > 0) search.improve(left, options.rounds, options.seed);
    else if (options.seconds <= 0 && options.rounds > 0) search.improve(0, options.rounds, options.seed);
  }
  return search.expanded(truth);
}

}  // namespace

base::Result<Suppression> suppress(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SuppressionOptions& options) {
  const auto started = std::chrono::steady_clock::now();
  if (!system.product() && truth.largest.empty() && !options.key && options.threshold == 0) return suppress_plain(system, truth, options);
  WitnessBook book(system, truth);
  weigh_losses(book, options.key);
  add_needs(book);
  const Finders finders(book, [&] { return seconds_since(started) < options.seconds && !base::stop_asked(); });
  base::Progress progress("protect");
  const Satisfy satisfy = telling(finders.satisfy(), book, progress);
  if (options.insider == Insider::single_contributor) avoid_singles(book);
  connect_first(book, satisfy);
  static_cast<void>(satisfy_all(book, satisfy));
  book.give_back(book.secondaries());
  const bool guarded = options.insider == Insider::single_contributor;
  if (guarded) static_cast<void>(guard_against_singles(book, satisfy));
  // Cells with many users are hardly ever given back; on the largest tables only the likeliest are tried.
  clean_up(book, satisfy, system.cell_count() > 200'000 ? 4 : 30);
  const double left = options.seconds - seconds_since(started);
  if (left > 0) ruin_and_recreate(book, satisfy, left, options.rounds, options.seed);
  else if (options.seconds <= 0 && options.rounds > 0) ruin_and_recreate(book, satisfy, 0, options.rounds, options.seed);
  for (int pass = 0; pass < 3 && guarded; ++pass)
    if (!guard_against_singles(book, satisfy)) break;
  if (options.threshold > 0) keep_choice_silent(book, options.threshold);
  return result_of(book);
}

}  // namespace candour::protect
