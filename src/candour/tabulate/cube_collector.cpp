#include <candour/tabulate/cube_collector.hpp>

#include <algorithm>
#include <limits>
#include <map>

namespace candour::tabulate {
namespace {

base::Error overflow() {
  return {base::Cause::could_not_finish, "decimal.overflow", {}, "the amounts together do not fit into 64 bits", "use a coarser unit for this column"};
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

/// Sums a list of (key, value) pairs by key, in order.
void join(std::vector<std::pair<std::uint64_t, std::int64_t>>& pairs) {
  std::sort(pairs.begin(), pairs.end());
  std::size_t out = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (out > 0 && pairs[out - 1].first == pairs[i].first) pairs[out - 1].second += pairs[i].second;
    else pairs[out++] = pairs[i];
  }
  pairs.resize(out);
}

/// Gives the values of `rolled` at the cells listed; 0 where it has none.
std::vector<std::int64_t> values_at(const std::vector<std::uint64_t>& cells, const RolledUp& rolled) {
  std::vector<std::int64_t> values(cells.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    while (at < rolled.cells.size() && rolled.cells[at] < cells[i]) ++at;
    if (at < rolled.cells.size() && rolled.cells[at] == cells[i]) values[i] = rolled.values[at];
  }
  return values;
}

}  // namespace

// ---- scales ----

base::Result<std::int64_t> ScaledUnits::take_scale(int scale) {
  if (scale <= scale_) return 1;
  const std::int64_t factor = power_of_ten(scale - scale_);
  if (__builtin_mul_overflow(total_size_, factor, &total_size_)) return base::fail(overflow());
  scale_ = scale;
  return factor;
}

base::Result<std::int64_t> ScaledUnits::units(base::Decimal decimal) {
  CANDOUR_TRY(rescaled, decimal.rescaled(scale_));
  const std::int64_t units = rescaled.units();
  if (units == std::numeric_limits<std::int64_t>::min() || __builtin_add_overflow(total_size_, units < 0 ? -units : units, &total_size_))
    return base::fail(overflow());
  return units;
}

// ---- collecting ----

base::Result<std::unique_ptr<CubeCollector>> CubeCollector::make(const CubeRequest& request, unsigned threads) {
  std::unique_ptr<CubeCollector> collector(new CubeCollector);
  collector->request_ = request;
  collector->threads_ = threads;
  for (const RecordCubeVariable& variable : request.by) {
    CANDOUR_TRY(reader, DimensionReader::make(variable));
    collector->readers_.push_back(std::move(reader));
  }
  for (unsigned thread = 0; thread < threads; ++thread) collector->of_thread_.push_back(std::make_unique<OfThread>());
  return collector;
}

/// Once the first rows have been coded: how many leaves there are, or are likely to be.
void CubeCollector::make_room() {
  std::vector<bool> growing;
  std::uint64_t cells = 1;
  for (const auto& reader : readers_) {
    room_.push_back(std::max(reader->room_for_leaves(), 1U));
    growing.push_back(!reader->is_declared());
    if (__builtin_mul_overflow(cells, room_.back(), &cells)) cells = ~std::uint64_t{0};
  }
  auto key = LeafKey::make(room_, growing);
  if (!key) {
    no_room_ = key.error();
    return;
  }
  key_ = std::move(*key);
  dense_ = cells <= CellSums::dense_limit;
  records_ = std::make_unique<CellSums>(dense_ ? cells : ~std::uint64_t{0}, threads_);
}

tl::expected<base::Done, RowFault> CubeCollector::add(unsigned thread, const CodedRows& rows) {
  std::call_once(room_made_, [this] { make_room(); });
  if (no_room_) return tl::make_unexpected(RowFault{0, *no_room_});
  OfThread& mine = *of_thread_[thread];
  if (auto numbered = number_rows(rows, mine); !numbered) return numbered;
  if (!request_.where.empty()) note_leaves(rows, mine);
  count_records(thread, rows, mine);
  if (request_.people_column) count_people(rows, mine);
  if (request_.sum) return add_amounts(thread, rows, mine);
  return base::Done{};
}

tl::expected<base::Done, RowFault> CubeCollector::number_rows(const CodedRows& rows, OfThread& mine) const {
  mine.rows.clear();
  for (std::uint32_t r = 0; r < rows.count; ++r)
    if (rows.kept.empty() || rows.kept[r] != 0) mine.rows.push_back(r);
  const std::size_t n = mine.rows.size();
  mine.keys.assign(n, 0);
  for (std::size_t v = 0; v < readers_.size(); ++v) {
    const std::uint32_t* leaves = rows.leaves[v].data();
    std::uint32_t largest = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t leaf = leaves[mine.rows[i]];
      largest = std::max(largest, leaf);
      mine.keys[i] |= static_cast<std::uint64_t>(leaf) << key_.shift(v);
    }
    if (largest < key_.limit(v)) continue;
    const auto at = static_cast<std::size_t>(std::find_if(mine.rows.begin(), mine.rows.end(), [&](std::uint32_t r) { return leaves[r] >= key_.limit(v); }) -
                                             mine.rows.begin());
    const RecordCubeVariable& variable = request_.by[v];
    if (leaves[mine.rows[at]] != leaf_outside)
      return tl::make_unexpected(RowFault{mine.rows[at],
                                          {base::Cause::could_not_finish,
                                           "tabulate.cube_too_large",
                                           {},
                                           "column '" + variable.source.column + "' has too many different values",
                                           "show a coarser level, or name its hierarchy"}});
    return tl::make_unexpected(
        RowFault{mine.rows[at],
                 {base::Cause::wrong_input,
                  "tabulate.outside_code_list",
                  {},
                  "column '" + variable.source.column + "': a value that is neither mapped nor in the code list of '" + variable.name + "'",
                  "map the value to a code, or name a code for unknown values"}});
  }
  return base::Done{};
}

