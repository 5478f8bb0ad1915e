#include <candour/tabulate/contributor_counter.hpp>

#include <algorithm>
#include <atomic>
#include <thread>

namespace candour::tabulate {
namespace {

std::int64_t size_of(std::int64_t amount) { return amount < 0 ? -amount : amount; }

void keep(LargestContributors& cell, std::int64_t amount, std::size_t how_many) {
  const auto place = std::find_if(cell.amounts.begin(), cell.amounts.end(), [&](std::int64_t other) {
    return size_of(amount) > size_of(other) || (size_of(amount) == size_of(other) && amount > other);
  });
  if (static_cast<std::size_t>(place - cell.amounts.begin()) >= how_many) return;
  cell.amounts.insert(place, amount);
  if (cell.amounts.size() > how_many) cell.amounts.pop_back();
}

/// Adds one contributor's amounts to the cells of all combinations.
class ContributorAdder {
 public:
  ContributorAdder(const LevelCombinations& combinations, const LeafKey& key, std::size_t how_many, LargestByCell& into)
      : combinations_(combinations), key_(key), how_many_(how_many), into_(into), leaves_(key.size()) {}

  void add(const AmountInCell* first, const AmountInCell* end) {
    for (std::size_t i = 0; i < combinations_.count(); ++i) {
      sums_.clear();
      for (const AmountInCell* entry = first; entry != end; ++entry) {
        for (std::size_t v = 0; v < leaves_.size(); ++v) leaves_[v] = key_.leaf(entry->cell, v);
        if (const std::uint64_t cell = combinations_.cell(i, leaves_.data()); cell != LevelCombinations::no_cell) sums_.emplace_back(cell, entry->amount);
      }
      std::sort(sums_.begin(), sums_.end());
      for (std::size_t k = 0; k < sums_.size();) {
        std::int64_t amount = 0;
        const std::uint64_t cell = sums_[k].first;
        for (; k < sums_.size() && sums_[k].first == cell; ++k) amount += sums_[k].second;
        LargestContributors& largest = into_[cell];
        ++largest.contributor_count;
        keep(largest, amount, how_many_);
      }
    }
  }

 private:
  const LevelCombinations& combinations_;
  const LeafKey& key_;
  std::size_t how_many_;
  LargestByCell& into_;
  std::vector<std::uint32_t> leaves_;
  std::vector<std::pair<std::uint64_t, std::int64_t>> sums_;
};

}  // namespace

LargestByCell largest_by_cell(std::vector<Partitions<AmountInCell>>& amounts, const std::vector<Dimension>& dimensions, const LeafKey& key,
                              std::size_t how_many, unsigned threads) {
  const LevelCombinations combinations(dimensions);
  std::vector<LargestByCell> of_thread(threads);
  std::atomic<std::size_t> next{0};
  const auto work = [&](unsigned thread) {
    ContributorAdder adder(combinations, key, how_many, of_thread[thread]);
    std::vector<AmountInCell> entries, scratch;
    for (std::size_t number = next++; number < Partitions<AmountInCell>::count; number = next++) {
      entries.clear();
      for (auto& partitions : amounts) partitions.move_to(number, entries);
      order_by_person(entries, scratch);
      for (std::size_t first = 0; first < entries.size();) {
        std::size_t end = first;
        while (end < entries.size() && entries[end].who == entries[first].who) ++end;
        adder.add(entries.data() + first, entries.data() + end);
        first = end;
      }
    }
  };
  std::vector<std::thread> helpers;
  for (unsigned thread = 1; thread < threads; ++thread) helpers.emplace_back(work, thread);
  work(0);
  for (std::thread& helper : helpers) helper.join();
  LargestByCell all = std::move(of_thread[0]);
  for (unsigned thread = 1; thread < threads; ++thread)
    for (const auto& [cell, largest] : of_thread[thread]) {
      LargestContributors& into = all[cell];
      into.contributor_count += largest.contributor_count;
      for (const std::int64_t amount : largest.amounts) keep(into, amount, how_many);
    }
  return all;
}

}  // namespace candour::tabulate
