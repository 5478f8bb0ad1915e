#include <candour/protect/recode/optimal_recoding.hpp>

#include <candour/protect/recode/record_classes.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <thread>

namespace candour::protect {
namespace {

/// All combinations of levels as numbers: the first identifier counts most, and a coarser combination has a greater number.
class Lattice {
 public:
  explicit Lattice(const truth::CodedRecords& records) {
    for (const truth::QuasiIdentifier& identifier : records.identifiers) level_counts_.push_back(identifier.level_count());
    strides_.resize(level_counts_.size());
    for (std::size_t i = level_counts_.size(); i-- > 0;) {
      strides_[i] = size_;
      if (__builtin_mul_overflow(size_, level_counts_[i], &size_)) size_ = std::numeric_limits<std::uint64_t>::max();
    }
  }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::uint64_t stride(std::size_t i) const { return strides_[i]; }
  [[nodiscard]] std::size_t level_count(std::size_t i) const { return level_counts_[i]; }
  [[nodiscard]] std::size_t identifier_count() const { return level_counts_.size(); }
  [[nodiscard]] std::uint64_t number_of(const std::vector<std::size_t>& levels) const {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) number += levels[i] * strides_[i];
    return number;
  }
  void levels_of(std::uint64_t number, std::vector<std::size_t>& levels) const {
    for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = number / strides_[i] % level_counts_[i];
  }

 private:
  std::vector<std::size_t> level_counts_;
  std::vector<std::uint64_t> strides_;
  std::uint64_t size_ = 1;
};

/// Identifiers with many values first: once they are rolled up, few different records are left for all that is tried of the others.
truth::CodedRecords in_order_of_size(const truth::CodedRecords& records, std::vector<std::size_t>& order) {
  order.resize(records.identifiers.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return records.identifiers[a].leaf_count() > records.identifiers[b].leaf_count(); });
  truth::CodedRecords ordered;
  ordered.sensitive = records.sensitive;
  ordered.values = records.values;
  ordered.count = records.count;
  for (const std::size_t i : order) {
    ordered.identifiers.push_back(records.identifiers[i]);
    ordered.leaves.push_back(records.leaves[i]);
  }
  return ordered;
}

class Search {
 public:
  Search(const truth::CodedRecords& records, const PrivacyModel& model, const RecodingLimits& limits, RecordClasses classes, AcceptRecoding accepts)
      : model_(model), limits_(limits), lattice_(records), classes_(std::move(classes)), accepts_(std::move(accepts)) {
    most_suppressed_ = static_cast<std::int64_t>(records.count) * model.suppression_limit_percent / 100;
    best_.recodings = static_cast<std::int64_t>(lattice_.size());
    best_.loss = std::numeric_limits<double>::infinity();
  }
  [[nodiscard]] const Lattice& lattice() const { return lattice_; }

  /// From the coarsest levels down, each time to the finer neighbour with the least loss that is allowed: a first good recoding.
  void go_down() {
    std::vector<std::size_t> levels(lattice_.identifier_count());
    for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = lattice_.level_count(i) - 1;
    take(levels, classes_.evaluate(levels, most_suppressed_));
    while (true) {
      std::optional<std::size_t> step;
      double least = std::numeric_limits<double>::infinity();
      for (std::size_t i = levels.size(); i-- > 0;) {
        if (levels[i] == 0) continue;
        --levels[i];
        const ClassFacts facts = classes_.evaluate(levels, most_suppressed_);
        if (const auto loss = take(levels, facts); loss && *loss < least) {
          least = *loss;
          step = i;
        }
        ++levels[i];
      }
      if (!step) return;
      --levels[*step];
    }
  }

  /// Every combination, coarser before finer. What a coarser one shows holds for the finer: where too many records are suppressed, no fewer will be; and what
  /// suppressing costs will not cost less.
  ///
  /// Combinations are visited in blocks that share the levels of the first identifiers; of blocks of one height none is finer than another, so that they can
  /// be visited at once. Each begins with the best of the heights before, whatever the others find: the result does not hang on the number of threads.
  void visit_all() {
    least_suppression_loss_.assign(lattice_.size(), 0);
    for (const std::vector<std::uint64_t>& wave : waves()) {
      const Recoding before = best_;
      std::vector<Visit> visits(wave.size());
      for (std::size_t b = 0; b < wave.size(); ++b) visits[b].allowed = allowance(b, wave.size());
      visit_wave(wave, before, visits);
      for (Visit& visit : visits) {
        best_.evaluated += visit.evaluated;
        lowest_left_ = std::min(lowest_left_, visit.lowest_left);
        if (!visit.best.levels.empty() && is_better(visit.best.loss, visit.best.levels, best_)) remember(visit.best);
      }
    }
    best_.is_optimal = lowest_left_ >= best_.loss - tolerance;
    best_.lowest_loss = std::min(best_.loss, lowest_left_);
  }

