#include <candour/protect/recode/optimal_recoding.hpp>

#include <candour/protect/recode/record_classes.hpp>

#include <algorithm>
#include <limits>
#include <numeric>

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
  void visit_all() {
    const std::uint64_t size = lattice_.size();
    least_suppression_loss_.assign(size, 0);
    std::vector<std::size_t> levels(lattice_.identifier_count());
    double lowest_left = std::numeric_limits<double>::infinity();
    for (std::uint64_t number = size; number-- > 0;) {
      lattice_.levels_of(number, levels);
      double& suppression = least_suppression_loss_[number];
      if (model_.is_monotone()) suppression = from_coarser(number, levels);
      if (suppression == ruled_out) continue;
      const double lowest = classes_.generalisation_loss(levels) + suppression;
      if (lowest >= best_.loss - tolerance) continue;
      if (best_.evaluated >= limits_.most_evaluations || judged_ >= limits_.most_judged) {
        lowest_left = std::min(lowest_left, lowest);
        continue;
      }
      const ClassFacts facts = classes_.evaluate(levels, most_suppressed_);
      take(levels, facts);
      suppression = facts.suppressed > most_suppressed_ ? ruled_out : facts.suppression_loss;
    }
    best_.is_optimal = lowest_left >= best_.loss - tolerance;
    best_.lowest_loss = std::min(best_.loss, lowest_left);
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

  /// Gives the loss where the recoding is allowed, and remembers the best.
  std::optional<double> take(const std::vector<std::size_t>& levels, const ClassFacts& facts) {
    ++best_.evaluated;
    const bool hides_how_many = facts.suppressed == 0 || facts.suppressed >= model_.smallest_class;
    if (facts.suppressed > most_suppressed_ || !hides_how_many || facts.classes == 0) return std::nullopt;
    const double loss = classes_.generalisation_loss(levels) + facts.suppression_loss;
    const bool is_better = loss < best_.loss - tolerance ||
                           (loss < best_.loss + tolerance && !best_.levels.empty() && lattice_.number_of(levels) > lattice_.number_of(best_.levels));
    if (is_better && is_accepted(levels)) {
      best_.loss = loss;
      best_.levels = levels;
      best_.suppressed = facts.suppressed;
      best_.classes = facts.classes;
    }
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
