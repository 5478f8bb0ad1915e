#pragma once
// Inside the auditor: what all rungs share: components, the clock, the counters, and the threads with their workbenches.

#include <candour/attack/audit_ball.hpp>
#include <candour/attack/audit_parallel.hpp>
#include <candour/attack/audit_reduced.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <vector>

namespace candour::attack::inside {

struct Components {
  std::vector<std::uint32_t> of;                    ///< by column
  std::vector<std::vector<std::uint32_t>> members;  ///< columns in order
  [[nodiscard]] std::size_t largest() const;
};
/// Takes a system without known columns.
[[nodiscard]] Components components_of(const Reduced& system);

class AuditWork {
 public:
  AuditWork(const Reduced& system, const AuditOptions& options);

  [[nodiscard]] const AuditOptions& options() const { return options_; }
  [[nodiscard]] const Components& components() const { return components_; }
  [[nodiscard]] std::size_t component_size(std::uint32_t column) const { return components_.members[components_.of[column]].size(); }
  /// Of the wall clock that was allowed; very many without a limit.
  [[nodiscard]] double seconds_left() const;

  /// Runs work(i, scratch) for i in [0, count) on the threads asked for.
  template <class Part>
  void in_parallel(std::size_t count, Part&& part) const {
    inside::in_parallel(
        options_.threads, count, [&] { return Scratch(system_); }, part);
  }

  std::atomic<std::uint64_t> linear_programs{0}, integer_programs{0}, failed_programs{0};

 private:
  const Reduced& system_;
  const AuditOptions& options_;
  std::chrono::steady_clock::time_point started_;
  Components components_;
};

}  // namespace candour::attack::inside
