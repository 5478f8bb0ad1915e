#pragma once
// Inside the auditor: the same work on many parts, on several threads.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace candour::attack::inside {

/// Runs work(i, bench) for each i in [0, count), the parts in order but on `threads` threads at once; each thread has a workbench of its own from make_bench().
template <class MakeBench, class Work>
void in_parallel(unsigned threads, std::size_t count, MakeBench&& make_bench, Work&& work) {
  if (count == 0) return;
  std::atomic<std::size_t> next{0};
  const auto loop = [&] {
    auto bench = make_bench();
    for (std::size_t i = next++; i < count; i = next++) work(i, bench);
  };
  std::vector<std::jthread> others;
  for (std::size_t t = 1; t < std::min<std::size_t>(std::max(1u, threads), count); ++t) others.emplace_back(loop);
  loop();
}

}  // namespace candour::attack::inside
