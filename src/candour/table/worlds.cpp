#include <candour/table/worlds.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace candour::table {
namespace {

base::Error wrong(std::string code, std::string sentence) { return {base::Cause::wrong_input, std::move(code), {}, std::move(sentence), {}}; }

// What a published cell says about its sum; nothing where it makes no claim.
struct Bounds {
  std::int64_t lowest = 0;
  std::int64_t highest = no_upper_limit;
};

std::optional<Bounds> bounds_of(const PublishedCell& cell, ZeroConvention convention) {
  if (const auto* value = std::get_if<Value>(&cell)) return Bounds{value->units, value->units};
  if (const auto behind = counts_behind_change(cell)) return Bounds{behind->lowest, behind->highest};
  if (is_suppressed(cell) && convention == ZeroConvention::hidden_at_least_one) return Bounds{1, no_upper_limit};
  return std::nullopt;
}

// Keeps each sum once, with the tightest bounds; the source is the first exact figure, else the first one.
class SumCollector {
 public:
  void add(std::vector<AtomIndex> atoms, Bounds bounds, CellReference source) {
    const auto [at, is_new] = place_of_.try_emplace(std::move(atoms), sums_.size());
    if (is_new) {
      sums_.push_back({at->first, bounds.lowest, bounds.highest, source});
      return;
    }
    SumConstraint& known = sums_[at->second];
    const bool was_exact = known.lowest == known.highest;
    known.lowest = std::max(known.lowest, bounds.lowest);
    known.highest = std::min(known.highest, bounds.highest);
    if (!was_exact && bounds.lowest == bounds.highest) known.source = source;
  }
  std::vector<SumConstraint> take() { return std::move(sums_); }

 private:
  std::map<std::vector<AtomIndex>, std::size_t> place_of_;
  std::vector<SumConstraint> sums_;
};

base::Result<base::Done> collect_table(const AtomSpace& space, const PublishedTable& table, std::uint32_t number, SumCollector& sums) {
  if (table.design.unit != Unit::records) return base::fail(wrong("worlds.not_supported", fmt::format("table '{}' does not count records", table.design.id)));
  const TableLayout layout(space, table.design);
  if (table.cells.size() != layout.cell_count())
    return base::fail(
        wrong("worlds.cell_count", fmt::format("table '{}' has {} cells; its design has {}", table.design.id, table.cells.size(), layout.cell_count())));
  for (CellIndex cell = 0; cell < layout.cell_count(); ++cell)
    if (const auto bounds = bounds_of(table.cells[cell], table.convention)) sums.add(layout.atoms(cell), *bounds, {number, cell});
  return base::Done{};
}

base::Result<std::vector<AtomIndex>> atoms_of(const PublishedPopulation& published, CellReference reference) {
  if (reference.table >= published.tables.size()) return base::fail(wrong("worlds.unknown_reference", "a statement speaks of a table that is not there"));
  const TableLayout layout(*published.space, published.tables[reference.table].design);
  if (reference.cell >= layout.cell_count()) return base::fail(wrong("worlds.unknown_reference", "a statement speaks of a cell that is not there"));
  return layout.atoms(reference.cell);
}

OneIsSmall small_in(const AtomSpace& space, const SmallCountsIn& claim) {
  OneIsSmall small{{}, claim.minimum - 1, OneIsSmall::Origin::statement};
  const TableLayout layout(space, claim.finer);
  for (CellIndex cell = 0; cell < layout.cell_count(); ++cell)
    if (!layout.is_outside_coverage(cell)) small.cells.push_back(layout.atoms(cell));
  return small;
}

base::Result<base::Done> collect_statement(const PublishedPopulation& published, std::uint32_t number, SumCollector& sums, Worlds& worlds) {
  const Claim& claim = published.statements[number].claim;
  const auto source_table = static_cast<std::uint32_t>(published.tables.size() + published.earlier_tables.size()) + number;
  if (const auto* percentage = std::get_if<PercentageOf>(&claim)) {
    CANDOUR_TRY(numerator, atoms_of(published, percentage->numerator));
    CANDOUR_TRY(denominator, atoms_of(published, percentage->denominator));
    worlds.ratios.push_back({std::move(numerator), std::move(denominator), percentage->decimals, percentage->units, number});
  } else if (const auto* count = std::get_if<CountBetween>(&claim)) {
    sums.add(atoms_in_box(*published.space, count->question, count->box), {count->lowest, count->highest}, {source_table, 0});
  } else if (const auto* counts = std::get_if<CountsBetween>(&claim)) {
    for (const CountBetween& one : counts->counts)
      sums.add(atoms_in_box(*published.space, one.question, one.box), {one.lowest, one.highest}, {source_table, 0});
  } else if (const auto* small = std::get_if<SmallCountsIn>(&claim)) {
    worlds.small.push_back(small_in(*published.space, *small));
  }
  return base::Done{};
}

void collect_earlier(const PublishedPopulation& published, SumCollector& sums, Worlds& worlds) {
  const std::uint32_t figures = number_of_earlier_figures(published);
  for (CellIndex f = 0; f < published.earlier_figures.size(); ++f) {
    const EarlierFigure& figure = published.earlier_figures[f];
    sums.add(atoms_of(*published.space, figure.atoms), {figure.lowest, figure.highest}, {figures, f});
  }
  auto number = static_cast<std::uint32_t>(published.statements.size());
  for (const EarlierRatio& ratio : published.earlier_ratios)
    worlds.ratios.push_back(
        {atoms_of(*published.space, ratio.numerator), atoms_of(*published.space, ratio.denominator), ratio.decimals, ratio.units, number++});
}

const PublishedTable& table_numbered(const PublishedPopulation& published, std::uint32_t number) {
  return number < published.tables.size() ? published.tables[number] : published.earlier_tables[number - published.tables.size()];
}

// Hidden cells of all tables, numbered; joined where a sum holds both or both are the same sum of atoms.
class HiddenCells {
 public:
  explicit HiddenCells(const PublishedPopulation& published) {
    const auto count = static_cast<std::uint32_t>(published.tables.size() + published.earlier_tables.size());
    std::map<std::vector<AtomIndex>, std::size_t> same_sum;
    for (std::uint32_t t = 0; t < count; ++t) {
      const PublishedTable& table = table_numbered(published, t);
      const TableLayout layout(*published.space, table.design);
      std::map<CellIndex, std::size_t> number_of;
      for (CellIndex cell = 0; cell < table.cells.size(); ++cell) {
        if (!is_suppressed(table.cells[cell])) continue;
        const std::size_t number = add({t, cell});
        number_of.emplace(cell, number);
        const auto [at, is_new] = same_sum.try_emplace(layout.atoms(cell), number);
        if (!is_new) join(at->second, number);
      }
      if (!number_of.empty()) join_by_sums(layout, number_of);
    }
  }

