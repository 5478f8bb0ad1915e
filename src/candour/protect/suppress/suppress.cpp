#include <candour/protect/suppress/suppress.hpp>

#include <candour/base/progress.hpp>
#include <candour/base/stop.hpp>

#include <candour/protect/suppress/improve.hpp>
#include <candour/protect/suppress/linear_finder.hpp>
#include <candour/protect/suppress/move_pool.hpp>
#include <candour/protect/suppress/optimal.hpp>
#include <candour/protect/suppress/pair_finder.hpp>
#include <candour/protect/suppress/plain_search.hpp>
#include <candour/protect/suppress/repair_walk.hpp>
#include <candour/protect/suppress/shared_witnesses.hpp>
#include <candour/protect/suppress/silent_choice.hpp>
#include <candour/protect/suppress/single_guard.hpp>
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

constexpr std::uint32_t a_large_table = 200'000;  // cells; from here on what takes the least time counts

bool may_be_zero(const truth::SystemTruth& truth) { return std::find(truth.lowest.begin(), truth.lowest.end(), 0) != truth.lowest.end(); }

// On large tables walks take the most time; where hidden cells may be 0 they spare the most.
bool are_worth_walking(const WitnessBook& book) { return book.system().cell_count() <= (may_be_zero(book.truth()) ? a_large_table : 20'000u); }

// More tries find hardly more; fewer leave a fifth of the hiding that they spare.
int tries_of_a_walk(const WitnessBook& book) { return may_be_zero(book.truth()) ? 100 : 50; }

// Product moves where there are axes, walks from sum to sum, linear programs near and far where they fail or there are no axes.
class Finders {
 public:
  /// `has_time`: whether the dearer programs, which hide less, may still be used.
  Finders(WitnessBook& book, std::function<bool()> has_time)
      : book_(book), pool_(book), linear_(std::make_unique<LinearFinder>(book)), walk_(std::make_unique<RepairWalk>(book)), has_time_(std::move(has_time)),
        walks_first_(are_worth_walking(book)), tries_(tries_of_a_walk(book)) {
    if (!book.system().product()) return;
    product_ = std::make_unique<ProductFinder>(book, *book.system().product(), pool_);
    pairs_ = std::make_unique<PairFinder>(book, *book.system().product());
    axes_ = static_cast<double>(book.system().product()->axes.size());
  }
  /// Among hidden cells only, and while there is time by programs too.
  [[nodiscard]] Satisfy satisfy_for_nothing() const {
    return [this, satisfy = satisfy()](std::uint32_t need, Spending, std::vector<table::SystemCell>& hidden) {
      return satisfy(need, Spending::nothing, hidden) || (product_ && has_time_() && linear_->satisfy(need, Spending::nothing, 600, hidden));
    };
  }
  [[nodiscard]] Satisfy satisfy() const {
    return [this](std::uint32_t need, Spending spending, std::vector<table::SystemCell>& hidden) {
      if (pool_.adopt(need)) return true;
      if (product_) {
        const bool found = of_cube(need, spending, hidden);
        if (found) pool_.add(book_.needs[need].witness);
        return found;
      }
      if (spending == Spending::nothing) return linear_->satisfy(need, spending, 200, hidden) || linear_->satisfy(need, spending, 1500, hidden);
      return linear_->satisfy(need, spending, 1'000'000, hidden);
    };
  }

 private:
  bool of_cube(std::uint32_t need, Spending spending, std::vector<table::SystemCell>& hidden) const {
    if (product_->satisfy(need, Spending::nothing, 20, hidden) || ((walks_first_ || has_time_()) && walk_->satisfy(need, tries_, 0, hidden))) return true;
    if (spending == Spending::nothing) return false;
    if (has_time_() && (linear_->satisfy(need, Spending::nothing, 600, hidden) || by_program(need, 800, 2000, hidden) || by_program(need, 1500, 6000, hidden)))
      return true;
    return product_->satisfy(need, spending, 20, hidden) || product_->satisfy(need, spending, 60, hidden) || pairs_->satisfy(need, hidden) ||
           by_program(need, 0, 4000, hidden) || linear_->satisfy(need, spending, 6000, hidden);
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
  mutable MovePool pool_;
  std::unique_ptr<ProductFinder> product_;
  std::unique_ptr<PairFinder> pairs_;
  std::unique_ptr<LinearFinder> linear_;
  std::unique_ptr<RepairWalk> walk_;
  std::function<bool()> has_time_;
  double axes_ = 1;
  bool walks_first_;
  int tries_;
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

// A first pattern in which every secret can take one other value, for whoever is alone in another cell too: it connects the hidden cells at little loss, and
// most of what is really asked is then found among them.
void connect_first(WitnessBook& book, const Satisfy& satisfy, SingleGuard* guard) {
  std::vector<Need> asked = std::move(book.needs);
  book.needs.clear();
  for (const Need& need : asked)
    if (book.needs.empty() || book.needs.back().cell != need.cell) book.needs.push_back({need.cell, need.secret, 1, Need::Way::either, {}, {}});
  static_cast<void>(satisfy_all(book, satisfy));
  for (int pass = 0; pass < 2 && guard; ++pass)
    if (!guard->add_witnesses(satisfy)) break;
  for (std::uint32_t n = 0; n < book.needs.size(); ++n) book.take_witness(n);
  book.needs = std::move(asked);
}

Suppression result_of(WitnessBook& book, const SingleGuard* guard) {
  Suppression result;
  const truth::SystemTruth& truth = book.truth();
  result.standing = truth.standing;
  for (const table::SystemCell c : book.secondaries()) {
    result.standing[c] = table::CellStanding::secondary;
    ++result.secondary_count;
    result.secondary_value += truth.value[c];
    result.loss += truth.loss[c];
  }
  for (const Need& need : book.needs)
    if (need.witness.empty()) result.unprotected.push_back(need.cell);
  SharedWitnesses shared = share_witnesses(book, guard);
  result.moves = std::move(shared.moves);
  result.moves_of = std::move(shared.moves_of);
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
  const auto goes_on = [&] {
    if (progress.is_due()) {
      const std::vector<Need>& needs = search.book().needs;
      const auto shown = std::count_if(needs.begin(), needs.end(), [](const Need& n) { return !n.witness.empty(); });
      progress.at(static_cast<std::uint64_t>(shown), needs.size(), "needs with a witness");
    }
    return !base::stop_asked();
  };
  const auto has_time_for_first = [&] { return goes_on() && (options.first_seconds <= 0 || seconds_since(started) < options.first_seconds); };
  const bool complete = search.build({}, has_time_for_first);
  if (complete) {
    search.clean_up([&] { return goes_on() && (options.seconds <= 0 || seconds_since(started) < options.seconds); });
    const double left = options.seconds - seconds_since(started);
    if (left > 0) search.improve(left, options.rounds, options.seed);
    else if (options.seconds <= 0 && options.rounds > 0) search.improve(0, options.rounds, options.seed);
  }
  Suppression result = search.expanded(truth);
  result.ended_early = !complete && !has_time_for_first();
  if (!complete && !result.ended_early) search.ask_what_is_impossible(truth, result);
  return result;
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
  std::optional<SingleGuard> guard;
  if (options.insider == Insider::single_contributor) guard.emplace(book);
  connect_first(book, satisfy, guard ? &*guard : nullptr);
  static_cast<void>(satisfy_all(book, satisfy));
  if (guard) static_cast<void>(guard->add_witnesses(satisfy)), guard->drop_needless();
  book.give_back(book.secondaries());
  // Cells with many users are hardly ever given back; on the largest tables only the likeliest are tried.
  clean_up(book, finders.satisfy_for_nothing(), system.cell_count() > a_large_table ? 4 : 30);
  const double left = options.seconds - seconds_since(started);
  if (left > 0) ruin_and_recreate(book, satisfy, left, options.rounds, options.seed);
  else if (options.seconds <= 0 && options.rounds > 0) ruin_and_recreate(book, satisfy, 0, options.rounds, options.seed);
  for (int pass = 0; pass < 3; ++pass) {
    const bool guarded_more = guard && guard->add_witnesses(satisfy);
    const bool silenced = options.threshold > 0 && keep_choice_silent(book, options.threshold, satisfy);
    if (!guarded_more && !silenced) break;
  }
  return result_of(book, guard ? &*guard : nullptr);
}

}  // namespace candour::protect