/// With a filter a leaf may have been met only in rows that do not count.
void CubeCollector::note_leaves(const CodedRows& rows, OfThread& mine) const {
  mine.occurs.resize(readers_.size());
  for (std::size_t v = 0; v < readers_.size(); ++v)
    for (const std::uint32_t r : mine.rows) {
      const std::uint32_t leaf = rows.leaves[v][r];
      if (leaf >= mine.occurs[v].size()) mine.occurs[v].resize(leaf + 1);
      mine.occurs[v][leaf] = true;
    }
}

std::vector<bool> CubeCollector::occurring(std::size_t variable) const {
  std::vector<bool> all;
  if (request_.where.empty()) return all;
  all.resize(readers_[variable]->leaf_count());
  for (const auto& mine : of_thread_)
    for (std::size_t leaf = 0; variable < mine->occurs.size() && leaf < mine->occurs[variable].size(); ++leaf)
      if (mine->occurs[variable][leaf]) all[leaf] = true;
  return all;
}

void CubeCollector::count_records(unsigned thread, const CodedRows& rows, OfThread& mine) {
  const std::size_t n = mine.rows.size();
  if (!dense_) {
    for (std::size_t i = 0; i < n; ++i) records_->add(thread, mine.keys[i], rows.counts.empty() ? 1 : rows.counts[mine.rows[i]]);
    return;
  }
  mine.cells.assign(n, 0);
  bool any_spilled = false;
  for (std::size_t v = 0; v < readers_.size(); ++v) {
    const std::uint32_t* leaves = rows.leaves[v].data();
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t leaf = leaves[mine.rows[i]];
      any_spilled |= leaf >= room_[v];
      mine.cells[i] = mine.cells[i] * room_[v] + leaf;
    }
  }
  if (!any_spilled && rows.counts.empty()) return records_->add_ones(thread, mine.cells);
  for (std::size_t i = 0; i < n; ++i) {
    const std::int64_t count = rows.counts.empty() ? 1 : rows.counts[mine.rows[i]];
    bool fits = true;
    for (std::size_t v = 0; v < readers_.size(); ++v) fits = fits && rows.leaves[v][mine.rows[i]] < room_[v];
    if (fits) records_->add(thread, mine.cells[i], count);
    else mine.spilled.add(mine.keys[i], count);
  }
}

void CubeCollector::count_people(const CodedRows& rows, OfThread& mine) const {
  for (std::size_t i = 0; i < mine.rows.size(); ++i) {
    const std::optional<PersonKey>& person = rows.persons[mine.rows[i]];
    if (person) mine.people.add({mixed(*person), mine.keys[i]});
    else mine.unknown_people.add(mine.keys[i], rows.counts.empty() ? 1 : rows.counts[mine.rows[i]]);
  }
}