  std::vector<std::vector<CellReference>> components() {
    std::map<std::size_t, std::vector<CellReference>> by_root;
    for (std::size_t i = 0; i < cells_.size(); ++i) by_root[root(i)].push_back(cells_[i]);
    std::vector<std::vector<CellReference>> components;
    for (auto& [unused, cells] : by_root) components.push_back(std::move(cells));
    return components;
  }

 private:
  std::size_t add(CellReference cell) {
    cells_.push_back(cell);
    parent_.push_back(parent_.size());
    return cells_.size() - 1;
  }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  // The smaller number stays the root, so that components come in the order of their first cells.
  void join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }
  void join_by_sums(const TableLayout& layout, const std::map<CellIndex, std::size_t>& number_of) {
    for (const Equation& equation : equations_of(layout)) {
      std::optional<std::size_t> first;
      const auto touch = [&](CellIndex cell) {
        const auto at = number_of.find(cell);
        if (at == number_of.end()) return;
        if (first) join(*first, at->second);
        else first = at->second;
      };
      touch(equation.total);
      for (const CellIndex part : equation.parts) touch(part);
    }
  }

  std::vector<CellReference> cells_;
  std::vector<std::size_t> parent_;
};

// Whoever knows the method expects a small count among cells that hang together, unless one of them was hidden before.
bool was_hidden_before(const PublishedPopulation& published, const std::vector<CellReference>& component) {
  return !published.earlier_hidden.empty() && std::any_of(component.begin(), component.end(), [&](const CellReference& cell) {
    const TableDesign& design = table_numbered(published, cell.table).design;
    const std::vector<LeafRange> box = TableLayout(*published.space, design).box(cell.cell);
    return std::any_of(published.earlier_hidden.begin(), published.earlier_hidden.end(),
                       [&](const EarlierHidden& hidden) { return is_same_count(*published.space, design.question, box, hidden.atoms); });
  });
}

}  // namespace

