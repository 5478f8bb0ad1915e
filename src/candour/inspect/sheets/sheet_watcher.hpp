#pragma once
// What every sheet is watched for, whichever format it is written in.

#include <candour/inspect/inspection.hpp>
#include <candour/inspect/sheets/block_index.hpp>

#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace candour::inspect {

enum class SheetState { visible, hidden, very_hidden };

/// One non-empty cell, as a sheet reader hands it on.
struct SheetCell {
  CellAddress address;
  std::string_view text;
  CellContent content = CellContent::text;
  std::optional<FindingKind> hidden_by;  ///< why a reader does not see it; the sheet's own state comes first
};

/// Watches the cells of one sheet, in rows from the top: hidden ones, far ones, covered ones, deceiving texts, withheld values.
class SheetWatcher {
 public:
  /// `covered` are blocks under drawings, `merged` are blocks of which only the first cell shows.
  SheetWatcher(Inspection& inspection, InspectionPlace place, SheetState state, BlockIndex covered, BlockIndex merged);
  void on_cell(const SheetCell& cell);
  /// Call after the last cell.
  void finish();

  [[nodiscard]] const InspectionPlace& place() const { return place_; }

 private:
  [[nodiscard]] std::optional<FindingKind> why_unseen(const SheetCell& cell) const;
  void watch_distance(const SheetCell& cell);
  void watch_needles(const SheetCell& cell);
  void end_row();

  struct Value {
    CellAddress address;
    std::uint64_t hash = 0;
  };

  Inspection& inspection_;
  InspectionPlace place_;
  SheetState state_;
  BlockIndex covered_;
  BlockIndex merged_;
  std::map<FindingKind, NotedFinding*> found_;
  std::optional<std::uint32_t> last_row_;
  std::optional<std::uint32_t> last_column_;
  std::uint32_t current_row_ = 0;
  std::vector<Value> row_values_;
  bool is_over_limit_ = false;
  std::unordered_set<std::uint32_t> row_labels_;
  std::unordered_map<std::uint32_t, std::unordered_set<std::uint32_t>> column_labels_;
};

}  // namespace candour::inspect