  void count_every_one() {
    std::vector<std::size_t> levels(lattice_.identifier_count());
    for (std::uint64_t number = lattice_.size(); number-- > 0;) {
      lattice_.levels_of(number, levels);
      take(levels, classes_.evaluate(levels, most_suppressed_));
    }
    best_.is_optimal = true;
    best_.lowest_loss = best_.loss;
  }

  [[nodiscard]] const Recoding& best() const { return best_; }

 private:
  static constexpr double tolerance = 1e-12;
  static constexpr double ruled_out = std::numeric_limits<double>::infinity();

  /// What the visit of one block gives.
  struct Visit {
    std::int64_t allowed = 0;  ///< combinations that may be counted
    std::int64_t evaluated = 0;
    double lowest_left = std::numeric_limits<double>::infinity();
    Recoding best;  ///< without levels: nothing better than before
  };

  /// The first numbers of the blocks, those of each height together, coarser heights first.
  [[nodiscard]] std::vector<std::vector<std::uint64_t>> waves() {
    constexpr std::uint64_t blocks_wanted = 256;
    block_size_ = 1;
    for (std::size_t i = lattice_.identifier_count(); i-- > 0 && block_size_ * blocks_wanted < lattice_.size();) block_size_ *= lattice_.level_count(i);
    std::map<std::size_t, std::vector<std::uint64_t>, std::greater<>> by_height;
    std::vector<std::size_t> levels(lattice_.identifier_count());
    for (std::uint64_t block = lattice_.size() / block_size_; block-- > 0;) {
      lattice_.levels_of(block * block_size_, levels);
      by_height[std::accumulate(levels.begin(), levels.end(), std::size_t{0})].push_back(block * block_size_);
    }
    std::vector<std::vector<std::uint64_t>> waves;
    for (auto& [height, wave] : by_height) waves.push_back(std::move(wave));
    return waves;
  }

  /// The combinations that are left to count, shared out among the blocks of a wave.
  [[nodiscard]] std::int64_t allowance(std::size_t block, std::size_t blocks) const {
    const auto left = static_cast<std::uint64_t>(std::max<std::int64_t>(0, limits_.most_evaluations - best_.evaluated));
    return static_cast<std::int64_t>(left / blocks + (block < left % blocks ? 1 : 0));
  }

  void visit_wave(const std::vector<std::uint64_t>& wave, const Recoding& before, std::vector<Visit>& visits) {
    const unsigned wanted = limits_.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : limits_.threads;
    const std::size_t threads = accepts_ ? 1 : std::min<std::size_t>(wanted, wave.size());
    while (others_.size() + 1 < threads) others_.push_back(classes_);
    std::atomic<std::size_t> next{0};
    const auto work = [&](RecordClasses& classes) {
      for (std::size_t b = next++; b < wave.size(); b = next++) visit_block(wave[b], before, classes, visits[b]);
    };
    std::vector<std::jthread> helpers;
    for (std::size_t t = 1; t < threads; ++t) helpers.emplace_back([&, t] { work(others_[t - 1]); });
    work(classes_);
  }

  void visit_block(std::uint64_t first, const Recoding& before, RecordClasses& classes, Visit& visit) {
    std::vector<std::size_t> levels(lattice_.identifier_count());
    visit.best.loss = before.loss;
    for (std::uint64_t number = first + block_size_; number-- > first;) {
      lattice_.levels_of(number, levels);
      double& suppression = least_suppression_loss_[number];
      if (model_.is_monotone()) suppression = from_coarser(number, levels);
      if (suppression == ruled_out) continue;
      const double lowest = classes.generalisation_loss(levels) + suppression;
      if (lowest >= visit.best.loss - tolerance) continue;
      if (visit.evaluated >= visit.allowed || judged_ >= limits_.most_judged) {
        visit.lowest_left = std::min(visit.lowest_left, lowest);
        continue;
      }
      const ClassFacts facts = classes.evaluate(levels, most_suppressed_);
      ++visit.evaluated;
      if (const auto loss = loss_if_allowed(levels, facts);
          loss && is_better(*loss, levels, visit.best.levels.empty() ? before : visit.best) && is_accepted(levels))
        visit.best = found(*loss, levels, facts);
      suppression = facts.suppressed > most_suppressed_ ? ruled_out : facts.suppression_loss;
    }
  }

