#include <candour/protect/suppress/witness_book.hpp>

#include <candour/protect/suppress/move_pool.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace candour::protect {
namespace {

constexpr float free_of_loss = 0.5f;  // a loss is at least one; touching hidden cells stays far below
constexpr float no_limit = std::numeric_limits<float>::max();
constexpr float usual_touch = 1.0f / 4096;  // 1024 cells of a move stay below free_of_loss
constexpr int most_steps = 8;

}  // namespace

bool reaches(const Need& need, std::int64_t change) {
  if (need.way == Need::Way::either) return std::abs(change) >= std::abs(need.amount);
  return need.amount > 0 ? change >= need.amount : change <= need.amount;
}

WitnessBook::WitnessBook(const table::AdditiveSystem& system, const truth::SystemTruth& truth) : system_(&system), truth_(&truth) {
  const std::size_t n = system.cell_count();
  state.truth = &truth;
  state.loss.resize(n);
  for (std::size_t c = 0; c < n; ++c) state.loss[c] = static_cast<float>(truth.loss[c]);
  state.touch.assign(n, usual_touch);
  state.hidden.assign(n, 0);
  state.barred.assign(n, 0);
  state.change.assign(n, 0);
  users_.resize(n);
  for (table::SystemCell c = 0; c < n; ++c) state.hidden[c] = table::is_hidden(truth.standing[c]);
}

void add_needs(WitnessBook& book) {
  const truth::SystemTruth& truth = book.truth();
  for (std::uint32_t i = 0; i < truth.secrets.size(); ++i) {
    const truth::SystemSecret& secret = truth.secrets[i];
    const std::int64_t x = truth.value[secret.cell];
    const std::int64_t up = std::max<std::int64_t>(0, secret.reach_up - x), down = std::max<std::int64_t>(0, x - secret.reach_down);
    if (up > 0) book.needs.push_back({secret.cell, i, up, Need::Way::as_said, {}, {}});
    if (down > 0) book.needs.push_back({secret.cell, i, -down, Need::Way::as_said, {}, {}});
    if (up + down < secret.width) book.needs.push_back({secret.cell, i, secret.width - (up + down), Need::Way::either, {}, {}});
  }
}

void WitnessBook::set_witness(std::uint32_t need, table::SystemMove witness) {
  for (const table::SystemChange& change : witness)
    if (is_secondary(change.cell)) users_[change.cell].push_back(need);
  needs[need].witness = std::move(witness);
}

table::SystemMove WitnessBook::take_witness(std::uint32_t need) {
  table::SystemMove witness = std::move(needs[need].witness);
  needs[need].witness.clear();
  for (const table::SystemChange& change : witness) {
    std::vector<std::uint32_t>& users = users_[change.cell];
    const auto found = std::find(users.begin(), users.end(), need);
    if (found == users.end()) continue;
    *found = users.back();
    users.pop_back();
  }
  return witness;
}

void WitnessBook::forget(const std::vector<std::uint8_t>& is_marked) {
  const auto first = static_cast<std::uint32_t>(std::find(is_marked.begin(), is_marked.end(), 1) - is_marked.begin());
  std::vector<Need> kept;
  std::vector<table::SystemMove> witnesses;
  for (std::uint32_t n = first; n < needs.size(); ++n) {
    table::SystemMove witness = take_witness(n);
    if (is_marked[n]) continue;
    kept.push_back(std::move(needs[n]));
    witnesses.push_back(std::move(witness));
  }
  needs.resize(first);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    needs.push_back(std::move(kept[i]));
    set_witness(static_cast<std::uint32_t>(needs.size() - 1), std::move(witnesses[i]));
  }
}

void WitnessBook::hide(table::SystemCell cell) {
  state.hidden[cell] = 1;
  loss_ += static_cast<double>(state.loss[cell]);
}

void WitnessBook::show(table::SystemCell cell) {
  state.hidden[cell] = 0;
  loss_ -= static_cast<double>(state.loss[cell]);
}

std::vector<table::SystemCell> WitnessBook::secondaries() const {
  std::vector<table::SystemCell> cells;
  for (table::SystemCell c = 0; c < state.hidden.size(); ++c)
    if (is_secondary(c)) cells.push_back(c);
  return cells;
}

void WitnessBook::give_back(const std::vector<table::SystemCell>& cells, std::vector<table::SystemCell>* given_back) {
  for (const table::SystemCell c : cells) {
    if (!is_secondary(c) || !users_[c].empty()) continue;
    show(c);
    if (given_back) given_back->push_back(c);
  }
}

