#pragma once
// Tab-separated rows with backslash escapes and \N for NULL: how PostgreSQL's COPY and ClickHouse both answer, and how rows travel between threads.

#include <candour/holdings/sql_holding.hpp>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::holdings {

/// Adds a field to a row: as it is taken apart below. The caller puts the tabs and the line end.
void append_field(std::string& row, std::optional<std::string_view> field);

/// Takes an answer in pieces of any size and hands on its rows.
class TabSeparatedRows {
 public:
  explicit TabSeparatedRows(SqlRowSink sink) : sink_(std::move(sink)) {}
  [[nodiscard]] base::Result<base::Done> take(std::string_view bytes);
  /// True if the last row was whole.
  [[nodiscard]] bool ended_whole() const { return rest_.empty(); }

 private:
  [[nodiscard]] base::Result<base::Done> take_line(std::string_view line);
  SqlRowSink sink_;
  std::string rest_;
  std::deque<std::string> unescaped_;  ///< of the row; fields point into it
  std::vector<std::optional<std::string_view>> fields_;
};

}  // namespace candour::holdings
