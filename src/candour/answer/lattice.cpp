#include <candour/answer/lattice.hpp>

#include <candour/base/check.hpp>
#include <candour/protect/recode/recode.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <numeric>

namespace candour::answer {

using protect::Margin;
using protect::QuestionPlan;

bool contains(const MarginSet& more, const MarginSet& less) {
  for (std::size_t i = 0; i < more.size(); ++i)
    if (less[i] && !more[i]) return false;
  return true;
}

QuestionMargins::QuestionMargins(const table::AtomSpace& space, const table::TableDesign& asked) : asked_(asked) {
  for (const table::ShownVariable& shown : asked_.by) levels_.push_back(protect::levels_to_choose(space.variables[shown.variable].hierarchy, shown));
  std::vector<std::vector<int>> places{{}};
  for (const auto& of_variable : levels_) {
    std::vector<std::vector<int>> longer;
    for (const auto& place : places)
      for (int at = 0; at < static_cast<int>(of_variable.size()); ++at) {
        longer.push_back(place);
        longer.back().push_back(at);
      }
    places = std::move(longer);
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return std::accumulate(a.begin(), a.end(), 0) < std::accumulate(b.begin(), b.end(), 0); });
  std::map<std::vector<int>, std::size_t> number_of;
  for (std::size_t i = 0; i < places.size(); ++i) number_of.emplace(places[i], i);
  coarser_.resize(places.size());
  finer_.resize(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    Margin margin;
    for (std::size_t v = 0; v < places[i].size(); ++v) margin.push_back(levels_[v][static_cast<std::size_t>(places[i][v])]);
    margins_.push_back(std::move(margin));
    for (std::size_t v = 0; v < places[i].size(); ++v) {
      std::vector<int> below = places[i];
      if (--below[v] < 0) continue;
      const std::size_t j = number_of.at(below);
      coarser_[i].push_back(j);
      finer_[j].push_back(i);
    }
  }
}

std::size_t QuestionMargins::find(Margin margin) const {
  for (std::size_t v = 0; v < margin.size(); ++v) margin[v] = *std::prev(std::upper_bound(levels_[v].begin(), levels_[v].end(), margin[v]));
  const auto at = std::find(margins_.begin(), margins_.end(), margin);
  CANDOUR_CHECK(at != margins_.end(), "a margin shows each variable at one of its levels");
  return static_cast<std::size_t>(at - margins_.begin());
}

table::TableDesign QuestionMargins::design(const table::AtomSpace& space, std::size_t i) const {
  return protect::designs_of(space, asked_, QuestionPlan{{margins_[i]}, protect::Treatment::exact}).front();
}

QuestionPlan QuestionMargins::plan(const MarginSet& set, protect::Treatment treatment) const {
  QuestionPlan plan{{}, treatment};
  for (const std::size_t i : finest(set)) plan.margins.push_back(margins_[i]);
  return protect::normal_form(std::move(plan));
}

MarginSet QuestionMargins::set_of(const QuestionPlan& plan) const {
  MarginSet set = none();
  for (std::size_t i = 0; i < size(); ++i)
    set[i] = std::any_of(plan.margins.begin(), plan.margins.end(), [&](const Margin& table) { return protect::adds_up(table, margins_[i]); });
  return set;
}

MarginSet QuestionMargins::with(MarginSet set, std::size_t i) const {
  for (std::size_t j = 0; j <= i; ++j)
    if (protect::adds_up(margins_[i], margins_[j])) set[j] = true;
  return set;
}

MarginSet QuestionMargins::without(MarginSet set, std::size_t i) const {
  for (std::size_t j = i; j < size(); ++j)
    if (protect::adds_up(margins_[j], margins_[i])) set[j] = false;
  return set;
}

std::vector<std::size_t> QuestionMargins::finest(const MarginSet& set) const {
  std::vector<std::size_t> finest;
  for (std::size_t i = 0; i < size(); ++i)
    if (set[i] && std::none_of(finer_[i].begin(), finer_[i].end(), [&](std::size_t j) { return set[j]; })) finest.push_back(i);
  return finest;
}

std::vector<std::size_t> QuestionMargins::next(const MarginSet& set) const {
  std::vector<std::size_t> next;
  for (std::size_t i = 0; i < size(); ++i)
    if (!set[i] && std::all_of(coarser_[i].begin(), coarser_[i].end(), [&](std::size_t j) { return set[j]; })) next.push_back(i);
  return next;
}

std::int64_t plans_together(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<std::int64_t>::max() : product;
}

// Sets that hold with each margin all coarser ones are plane partitions in a box (MacMahon 1916): the product of (i + j + c - 1) / (i + j - 1) over i <= a, j
// <= b.
std::int64_t QuestionMargins::plans_in_all() const {
  std::vector<std::int64_t> sides;
  for (const auto& levels : levels_) sides.push_back(static_cast<std::int64_t>(levels.size()));
  std::sort(sides.begin(), sides.end(), std::greater<>());
  sides.resize(3, 1);
  std::vector<std::int64_t> above, below;
  for (std::int64_t i = 1; i <= sides[0]; ++i)
    for (std::int64_t j = 1; j <= sides[1]; ++j) {
      above.push_back(i + j + sides[2] - 1);
      below.push_back(i + j - 1);
    }
  for (std::int64_t& divisor : below)
    for (std::int64_t& factor : above) {
      const std::int64_t common = std::gcd(divisor, factor);
      divisor /= common;
      factor /= common;
    }
  return std::accumulate(above.begin(), above.end(), std::int64_t{1}, plans_together);
}

QuestionLattice::QuestionLattice(const table::AtomSpace& space, const table::TableDesign& asked) : margins_(space, asked) {
  MarginSet set = margins_.none();
  extend(set, 0);
  std::sort(sets_.begin(), sets_.end(), [](const MarginSet& a, const MarginSet& b) {
    const auto size = [](const MarginSet& of) { return std::count(of.begin(), of.end(), true); };
    return size(a) != size(b) ? size(a) < size(b) : a < b;
  });
  for (const MarginSet& each : sets_) plans_.push_back(margins_.plan(each));
  link();
}

// Margins are numbered coarse to fine, so a set is decided margin by margin: one may come in once its coarser neighbours are in.
void QuestionLattice::extend(MarginSet& set, std::size_t from) {
  if (from == margins_.size()) {
    sets_.push_back(set);
    return;
  }
  extend(set, from + 1);
  const auto& below = margins_.coarser(from);
  if (!std::all_of(below.begin(), below.end(), [&](std::size_t j) { return set[j]; })) return;
  set[from] = true;
  extend(set, from + 1);
  set[from] = false;
}

void QuestionLattice::link() {
  std::map<MarginSet, std::size_t> number_of;
  for (std::size_t i = 0; i < sets_.size(); ++i) number_of.emplace(sets_[i], i);
  coarser_.resize(sets_.size());
  finer_.resize(sets_.size());
  for (std::size_t i = 0; i < sets_.size(); ++i)
    for (const std::size_t margin : margins_.finest(sets_[i])) {
      MarginSet below = sets_[i];
      below[margin] = false;
      const std::size_t j = number_of.at(below);
      coarser_[i].push_back(j);
      finer_[j].push_back(i);
    }
}

}  // namespace candour::answer
