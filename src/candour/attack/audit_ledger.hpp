#pragma once
// Inside the auditor: what is asked, what was found and proved so far, and the verdicts that follow.

#include <candour/attack/audit.hpp>
#include <candour/attack/audit_ties.hpp>

#include <cstdint>
#include <limits>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace candour::attack::inside {

/// Values of one column that tables were found to have, and what no table goes beyond. Bounds found by whole tables are kept apart from those of real ones.
struct ColumnRange {
  double found_lowest = 0, found_highest = 0;
  std::int64_t whole_lowest = std::numeric_limits<std::int64_t>::max(), whole_highest = std::numeric_limits<std::int64_t>::min();
  double proved_lowest = 0, proved_highest = 0;              ///< over the real numbers
  double proved_whole_lowest = 0, proved_whole_highest = 0;  ///< over whole numbers
};

/// One asked interval, in the values of its column.
struct Question {
  std::uint32_t column = not_open;
  std::optional<std::int64_t> reach_down, reach_up;
  std::int64_t width = 0;
};

/// How far a column must still be seen to go, for all of its open questions together.
struct Wanted {
  bool open = false;
  std::optional<double> down, up;
  std::int64_t width = 0;
};

/// A table that fits, seen on some columns, and which of them belong to a whole part of the change.
struct Solution {
  const std::vector<std::uint32_t>& columns;
  const std::vector<double>& change;  ///< away from the starting table
  const std::vector<char>& whole;
};

/// Keeps the book of an audit. Safe to use from several threads; none of its calls does more than look at the columns named.
class AuditLedger {
 public:
  /// Takes the tied system with its start; both must outlive the ledger.
  AuditLedger(const Reduced& system, const AuditOptions& options);

  /// Enters what is asked of a cell that is hidden (at a place of the system) or known.
  void ask(const knowledge::AskedInterval& interval, const CellPlace& place);
  /// To be called once, after the last question.
  void index();

  /// Every value in a solution is one that some table has.
  void learn(const Solution& solution);
  /// A whole move away from the starting table; if that is no table of whole numbers, it shows only real values.
  void learn_move(std::uint32_t column, std::int64_t change);
  /// No table goes beyond.
  void prove_highest(std::uint32_t column, double value, AuditNumbers numbers);
  void prove_lowest(std::uint32_t column, double value, AuditNumbers numbers);

  /// Open over the reals: neither shown nor refuted. Over the integers: shown over the reals, but neither shown nor refuted by whole tables, and short.
  [[nodiscard]] Wanted wanted(std::uint32_t column, AuditNumbers numbers) const;
  /// The columns with an open question, in the order of their first one.
  [[nodiscard]] std::vector<std::uint32_t> open_columns(AuditNumbers numbers) const;
  [[nodiscard]] ColumnRange range(std::uint32_t column) const;

  [[nodiscard]] std::uint64_t refuted_count() const;
  [[nodiscard]] AuditedCell verdict(std::size_t question, table::SystemCell cell) const;

 private:
  [[nodiscard]] bool shown(const Question& question, AuditNumbers numbers) const;
  [[nodiscard]] bool refuted(const Question& question, AuditNumbers numbers) const;
  [[nodiscard]] bool open(const Question& question, AuditNumbers numbers) const;
  [[nodiscard]] bool is_short(const Question& question) const;
  [[nodiscard]] std::span<const std::uint32_t> questions_of(std::uint32_t column) const;

  const Reduced& system_;
  const AuditOptions& options_;
  std::vector<ColumnRange> ranges_;
  std::vector<Question> questions_;
  std::vector<CellPlace> places_;            ///< by question
  std::vector<std::uint32_t> by_column_;     ///< questions, grouped
  std::vector<std::uint32_t> column_begin_;  ///< into by_column_
  mutable std::mutex mutex_;
};

}  // namespace candour::attack::inside
