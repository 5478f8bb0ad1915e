#include <candour/tabulate/people_counter.hpp>

#include <algorithm>
#include <atomic>
#include <bit>
#include <optional>
#include <thread>

namespace candour::tabulate {
namespace {

/// Says in which combinations of levels two finest cells fall into one cell: a word with a bit for each.
class Coincidences {
 public:
  static constexpr std::size_t most_combinations = 64;

  explicit Coincidences(const LevelCombinations& combinations) {
    for (std::size_t v = 0; v < combinations.variable_count(); ++v) {
      for (std::size_t level = 0; level < combinations.parts(v).size(); ++level) {
        std::uint64_t with_level = 0;
        for (std::size_t i = 0; i < combinations.count(); ++i)
          if (combinations.level_of(i, v) == level) with_level |= std::uint64_t{1} << i;
        levels_.push_back({combinations.parts(v)[level].data(), with_level});
      }
      ends_.push_back(levels_.size());
    }
  }

  /// Takes the leaves of both cells, one a variable.
  [[nodiscard]] std::uint64_t of(const std::uint32_t* a, const std::uint32_t* b) const {
    std::uint64_t in_all = ~std::uint64_t{0};
    std::size_t l = 0;
    for (std::size_t v = 0; v < ends_.size(); ++v) {
      std::uint64_t in_this = 0;
      for (; l < ends_[v]; ++l) {
        const std::uint64_t part = levels_[l].part_of_leaf[a[v]];
        const bool same = (part == levels_[l].part_of_leaf[b[v]]) & (part != LevelCombinations::no_cell);
        in_this |= same ? levels_[l].combinations : 0;
      }
      in_all &= in_this;
    }
    return in_all;
  }

 private:
  struct Level {
    const std::uint64_t* part_of_leaf;
    std::uint64_t combinations;  ///< those that have this level
  };
  std::vector<Level> levels_;  ///< of all variables, one after another
  std::vector<std::size_t> ends_;
};

/// Counts the people of some partitions; one for each thread.
class PartitionCounter {
 public:
  PartitionCounter(unsigned thread, PeopleByCell& people, const FinestNumbering& numbering, const LevelCombinations& combinations, const LeafKey& key)
      : thread_(thread), people_(people), numbering_(numbering), combinations_(combinations), key_(key) {
    if (combinations.count() <= Coincidences::most_combinations) coincidences_.emplace(combinations);
  }

  void count(std::vector<PersonInCell>& entries) {
    order_by_person(entries, scratch_);
    for (std::size_t first = 0; first < entries.size();) {
      std::size_t end = first;
      leaves_.clear();
      distinct_ = 0;
      for (; end < entries.size() && entries[end].who == entries[first].who; ++end)
        if (end == first || entries[end].cell != entries[end - 1].cell) add_finest(entries[end].cell);
      if (coincidences_ && distinct_ <= compared_by_pairs) take_off_repeats_by_pairs();
      else if (distinct_ > 1) take_off_repeats_in_order();
      first = end;
    }
  }

 private:
  void add_finest(std::uint64_t cell) {
    for (std::size_t v = 0; v < key_.size(); ++v) leaves_.push_back(key_.leaf(cell, v));
    people_.finest.add(thread_, numbering_.number_of(leaves_.data() + distinct_ * key_.size(), cell), 1);
    ++distinct_;
  }

  /// A finest cell counts too much wherever it falls into one cell with an earlier one: for most people nowhere but in the margins.
  void take_off_repeats_by_pairs() {
    for (std::size_t k = 1; k < distinct_; ++k) {
      const std::uint32_t* leaves = leaves_.data() + k * key_.size();
      std::uint64_t repeated = 0;
      for (std::size_t earlier = 0; earlier < k; ++earlier) repeated |= coincidences_->of(leaves_.data() + earlier * key_.size(), leaves);
      for (; repeated != 0; repeated &= repeated - 1)
        people_.corrections.add(thread_, combinations_.cell(static_cast<std::size_t>(std::countr_zero(repeated)), leaves), -1);
    }
  }

  /// The same for people in many cells, or where there are many combinations.
  void take_off_repeats_in_order() {
    for (std::size_t i = 0; i < combinations_.count(); ++i) {
      cells_.clear();
      for (std::size_t k = 0; k < distinct_; ++k)
        if (const std::uint64_t cell = combinations_.cell(i, leaves_.data() + k * key_.size()); cell != LevelCombinations::no_cell) cells_.push_back(cell);
      std::sort(cells_.begin(), cells_.end());
      for (std::size_t k = 1; k < cells_.size(); ++k)
        if (cells_[k] == cells_[k - 1]) people_.corrections.add(thread_, cells_[k], -1);
    }
  }

  static constexpr std::size_t compared_by_pairs = 12;
  unsigned thread_;
  PeopleByCell& people_;
  const FinestNumbering& numbering_;
  const LevelCombinations& combinations_;
  const LeafKey& key_;
  std::optional<Coincidences> coincidences_;
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
