#pragma once
// Progress for work over a second: drawn on a terminal, silent in a pipe.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace candour::base {

/// Draws one line on standard error, at most five times a second, only on a terminal and only after the first second.
/// The texts name stages and counts, never a record's contents.
class Progress {
 public:
  explicit Progress(std::string stage);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Whether `at` would draw now; for callers that have to count first.
  [[nodiscard]] bool is_due() const;
  /// Takes what is done and, where it is known (else 0), how much there is.
  void at(std::uint64_t done, std::uint64_t total, std::string_view note = {});

 private:
  std::string stage_;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point drawn_;
  bool terminal_;
  bool visible_ = false;
};

}  // namespace candour::base
