#include <candour/protect/suppress/repair_walk.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace candour::protect {
namespace {

constexpr float open_weight = 2;
constexpr int deepest = 60;
constexpr std::size_t most_open = 24;
constexpr std::size_t most_free = 6;
constexpr std::size_t most_dear = 4;
constexpr std::uint32_t nowhere = 0xffffffff;

}  // namespace

// The best ways to mend a sum: by hidden cells, then by cells that would have to be hidden.
struct RepairWalk::Ways {
  std::array<Way, most_free> free;
  std::array<Way, most_dear> dear;
  std::size_t free_count = 0, dear_count = 0;
  [[nodiscard]] std::size_t size() const { return free_count + dear_count; }
  [[nodiscard]] const Way& at(std::size_t i) const { return i < free_count ? free[i] : dear[i - free_count]; }

  template <std::size_t most>
  static void insert(std::array<Way, most>& ways, std::size_t& count, const Way& way) {
    if (count == most && way.score >= ways[most - 1].score) return;
    std::size_t at = count < most ? count++ : most - 1;
    for (; at > 0 && way.score < ways[at - 1].score; --at) ways[at] = ways[at - 1];
    ways[at] = way;
  }
};

RepairWalk::RepairWalk(WitnessBook& book)
    : book_(book), missing_(book.system().equation_count(), 0), place_(book.system().equation_count(), nowhere), now_(book.system().cell_count(), 0) {}

void RepairWalk::change(table::SystemCell cell, std::int64_t by) {
  now_[cell] += by;
  for (const table::CellEquation& e : book_.system().equations(cell)) {
    std::int64_t& missing = missing_[e.equation];
    missing += e.coefficient * by;
    std::uint32_t& place = place_[e.equation];
    if (missing != 0 && place == nowhere) {
      place = static_cast<std::uint32_t>(open_.size());
      open_.push_back(e.equation);
    } else if (missing == 0 && place != nowhere) {
      open_[place] = open_.back();
      place_[open_.back()] = place;
      open_.pop_back();
      place = nowhere;
    }
  }
}

void RepairWalk::undo_to(std::size_t length) {
  while (steps_.size() > length) {
    change(steps_.back().cell, -steps_.back().by);
    steps_.pop_back();
  }
}

// How much of a change the cell can take; nothing if this walk changed it the other way before.
std::int64_t RepairWalk::room(table::SystemCell cell, std::int64_t by) const {
  const SearchState& state = book_.state;
  if (state.barred[cell] || cell == own_ || (!state.hidden[cell] && state.truth->standing[cell] == table::CellStanding::always_shown) ||
      (now_[cell] != 0 && (now_[cell] > 0) != (by > 0)))
    return 0;
  const std::int64_t x = state.truth->value[cell] + state.change[cell] + now_[cell];
  return by > 0 ? std::min(by, state.truth->highest[cell] - x) : std::max(by, state.truth->lowest[cell] - x);
}

int RepairWalk::sums_left_open(table::SystemCell cell, std::int64_t by) const {
  int left = 0;
  for (const table::CellEquation& e : book_.system().equations(cell)) {
    const std::int64_t before = missing_[e.equation], after = before + e.coefficient * by;
    if (before == 0) left += 2;
    else if (after == 0) left -= 2;
    else if (std::abs(after) > std::abs(before)) ++left;
  }
  return left;
}

float RepairWalk::loss_of(table::SystemCell cell) const { return book_.state.hidden[cell] || now_[cell] != 0 ? 0 : book_.state.loss[cell]; }

void RepairWalk::list_ways(table::SystemEquation equation, Ways& ways) const {
  ways.free_count = ways.dear_count = 0;
  const std::int64_t missing = missing_[equation];
  for (const table::SystemTerm& term : book_.system().terms(equation)) {
    const float loss = loss_of(term.cell);
    if (loss > loss_left_ || missing % term.coefficient != 0) continue;
    const std::int64_t by = room(term.cell, -missing / term.coefficient);
    if (by == 0) continue;
    const auto open = static_cast<float>(sums_left_open(term.cell, by));
    if (loss > 0) Ways::insert(ways.dear, ways.dear_count, {term.cell, by, open * open_weight + loss});
    else Ways::insert(ways.free, ways.free_count, {term.cell, by, open});
  }
}