void ProductFinder::reset() {
  SearchState& state = book_.state;
  for (const table::SystemCell c : state.touched) state.change[c] = 0;
  state.touched.clear();
}

table::SystemMove take_changes(SearchState& state) {
  table::SystemMove move;
  for (const table::SystemCell c : state.touched) {
    if (state.change[c] == 0) continue;
    move.push_back({c, state.change[c]});
    state.change[c] = 0;
  }
  state.touched.clear();
  std::sort(move.begin(), move.end(), [](const table::SystemChange& a, const table::SystemChange& b) { return a.cell < b.cell; });
  return move;
}

// One product move towards the goal: the largest free part first, else the part with the least loss for what it brings.
bool ProductFinder::step(table::SystemCell cell, std::int64_t& remaining, Spending spending, std::size_t breadth,
                         std::vector<table::SystemCell>& newly_hidden) {
  const std::int64_t whole = std::abs(remaining), sign = remaining < 0 ? -1 : 1;
  std::int64_t parts[4];
  std::size_t count = 0;
  for (const std::int64_t part : {whole, (whole + 1) / 2, (whole + 3) / 4, whole <= 16 ? std::int64_t{1} : (whole + 7) / 8})
    if (count == 0 || part < parts[count - 1]) parts[count++] = part;
  ProductMove move;
  for (std::size_t i = 0; i < count; ++i) {
    if (!search_.find(book_.state, cell, sign * parts[i], Spending::nothing, 48, free_of_loss, move)) continue;
    search_.apply(book_.state, cell, sign * parts[i], move, newly_hidden);
    remaining -= sign * parts[i];
    return true;
  }
  const std::int64_t before = remaining;
  pool_.take_parts(cell, remaining);
  if (remaining != before) return true;
  if (spending == Spending::nothing) return false;
  ProductMove best;
  std::int64_t best_part = 0;
  float best_rate = no_limit;
  for (std::size_t i = 0; i < count; ++i) {
    const float most = best_rate == no_limit ? no_limit : best_rate * static_cast<float>(parts[i]);
    if (!search_.find(book_.state, cell, sign * parts[i], Spending::least, breadth, most, move)) continue;
    best = move, best_part = parts[i], best_rate = move.loss / static_cast<float>(parts[i]);
  }
  if (best_part == 0) return false;
  search_.apply(book_.state, cell, sign * best_part, best, newly_hidden);
  remaining -= sign * best_part;
  return true;
}

bool ProductFinder::build(const Need& need, std::int64_t amount, Spending spending, std::size_t breadth, std::vector<table::SystemCell>& newly_hidden) {
  std::int64_t remaining = amount;
  for (int i = 0; i < most_steps && remaining != 0; ++i)
    if (!step(need.cell, remaining, spending, breadth, newly_hidden)) break;
  if (remaining == 0) return true;
  for (const table::SystemCell c : newly_hidden) book_.state.hidden[c] = 0;
  newly_hidden.clear();
  reset();
  return false;
}

bool ProductFinder::satisfy(std::uint32_t index, Spending spending, std::size_t breadth, std::vector<table::SystemCell>& newly_hidden) {
  Need& need = book_.needs[index];
  SearchState& state = book_.state;
  for (const table::SystemCell c : need.untouched) state.barred[c] = 1;
  std::vector<table::SystemCell> fresh;
  bool found = false;
  if (need.way == Need::Way::either) {
    found = build(need, need.amount, Spending::nothing, breadth, fresh) || build(need, -need.amount, Spending::nothing, breadth, fresh);
    if (!found && spending == Spending::least) {
      ProductMove up, down;
      const bool can_up = search_.find(state, need.cell, need.amount, Spending::least, breadth, no_limit, up);
      const bool can_down = search_.find(state, need.cell, -need.amount, Spending::least, breadth, can_up ? up.loss : no_limit, down);
      found = can_down && build(need, -need.amount, Spending::least, breadth, fresh);
      if (!found) found = build(need, need.amount, Spending::least, breadth, fresh) || build(need, -need.amount, Spending::least, breadth, fresh);
    }
  } else {
    found = build(need, need.amount, spending, breadth, fresh);
  }
  for (const table::SystemCell c : need.untouched) state.barred[c] = 0;
  if (!found) return false;
  table::SystemMove witness = take_changes(state);
  for (const table::SystemCell c : fresh) {
    state.hidden[c] = 0;
    const bool used = std::any_of(witness.begin(), witness.end(), [&](const table::SystemChange& change) { return change.cell == c; });
    if (!used) continue;
    book_.hide(c);
    newly_hidden.push_back(c);
  }
  book_.set_witness(index, std::move(witness));
  return true;
}

}  // namespace candour::protect