tl::expected<base::Done, RowFault> CubeCollector::add_amounts(unsigned thread, const CodedRows& rows, OfThread& mine) {
  for (std::size_t i = 0; i < mine.rows.size(); ++i) {
    const std::size_t r = mine.rows[i];
    if (!rows.amounts[r]) continue;
    const std::optional<base::Decimal> weight = rows.weights.empty() ? std::nullopt : rows.weights[r];
    if (!rows.weights.empty() && !weight) continue;
    auto added = add_amount(thread, mine.keys[i], *rows.amounts[r], weight, rows.contributors.empty() ? std::nullopt : rows.contributors[r], mine);
    if (!added) return tl::make_unexpected(RowFault{r, std::move(added).error()});
  }
  return base::Done{};
}

base::Result<base::Done> CubeCollector::add_amount(unsigned thread, std::uint64_t key, base::Decimal amount, std::optional<base::Decimal> weight,
                                                   std::optional<PersonKey> contributor, OfThread& mine) {
  base::Decimal weighted = amount;
  if (weight) {
    std::int64_t units = 0;
    if (amount.scale() + weight->scale() > 18 || __builtin_mul_overflow(amount.units(), weight->units(), &units)) return base::fail(overflow());
    weighted = base::Decimal::of_units(units, amount.scale() + weight->scale());
  }
  CANDOUR_TRY(sum_factor, mine.sum_scale.take_scale(weighted.scale()));
  if (sum_factor != 1) mine.sums.scale_by(sum_factor);
  CANDOUR_TRY(sum_units, mine.sum_scale.units(weighted));
  mine.sums.add(key, sum_units);
  if (request_.sum->largest_count == 0) return base::Done{};
  CANDOUR_TRY(factor, mine.amount_scale.take_scale(amount.scale()));
  if (factor != 1) mine.amounts.for_each([factor](AmountInCell& entry) { entry.amount *= factor; });
  CANDOUR_TRY(units, mine.amount_scale.units(amount));
  const PersonKey who = contributor ? *contributor : PersonKeys::key_of_unknown(mine.unknown_contributors++ * threads_ + thread);
  mine.amounts.add({mixed(who), key, units});
  return base::Done{};
}

// ---- afterwards ----

FinestCells CubeCollector::finest_records(const std::vector<Dimension>& dimensions) {
  const bool spilled = std::any_of(of_thread_.begin(), of_thread_.end(), [](const auto& mine) { return mine->spilled.size() != 0; });
  FinestCells finest;
  finest.room = room_;
  if (dense_ && !spilled) {
    finest.dense = records_->take_dense();
    return finest;
  }
  const FinestNumbering numbering(dimensions);  // now that all leaves are known they may fit an array after all
  finest.room = numbering.leaf_counts();
  if (numbering.is_dense()) finest.dense.resize(numbering.cell_count());
  std::vector<std::uint32_t> leaves(dimensions.size());
  const auto take = [&](std::uint64_t key, std::int64_t count) {
    if (!numbering.is_dense()) return finest.sparse.emplace_back(key, count), void();
    for (std::size_t v = 0; v < leaves.size(); ++v) leaves[v] = key_.leaf(key, v);
    finest.dense[numbering.number_of(leaves.data(), key)] += count;
  };
  records_->for_each([&](std::uint64_t cell, std::int64_t count) { take(dense_ ? key_of_cell(cell) : cell, count); });
  for (const auto& mine : of_thread_) mine->spilled.for_each(take);
  join(finest.sparse);
  return finest;
}

std::uint64_t CubeCollector::key_of_cell(std::uint64_t cell) const {
  std::uint64_t key = 0;
  for (std::size_t v = room_.size(); v-- > 0;) {
    key |= cell % room_[v] << key_.shift(v);
    cell /= room_[v];
  }
  return key;
}

