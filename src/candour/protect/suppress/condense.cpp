#include <candour/protect/suppress/condense.hpp>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <utility>

namespace candour::protect {
namespace {

using table::SystemCell;
using table::SystemTerm;

class Condenser {
 public:
  Condenser(const table::AdditiveSystem& system, const truth::SystemTruth& truth)
      : system_(system), truth_(truth), up_(system.cell_count()), turn_(system.cell_count(), 1), fixed_(system.cell_count(), false) {
    std::iota(up_.begin(), up_.end(), 0u);
    for (SystemCell c = 0; c < system.cell_count(); ++c)
      fixed_[c] = truth.standing[c] == table::CellStanding::always_shown || truth.lowest[c] == truth.highest[c];
  }

  Condensed run(std::vector<SystemCell>* unprotectable) {
    while (round()) {
    }
    place_cells();
    fill_truth();
    fill_secrets(unprotectable);
    std::vector<std::uint64_t> starts{0};
    std::vector<SystemTerm> terms;
    std::sort(sums_.begin(), sums_.end(), before);
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      if (i > 0 && same(sums_[i - 1], sums_[i])) continue;
      for (const SystemTerm& term : sums_[i]) terms.push_back({made_.place[term.cell], term.coefficient});
      starts.push_back(terms.size());
    }
    // The right sides are those of the true values: only changes are of interest here.
    std::vector<std::int64_t> right;
    for (std::size_t e = 0; e + 1 < starts.size(); ++e) {
      std::int64_t sum = 0;
      for (std::uint64_t t = starts[e]; t < starts[e + 1]; ++t) sum += terms[t].coefficient * made_.truth.value[terms[t].cell];
      right.push_back(sum);
    }
    made_.system =
        table::AdditiveSystem::of_equations(static_cast<std::uint32_t>(made_.truth.value.size()), std::move(starts), std::move(terms), std::move(right));
    return std::move(made_);
  }

 private:
  using Sum = std::vector<SystemTerm>;

