#include <candour/protect/suppress/move_pool.hpp>

#include <candour/base/wide.hpp>

#include <algorithm>
#include <cstdlib>

namespace candour::protect {
namespace {

constexpr std::size_t most_looked_at = 40;

}  // namespace

MovePool::MovePool(WitnessBook& book) : book_(book), uses_(book.system().cell_count()), wanted_(book.system().cell_count(), 0) {
  for (const truth::SystemSecret& secret : book.truth().secrets) wanted_[secret.cell] = 1;
}

void MovePool::add(const table::SystemMove& move) {
  bool kept = false;
  for (const table::SystemChange& part : move) {
    if (!wanted_[part.cell]) continue;
    kept = true;
    uses_[part.cell].push_back({static_cast<std::uint32_t>(moves_.size()), part.change});
  }
  if (kept) moves_.push_back(move);
}

// How often the move, or with a negative number its reverse, must be made to give what is needed; 0 where it cannot.
std::int64_t MovePool::multiple_for(const Need& need, const table::SystemMove& move, std::int64_t change) const {
  const std::int64_t whole = std::abs(need.amount), times = (whole + std::abs(change) - 1) / std::abs(change);
  const bool forward = (need.amount > 0) == (change > 0);
  const auto fits = [&](std::int64_t factor) {
    return std::all_of(move.begin(), move.end(), [&](const table::SystemChange& part) {
      const SearchState& state = book_.state;
      if (!state.hidden[part.cell] || state.barred[part.cell]) return false;
      const base::Wide x = static_cast<base::Wide>(part.change) * factor + book_.truth().value[part.cell];
      return x >= book_.truth().lowest[part.cell] && x <= book_.truth().highest[part.cell];
    });
  };
  const std::int64_t first = forward ? times : -times;
  if (fits(first)) return first;
  return need.way == Need::Way::either && fits(-first) ? -first : 0;
}

bool MovePool::adopt(std::uint32_t index) {
  const Need& need = book_.needs[index];
  for (const table::SystemCell c : need.untouched) book_.state.barred[c] = 1;
  const std::vector<Use>& uses = uses_[need.cell];
  std::int64_t factor = 0;
  std::uint32_t found = 0;
  for (std::size_t i = 0; i < std::min(uses.size(), most_looked_at) && factor == 0; ++i) {
    const Use& use = uses[uses.size() - 1 - i];
    factor = multiple_for(need, moves_[use.move], use.change);
    found = use.move;
  }
  for (const table::SystemCell c : need.untouched) book_.state.barred[c] = 0;
  if (factor == 0) return false;
  table::SystemMove move = moves_[found];
  for (table::SystemChange& part : move) part.change *= factor;
  book_.set_witness(index, std::move(move));
  return true;
}

}  // namespace candour::protect
