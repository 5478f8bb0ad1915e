#pragma once
// Many blocks of cells, asked for the one that holds a cell.

#include <candour/inspect/cell_ranges.hpp>

#include <unordered_map>
#include <vector>

namespace candour::inspect {

/// Finds the block that holds a cell without trying them all: blocks are kept by bands of 64 rows, tall ones apart.
class BlockIndex {
 public:
  /// Gives false, and keeps nothing more, above 200,000 blocks or 1,000 tall ones: more would make every cell slow.
  bool add(const CellBlock& block);
  [[nodiscard]] const CellBlock* find(CellAddress cell) const;
  [[nodiscard]] bool empty() const { return count_ == 0; }

 private:
  std::unordered_map<std::uint32_t, std::vector<CellBlock>> bands_;
  std::vector<CellBlock> tall_;
  std::size_t count_ = 0;
};

}  // namespace candour::inspect
