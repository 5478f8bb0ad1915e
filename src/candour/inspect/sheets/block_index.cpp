#include <candour/inspect/sheets/block_index.hpp>

#include <algorithm>

namespace candour::inspect {
namespace {

constexpr std::uint32_t band_shift = 6;
constexpr std::uint32_t most_bands = 16;
constexpr std::size_t most_tall = 1'000;
constexpr std::size_t most_blocks = 200'000;

const CellBlock* find_in(const std::vector<CellBlock>& blocks, CellAddress cell) {
  const auto at = std::find_if(blocks.begin(), blocks.end(), [&](const CellBlock& block) { return block.holds(cell); });
  return at == blocks.end() ? nullptr : &*at;
}

}  // namespace

bool BlockIndex::add(const CellBlock& block) {
  const std::uint32_t first = block.first.row >> band_shift, last = block.last.row >> band_shift;
  if (count_ >= most_blocks) return false;
  if (last - first >= most_bands) {
    if (tall_.size() >= most_tall) return false;
    tall_.push_back(block);
  } else {
    for (std::uint32_t band = first; band <= last; ++band) {
      auto& blocks = bands_[band];
      if (blocks.size() >= most_tall) return false;
      blocks.push_back(block);
    }
  }
  ++count_;
  return true;
}

const CellBlock* BlockIndex::find(CellAddress cell) const {
  const auto band = bands_.find(cell.row >> band_shift);
  const CellBlock* found = band == bands_.end() ? nullptr : find_in(band->second, cell);
  return found != nullptr ? found : find_in(tall_, cell);
}

}  // namespace candour::inspect
