#include <candour/protect/recode/record_classes.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace candour::protect {
namespace {

unsigned bits_for(std::size_t categories) { return static_cast<unsigned>(std::bit_width(std::max<std::size_t>(categories, 2) - 1)); }

constexpr double units_of_loss = 0x1p60;
constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t rows_of_bucket = 4096;
constexpr std::size_t most_buckets = 64;

std::size_t slot_of(std::uint64_t key) { return static_cast<std::size_t>((key ^ key >> 29U) * 0x9E3779B97F4A7C15ULL >> 24U); }

}  // namespace

base::Result<RecordClasses> RecordClasses::make(const truth::CodedRecords& records, const PrivacyModel& model) {
  RecordClasses classes(model);
  CANDOUR_TRY_DONE(classes.lay_out(records));
  classes.weigh(records);
  classes.code(records);
  return classes;
}

base::Result<base::Done> RecordClasses::lay_out(const truth::CodedRecords& records) {
  unsigned used = 0;
  const auto next_field = [&](std::size_t categories) {
    const unsigned bits = bits_for(categories);
    const Field field{std::min(used, 63U), ((std::uint64_t{1} << std::min(bits, 63U)) - 1) << std::min(used, 63U)};
    used += bits;
    return field;
  };
  for (const truth::SensitiveColumn& column : records.sensitive) {
    value_fields_.push_back(next_field(column.labels.size()));
    values_mask_ |= value_fields_.back().mask;
  }
  for (const truth::QuasiIdentifier& identifier : records.identifiers) fields_.push_back(next_field(identifier.leaf_count()));
  if (used > 64)
    return base::fail({base::Cause::wrong_input,
                       "recoding.too_many_categories",
                       {},
                       "the columns together have too many categories to be recoded",
                       "leave out a column, or give one a hierarchy of fewer values"});
  return base::Done{};
}

void RecordClasses::weigh(const truth::CodedRecords& records) {
  const auto count = static_cast<double>(records.count), identifiers = static_cast<double>(records.identifiers.size());
  for (std::size_t i = 0; i < records.identifiers.size(); ++i) {
    const truth::QuasiIdentifier& identifier = records.identifiers[i];
    const auto leaves = static_cast<double>(identifier.leaf_count());
    // The share of a single leaf counts as nothing lost, that of all leaves as all; an identifier of one leaf cannot lose anything.
    const double scale = leaves > 1 ? 1 / (identifiers * count * (1 - 1 / leaves)) : 0;
    std::vector<Level> levels;
    for (std::size_t l = 0; l < identifier.level_count(); ++l) {
      Level level;
      std::vector<double> share(identifier.labels[l].size());
      for (const std::uint32_t category : identifier.category_of_leaf[l]) {
        share[category] += 1 / leaves;
        level.field_of_leaf.push_back(std::uint64_t{category} << fields_[i].shift);
      }
      for (const std::uint32_t leaf : records.leaves[i]) level.loss += scale * (share[identifier.category_of_leaf[l][leaf]] - 1 / leaves);
      for (const double part : share) level.kept_of_category.push_back(std::llround(scale * (1 - part) * units_of_loss));
      levels.push_back(std::move(level));
    }
    levels_.push_back(std::move(levels));
  }
  for (std::size_t s = 0; s < records.sensitive.size(); ++s) {
    std::vector<double> share(records.sensitive[s].labels.size());
    for (const std::uint32_t value : records.values[s]) share[value] += 1 / count;
    overall_share_.push_back(std::move(share));
  }
}

void RecordClasses::code(const truth::CodedRecords& records) {
  rolled_.resize(records.identifiers.size() + 1);
  is_rolled_.assign(rolled_.size(), false);
  is_rolled_[0] = true;
  at_.assign(records.identifiers.size(), 0);
  start(rolled_[0]);
  for (std::size_t r = 0; r < records.count; ++r) {
    std::uint64_t key = 0;
    for (std::size_t s = 0; s < value_fields_.size(); ++s) key |= std::uint64_t{records.values[s][r]} << value_fields_[s].shift;
    for (std::size_t i = 0; i < fields_.size(); ++i) key |= std::uint64_t{records.leaves[i][r]} << fields_[i].shift;
    add(rolled_[0], key, 1);
  }
}

double RecordClasses::generalisation_loss(std::span<const std::size_t> levels) const {
  double loss = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) loss += levels_[i][levels[i]].loss;
  return loss;
}

// ---- counting ----

constexpr std::size_t fewest_slots = 4096;

/// Empties `into`, and the table of slots for it.
void RecordClasses::start(KeyedCounts& into) {
  into.keys.clear();
  into.counts.clear();
  if (slots_.empty()) slots_.resize(fewest_slots);
  slot_mask_ = fewest_slots - 1;
  if (++stamp_ == 0) {
    std::fill(slots_.begin(), slots_.end(), Slot{});
    stamp_ = 1;
  }
}

