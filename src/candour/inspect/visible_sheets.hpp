#pragma once
// What a reader of the page sees of a workbook: the input of a clean copy.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candour::inspect {

enum class CellContent { text, number, other };

/// One visible cell.
struct VisibleCell {
  std::uint32_t row = 0;     ///< from 0, hidden rows counted
  std::uint32_t column = 0;  ///< from 0, hidden columns counted
  CellContent content = CellContent::text;
  std::string text;  ///< for a number: its digits with a point
};

/// One visible sheet; cells in the order read.
struct VisibleSheet {
  std::string name;
  std::vector<VisibleCell> cells;
};

/// Gathers visible cells up to a limit of bytes; beyond it `is_complete` is false.
class VisibleSheets {
 public:
  explicit VisibleSheets(std::uint64_t most_bytes) : left_bytes_(most_bytes) {}
  void begin_sheet(std::string_view name) { sheets_.push_back({std::string(name), {}}); }
  void add(VisibleCell cell);
  [[nodiscard]] const std::vector<VisibleSheet>& sheets() const { return sheets_; }
  [[nodiscard]] bool is_complete() const { return complete_; }

 private:
  std::vector<VisibleSheet> sheets_;
  std::uint64_t left_bytes_;
  bool complete_ = true;
};

}  // namespace candour::inspect
