#include <candour/tabulate/cell_counter.hpp>

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace candour::tabulate {

void CellSums::Free::operator()(std::int64_t* memory) const { std::free(memory); }

CellSums::CellSums(std::uint64_t cell_count, unsigned threads) : cell_count_(cell_count) {
  if (cell_count <= own_array_limit) {
    own_.assign(threads, std::vector<std::int64_t>(cell_count));
  } else if (is_dense()) {
    // Large pages save most of the time of scattered additions; zeros come from the system as pages are touched.
    constexpr std::size_t large_page = std::size_t{1} << 21U;
    const std::size_t bytes = (cell_count * sizeof(std::int64_t) + large_page - 1) / large_page * large_page;
    void* memory = std::aligned_alloc(large_page, bytes);
    if (memory == nullptr) throw std::bad_alloc();
    ::madvise(memory, bytes, MADV_HUGEPAGE);
    shared_.reset(static_cast<std::int64_t*>(memory));
    for (std::uint64_t cell = 0; cell < cell_count; ++cell) shared_[cell] = 0;
  } else {
    sparse_.resize(threads);
  }
}

void CellSums::add_ones(unsigned thread, std::span<const std::uint64_t> cells) {
  if (!own_.empty()) {
    std::int64_t* array = own_[thread].data();
    for (const std::uint64_t cell : cells) ++array[cell];
  } else if (shared_) {
    constexpr std::size_t ahead = 16;  // the cells are far apart: ask for them before they are needed
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i + ahead < cells.size()) __builtin_prefetch(&shared_[cells[i + ahead]], 1);
      std::atomic_ref<std::int64_t>(shared_[cells[i]]).fetch_add(1, std::memory_order_relaxed);
    }
  } else {
    for (const std::uint64_t cell : cells) sparse_[thread].add(cell, 1);
  }
}

std::vector<std::int64_t> CellSums::take_dense() {
  std::vector<std::int64_t> all;
  if (shared_) {
    all.assign(shared_.get(), shared_.get() + cell_count_);
    shared_.reset();
    return all;
  }
  all.assign(cell_count_, 0);
  for (const auto& array : own_)
    for (std::uint64_t cell = 0; cell < cell_count_; ++cell) all[cell] += array[cell];
  own_.clear();
  return all;
}

}  // namespace candour::tabulate
