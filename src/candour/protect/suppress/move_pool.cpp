#include <candour/protect/suppress/move_pool.hpp>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace candour::protect {
namespace {

constexpr std::size_t most_remembered = 48;  // of one cell

}  // namespace

MovePool::MovePool(WitnessBook& book)
    : book_(book), uses_(book.system().cell_count()), wanted_(book.system().cell_count(), 0), next_(book.system().cell_count(), 0) {
  for (const truth::SystemSecret& secret : book.truth().secrets) wanted_[secret.cell] = 1;
}

void MovePool::add(const table::SystemMove& move) {
  std::shared_ptr<const table::SystemMove> kept;
  for (const table::SystemChange& part : move) {
    if (!wanted_[part.cell]) continue;
    if (!kept) kept = std::make_shared<const table::SystemMove>(move);
    std::vector<Use>& uses = uses_[part.cell];
    Use use{kept, part.change};
    if (uses.size() < most_remembered) uses.push_back(std::move(use));
    else uses[next_[part.cell]] = std::move(use);
    next_[part.cell] = static_cast<std::uint8_t>((next_[part.cell] + 1U) % most_remembered);
  }
}

// How often the move (or its reverse) can be made on top of the witness under work, up to what is wanted.
std::int64_t MovePool::most_multiple(const table::SystemMove& move, bool forward, std::int64_t wanted) const {
  const SearchState& state = book_.state;
  const truth::SystemTruth& truth = *state.truth;
  std::int64_t most = wanted;
  for (const table::SystemChange& part : move) {
    if (!state.hidden[part.cell] || state.barred[part.cell]) return 0;
    const std::int64_t x = truth.value[part.cell] + state.change[part.cell], by = forward ? part.change : -part.change;
    most = std::min(most, by > 0 ? (truth.highest[part.cell] - x) / by : (x - truth.lowest[part.cell]) / -by);
    if (most <= 0) return 0;
  }
  return most;
}

void MovePool::take_parts(table::SystemCell cell, std::int64_t& remaining) {
  SearchState& state = book_.state;
  const std::vector<Use>& uses = uses_[cell];
  for (std::size_t i = 0; i < uses.size() && remaining != 0; ++i) {
    const Use& use = uses[(next_[cell] + 2 * uses.size() - 1 - i) % uses.size()];
    const bool forward = (remaining > 0) == (use.change > 0);
    const std::int64_t wanted = (std::abs(remaining) + std::abs(use.change) - 1) / std::abs(use.change);
    const std::int64_t times = most_multiple(*use.move, forward, wanted) * (forward ? 1 : -1);
    if (times == 0) continue;
    for (const table::SystemChange& part : *use.move) {
      if (state.change[part.cell] == 0) state.touched.push_back(part.cell);
      state.change[part.cell] += times * part.change;
    }
    const std::int64_t left = remaining - times * use.change;
    remaining = (left > 0) == (remaining > 0) ? left : 0;  // more than asked is as good
  }
}

bool MovePool::compose(table::SystemCell cell, std::int64_t amount) {
  take_parts(cell, amount);
  if (amount == 0) return true;
  for (const table::SystemCell c : book_.state.touched) book_.state.change[c] = 0;
  book_.state.touched.clear();
  return false;
}

bool MovePool::adopt(std::uint32_t index) {
  const Need& need = book_.needs[index];
  if (uses_[need.cell].empty()) return false;
  for (const table::SystemCell c : need.untouched) book_.state.barred[c] = 1;
  const bool found = compose(need.cell, need.amount) || (need.way == Need::Way::either && compose(need.cell, -need.amount));
  for (const table::SystemCell c : need.untouched) book_.state.barred[c] = 0;
  if (found) book_.set_witness(index, take_changes(book_.state));
  return found;
}

}  // namespace candour::protect
