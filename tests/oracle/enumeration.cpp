// All tables of atoms that fit what is published, one after another.

#include "oracle.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace candour::oracle {
namespace {

using table::AtomIndex;
constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

struct Bound {
  std::vector<AtomIndex> atoms;
  std::int64_t lowest = 0, highest = unlimited;
};
struct Share {
  std::vector<AtomIndex> part, whole;
  int decimals = 0;
  std::int64_t units = 0;
};
struct SomeSmall {
  std::vector<std::vector<AtomIndex>> cells;
  std::int64_t highest = 0;
};

std::int64_t sum_of(const std::vector<AtomIndex>& atoms, const Counts& counts) {
  std::int64_t sum = 0;
  for (const AtomIndex atom : atoms) sum += counts[atom];
  return sum;
}

// p is the percentage of the quotient, rounded half up, with so many decimals: tested on fractions of a half unit.
bool is_share(const Share& share, const Counts& counts) {
  const std::int64_t part = sum_of(share.part, counts), whole = sum_of(share.whole, counts);
  if (whole <= 0) return false;
  std::int64_t scale = 100;
  for (int i = 0; i < share.decimals; ++i) scale *= 10;
  const std::int64_t twice = 2 * scale * part;
  return twice >= (2 * share.units - 1) * whole && twice < (2 * share.units + 1) * whole;
}

struct Facts {
  std::vector<Bound> bounds;
  std::vector<Share> shares;
  std::vector<SomeSmall> smalls;
};

void read_table(const table::AtomSpace& space, const table::PublishedTable& published, Facts& facts) {
  const table::TableLayout layout(space, published.design);
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const table::PublishedCell& shown = published.cells[cell];
    if (const auto* value = std::get_if<table::Value>(&shown)) facts.bounds.push_back({layout.atoms(cell), value->units, value->units});
    if (const auto* rounded = std::get_if<table::Rounded>(&shown)) {  // less than a base away; to the nearest: at most half a base
      const bool nearest = rounded->kind == table::RoundingKind::nearest;
      facts.bounds.push_back({layout.atoms(cell), rounded->units - (nearest ? rounded->base / 2 : rounded->base - 1),
                              rounded->units + (nearest ? rounded->base / 2 : rounded->base - 1)});
    }
    if (const auto* noisy = std::get_if<table::Perturbed>(&shown))  // no more than this is said here; which counts the rows allow is a test's own matter
      facts.bounds.push_back({layout.atoms(cell), std::max<std::int64_t>(0, noisy->units - noisy->most_noise), noisy->units + noisy->most_noise});
    if (std::holds_alternative<table::Suppressed>(shown) && published.convention == table::ZeroConvention::hidden_at_least_one)
      facts.bounds.push_back({layout.atoms(cell), 1, unlimited});
  }
}

Facts facts_of(const table::PublishedPopulation& published) {
  Facts facts;
  for (const auto& shown : published.tables) read_table(*published.space, shown, facts);
  for (const auto& shown : published.earlier_tables) read_table(*published.space, shown, facts);
  const auto cell_atoms = [&](table::CellReference cell) { return table::TableLayout(*published.space, published.tables[cell.table].design).atoms(cell.cell); };
  for (const auto& statement : published.statements) {
    if (const auto* several = std::get_if<table::CountsBetween>(&statement.claim))
      for (const table::CountBetween& one : several->counts)
        facts.bounds.push_back({table::atoms_in_box(*published.space, one.question, one.box), one.lowest, one.highest});
    if (const auto* between = std::get_if<table::CountBetween>(&statement.claim))
      facts.bounds.push_back({table::atoms_in_box(*published.space, between->question, between->box), between->lowest, between->highest});
    if (const auto* percentage = std::get_if<table::PercentageOf>(&statement.claim))
      facts.shares.push_back({cell_atoms(percentage->numerator), cell_atoms(percentage->denominator), percentage->decimals, percentage->units});
    if (const auto* small = std::get_if<table::SmallCountsIn>(&statement.claim)) {
      const table::TableLayout layout(*published.space, small->finer);
      SomeSmall some{{}, small->minimum - 1};
      for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) some.cells.push_back(layout.atoms(cell));
      facts.smalls.push_back(std::move(some));
    }
  }
  return facts;
}

class Enumeration {
 public:
  Enumeration(const Facts& facts, std::size_t atom_count, std::int64_t unbounded_up_to, std::size_t most)
      : facts_(facts), unbounded_up_to_(unbounded_up_to), most_(most), counts_(atom_count, 0), bounds_at_(atom_count), sums_(facts.bounds.size(), 0) {
    for (std::size_t b = 0; b < facts.bounds.size(); ++b)
      for (const AtomIndex atom : facts.bounds[b].atoms) bounds_at_[atom].push_back(b);
  }
  std::optional<std::vector<Counts>> run() {
    for (const Bound& bound : facts_.bounds)
      if (bound.atoms.empty() && bound.lowest > 0) return tables_;
    steps_ = 0;
    if (!place(0)) return std::nullopt;
    return std::move(tables_);
  }