/// Four times the slots, filled anew.
void RecordClasses::make_room(const KeyedCounts& into) {
  slot_mask_ = (slot_mask_ + 1) * 4 - 1;
  if (slots_.size() <= slot_mask_) slots_.resize(slot_mask_ + 1);
  if (++stamp_ == 0) {
    std::fill(slots_.begin(), slots_.end(), Slot{});
    stamp_ = 1;
  }
  for (std::uint32_t place = 0; place < into.keys.size(); ++place) {
    std::size_t at = slot_of(into.keys[place]) & slot_mask_;
    while (slots_[at].stamp == stamp_) at = (at + 1) & slot_mask_;
    slots_[at] = {into.keys[place], place, stamp_};
  }
}

/// Gives the key's place.
std::uint32_t RecordClasses::add(KeyedCounts& into, std::uint64_t key, std::uint32_t count) {
  std::size_t at = slot_of(key) & slot_mask_;
  for (; slots_[at].stamp == stamp_; at = (at + 1) & slot_mask_) {
    if (slots_[at].key != key) continue;
    into.counts[slots_[at].place] += count;
    return slots_[at].place;
  }
  const auto place = static_cast<std::uint32_t>(into.keys.size());
  slots_[at] = {key, place, stamp_};
  into.keys.push_back(key);
  into.counts.push_back(count);
  if (into.keys.size() * 2 > slot_mask_) make_room(into);
  return place;
}

RecordClasses::Steps RecordClasses::steps_of(std::size_t first, std::size_t end) const {
  Steps steps;
  for (std::size_t i = first; i < end; ++i) {
    if (at_[i] == 0) continue;
    steps.steps.push_back({fields_[i], levels_[i][at_[i]].field_of_leaf.data()});
    steps.kept &= ~fields_[i].mask;
  }
  return steps;
}

/// Codes the rows, then sorts them by a part of their hash: equal keys meet in one bucket, whose table of slots is small enough to stay near the processor.
void RecordClasses::spread(const Steps& steps, const KeyedCounts& from) {
  const std::size_t rows = from.keys.size();
  const std::size_t buckets = std::min(most_buckets, std::bit_ceil(rows / rows_of_bucket + 1));
  const auto bucket_of = [&](std::uint64_t key) { return slot_of(key) >> 33U & (buckets - 1); };
  coded_.resize(rows);
  bucket_ends_.assign(buckets + 1, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    coded_[row] = steps.of(from.keys[row]);
    ++bucket_ends_[bucket_of(coded_[row]) + 1];
  }
  for (std::size_t bucket = 1; bucket <= buckets; ++bucket) bucket_ends_[bucket] += bucket_ends_[bucket - 1];
  spread_.keys.resize(rows);
  spread_.counts.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t place = bucket_ends_[bucket_of(coded_[row])]++;
    spread_.keys[place] = coded_[row];
    spread_.counts[place] = from.counts[row];
  }
  bucket_ends_.pop_back();  // each entry has moved on to where its bucket ends
}

/// A table of slots in which so many keys find room.
void RecordClasses::start_bucket(std::size_t rows) {
  slot_mask_ = std::bit_ceil(rows * 2 + 1) - 1;
  if (slots_.size() <= slot_mask_) slots_.resize(std::max(fewest_slots, slot_mask_ + 1));
  if (++stamp_ == 0) {
    std::fill(slots_.begin(), slots_.end(), Slot{});
    stamp_ = 1;
  }
}

inline void RecordClasses::add_to_bucket(KeyedCounts& into, std::uint64_t key, std::uint32_t count) {
  std::size_t at = slot_of(key) & slot_mask_;
  for (; slots_[at].stamp == stamp_; at = (at + 1) & slot_mask_) {
    if (slots_[at].key != key) continue;
    into.counts[slots_[at].place] += count;
    return;
  }
  slots_[at] = {key, static_cast<std::uint32_t>(into.keys.size()), stamp_};
  into.keys.push_back(key);
  into.counts.push_back(count);
}

std::int64_t RecordClasses::roll(std::size_t first, std::size_t end, const KeyedCounts& from, KeyedCounts& into, std::int64_t most_failing) {
  spread(steps_of(first, end), from);
  into.keys.clear();
  into.counts.clear();
  std::int64_t failing = 0;
  std::size_t row = 0;
  for (const std::size_t bucket_end : bucket_ends_) {
    start_bucket(bucket_end - row);
    const std::size_t first_class = into.keys.size();
    for (; row < bucket_end; ++row) add_to_bucket(into, spread_.keys[row], spread_.counts[row]);
    for (std::size_t c = first_class; c < into.counts.size(); ++c)
      if (into.counts[c] < model_.smallest_class) failing += into.counts[c];
    if (failing > most_failing) return failing;
  }
  return failing;
}

