#include <candour/protect/suppress/improve.hpp>

#include <candour/base/stop.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <random>

namespace candour::protect {
namespace {

std::vector<table::SystemCell> cells_of(const table::SystemMove& move) {
  std::vector<table::SystemCell> cells;
  for (const table::SystemChange& change : move) cells.push_back(change.cell);
  return cells;
}

using OutOfTime = std::function<bool()>;

// What a round changed, so that it can be taken back.
struct Round {
  std::vector<table::SystemCell> shown, hidden;
  std::vector<std::pair<std::uint32_t, table::SystemMove>> witnesses;  // as they were
};

void take_back(WitnessBook& book, Round& round) {
  for (const auto& [need, witness] : round.witnesses) book.take_witness(need);
  for (const table::SystemCell c : round.hidden)
    if (book.state.hidden[c]) book.show(c);
  for (const table::SystemCell c : round.shown)
    if (!book.state.hidden[c]) book.hide(c);
  for (auto& [need, witness] : round.witnesses) book.set_witness(need, std::move(witness));
}

// The seed cell and some secondary cells that its users' witnesses use too.
std::vector<table::SystemCell> choose_ruin(const WitnessBook& book, table::SystemCell seed, std::size_t most, std::mt19937_64& random) {
  std::vector<table::SystemCell> near;
  for (const std::uint32_t need : book.users(seed))
    for (const table::SystemChange& change : book.needs[need].witness)
      if (change.cell != seed && book.is_secondary(change.cell)) near.push_back(change.cell);
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  std::shuffle(near.begin(), near.end(), random);
  if (near.size() > most) near.resize(most);
  near.push_back(seed);
  return near;
}

// What is hidden for a new witness stays in use until the round is over, so a round that loses too much before its end is lost.
bool rebuild(const WitnessBook& book, const Satisfy& satisfy, Round& round, const std::vector<std::uint32_t>& open, double most_loss,
             const OutOfTime& out_of_time) {
  std::vector<std::uint32_t> hard;
  for (const std::uint32_t need : open) {
    if (out_of_time()) return false;
    if (!satisfy(need, Spending::nothing, round.hidden)) hard.push_back(need);
  }
  for (const std::uint32_t need : hard)
    if (out_of_time() || !satisfy(need, Spending::least, round.hidden) || book.loss() > most_loss) return false;
  return true;
}

void one_round(WitnessBook& book, const Satisfy& satisfy, const std::vector<table::SystemCell>& ruin, std::mt19937_64& random, const OutOfTime& out_of_time) {
  const double before = book.loss();
  Round round;
  std::vector<std::uint32_t> open;
  for (const table::SystemCell c : ruin) {
    if (!book.is_secondary(c)) continue;
    const std::vector<std::uint32_t> users = book.users(c);
    for (const std::uint32_t need : users) {
      round.witnesses.emplace_back(need, book.take_witness(need));
      open.push_back(need);
    }
    book.show(c);
    round.shown.push_back(c);
  }
  for (const auto& [need, witness] : round.witnesses) book.give_back(cells_of(witness), &round.shown);
  std::shuffle(open.begin(), open.end(), random);
  bool better = rebuild(book, satisfy, round, open, before, out_of_time);
  if (better) {
    book.give_back(round.hidden);
    better = book.loss() <= before;
  }
  if (!better) take_back(book, round);
}

}  // namespace

void clean_up(WitnessBook& book, const Satisfy& satisfy, std::size_t most_users) {
  std::vector<table::SystemCell> cells = book.secondaries();
  std::sort(cells.begin(), cells.end(), [&](table::SystemCell a, table::SystemCell b) { return book.state.loss[a] > book.state.loss[b]; });
  for (const table::SystemCell c : cells) {
    if (!book.is_secondary(c)) continue;
    if (book.users(c).size() > most_users) continue;
    std::vector<std::uint32_t> users = book.users(c);
    const auto more = [&](std::uint32_t a, std::uint32_t b) { return std::abs(book.needs[a].amount) > std::abs(book.needs[b].amount); };
    std::stable_sort(users.begin(), users.end(), more);  // the hardest first: where one fails, the others need not be asked
    book.state.barred[c] = 1;
    for (const std::uint32_t need : users) {
      table::SystemMove old = book.take_witness(need);
      std::vector<table::SystemCell> none;
      if (satisfy(need, Spending::nothing, none)) book.give_back(cells_of(old));
      else {
        book.set_witness(need, std::move(old));
        break;  // the cell stays hidden; what was moved off it stays off
      }
    }
    book.state.barred[c] = 0;
    book.give_back({c});
  }
}

void ruin_and_recreate(WitnessBook& book, const Satisfy& satisfy, double seconds, std::uint64_t rounds, std::uint64_t seed) {
  const auto started = std::chrono::steady_clock::now();
  const OutOfTime out_of_time = [&] {
    return base::stop_asked() || (seconds > 0 && std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count() > seconds);
  };
  std::mt19937_64 random(seed);
  std::vector<table::SystemCell> cells = book.secondaries();
  for (std::uint64_t i = 0; rounds == 0 || i < rounds; ++i) {
    if (out_of_time()) return;
    if (i % 512 == 0) cells = book.secondaries();
    if (cells.empty()) return;
    const table::SystemCell chosen = cells[random() % cells.size()];
    if (!book.is_secondary(chosen)) continue;
    one_round(book, satisfy, choose_ruin(book, chosen, random() % 5, random), random, out_of_time);
  }
}

}  // namespace candour::protect
