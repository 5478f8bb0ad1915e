#pragma once
// Processes that write until they are killed: what they were told is kept must be there once, and at most one thing more each.

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace candour::casework_tests {

/// Writes one body durably, or gives false.
using WriteOne = std::function<bool(const std::string& body)>;

/// A process of its own that writes and says each body through its pipe once that is kept.
class KilledWriter {
 public:
  /// `open` runs in the new process: nothing open is carried over a fork.
  KilledWriter(int number, const std::function<WriteOne()>& open) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    from_ = ends[0];
    process_ = ::fork();
    if (process_ == 0) {
      const WriteOne write_one = open();
      for (int i = 0;; ++i) {
        const std::string body = fmt::format("{{\"writer\":{},\"i\":{}}}", number, i);
        if (!write_one(body) || ::write(ends[1], (body + "\n").data(), body.size() + 1) < 0) ::_exit(1);
      }
    }
    ::close(ends[1]);
  }
  /// Kills it at a random instant of its second or third writing, however slow the machine is, and gives all that it said.
  std::string kill_at_random(std::mt19937& random) {
    std::string said = next();
    const auto started = std::chrono::steady_clock::now();
    said += next();
    const auto one_writing = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started).count();
    std::this_thread::sleep_for(std::chrono::microseconds(static_cast<std::int64_t>(random() % 1000) * one_writing / 500));
    EXPECT_EQ(::kill(process_, SIGKILL), 0);
    int status = 0;
    EXPECT_EQ(::waitpid(process_, &status, 0), process_);
    EXPECT_TRUE(WIFSIGNALED(status)) << "a writer ended before it was killed";
    for (std::string more = next(); !more.empty(); more = next()) said += more;
    ::close(from_);
    return said;
  }

 private:
  std::string next() const {
    std::array<char, 4096> block{};
    const ssize_t size = ::read(from_, block.data(), block.size());
    return size > 0 ? std::string(block.data(), static_cast<std::size_t>(size)) : std::string();
  }
  pid_t process_ = 0;
  int from_ = -1;
};

/// Two writers at a time, killed one after the other, over and over. Gives all that they said.
inline std::string said_by_killed_writers(int rounds, const std::function<WriteOne()>& open) {
  std::mt19937 random(20260302);
  std::string said;
  for (int round = 0; round < rounds; ++round) {
    KilledWriter first(2 * round, open), second(2 * round + 1, open);
    said += first.kill_at_random(random);
    said += second.kill_at_random(random);
  }
  return said;
}

/// Compares what is kept with what was said.
inline void expect_nothing_lost_or_doubled(const std::vector<std::string>& bodies, const std::string& said, int rounds) {
  const std::multiset<std::string> kept(bodies.begin(), bodies.end());
  std::size_t acknowledged = 0;
  for (std::size_t start = 0, end = 0; (end = said.find('\n', start)) != std::string::npos; start = end + 1, ++acknowledged)
    EXPECT_EQ(kept.count(said.substr(start, end - start)), 1U) << "an entry that was kept is gone, or there twice";
  EXPECT_EQ(std::set<std::string>(kept.begin(), kept.end()).size(), kept.size());
  // Each writer can have been killed between keeping an entry and saying so, once.
  const auto writers = static_cast<std::size_t>(2 * rounds);
  EXPECT_LE(kept.size(), acknowledged + writers);
  EXPECT_GE(acknowledged, 2 * writers);
  fmt::print("{} entries by {} killed writers, {} of them acknowledged\n", kept.size(), writers, acknowledged);
}

}  // namespace candour::casework_tests
