#pragma once
// Inside the auditor: the rungs that search and prove, from walks to integer programs.

#include <candour/attack/audit_ledger.hpp>
#include <candour/attack/audit_work.hpp>
#include <candour/base/progress.hpp>

#include <cstdint>
#include <mutex>
#include <string_view>

namespace candour::attack::inside {

/// Takes each rung in turn over whatever the one before left open. docs/methods/audit.md says why each may be believed.
class Ladder {
 public:
  Ladder(const Reduced& system, AuditWork& work, AuditLedger& ledger);
  /// Walks, bulk programs in balls, outer programs of neighbourhoods, single programs up to the whole component.
  void decide_over_reals();
  /// Longer walks, smallest moves by linear programs, integer programs up to the whole component.
  void decide_over_integers();

 private:
  [[nodiscard]] bool is_done(AuditNumbers numbers) const { return work_.seconds_left() <= 0 || ledger_.open_columns(numbers).empty(); }
  void walks_while_they_pay(AuditNumbers numbers);
  void walks(AuditNumbers numbers, int attempts);
  void bulk_programs(std::size_t ball_size, int most_objectives, std::uint64_t seed);
  void outer_programs(std::size_t ball_size);
  void single_programs(std::size_t ball_size);
  void single(std::uint32_t column, BallProgram& ball, RowsKept rows, solve::Sense sense, Scratch& scratch);
  void smallest_moves(AuditNumbers numbers, std::size_t ball_size);
  void smallest_whole_moves(std::size_t ball_size);
  void integer_programs(std::size_t ball_size);
  void learn(const std::vector<std::uint32_t>& columns, const std::vector<double>& change, Scratch& scratch);
  void tell(std::string_view rung, std::size_t left, std::size_t of);

  const Reduced& s_;
  AuditWork& work_;
  AuditLedger& ledger_;
  base::Progress progress_;
  std::mutex progress_mutex_;
};

}  // namespace candour::attack::inside
