#pragma once
// The auditor: what an intruder can derive about every hidden cell of a table that anybody protected. Sees no evidence of ours.

#include <candour/base/result.hpp>
#include <candour/knowledge/system_view.hpp>
#include <candour/table/system_move.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace candour::attack {

enum class AuditVerdict {
  holds,                ///< values were found that show the protection asked
  fails_over_reals,     ///< proved: even over the real numbers the protection is not there
  fails_over_integers,  ///< proved: the real numbers reach it, whole numbers do not
  undecided,            ///< counts as unsafe
};

/// What the audit found for one asked interval, in the order in which they were asked.
struct AuditedCell {
  table::SystemCell cell = 0;
  AuditVerdict verdict = AuditVerdict::undecided;
  double found_lowest = 0;  ///< some table that fits has this value
  double found_highest = 0;
  double proved_lowest = 0;  ///< no table that fits lies below
  double proved_highest = 0;
};

/// Whether hidden cells are whole numbers (counts) or amounts for which only real numbers are decided.
enum class AuditNumbers { integers, reals };

struct AuditOptions {
  AuditNumbers numbers = AuditNumbers::integers;
  unsigned threads = 1;
  std::vector<std::int64_t> starting_table;      ///< any table that fits (hidden cells only are read); empty: one is searched
  std::vector<table::SystemMove> offered_moves;  ///< changes of the starting table that somebody says fit; each is checked, and used only if it does
  std::int64_t longest_integer_span = 8;         ///< asked reaches up to this are decided over the integers too, longer ones over the reals
  double seconds = 0;                            ///< wall clock; 0: none. What is open at its end stays undecided
};

struct AuditReport {
  std::vector<AuditedCell> cells;
  std::uint64_t hidden = 0;
  std::uint64_t columns = 0;  ///< what is left of them where cells that move together count as one
  std::uint64_t linear_programs = 0;
  std::uint64_t integer_programs = 0;
  std::uint64_t failed_programs = 0;  ///< solver failures: what they would have decided may be left undecided
  std::uint64_t offered_moves_used = 0;
  bool time_ended = false;                   ///< before every rung was tried
  std::uint64_t decided_by_propagation = 0;  ///< proved unsafe by ties and bounds alone
  std::uint64_t components = 0;
  std::uint64_t largest_component = 0;
  [[nodiscard]] std::uint64_t count(AuditVerdict verdict) const;
};

/// Decides every asked interval over the whole system, by the ladder of docs/methods/audit.md: bound propagation; cells that move together become one;
/// components; walks from sum to sum that find whole moves; bulk linear programs in balls around open cells with everything outside held at the starting table
/// (their solutions are tables that fit); outer programs of the equations inside a neighbourhood; single programs over growing balls up to the whole component;
/// integer programs for short spans.
///
/// Takes: the view (published values and bounds, never a hidden value) and the asked intervals; a cell may be asked for once.
/// Gives: verdicts in order. Errors wrong_input: "audit.inconsistent" if the published values contradict each other, "audit.starting_table" if the
/// table given does not fit; could_not_finish "audit.no_start" where none was found. Cost: about linear for ordinary tables;
/// docs/reference/performance-protect.md has figures.
[[nodiscard]] base::Result<AuditReport> audit(const knowledge::SystemView& view, const std::vector<knowledge::AskedInterval>& asked,
                                              const AuditOptions& options);

}  // namespace candour::attack
