#include <candour/protect/suppress/suppress.hpp>

#include <candour/protect/suppress/improve.hpp>
#include <candour/protect/suppress/linear_finder.hpp>
#include <candour/protect/suppress/witness_book.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
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

void add_needs(WitnessBook& book) {
  const truth::SystemTruth& truth = book.truth();
  for (std::uint32_t i = 0; i < truth.secrets.size(); ++i) {
    const truth::SystemSecret& secret = truth.secrets[i];
    const std::int64_t x = truth.value[secret.cell];
    const std::int64_t up = std::max<std::int64_t>(0, secret.reach_up - x), down = std::max<std::int64_t>(0, x - secret.reach_down);
    if (up > 0) book.needs.push_back({secret.cell, i, up, Need::Way::as_said, {}, {}});
    if (down > 0) book.needs.push_back({secret.cell, i, -down, Need::Way::as_said, {}, {}});
    if (up + down < secret.width) book.needs.push_back({secret.cell, i, secret.width - (up + down), Need::Way::either, {}, {}});
  }
}

// Product moves where there are axes, linear programs near and far where they fail or there are none.
class Finders {
 public:
  explicit Finders(WitnessBook& book) : linear_(std::make_unique<LinearFinder>(book)) {
    if (book.system().product()) product_ = std::make_unique<ProductFinder>(book, *book.system().product());
  }
  [[nodiscard]] Satisfy satisfy() const {
    return [this](std::uint32_t need, Spending spending, std::vector<table::SystemCell>& hidden) {
      if (product_) {
        if (product_->satisfy(need, spending, 10, hidden)) return true;
        return spending == Spending::least && (product_->satisfy(need, spending, 60, hidden) || linear_->satisfy(need, spending, 1000, hidden) ||
                                               linear_->satisfy(need, spending, 6000, hidden));
      }
      if (spending == Spending::nothing) return linear_->satisfy(need, spending, 200, hidden) || linear_->satisfy(need, spending, 1500, hidden);
      return linear_->satisfy(need, spending, 1'000'000, hidden);
    };
  }

 private:
  std::unique_ptr<ProductFinder> product_;
  std::unique_ptr<LinearFinder> linear_;
};

std::vector<std::uint32_t> satisfy_all(WitnessBook& book, const Satisfy& satisfy) {
  std::vector<std::uint32_t> open, still;
  std::vector<table::SystemCell> hidden;
  for (std::uint32_t n = 0; n < book.needs.size(); ++n)
    if (!satisfy(n, Spending::nothing, hidden)) open.push_back(n);
  std::stable_sort(open.begin(), open.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::abs(book.needs[a].amount) > std::abs(book.needs[b].amount);
  });
  for (const std::uint32_t n : open)
    if (!satisfy(n, Spending::nothing, hidden) && !satisfy(n, Spending::least, hidden)) still.push_back(n);
  return still;
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

}  // namespace

base::Result<Suppression> suppress(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SuppressionOptions& options) {
  const auto started = std::chrono::steady_clock::now();
  const bool verbose = std::getenv("SUPPRESS_TRACE") != nullptr;
  WitnessBook book(system, truth);
  weigh_losses(book, options.key);
  add_needs(book);
  const Finders finders(book);
  const Satisfy satisfy = finders.satisfy();
  const std::vector<std::uint32_t> open = satisfy_all(book, satisfy);
  const auto say = [&](const char* what) { if (verbose) fmt::print(stderr, "{}: {:.2f}s open {} secondaries {} loss {}\n", what, seconds_since(started), open.size(), book.secondaries().size(), book.loss()); };
  say("constructed");
  clean_up(book, satisfy, std::getenv("MU") ? static_cast<std::size_t>(std::atoi(std::getenv("MU"))) : 30);
  say("cleaned");
  if (options.seconds > 0 || options.rounds > 0) ruin_and_recreate(book, satisfy, options.seconds, options.rounds, options.seed);
  say("improved");
  return result_of(book);
}

}  // namespace candour::protect