  [[nodiscard]] std::optional<double> loss_if_allowed(const std::vector<std::size_t>& levels, const ClassFacts& facts) const {
    const bool hides_how_many = facts.suppressed == 0 || facts.suppressed >= model_.smallest_class;
    if (facts.suppressed > most_suppressed_ || !hides_how_many || facts.classes == 0) return std::nullopt;
    return classes_.generalisation_loss(levels) + facts.suppression_loss;
  }

  /// Of two that lose the same the coarser first identifiers.
  [[nodiscard]] bool is_better(double loss, const std::vector<std::size_t>& levels, const Recoding& than) const {
    return loss < than.loss - tolerance ||
           (loss < than.loss + tolerance && !than.levels.empty() && lattice_.number_of(levels) > lattice_.number_of(than.levels));
  }

  [[nodiscard]] static Recoding found(double loss, const std::vector<std::size_t>& levels, const ClassFacts& facts) {
    Recoding recoding;
    recoding.loss = loss;
    recoding.levels = levels;
    recoding.suppressed = facts.suppressed;
    recoding.classes = facts.classes;
    return recoding;
  }

  void remember(const Recoding& better) {
    best_.loss = better.loss;
    best_.levels = better.levels;
    best_.suppressed = better.suppressed;
    best_.classes = better.classes;
  }

  /// Gives the loss where the recoding is allowed, and remembers the best.
  std::optional<double> take(const std::vector<std::size_t>& levels, const ClassFacts& facts) {
    ++best_.evaluated;
    const auto loss = loss_if_allowed(levels, facts);
    if (loss && is_better(*loss, levels, best_) && is_accepted(levels)) remember(found(*loss, levels, facts));
    return loss;
  }

  bool is_accepted(const std::vector<std::size_t>& levels) {
    if (!accepts_) return true;
    ++judged_;
    return accepts_(levels);
  }

  [[nodiscard]] double from_coarser(std::uint64_t number, const std::vector<std::size_t>& levels) const {
    double most = 0;
    for (std::size_t i = 0; i < levels.size(); ++i)
      if (levels[i] + 1 < lattice_.level_count(i)) most = std::max(most, least_suppression_loss_[number + lattice_.stride(i)]);
    return most;
  }

  PrivacyModel model_;
  RecodingLimits limits_;
  Lattice lattice_;
  RecordClasses classes_;
  AcceptRecoding accepts_;
  std::int64_t judged_ = 0;
  std::int64_t most_suppressed_ = 0;
  std::vector<RecordClasses> others_;  ///< of the other threads
  std::uint64_t block_size_ = 1;
  double lowest_left_ = std::numeric_limits<double>::infinity();
  std::vector<double> least_suppression_loss_;  ///< by number; ruled_out where too many records would be suppressed
  Recoding best_;
};

std::vector<std::size_t> in_given_order(const std::vector<std::size_t>& ordered, const std::vector<std::size_t>& order) {
  std::vector<std::size_t> levels(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) levels[order[i]] = ordered[i];
  return levels;
}

template <class Run>
base::Result<Recoding> search(const truth::CodedRecords& records, const PrivacyModel& model, const RecodingLimits& limits, const AcceptRecoding& accepts,
                              Run&& run) {
  std::vector<std::size_t> order;
  const truth::CodedRecords ordered = in_order_of_size(records, order);
  CANDOUR_TRY(classes, RecordClasses::make(ordered, model));
  AcceptRecoding accepts_ordered;
  if (accepts) accepts_ordered = [&](const std::vector<std::size_t>& levels) { return accepts(in_given_order(levels, order)); };
  Search search(ordered, model, limits, std::move(classes), std::move(accepts_ordered));
  if (search.lattice().size() > limits.most_recodings)
    return base::fail({base::Cause::wrong_input,
                       "recoding.too_many_levels",
                       {},
                       "the columns together have too many combinations of levels to be searched",
                       "leave out a column, or give one a hierarchy of fewer levels"});
  run(search);
  Recoding best = search.best();
  if (best.levels.empty())
    return base::fail({base::Cause::refused,
                       "recoding.none",
                       {},
                       "not even the coarsest categories protect these records as asked",
                       "allow more records to be suppressed, or show fewer sensitive columns"});
  best.levels = in_given_order(best.levels, order);
  return best;
}

}  // namespace

base::Result<Recoding> optimal_recoding(const truth::CodedRecords& records, const PrivacyModel& model, const RecodingLimits& limits,
                                        const AcceptRecoding& accepts) {
  return search(records, model, limits, accepts, [](Search& search) {
    search.go_down();
    search.visit_all();
  });
}

base::Result<Recoding> exhaustive_recoding(const truth::CodedRecords& records, const PrivacyModel& model) {
  return search(records, model, {}, {}, [](Search& search) { search.count_every_one(); });
}

}  // namespace candour::protect