/// Goes to new levels; gives how many identifiers stand at theirs already.
std::size_t RecordClasses::prepare(std::span<const std::size_t> levels) {
  const auto shared = static_cast<std::size_t>(std::mismatch(levels.begin(), levels.end(), at_.begin()).first - levels.begin());
  std::copy(levels.begin(), levels.end(), at_.begin());
  std::fill(is_rolled_.begin() + static_cast<std::ptrdiff_t>(shared) + 1, is_rolled_.end(), false);
  std::size_t from = shared;
  while (!is_rolled_[from]) --from;
  // A prefix that comes a second time is worth keeping.
  if (from < shared) {
    (void)roll(from, shared, rolled_[from], rolled_[shared], no_limit);
    is_rolled_[shared] = true;
  }
  return shared;
}

ClassFacts RecordClasses::evaluate(std::span<const std::size_t> levels, std::int64_t most_suppressed) {
  const std::size_t all = levels.size(), from = prepare(levels);
  if (from < all) {
    // With sensitive values a row is a part of a class, so that its size says nothing yet.
    const std::int64_t most_failing = values_mask_ == 0 ? most_suppressed : no_limit;
    if (const std::int64_t failing = roll(from, all, rolled_[from], rolled_[all], most_failing); failing > most_failing) return {failing, 0, 0};
  }
  is_rolled_[all] = true;
  const KeyedCounts* classes = &rolled_[all];
  std::vector<std::uint8_t> fails;
  if (values_mask_ != 0) {
    std::vector<std::uint32_t> class_of_row;
    start(without_values_);
    for (std::size_t row = 0; row < classes->keys.size(); ++row)
      class_of_row.push_back(add(without_values_, classes->keys[row] & ~values_mask_, classes->counts[row]));
    fails.resize(without_values_.keys.size());
    for (std::size_t column = 0; column < value_fields_.size(); ++column) mark_failing(*classes, class_of_row, column, without_values_, fails);
    classes = &without_values_;
  }
  ClassFacts facts;
  std::int64_t loss = 0;
  for (std::size_t c = 0; c < classes->keys.size(); ++c) {
    if (classes->counts[c] >= model_.smallest_class && (fails.empty() || fails[c] == 0)) {
      ++facts.classes;
      continue;
    }
    facts.suppressed += classes->counts[c];
    loss += classes->counts[c] * suppression_loss(classes->keys[c]);
  }
  facts.suppression_loss = static_cast<double>(loss) / units_of_loss;
  return facts;
}

void RecordClasses::mark_failing(const KeyedCounts& rows, std::span<const std::uint32_t> class_of_row, std::size_t column, const KeyedCounts& classes,
                                 std::vector<std::uint8_t>& fails) {
  const Field field = value_fields_[column];
  start(by_value_);
  for (std::size_t row = 0; row < rows.keys.size(); ++row)
    add(by_value_, std::uint64_t{class_of_row[row]} << 32U | (rows.keys[row] & field.mask) >> field.shift, rows.counts[row]);
  struct OfClass {
    std::int64_t distinct = 0, most = 0;
    double distance = 1;  ///< doubled; starts with the shares of values that the class does not have
  };
  std::vector<OfClass> of_class(classes.keys.size());
  for (std::size_t k = 0; k < by_value_.keys.size(); ++k) {
    const std::size_t number = by_value_.keys[k] >> 32U;
    OfClass& here = of_class[number];
    ++here.distinct;
    here.most = std::max<std::int64_t>(here.most, by_value_.counts[k]);
    const double overall = overall_share_[column][by_value_.keys[k] & 0xFFFFFFFFU];
    here.distance += std::abs(static_cast<double>(by_value_.counts[k]) / static_cast<double>(classes.counts[number]) - overall) - overall;
  }
  for (std::size_t c = 0; c < of_class.size(); ++c) {
    const bool left_over = classes.counts[c] - of_class[c].most > model_.coalition;
    // A distance that is at the limit but for rounding counts as beyond it.
    const bool near = !model_.largest_distance || of_class[c].distance / 2 < *model_.largest_distance - 1e-9;
    if (of_class[c].distinct < model_.distinct_values || !left_over || !near) fails[c] = 1;
  }
}

std::int64_t RecordClasses::suppression_loss(std::uint64_t key) const {
  std::int64_t loss = 0;
  for (std::size_t i = 0; i < fields_.size(); ++i) loss += levels_[i][at_[i]].kept_of_category[(key & fields_[i].mask) >> fields_[i].shift];
  return loss;
}

}  // namespace candour::protect
