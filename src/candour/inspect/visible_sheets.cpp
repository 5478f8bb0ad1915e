#include <candour/inspect/visible_sheets.hpp>

#include <utility>

namespace candour::inspect {

void VisibleSheets::add(VisibleCell cell) {
  const std::uint64_t bytes = sizeof(VisibleCell) + cell.text.size();
  if (sheets_.empty() || bytes > left_bytes_) {
    complete_ = false;
    return;
  }
  left_bytes_ -= bytes;
  sheets_.back().cells.push_back(std::move(cell));
}

}  // namespace candour::inspect
