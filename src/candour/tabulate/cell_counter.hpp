#pragma once
// Adds up numbers by cell: densely where the cells are few, else in a hash table of the cells that occur.

#include <atomic>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace candour::tabulate {

/// A hash table from 64-bit cell keys to sums. Key ~0 is not allowed. One thread.
class SparseCells {
 public:
  void add(std::uint64_t key, std::int64_t value) {
    std::size_t at = place_of(key);
    while (slots_[at].key != empty) {
      if (slots_[at].key == key) {
        slots_[at].value += value;
        return;
      }
      at = (at + 1) & (slots_.size() - 1);
    }
    slots_[at] = {key, value};
    if (++used_ * 2 > slots_.size()) grow();
  }
  [[nodiscard]] std::size_t size() const { return used_; }
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const Slot& slot : slots_)
      if (slot.key != empty) visit(slot.key, slot.value);
  }
  void scale_by(std::int64_t factor) {
    for (Slot& slot : slots_) slot.value *= factor;
  }

 private:
  static constexpr std::uint64_t empty = ~std::uint64_t{0};
  struct Slot {
    std::uint64_t key = empty;
    std::int64_t value = 0;
  };
  [[nodiscard]] std::size_t place_of(std::uint64_t key) const {
    return static_cast<std::size_t>((key ^ key >> 29U) * 0x9E3779B97F4A7C15ULL >> 20U) & (slots_.size() - 1);
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.key == empty) continue;
      std::size_t at = place_of(slot.key);
      while (slots_[at].key != empty) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }
  std::vector<Slot> slots_ = std::vector<Slot>(1024);
  std::size_t used_ = 0;
};

/// Numbers by cell, filled by several threads and then joined.
///
/// Up to 2^18 cells each thread has an array of its own; up to `dense_limit` they share one; above, each has a hash table.
class CellSums {
 public:
  static constexpr std::uint64_t own_array_limit = std::uint64_t{1} << 18U;
  static constexpr std::uint64_t dense_limit = std::uint64_t{1} << 25U;

  CellSums(std::uint64_t cell_count, unsigned threads);

  [[nodiscard]] bool is_dense() const { return cell_count_ <= dense_limit; }
  void add(unsigned thread, std::uint64_t cell, std::int64_t value) {
    if (!own_.empty()) own_[thread][cell] += value;
    else if (shared_) std::atomic_ref<std::int64_t>(shared_[cell]).fetch_add(value, std::memory_order_relaxed);
    else sparse_[thread].add(cell, value);
  }
  /// Adds one to each cell listed.
  void add_ones(unsigned thread, std::span<const std::uint64_t> cells);

  /// Gives the array of all cells; only where is_dense(). The counter is empty afterwards.
  [[nodiscard]] std::vector<std::int64_t> take_dense();
  /// Visits the cells that are not zero, each perhaps several times with parts of its sum.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const auto& array : own_)
      for (std::uint64_t cell = 0; cell < array.size(); ++cell)
        if (array[cell] != 0) visit(cell, array[cell]);
    if (shared_)
      for (std::uint64_t cell = 0; cell < cell_count_; ++cell)
        if (shared_[cell] != 0) visit(cell, shared_[cell]);
    for (const SparseCells& cells : sparse_) cells.for_each(visit);
  }

 private:
  struct Free {
    void operator()(std::int64_t* memory) const;
  };
  std::uint64_t cell_count_;
  std::vector<std::vector<std::int64_t>> own_;
  std::unique_ptr<std::int64_t[], Free> shared_;
  std::vector<SparseCells> sparse_;
};

}  // namespace candour::tabulate
