#include <candour/protect/suppress/shared_witnesses.hpp>

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace candour::protect {
namespace {

constexpr std::uint32_t nobody = 0xffffffff;

bool leaves_alone(const table::SystemMove& move, const std::vector<table::SystemCell>& cells) {
  auto part = move.begin();
  for (const table::SystemCell c : cells) {
    part = std::lower_bound(part, move.end(), c, [](const table::SystemChange& change, table::SystemCell cell) { return change.cell < cell; });
    if (part != move.end() && part->cell == c) return false;
  }
  return true;
}

// The needs of each cell, one after the other.
struct NeedsByCell {
  explicit NeedsByCell(const WitnessBook& book) : start(book.system().cell_count() + std::size_t{1}, 0), need(book.needs.size()) {
    for (const Need& n : book.needs) ++start[n.cell + std::size_t{1}];
    std::partial_sum(start.begin(), start.end(), start.begin());
    std::vector<std::uint32_t> at(start.begin(), start.end() - 1);
    for (std::uint32_t n = 0; n < book.needs.size(); ++n) need[at[book.needs[n].cell]++] = n;
  }
  std::vector<std::uint32_t> start, need;
};

class Sharing {
 public:
  Sharing(WitnessBook& book, const SingleGuard* guard) : book_(book), guard_(guard), by_cell_(book), served_by_(book.needs.size(), nobody) {}

  void choose() {
    std::vector<std::uint32_t> serves(book_.needs.size(), 0), order;
    for (std::uint32_t m = 0; m < book_.needs.size(); ++m) {
      if (book_.needs[m].witness.empty()) continue;
      for_each_served(m, [&](std::uint32_t) { ++serves[m]; });
      order.push_back(m);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return serves[a] > serves[b]; });
    for (const std::uint32_t m : order)
      for_each_served(m, [&](std::uint32_t n) {
        if (served_by_[n] == nobody) served_by_[n] = m;
      });
  }

  // Secrets that a single contributor could read now are given one more move that is chosen anyhow, else their own witnesses again.
  void keep_guarded() {
    const std::vector<std::vector<std::uint32_t>> chosen_at = chosen_by_cell();
    std::vector<std::vector<std::uint32_t>> needs_of(book_.truth().secrets.size());
    for (std::uint32_t n = 0; n < book_.needs.size(); ++n)
      if (served_by_[n] != nobody) needs_of[book_.needs[n].secret].push_back(n);
    for (const auto& needs : needs_of)
      if (!needs.empty()) keep_guarded(needs, chosen_at[book_.needs[needs.front()].cell]);
  }

  SharedWitnesses take() {
    SharedWitnesses result;
    result.moves_of.resize(book_.truth().secrets.size());
    std::vector<std::uint32_t> place(book_.needs.size(), nobody);
    const auto speaks_for = [&](std::uint32_t m, std::uint32_t secret) {
      if (place[m] == nobody) {
        place[m] = static_cast<std::uint32_t>(result.moves.size());
        result.moves.push_back(std::move(book_.needs[m].witness));
      }
      std::vector<std::uint32_t>& own = result.moves_of[secret];
      if (std::find(own.begin(), own.end(), place[m]) == own.end()) own.push_back(place[m]);
    };
    for (std::uint32_t n = 0; n < book_.needs.size(); ++n)
      if (served_by_[n] != nobody) speaks_for(served_by_[n], book_.needs[n].secret);
    for (const auto& [secret, m] : besides_) speaks_for(m, secret);
    return result;
  }

 private:
  // A few of the chosen moves that change each cell of a need.
  [[nodiscard]] std::vector<std::vector<std::uint32_t>> chosen_by_cell() const {
    constexpr std::size_t most = 40;
    std::vector<std::uint8_t> is_chosen(book_.needs.size(), 0);
    for (const std::uint32_t m : served_by_)
      if (m != nobody) is_chosen[m] = 1;
    std::vector<std::vector<std::uint32_t>> at(book_.system().cell_count());
    for (std::uint32_t m = 0; m < book_.needs.size(); ++m) {
      if (!is_chosen[m]) continue;
      for (const table::SystemChange& part : book_.needs[m].witness)
        if (by_cell_.start[part.cell] < by_cell_.start[part.cell + std::size_t{1}] && at[part.cell].size() < most) at[part.cell].push_back(m);
    }
    return at;
  }

  void keep_guarded(const std::vector<std::uint32_t>& needs, const std::vector<std::uint32_t>& others) {
    const table::SystemCell own = book_.needs[needs.front()].cell;
    std::vector<const table::SystemMove*> moves;
    for (const std::uint32_t n : needs) moves.push_back(&book_.needs[served_by_[n]].witness);
    const std::vector<table::SystemCell> common = guard_->common_singles(moves, own);
    if (common.empty()) return;
    const auto helps = [&](std::uint32_t m) { return leaves_alone(book_.needs[m].witness, common); };
    const auto other = std::find_if(others.begin(), others.end(), helps);
    if (other != others.end()) return besides_.push_back({book_.needs[needs.front()].secret, *other});
    for (const std::uint32_t n : needs) served_by_[n] = n;
  }

  template <class Each>
  void for_each_served(std::uint32_t m, Each&& each) const {
    const table::SystemMove& move = book_.needs[m].witness;
    for (const table::SystemChange& part : move)
      for (std::uint32_t i = by_cell_.start[part.cell]; i < by_cell_.start[part.cell + std::size_t{1}]; ++i) {
        const Need& need = book_.needs[by_cell_.need[i]];
        if (!need.witness.empty() && reaches(need, part.change) && leaves_alone(move, need.untouched)) each(by_cell_.need[i]);
      }
  }

  WitnessBook& book_;
  const SingleGuard* guard_;
  NeedsByCell by_cell_;
  std::vector<std::uint32_t> served_by_;  ///< by need: the need whose witness it takes
  struct Besides {
    std::uint32_t secret, move;
  };
  std::vector<Besides> besides_;  ///< moves that guard a secret only
};

}  // namespace

SharedWitnesses share_witnesses(WitnessBook& book, const SingleGuard* guard) {
  Sharing sharing(book, guard);
  sharing.choose();
  if (guard) sharing.keep_guarded();
  return sharing.take();
}

}  // namespace candour::protect
