#pragma once
// A streamed answer of groups that says itself whether it is whole.

#include <candour/holdings/sql_holding.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace candour::holdings {

/// Groups as they come, with the totals of all of them behind an empty line: an answer without these, or with others than its rows have, is not whole.
class GroupsWithTotals {
 public:
  GroupsWithTotals(std::size_t fields, std::size_t count_field, const SqlRowSink& sink) : fields_(fields), count_field_(count_field), sink_(sink) {}

  [[nodiscard]] base::Result<base::Done> take(SqlRow row) {
    if (row.size() == 1 && row[0] && row[0]->empty() && !rows_ended_) {
      rows_ended_ = true;
      return base::Done{};
    }
    if (row.size() != fields_ || totals_) return broken_ = true, base::Done{};
    const std::int64_t count = number_in(row[count_field_]);
    if (rows_ended_) return totals_ = count, base::Done{};
    records_ += count;
    return broken_ ? base::Done{} : sink_(row);
  }
  [[nodiscard]] bool is_whole() const { return !broken_ && totals_.value_or(0) == records_; }

 private:
  std::size_t fields_, count_field_;
  const SqlRowSink& sink_;
  std::int64_t records_ = 0;
  std::optional<std::int64_t> totals_;
  bool rows_ended_ = false, broken_ = false;
};

}  // namespace candour::holdings