 private:
  bool place(std::size_t atom) {
    if (++steps_ > 40 * most_) return false;
    if (atom == counts_.size()) return finish();
    std::int64_t lowest = 0, highest = unlimited;
    for (const std::size_t b : bounds_at_[atom]) {
      const Bound& bound = facts_.bounds[b];
      if (bound.highest != unlimited) highest = std::min(highest, bound.highest - sums_[b]);
      if (bound.atoms.back() == atom) lowest = std::max(lowest, bound.lowest - sums_[b]);
    }
    if (highest == unlimited) highest = std::max(lowest, unbounded_up_to_);
    for (std::int64_t count = lowest; count <= highest; ++count) {
      counts_[atom] = count;
      for (const std::size_t b : bounds_at_[atom]) sums_[b] += count;
      const bool goes_on = place(atom + 1);
      for (const std::size_t b : bounds_at_[atom]) sums_[b] -= count;
      if (!goes_on) return false;
    }
    counts_[atom] = 0;
    return true;
  }

  bool finish() {
    for (const Share& share : facts_.shares)
      if (!is_share(share, counts_)) return true;
    for (const SomeSmall& some : facts_.smalls)
      if (std::none_of(some.cells.begin(), some.cells.end(),
                       [&](const auto& cell) { return sum_of(cell, counts_) >= 1 && sum_of(cell, counts_) <= some.highest; }))
        return true;
    if (tables_.size() == most_) return false;
    tables_.push_back(counts_);
    return true;
  }

  const Facts& facts_;
  std::int64_t unbounded_up_to_;
  std::size_t most_;
  Counts counts_;
  std::vector<std::vector<std::size_t>> bounds_at_;
  std::vector<std::int64_t> sums_;
  std::vector<Counts> tables_;
  std::size_t steps_ = 0;
};

// Connected sets of hidden cells, each cell as its atoms: joined by a sum of their table or by being the same sum of atoms.
std::vector<std::vector<std::vector<AtomIndex>>> hidden_sets(const table::PublishedPopulation& published) {
  std::vector<std::vector<AtomIndex>> cells;
  std::vector<std::vector<std::size_t>> together;
  std::vector<const table::PublishedTable*> tables;
  for (const auto& shown : published.tables) tables.push_back(&shown);
  for (const auto& shown : published.earlier_tables) tables.push_back(&shown);
  for (const table::PublishedTable* shown : tables) {
    const table::TableLayout layout(*published.space, shown->design);
    std::map<table::CellIndex, std::size_t> number;
    for (table::CellIndex cell = 0; cell < shown->cells.size(); ++cell)
      if (std::holds_alternative<table::Suppressed>(shown->cells[cell])) {
        number[cell] = cells.size();
        cells.push_back(layout.atoms(cell));
      }
    for (const table::Equation& equation : table::equations_of(layout)) {
      std::vector<std::size_t> joined;
      if (number.contains(equation.total)) joined.push_back(number[equation.total]);
      for (const table::CellIndex part : equation.parts)
        if (number.contains(part)) joined.push_back(number[part]);
      together.push_back(std::move(joined));
    }
  }
  for (std::size_t a = 0; a < cells.size(); ++a)
    for (std::size_t b = a + 1; b < cells.size(); ++b)
      if (cells[a] == cells[b]) together.push_back({a, b});
  std::vector<std::size_t> set_of(cells.size());
  std::iota(set_of.begin(), set_of.end(), std::size_t{0});
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& joined : together)
      for (const std::size_t cell : joined)
        if (set_of[cell] != set_of[joined.front()]) {
          set_of[cell] = set_of[joined.front()] = std::min(set_of[cell], set_of[joined.front()]);
          changed = true;
        }
  }
  std::map<std::size_t, std::vector<std::vector<AtomIndex>>> sets;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) sets[set_of[cell]].push_back(cells[cell]);
  std::vector<std::vector<std::vector<AtomIndex>>> out;
  for (auto& [unused, set] : sets) out.push_back(std::move(set));
  return out;
}

std::int64_t people_among(const std::vector<AtomIndex>& atoms, const Truth& truth) {
  std::set<std::size_t> known;
  std::int64_t unknown = sum_of(atoms, truth.counts);
  for (const OwnedRecords& owned : truth.owned)
    if (std::binary_search(atoms.begin(), atoms.end(), owned.atom)) {
      known.insert(owned.person);
      unknown -= owned.records;
    }
  return static_cast<std::int64_t>(known.size()) + unknown;
}

}  // namespace

std::optional<std::vector<Counts>> all_tables(const table::PublishedPopulation& published, std::int64_t unbounded_up_to, std::size_t most) {
  const Facts facts = facts_of(published);
  return Enumeration(facts, published.space->count(), unbounded_up_to, most).run();
}

std::vector<Counts> replayed(const std::vector<Counts>& tables, const table::PublishedPopulation& published, const Truth& truth, std::int64_t minimum) {
  const auto sets = hidden_sets(published);
  std::vector<Counts> kept;
  for (const Counts& counts : tables) {
    const auto needs_hiding = [&](const std::vector<AtomIndex>& cell) {
      const std::int64_t records = sum_of(cell, counts);
      if (records >= 1 && records < minimum) return true;
      const bool is_as_in_truth = std::all_of(cell.begin(), cell.end(), [&](AtomIndex atom) { return counts[atom] == truth.counts[atom]; });
      return is_as_in_truth && records > 0 && people_among(cell, truth) < minimum;
    };
    if (std::all_of(sets.begin(), sets.end(), [&](const auto& set) { return std::any_of(set.begin(), set.end(), needs_hiding); })) kept.push_back(counts);
  }
  return kept;
}

Range range_over(const std::vector<Counts>& tables, const std::vector<AtomIndex>& atoms) {
  Range range{unlimited, 0};
  for (const Counts& counts : tables) {
    range.lowest = std::min(range.lowest, sum_of(atoms, counts));
    range.highest = std::max(range.highest, sum_of(atoms, counts));
  }
  return range;
}

}  // namespace candour::oracle
