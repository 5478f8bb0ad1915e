#include <candour/tabulate/people_counter.hpp>

#include <algorithm>
#include <atomic>
#include <thread>

namespace candour::tabulate {
namespace {

/// Counts the people of some partitions; one for each thread.
class PartitionCounter {
 public:
  PartitionCounter(unsigned thread, PeopleByCell& people, const FinestNumbering& numbering, const LevelCombinations& combinations, const LeafKey& key)
      : thread_(thread), people_(people), numbering_(numbering), combinations_(combinations), key_(key) {}

  void count(std::vector<PersonInCell>& entries) {
    order_by_person(entries, scratch_);
    for (std::size_t first = 0; first < entries.size();) {
      std::size_t end = first;
      leaves_.clear();
      distinct_ = 0;
      for (; end < entries.size() && entries[end].who == entries[first].who; ++end)
        if (end == first || entries[end].cell != entries[end - 1].cell) add_finest(entries[end].cell);
      if (distinct_ > 1) take_off_repeats();
      first = end;
    }
  }

 private:
  void add_finest(std::uint64_t cell) {
    for (std::size_t v = 0; v < key_.size(); ++v) leaves_.push_back(key_.leaf(cell, v));
    people_.finest.add(thread_, numbering_.number_of(leaves_.data() + distinct_ * key_.size(), cell), 1);
    ++distinct_;
  }

  void take_off_repeats() {
    for (std::size_t i = 0; i < combinations_.count(); ++i) {
      cells_.clear();
      for (std::size_t k = 0; k < distinct_; ++k)
        if (const std::uint64_t cell = combinations_.cell(i, leaves_.data() + k * key_.size()); cell != LevelCombinations::no_cell) cells_.push_back(cell);
      if (cells_.size() == 2) {
        if (cells_[0] == cells_[1]) people_.corrections.add(thread_, cells_[0], -1);
        continue;
      }
      std::sort(cells_.begin(), cells_.end());
      for (std::size_t k = 1; k < cells_.size(); ++k)
        if (cells_[k] == cells_[k - 1]) people_.corrections.add(thread_, cells_[k], -1);
    }
  }

  unsigned thread_;
  PeopleByCell& people_;
  const FinestNumbering& numbering_;
  const LevelCombinations& combinations_;
  const LeafKey& key_;
  std::vector<PersonInCell> scratch_;
  std::vector<std::uint32_t> leaves_;  ///< of the person's distinct finest cells, one after another
  std::size_t distinct_ = 0;
  std::vector<std::uint64_t> cells_;
};

}  // namespace

FinestNumbering::FinestNumbering(const std::vector<Dimension>& dimensions) {
  for (const Dimension& dimension : dimensions) {
    leaf_counts_.push_back(std::max(dimension.leaf_count, 1U));
    if (__builtin_mul_overflow(cell_count_, std::max(dimension.leaf_count, 1U), &cell_count_)) cell_count_ = ~std::uint64_t{0};
  }
}

PeopleByCell count_people(std::vector<Partitions<PersonInCell>>& seen, const std::vector<Dimension>& dimensions, const LeafKey& key, std::uint64_t cube_cells,
                          unsigned threads) {
  const FinestNumbering numbering(dimensions);
  const LevelCombinations combinations(dimensions);
  PeopleByCell people{CellSums(numbering.cell_count(), threads), CellSums(cube_cells, threads)};
  std::atomic<std::size_t> next{0};
  const auto work = [&](unsigned thread) {
    PartitionCounter counter(thread, people, numbering, combinations, key);
    std::vector<PersonInCell> entries;
    for (std::size_t number = next++; number < Partitions<PersonInCell>::count; number = next++) {
      entries.clear();
      for (auto& of_thread : seen) of_thread.move_to(number, entries);
      counter.count(entries);
    }
  };
  std::vector<std::thread> helpers;
  for (unsigned thread = 1; thread < threads; ++thread) helpers.emplace_back(work, thread);
  work(0);
  for (std::thread& helper : helpers) helper.join();
  return people;
}

}  // namespace candour::tabulate
