#include <candour/inspect/sheets/sheet_watcher.hpp>

#include <algorithm>
#include <utility>

namespace candour::inspect {
namespace {

constexpr std::uint32_t far_rows = 50;
constexpr std::uint32_t far_columns = 26;
constexpr std::size_t most_values_a_row = 65'536;  // more than any program has columns

}  // namespace

SheetWatcher::SheetWatcher(Inspection& inspection, InspectionPlace place, SheetState state, BlockIndex covered, BlockIndex merged)
    : inspection_(inspection), place_(std::move(place)), state_(state), covered_(std::move(covered)), merged_(std::move(merged)) {
  if (state_ == SheetState::visible) {
    if (inspection_.visible() != nullptr) inspection_.visible()->begin_sheet(place_.sheet);
  } else {
    // A hidden sheet is a finding even when it is empty: nobody hides nothing on purpose.
    inspection_.at(state_ == SheetState::hidden ? FindingKind::hidden_sheet : FindingKind::very_hidden_sheet, place_).add("sheet", "", 0);
  }
}

std::optional<FindingKind> SheetWatcher::why_unseen(const SheetCell& cell) const {
  if (state_ == SheetState::hidden) return FindingKind::hidden_sheet;
  if (state_ == SheetState::very_hidden) return FindingKind::very_hidden_sheet;
  if (cell.hidden_by) return cell.hidden_by;
  if (!merged_.empty()) {
    const CellBlock* block = merged_.find(cell.address);
    if (block != nullptr && block->first != cell.address) return FindingKind::merged_away;
  }
  return std::nullopt;
}

void SheetWatcher::on_cell(const SheetCell& cell) {
  if (!last_row_ || cell.address.row != current_row_) end_row();
  current_row_ = cell.address.row;
  const auto unseen = why_unseen(cell);
  if (unseen) {
    auto& found = found_[*unseen];
    if (found == nullptr) found = &inspection_.at(*unseen, place_);
    found->add_cell(cell.address, cell.text);
  } else if (inspection_.visible() != nullptr) {
    inspection_.visible()->add({cell.address.row, cell.address.column, cell.content, std::string(cell.text)});
  }
  if (!covered_.empty() && covered_.find(cell.address) != nullptr) inspection_.at(FindingKind::covered_text, place_).add_cell(cell.address, cell.text);
  watch_distance(cell);
  if (cell.content != CellContent::number || inspection_.needles() != nullptr) inspection_.look_at_cell(place_, cell.address, cell.text);
  if (inspection_.needles() != nullptr && inspection_.needles()->has_addressed()) watch_needles(cell);
}

void SheetWatcher::watch_distance(const SheetCell& cell) {
  const std::uint32_t expected_row = last_row_ ? *last_row_ : 0, expected_column = last_column_ ? *last_column_ : 0;
  const bool is_far = cell.address.row > expected_row + far_rows || cell.address.column > expected_column + far_columns;
  if (is_far) inspection_.at(FindingKind::far_cell, place_).add_cell(cell.address, cell.text);
  last_row_ = std::max(expected_row, cell.address.row);
  last_column_ = std::max(expected_column, cell.address.column);
}

void SheetWatcher::watch_needles(const SheetCell& cell) {
  const Needles& needles = *inspection_.needles();
  if (const std::uint32_t* label = needles.label_number(cell.text)) {
    row_labels_.insert(*label);
    column_labels_[cell.address.column].insert(*label);
  }
  if (row_values_.size() >= most_values_a_row) {
    if (!std::exchange(is_over_limit_, true))
      inspection_.gap(place_, "inspect.over_limit", "a row has more cells than the limit, so withheld values could not be searched in all of them");
    return;
  }
  row_values_.push_back({cell.address, needles.needle_hash(cell.text)});
}

void SheetWatcher::end_row() {
  static const std::unordered_set<std::uint32_t> no_labels;
  for (const Value& value : row_values_) {
    const auto column = column_labels_.find(value.address.column);
    if (inspection_.needles()->is_addressed(value.hash, row_labels_, column == column_labels_.end() ? no_labels : column->second)) {
      inspection_.at(FindingKind::withheld_at_its_cell, place_).add_cell(value.address, "");
    }
  }
  row_values_.clear();
  row_labels_.clear();
}

void SheetWatcher::finish() { end_row(); }

}  // namespace candour::inspect