bool RepairWalk::mend(int depth) {
  if (open_.empty()) return true;
  if (depth >= deepest || open_.size() > most_open || --tries_left_ < 0) return false;
  Ways ways, best;
  bool any = false;
  for (const table::SystemEquation equation : open_) {
    list_ways(equation, ways);
    if (ways.size() == 0) return false;
    const bool harder = !any || ways.free_count < best.free_count || (ways.free_count == best.free_count && ways.at(0).score < best.at(0).score);
    if (!harder) continue;
    best = ways;
    any = true;
    if (ways.size() == 1) break;
  }
  const std::size_t length = steps_.size();
  for (std::size_t i = 0; i < best.size(); ++i) {
    const Way& way = best.at(i);
    const float loss = loss_of(way.cell);
    loss_left_ -= loss;
    steps_.push_back({way.cell, way.by});
    change(way.cell, way.by);
    if (mend(depth + 1)) return true;
    undo_to(length);
    loss_left_ += loss;
    if (tries_left_ < 0) return false;
  }
  return false;
}

bool RepairWalk::walk(table::SystemCell cell, std::int64_t amount, int tries) {
  SearchState& state = book_.state;
  const std::int64_t x = state.truth->value[cell] + state.change[cell] + amount;
  if (x < state.truth->lowest[cell] || x > state.truth->highest[cell]) return false;
  own_ = cell;
  tries_left_ = tries;
  steps_.push_back({cell, amount});
  change(cell, amount);
  const bool found = mend(0);
  if (!found) {
    undo_to(0);
    return false;
  }
  for (const Step& step : steps_) {
    if (state.change[step.cell] == 0) state.touched.push_back(step.cell);
    state.change[step.cell] += step.by;
    now_[step.cell] = 0;
    if (!state.hidden[step.cell]) {
      state.hidden[step.cell] = 1;
      fresh_.push_back(step.cell);
    }
  }
  steps_.clear();
  return true;
}

// The whole at once, else halves and ones, each from where the last one ended.
bool RepairWalk::reach(table::SystemCell cell, std::int64_t amount, int tries) {
  constexpr int most_walks = 8;
  std::int64_t left = amount;
  for (int i = 0; i < most_walks && left != 0; ++i) {
    bool found = false;
    const std::int64_t one = left > 0 ? 1 : -1;
    for (const std::int64_t part : {left, left / 2, one}) {
      if (part == 0 || (part == one && part != left && std::abs(left) > most_walks)) continue;
      found = walk(cell, part, tries);
      if (!found) continue;
      left -= part;
      break;
    }
    if (!found) break;
  }
  return left == 0;
}

void RepairWalk::forget() {
  for (const table::SystemCell c : book_.state.touched) book_.state.change[c] = 0;
  book_.state.touched.clear();
  for (const table::SystemCell c : fresh_) book_.state.hidden[c] = 0;
  fresh_.clear();
}

bool RepairWalk::satisfy(std::uint32_t index, int tries, float most_loss, std::vector<table::SystemCell>& newly_hidden) {
  const Need& need = book_.needs[index];
  SearchState& state = book_.state;
  for (const table::SystemCell c : need.untouched) state.barred[c] = 1;
  const auto try_amount = [&](std::int64_t amount) {
    loss_left_ = most_loss;
    const bool found = reach(need.cell, amount, tries);
    if (!found) forget();
    return found;
  };
  const bool found = try_amount(need.amount) || (need.way == Need::Way::either && try_amount(-need.amount));
  for (const table::SystemCell c : need.untouched) state.barred[c] = 0;
  if (!found) return false;
  table::SystemMove witness = take_changes(state);
  for (const table::SystemCell c : fresh_) state.hidden[c] = 0;
  for (const table::SystemCell c : fresh_) {
    if (std::none_of(witness.begin(), witness.end(), [&](const table::SystemChange& part) { return part.cell == c; })) continue;
    book_.hide(c);
    newly_hidden.push_back(c);
  }
  fresh_.clear();
  book_.set_witness(index, std::move(witness));
  return true;
}

}  // namespace candour::protect
