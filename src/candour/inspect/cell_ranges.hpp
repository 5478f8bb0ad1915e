#pragma once
// Cell addresses, and many cells written as few ranges.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::inspect {

/// A cell by row and column, both from 0.
struct CellAddress {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  bool operator==(const CellAddress&) const = default;
};

/// A block of cells, both corners included.
struct CellBlock {
  CellAddress first;
  CellAddress last;
  [[nodiscard]] bool holds(CellAddress cell) const {
    return cell.row >= first.row && cell.row <= last.row && cell.column >= first.column && cell.column <= last.column;
  }
};

/// Gives "B2".
[[nodiscard]] std::string to_text(CellAddress cell);
/// Gives "B2:C9", or "B2" for one cell.
[[nodiscard]] std::string to_text(const CellBlock& block);
/// Reads "B2" or "$B$2"; nothing if it is not an address within 2^24 rows and 18,278 columns.
[[nodiscard]] std::optional<CellAddress> parse_address(std::string_view text);
/// Reads "B2:C9" or "B2".
[[nodiscard]] std::optional<CellBlock> parse_block(std::string_view text);
/// Reads blocks separated by blanks, as sqref does; what is no block is left out.
[[nodiscard]] std::vector<CellBlock> parse_blocks(std::string_view text);

/// Takes cells row by row and joins neighbours into blocks: runs within a row, then equal runs of rows that follow each other.
class CellRanges {
 public:
  void add(CellAddress cell);
  /// Gives the blocks so far as texts, at most `most`.
  [[nodiscard]] std::vector<std::string> texts(std::size_t most) const;

 private:
  void end_run();

  std::optional<CellBlock> run_;  ///< the run in the current row
  std::vector<CellBlock> open_;   ///< blocks that end in the row before or in this one
  std::vector<CellBlock> closed_;
};

}  // namespace candour::inspect