base::Result<Worlds> worlds_of(const PublishedPopulation& published, std::int64_t minimum_frequency) {
  Worlds worlds;
  worlds.atom_count = published.space->count();
  SumCollector sums;
  std::uint32_t number = 0;
  for (const PublishedTable& table : published.tables) CANDOUR_TRY_DONE(collect_table(*published.space, table, number++, sums));
  for (const PublishedTable& table : published.earlier_tables) CANDOUR_TRY_DONE(collect_table(*published.space, table, number++, sums));
  for (std::uint32_t s = 0; s < published.statements.size(); ++s) CANDOUR_TRY_DONE(collect_statement(published, s, sums, worlds));
  collect_earlier(published, sums, worlds);
  worlds.sums = sums.take();
  if (minimum_frequency > 1) {
    for (const auto& component : hidden_components(published)) {
      if (was_hidden_before(published, component)) continue;
      OneIsSmall small{{}, minimum_frequency - 1, OneIsSmall::Origin::hidden_cells};
      for (const CellReference reference : component)
        small.cells.push_back(TableLayout(*published.space, table_numbered(published, reference.table).design).atoms(reference.cell));
      worlds.small.push_back(std::move(small));
    }
  }
  return worlds;
}

std::uint32_t number_of_statements(const PublishedPopulation& published) {
  return static_cast<std::uint32_t>(published.tables.size() + published.earlier_tables.size());
}
std::uint32_t number_of_earlier_figures(const PublishedPopulation& published) {
  return number_of_statements(published) + static_cast<std::uint32_t>(published.statements.size());
}
std::uint32_t number_of_earlier_ratios(const PublishedPopulation& published) { return number_of_earlier_figures(published) + 1; }

bool is_same_count(const AtomSpace& space, QuestionIndex question, std::span<const LeafRange> box, const EarlierAtoms& atoms) {
  if (atoms.question != question) return false;
  const std::vector<bool>& covered = space.questions[question].covered_periods;
  for (VariableIndex v = 0; v < box.size(); ++v)
    for (LeafIndex leaf = 0; leaf < atoms.sides[v].size(); ++leaf) {
      const bool counts = v != space.period || covered.empty() || covered[leaf];
      if (counts && (box[v].first <= leaf && leaf < box[v].end) != atoms.sides[v].contains(leaf)) return false;
    }
  return true;
}

std::vector<AtomIndex> atoms_of(const AtomSpace& space, const EarlierAtoms& atoms) {
  std::vector<AtomIndex> found;
  std::vector<LeafIndex> leaves(space.variables.size());
  const AtomIndex count = space.count();
  for (AtomIndex atom = 0; atom < count; ++atom) {
    MembershipIndex membership = 0;
    space.split(atom, leaves, membership);
    bool is_in = space.counts(atoms.question, leaves, membership);
    for (std::size_t v = 0; is_in && v < leaves.size(); ++v) is_in = atoms.sides[v].contains(leaves[v]);
    if (is_in) found.push_back(atom);
  }
  return found;
}

std::int64_t sum_over(std::span<const AtomIndex> atoms, std::span<const std::int64_t> counts) {
  std::int64_t sum = 0;
  for (const AtomIndex atom : atoms) sum += counts[atom];
  return sum;
}

std::int64_t ratio_scale(int decimals) {
  std::int64_t scale = 1;
  for (int i = -2; i < decimals; ++i) scale *= 10;
  return scale;
}

bool ratio_fits(std::int64_t numerator, std::int64_t denominator, int decimals, std::int64_t units) {
  if (denominator <= 0 || numerator < 0) return false;
  const std::int64_t scale = ratio_scale(decimals);
  // Half away from zero: (2 * scale * numerator + denominator) / (2 * denominator), rounded down.
  return (2 * scale * numerator + denominator) / (2 * denominator) == units;
}

bool fits(const Worlds& worlds, std::span<const std::int64_t> counts) {
  if (counts.size() != worlds.atom_count || std::any_of(counts.begin(), counts.end(), [](std::int64_t c) { return c < 0; })) return false;
  for (const SumConstraint& sum : worlds.sums) {
    const std::int64_t value = sum_over(sum.atoms, counts);
    if (value < sum.lowest || value > sum.highest) return false;
  }
  for (const RatioConstraint& ratio : worlds.ratios)
    if (!ratio_fits(sum_over(ratio.numerator, counts), sum_over(ratio.denominator, counts), ratio.decimals, ratio.units)) return false;
  return std::all_of(worlds.small.begin(), worlds.small.end(), [&](const OneIsSmall& small) {
    return std::any_of(small.cells.begin(), small.cells.end(), [&](const std::vector<AtomIndex>& cell) {
      const std::int64_t value = sum_over(cell, counts);
      return value >= 1 && value <= small.highest;
    });
  });
}

std::vector<std::vector<CellReference>> hidden_components(const PublishedPopulation& published) { return HiddenCells(published).components(); }

}  // namespace candour::table