FinestCells CubeCollector::finest_of(CellSums& sums, const std::vector<Dimension>& dimensions) const {
  const FinestNumbering numbering(dimensions);
  FinestCells finest;
  finest.room = numbering.leaf_counts();
  if (numbering.is_dense()) finest.dense = sums.take_dense();
  else sums.for_each([&](std::uint64_t key, std::int64_t value) { finest.sparse.emplace_back(key, value); });
  join(finest.sparse);
  return finest;
}

base::Result<RecordCube> CubeCollector::finish() {
  std::call_once(room_made_, [this] { make_room(); });  // no row at all
  if (no_room_) return base::fail(*no_room_);
  std::vector<Dimension> dimensions;
  RecordCube cube;
  for (std::size_t v = 0; v < readers_.size(); ++v) {
    dimensions.push_back(readers_[v]->finish(occurring(v)));
    cube.categories.push_back(dimensions.back().categories);
  }
  CANDOUR_TRY(cube_cells, cell_count_of(dimensions));
  RolledUp records = roll_up(finest_records(dimensions), key_, dimensions, nullptr, threads_);
  records_.reset();
  cube.cells = std::move(records.cells);
  cube.records = std::move(records.values);
  if (request_.people_column) {
    std::vector<Partitions<PersonInCell>> seen;
    for (const auto& mine : of_thread_) seen.push_back(std::move(mine->people));
    PeopleByCell people = tabulate::count_people(seen, dimensions, key_, cube_cells, threads_);
    const FinestNumbering numbering(dimensions);
    std::vector<std::uint32_t> leaves(dimensions.size());
    for (const auto& mine : of_thread_)
      mine->unknown_people.for_each([&](std::uint64_t key, std::int64_t count) {
        for (std::size_t v = 0; v < leaves.size(); ++v) leaves[v] = key_.leaf(key, v);
        people.finest.add(0, numbering.number_of(leaves.data(), key), count);
      });
    cube.people = values_at(cube.cells, roll_up(finest_of(people.finest, dimensions), key_, dimensions, &people.corrections, threads_));
  }
  if (request_.sum) CANDOUR_TRY_DONE(finish_amounts(dimensions, cube));
  return cube;
}

/// Gives the finest scale of all threads after bringing sums and contributions to it.
base::Result<int> CubeCollector::bring_to_one_scale() {
  int scale = 0;
  for (const auto& mine : of_thread_) scale = std::max({scale, mine->sum_scale.scale(), mine->amount_scale.scale()});
  ScaledUnits all_sums, all_amounts;  // whether everything together still fits
  CANDOUR_TRY_DONE(all_sums.take_scale(scale));
  CANDOUR_TRY_DONE(all_amounts.take_scale(scale));
  for (const auto& mine : of_thread_) {
    CANDOUR_TRY(sum_factor, mine->sum_scale.take_scale(scale));
    CANDOUR_TRY(factor, mine->amount_scale.take_scale(scale));
    mine->sums.scale_by(sum_factor);
    mine->amounts.for_each([factor = factor](AmountInCell& entry) { entry.amount *= factor; });
    CANDOUR_TRY_DONE(all_sums.units(base::Decimal::of_units(mine->sum_scale.total_size(), scale)));
    CANDOUR_TRY_DONE(all_amounts.units(base::Decimal::of_units(mine->amount_scale.total_size(), scale)));
  }
  return scale;
}

base::Result<base::Done> CubeCollector::finish_amounts(const std::vector<Dimension>& dimensions, RecordCube& cube) {
  CANDOUR_TRY(scale, bring_to_one_scale());
  cube.sum_scale = scale;
  FinestCells finest;
  for (const auto& mine : of_thread_) mine->sums.for_each([&](std::uint64_t key, std::int64_t value) { finest.sparse.emplace_back(key, value); });
  join(finest.sparse);
  cube.sums = values_at(cube.cells, roll_up(std::move(finest), key_, dimensions, nullptr, threads_));
  if (request_.sum->largest_count == 0) return base::Done{};
  std::vector<Partitions<AmountInCell>> amounts;
  for (const auto& mine : of_thread_) amounts.push_back(std::move(mine->amounts));
  LargestByCell largest = largest_by_cell(amounts, dimensions, key_, request_.sum->largest_count, threads_);
  for (const std::uint64_t cell : cube.cells) cube.largest.push_back(std::move(largest[cell]));
  return base::Done{};
}

}  // namespace candour::tabulate
