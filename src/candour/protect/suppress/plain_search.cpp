#include <candour/protect/suppress/plain_search.hpp>

#include <candour/protect/suppress/attack_cut.hpp>
#include <candour/protect/suppress/improve.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <utility>

namespace candour::protect {

PlainSearch::PlainSearch(const Condensed& condensed)
    : condensed_(condensed), book_(condensed.system, condensed.truth), pool_(book_), walk_(book_), finder_(book_, pool_) {
  add_needs(book_);
}

void PlainSearch::forget() {
  for (std::uint32_t n = 0; n < book_.needs.size(); ++n) book_.take_witness(n);
  book_.give_back(book_.secondaries());
}

// What is known, what a short walk finds among the hidden cells, and only then a program.
bool PlainSearch::satisfy(std::uint32_t need, Spending spending, std::vector<table::SystemCell>& newly_hidden) {
  if (pool_.adopt(need)) return true;
  if (!walk_.satisfy(need, 30, 0, newly_hidden)) return finder_.satisfy(need, spending, newly_hidden);
  pool_.add(book_.needs[need].witness);
  return true;
}

bool PlainSearch::satisfy_in_order(const HasTime& has_time) {
  std::vector<std::uint32_t> order(book_.needs.size()), open;
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return std::abs(book_.needs[a].amount) > std::abs(book_.needs[b].amount); });
  std::vector<table::SystemCell> hidden;
  // More is hidden in the second round: what was not whole before may be.
  for (const bool dear_roundings : {false, true}) {
    finder_.dear_roundings = dear_roundings;
    for (const std::uint32_t n : order)
      if (!has_time()) return false;
      else if (!satisfy(n, Spending::least, hidden)) open.push_back(n);
    std::swap(order, open);
    open.clear();
  }
  return order.empty();
}

bool PlainSearch::build(std::vector<double> favour, const HasTime& has_time) {
  forget();
  finder_.set_favour(std::move(favour));
  const bool complete = satisfy_in_order(has_time);
  finder_.set_favour({});
  book_.give_back(book_.secondaries());
  return complete;
}

void PlainSearch::clean_up(const HasTime& has_time) {
  const Satisfy while_there_is_time = [&](std::uint32_t need, Spending spending, std::vector<table::SystemCell>& hidden) {
    return has_time() && satisfy(need, spending, hidden);
  };
  protect::clean_up(book_, while_there_is_time, book_.needs.size());
}

void PlainSearch::improve(double seconds, std::uint64_t rounds, std::uint64_t seed) {
  const Satisfy any = [&](std::uint32_t need, Spending spending, std::vector<table::SystemCell>& hidden) { return satisfy(need, spending, hidden); };
  ruin_and_recreate(book_, any, seconds, rounds, seed);
}

bool PlainSearch::take_pattern(const std::vector<table::SystemCell>& secondaries, const HasTime& has_time) {
  forget();
  for (const table::SystemCell c : secondaries) book_.hide(c);
  std::vector<table::SystemCell> none;
  for (std::uint32_t n = 0; n < book_.needs.size(); ++n)
    if (!has_time() || !satisfy(n, Spending::nothing, none)) return false;
  book_.give_back(book_.secondaries());
  return true;
}

// Multipliers of the sums that bound the secret's change by less than is asked, with everything hidden that may be.
bool PlainSearch::cannot_be_met(const Need& need) const {
  if (need.way == Need::Way::either) return false;
  std::vector<double> all;
  for (const table::CellStanding standing : condensed_.truth.standing) all.push_back(standing == table::CellStanding::always_shown ? 0 : 1);
  CutFinder cutter(condensed_.system, condensed_.truth);
  cutter.set_pattern(all);
  solve::Row cut;
  return cutter.ask(0, {need.cell, static_cast<double>(std::abs(need.amount)), need.amount > 0}, 60, cut) == CutFinder::Verdict::cut;
}

std::int64_t PlainSearch::loss() const {
  std::int64_t loss = condensed_.loss_for_certain;
  for (const table::SystemCell c : book_.secondaries()) loss += condensed_.truth.loss[c];
  return loss;
}

Suppression PlainSearch::expanded(const truth::SystemTruth& given) const {
  Suppression result;
  result.standing = given.standing;
  for (table::SystemCell p = 0; p < condensed_.truth.value.size(); ++p) {
    if (!book_.state.hidden[p]) continue;
    for (std::uint32_t i = condensed_.start[p]; i < condensed_.start[p + 1]; ++i) {
      const table::SystemCell c = condensed_.member[i];
      if (given.standing[c] == table::CellStanding::primary) continue;
      result.standing[c] = table::CellStanding::secondary;
      ++result.secondary_count;
      result.secondary_value += given.value[c];
      result.loss += given.loss[c];
    }
  }
  result.moves_of.resize(given.secrets.size());
  const auto before = [](const table::SystemMove* a, const table::SystemMove* b) {
    return std::lexicographical_compare(a->begin(), a->end(), b->begin(), b->end(), [](const table::SystemChange& x, const table::SystemChange& y) {
      return std::pair(x.cell, x.change) < std::pair(y.cell, y.change);
    });
  };
  std::map<const table::SystemMove*, std::uint32_t, decltype(before)> known(before);
  std::vector<std::uint8_t> placed(given.secrets.size(), 0);
  for (const std::uint32_t secret : condensed_.secret_of) placed[secret] = 1;
  for (std::size_t s = 0; s < given.secrets.size(); ++s) {
    const truth::SystemSecret& secret = given.secrets[s];
    const std::int64_t x = given.value[secret.cell];
    if (!placed[s] && (secret.reach_up > x || secret.reach_down < x || secret.width > 0)) result.impossible.push_back(secret.cell);
  }
  result.unprotected = result.impossible;
  for (const Need& need : book_.needs) {
    const std::uint32_t secret = condensed_.secret_of[need.secret];
    if (need.witness.empty()) {
      result.unprotected.push_back(given.secrets[secret].cell);
      continue;
    }
    const auto [at, fresh] = known.emplace(&need.witness, static_cast<std::uint32_t>(result.moves.size()));
    if (fresh) result.moves.push_back(condensed_.expand(need.witness));
    std::vector<std::uint32_t>& own = result.moves_of[secret];
    if (std::find(own.begin(), own.end(), at->second) == own.end()) own.push_back(at->second);
  }
  return result;
}

void PlainSearch::ask_what_is_impossible(const truth::SystemTruth& given, Suppression& result) const {
  for (const Need& need : book_.needs)
    if (need.witness.empty() && cannot_be_met(need)) result.impossible.push_back(given.secrets[condensed_.secret_of[need.secret]].cell);
}

}  // namespace candour::protect
