#include <candour/inspect/cell_ranges.hpp>

#include <algorithm>
#include <iterator>

namespace candour::inspect {
namespace {

constexpr std::size_t most_blocks_kept = 1'000;

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (std::uint64_t rest = std::uint64_t{column} + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

}  // namespace

std::string to_text(CellAddress cell) { return column_letters(cell.column) + std::to_string(std::uint64_t{cell.row} + 1); }

std::string to_text(const CellBlock& block) { return block.first == block.last ? to_text(block.first) : to_text(block.first) + ":" + to_text(block.last); }

std::optional<CellAddress> parse_address(std::string_view text) {
  std::uint32_t column = 0, row = 0;
  std::size_t letters = 0, digits = 0;
  for (const char c : text) {
    if (c == '$') continue;
    const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (is_letter && digits == 0 && ++letters <= 3) column = column * 26 + static_cast<std::uint32_t>((c | 0x20) - 'a') + 1;
    else if (c >= '0' && c <= '9' && letters > 0 && ++digits <= 8) row = row * 10 + static_cast<std::uint32_t>(c - '0');
    else return std::nullopt;
  }
  if (letters == 0 || row == 0 || row > (1U << 24)) return std::nullopt;
  return CellAddress{row - 1, column - 1};
}

std::optional<CellBlock> parse_block(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto first = parse_address(text.substr(0, colon));
  const auto last = colon == std::string_view::npos ? first : parse_address(text.substr(colon + 1));
  if (!first || !last) return std::nullopt;
  return CellBlock{{std::min(first->row, last->row), std::min(first->column, last->column)},
                   {std::max(first->row, last->row), std::max(first->column, last->column)}};
}

std::vector<CellBlock> parse_blocks(std::string_view text) {
  std::vector<CellBlock> blocks;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    if (const auto block = parse_block(text.substr(0, blank))) blocks.push_back(*block);
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
  }
  return blocks;
}

void CellRanges::add(CellAddress cell) {
  if (run_ && run_->last.row == cell.row && run_->last.column + 1 == cell.column) {
    run_->last.column = cell.column;
    return;
  }
  end_run();
  run_ = CellBlock{cell, cell};
}

void CellRanges::end_run() {
  if (!run_) return;
  const CellBlock run = *run_;
  run_.reset();
  for (auto& block : open_) {
    if (block.last.row + 1 == run.first.row && block.first.column == run.first.column && block.last.column == run.last.column) {
      block.last.row = run.first.row;
      return;
    }
  }
  const auto is_past = [&](const CellBlock& block) { return block.last.row + 1 < run.first.row || block.last.row > run.first.row; };
  const auto past = std::stable_partition(open_.begin(), open_.end(), [&](const CellBlock& block) { return !is_past(block); });
  if (closed_.size() < most_blocks_kept) closed_.insert(closed_.end(), std::make_move_iterator(past), std::make_move_iterator(open_.end()));
  open_.erase(past, open_.end());
  // A row of many short runs would make every later run slow to place: beyond the limit only the count goes on.
  if (open_.size() < most_blocks_kept) open_.push_back(run);
}

std::vector<std::string> CellRanges::texts(std::size_t most) const {
  CellRanges finished = *this;
  finished.end_run();
  std::vector<CellBlock> all = std::move(finished.closed_);
  all.insert(all.end(), finished.open_.begin(), finished.open_.end());
  std::sort(all.begin(), all.end(),
            [](const CellBlock& a, const CellBlock& b) { return a.first.row != b.first.row ? a.first.row < b.first.row : a.first.column < b.first.column; });
  std::vector<std::string> out;
  for (const auto& block : all) {
    if (out.size() == most) break;
    out.push_back(to_text(block));
  }
  return out;
}

}  // namespace candour::inspect