  static bool before(const Sum& a, const Sum& b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](const SystemTerm& x, const SystemTerm& y) {
      return x.cell != y.cell ? x.cell < y.cell : x.coefficient < y.coefficient;
    });
  }
  static bool same(const Sum& a, const Sum& b) { return !before(a, b) && !before(b, a); }

  std::pair<SystemCell, int> root(SystemCell c) {
    int sign = 1;
    SystemCell at = c;
    while (up_[at] != at) sign *= turn_[at], at = up_[at];
    if (at != c) up_[c] = at, turn_[c] = static_cast<std::int8_t>(sign);
    return {at, sign};
  }

  // The sum over cells that stand for others; the first coefficient is positive, so that equal sums look equal.
  Sum short_form(table::SystemEquation e) {
    Sum sum;
    for (const SystemTerm& term : system_.terms(e)) {
      const auto [cell, sign] = root(term.cell);
      if (!fixed_[cell]) sum.push_back({cell, term.coefficient * sign});
    }
    std::sort(sum.begin(), sum.end(), [](const SystemTerm& a, const SystemTerm& b) { return a.cell < b.cell; });
    Sum made;
    for (const SystemTerm& term : sum)
      if (!made.empty() && made.back().cell == term.cell) made.back().coefficient += term.coefficient;
      else made.push_back(term);
    made.erase(std::remove_if(made.begin(), made.end(), [](const SystemTerm& term) { return term.coefficient == 0; }), made.end());
    if (!made.empty() && made.front().coefficient < 0)
      for (SystemTerm& term : made) term.coefficient = -term.coefficient;
    return made;
  }

  bool round() {
    bool changed = false;
    sums_.clear();
    for (table::SystemEquation e = 0; e < system_.equation_count(); ++e) {
      Sum sum = short_form(e);
      if (sum.size() == 1) {
        fixed_[sum[0].cell] = true;
        changed = true;
      } else if (sum.size() == 2 && std::abs(sum[0].coefficient) == std::abs(sum[1].coefficient)) {
        up_[sum[1].cell] = sum[0].cell;
        turn_[sum[1].cell] = sum[0].coefficient == sum[1].coefficient ? -1 : 1;
        changed = true;
      } else if (!sum.empty()) {
        sums_.push_back(std::move(sum));
      }
    }
    return changed;
  }

  void place_cells() {
    const std::uint32_t count = system_.cell_count();
    made_.place.assign(count, count), made_.sign.assign(count, 1);
    std::uint32_t places = 0;
    for (SystemCell c = 0; c < count; ++c)
      if (root(c).first == c && !fixed_[c]) made_.place[c] = places++;
    std::vector<std::uint32_t> members(places + 1, 0);
    for (SystemCell c = 0; c < count; ++c) {
      const auto [cell, sign] = root(c);
      made_.sign[c] = static_cast<std::int8_t>(sign);
      made_.place[c] = made_.place[cell];
      if (made_.place[c] < places) ++members[made_.place[c] + 1];
    }
    for (std::uint32_t p = 0; p < places; ++p) members[p + 1] += members[p];
    made_.start = members;
    made_.member.resize(members[places]);
    for (SystemCell c = 0; c < count; ++c)
      if (made_.place[c] < places) made_.member[members[made_.place[c]]++] = c;
  }

  void fill_truth() {
    truth::SystemTruth& small = made_.truth;
    for (std::uint32_t p = 0; p + 1 < made_.start.size(); ++p) {
      const SystemCell first = made_.member[made_.start[p]];  // the root may have any number; the value's place is not of interest
      std::int64_t up = truth_.highest[first] - truth_.value[first], down = truth_.value[first] - truth_.lowest[first], loss = 0;
      if (made_.sign[first] < 0) std::swap(up, down);
      for (std::uint32_t i = made_.start[p]; i < made_.start[p + 1]; ++i) {
        const SystemCell c = made_.member[i];
        const std::int64_t own_up = truth_.highest[c] - truth_.value[c], own_down = truth_.value[c] - truth_.lowest[c];
        up = std::min(up, made_.sign[c] > 0 ? own_up : own_down), down = std::min(down, made_.sign[c] > 0 ? own_down : own_up);
        if (truth_.standing[c] != table::CellStanding::primary) loss += truth_.loss[c];
      }
      small.value.push_back(down), small.lowest.push_back(0), small.highest.push_back(down + up);
      small.loss.push_back(loss);
      small.standing.push_back(loss == 0 ? table::CellStanding::primary : table::CellStanding::shown);
    }
  }

  void fill_secrets(std::vector<SystemCell>* unprotectable) {
    truth::SystemTruth& small = made_.truth;
    for (std::uint32_t s = 0; s < truth_.secrets.size(); ++s) {
      const truth::SystemSecret& secret = truth_.secrets[s];
      const std::int64_t x = truth_.value[secret.cell];
      std::int64_t up = std::max<std::int64_t>(0, secret.reach_up - x), down = std::max<std::int64_t>(0, x - secret.reach_down);
      if (up == 0 && down == 0 && secret.width <= 0) continue;
      const std::uint32_t p = made_.place[secret.cell];
      if (p >= small.value.size()) {
        if (unprotectable) unprotectable->push_back(secret.cell);
        continue;
      }
      if (made_.sign[secret.cell] < 0) std::swap(up, down);
      if (unprotectable && (up > small.highest[p] - small.value[p] || down > small.value[p])) unprotectable->push_back(secret.cell);
      made_.secret_of.push_back(s);
      small.secrets.push_back({p, small.value[p] - down, small.value[p] + up, secret.width});
      if (small.standing[p] == table::CellStanding::primary) continue;
      small.standing[p] = table::CellStanding::primary;
      made_.loss_for_certain += small.loss[p];
      small.loss[p] = 0;
    }
    for (std::int64_t& loss : small.loss) loss = std::max<std::int64_t>(1, loss);
  }

  const table::AdditiveSystem& system_;
  const truth::SystemTruth& truth_;
  std::vector<SystemCell> up_;
  std::vector<std::int8_t> turn_;
  std::vector<bool> fixed_;
  std::vector<Sum> sums_;
  Condensed made_;
};

}  // namespace

table::SystemMove Condensed::expand(const table::SystemMove& move) const {
  table::SystemMove given;
  for (const table::SystemChange& change : move)
    for (std::uint32_t i = start[change.cell]; i < start[change.cell + 1]; ++i) given.push_back({member[i], sign[member[i]] * change.change});
  std::sort(given.begin(), given.end(), [](const table::SystemChange& a, const table::SystemChange& b) { return a.cell < b.cell; });
  return given;
}

Condensed condense(const table::AdditiveSystem& system, const truth::SystemTruth& truth, std::vector<SystemCell>* unprotectable) {
  return Condenser(system, truth).run(unprotectable);
}

}  // namespace candour::protect
