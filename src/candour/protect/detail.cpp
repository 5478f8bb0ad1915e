#include <candour/protect/detail.hpp>

#include <candour/solve/entropy.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace candour::protect {
namespace {

using table::AtomIndex;
using table::CellIndex;

constexpr std::uint32_t outside = 0xFFFFFFFFU;

// For each leaf of each variable of a table: its place among the finest shown categories.
class FinestCells {
 public:
  FinestCells(const table::AtomSpace& space, const table::TableDesign& design) : layout_(space, design), design_(&design) {
    for (std::size_t i = 0; i < design.by.size(); ++i) {
      const table::Hierarchy& hierarchy = space.variables[design.by[i].variable].hierarchy;
      std::vector<std::uint32_t> place(hierarchy.leaf_count());
      const auto& categories = layout_.categories(i);
      for (table::LeafIndex leaf = 0; leaf < hierarchy.leaf_count(); ++leaf) {
        const table::NodeIndex node = hierarchy.ancestor_at(leaf, design.by[i].levels.back());
        place[leaf] = static_cast<std::uint32_t>(std::lower_bound(categories.begin(), categories.end(), node) - categories.begin());
      }
      places_.push_back(std::move(place));
    }
  }

  [[nodiscard]] std::uint32_t cell(std::span<const table::LeafIndex> leaves, table::MembershipIndex membership) const {
    if (!layout_.space().counts(design_->question, leaves, membership)) return outside;
    CellIndex cell = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) cell = cell * layout_.categories(i).size() + places_[i][leaves[design_->by[i].variable]];
    return static_cast<std::uint32_t>(cell);
  }
  [[nodiscard]] const table::TableLayout& layout() const { return layout_; }

 private:
  table::TableLayout layout_;
  const table::TableDesign* design_;
  std::vector<std::vector<std::uint32_t>> places_;
};

// Atoms that the finest cells of all tables do not tell apart.
struct Classes {
  std::vector<std::vector<std::uint32_t>> signatures;  ///< by class: the finest cell in each table, or `outside`
  std::vector<std::int64_t> cells;
  std::vector<std::int64_t> counts;  ///< of atoms that hold anything
  std::int64_t cell_count = 0;
};

bool is_counted(const table::AtomSpace& space, std::span<const table::LeafIndex> leaves, table::MembershipIndex membership) {
  for (table::QuestionIndex q = 0; q < space.questions.size(); ++q)
    if (space.counts(q, leaves, membership)) return true;
  return false;
}

// With `periods`: atoms outside them have a sign of their own, stand last in the signature, and are not counted.
Classes classes_of(const table::AtomSpace& space, const std::vector<FinestCells>& tables, const std::vector<std::int64_t>& counts,
                   std::optional<table::LeafRange> periods = std::nullopt) {
  Classes classes;
  std::map<std::vector<std::uint32_t>, std::size_t> number_of;
  std::vector<table::LeafIndex> leaves(space.variables.size());
  for (AtomIndex atom = 0; atom < space.count(); ++atom) {
    table::MembershipIndex membership = 0;
    space.split(atom, leaves, membership);
    if (!is_counted(space, leaves, membership)) continue;
    std::vector<std::uint32_t> signature;
    for (const FinestCells& table : tables) signature.push_back(table.cell(leaves, membership));
    const bool inside = !periods || !space.period || (leaves[*space.period] >= periods->first && leaves[*space.period] < periods->end);
    if (periods) signature.push_back(inside ? 0 : outside);
    const auto [at, is_new] = number_of.try_emplace(signature, classes.signatures.size());
    if (is_new) {
      classes.signatures.push_back(std::move(signature));
      classes.cells.push_back(0);
    }
    ++classes.cells[at->second];
    if (!inside) continue;
    ++classes.cell_count;
    if (!counts.empty() && counts[atom] > 0) classes.counts.push_back(counts[atom]);
  }
  return classes;
}

bool is_open(const table::PublishedCell& cell) { return table::is_suppressed(cell) || table::is_changed(cell); }

// The sums that say something: finest exact cells; where a table hides or changes cells, its exact margins too, what a symbol promises and what a changed
// figure can stand for.
class Sums {
 public:
  Sums(const std::vector<const table::PublishedTable*>& tables, const std::vector<FinestCells>& finest, const Classes& classes)
      : of_class_(classes.signatures.size()) {
    for (std::size_t t = 0; t < tables.size(); ++t) {
      if (std::any_of(tables[t]->cells.begin(), tables[t]->cells.end(), is_open)) add_all(*tables[t], finest[t], classes, t);
      else add_finest(*tables[t], classes, t);
    }
  }
  [[nodiscard]] const std::vector<solve::EntropySum>& sums() const { return sums_; }
  [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& of_class() const { return of_class_; }

 private:
  void add_finest(const table::PublishedTable& table, const Classes& classes, std::size_t t) {
    std::map<std::uint32_t, std::uint32_t> number_of;
    for (std::size_t c = 0; c < classes.signatures.size(); ++c) {
      const std::uint32_t cell = classes.signatures[c][t];
      if (cell == outside) continue;
      const auto value = table::exact_value(table.cells[cell]);
      if (!value) continue;
      const auto [at, is_new] = number_of.try_emplace(cell, static_cast<std::uint32_t>(sums_.size()));
      if (is_new) sums_.push_back({*value, *value});
      of_class_[c].push_back(at->second);
    }
  }

  void add_all(const table::PublishedTable& table, const FinestCells& finest, const Classes& classes, std::size_t t) {
    constexpr std::uint32_t says_nothing = outside;
    std::vector<std::uint32_t> number_of(table.cells.size(), says_nothing);
    for (CellIndex cell = 0; cell < table.cells.size(); ++cell) {
      const auto sum = sum_of(table, table.cells[cell]);
      if (!sum) continue;
      number_of[cell] = static_cast<std::uint32_t>(sums_.size());
      sums_.push_back(*sum);
    }
    for (std::uint32_t c = 0; c < classes.signatures.size(); ++c) {
      if (classes.signatures[c][t] == outside) continue;
      const std::size_t before = of_class_[c].size();
      for (const CellIndex cell : cells_above(finest.layout(), classes.signatures[c][t]))
        if (number_of[cell] != says_nothing) of_class_[c].push_back(number_of[cell]);
      std::sort(of_class_[c].begin() + static_cast<std::ptrdiff_t>(before), of_class_[c].end());
    }
  }

  // The cells that hold a finest cell: all combinations of the shown categories above its own.
  static std::vector<CellIndex> cells_above(const table::TableLayout& layout, CellIndex finest) {
    const std::vector<table::NodeIndex> nodes = layout.nodes(finest);
    std::vector<CellIndex> cells{0};
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const table::Hierarchy& hierarchy = layout.space().variables[layout.design().by[i].variable].hierarchy;
      const auto& categories = layout.categories(i);
      std::vector<CellIndex> longer;
      for (std::size_t place = 0; place < categories.size(); ++place)
        if (hierarchy.leaves(categories[place]).contains(hierarchy.leaves(nodes[i])))
          for (const CellIndex cell : cells) longer.push_back(cell * categories.size() + place);
      cells = std::move(longer);
    }
    return cells;
  }

  static std::optional<solve::EntropySum> sum_of(const table::PublishedTable& table, const table::PublishedCell& cell) {
    if (const auto value = table::exact_value(cell)) return solve::EntropySum{*value, *value};
    if (const auto behind = table::counts_behind_change(cell)) return solve::EntropySum{behind->lowest, behind->highest};
    if (!table::is_suppressed(cell)) return std::nullopt;
    return solve::EntropySum{table.convention == table::ZeroConvention::hidden_at_least_one ? 1 : 0, std::numeric_limits<std::int64_t>::max()};
  }

  std::vector<solve::EntropySum> sums_;
  std::vector<std::vector<std::uint32_t>> of_class_;
};

struct Laid {
  std::vector<const table::PublishedTable*> tables;
  std::vector<FinestCells> finest;
};

Laid lay(const table::PublishedPopulation& published, std::optional<table::QuestionIndex> only) {
  Laid laid;
  for (const table::PublishedTable& table : published.tables) {
    if (only && table.design.question != *only) continue;
    laid.tables.push_back(&table);
    laid.finest.emplace_back(*published.space, table.design);
  }
  return laid;
}

// Rank of sparse rows of ones modulo a prime.
class Elimination {
 public:
  /// Ones come from the last to the first.
  explicit Elimination(std::size_t columns) : row_(columns, 0), pivots_(columns) {}

  bool adds(const std::vector<std::uint32_t>& ones) {
    for (const std::uint32_t column : ones) row_[column] = 1;
    for (std::size_t column = ones.empty() ? 0 : ones.front() + 1; column-- > 0;) {
      if (row_[column] == 0) continue;
      if (pivots_[column].empty()) {
        keep(column);
        return true;
      }
      const std::uint64_t factor = prime - row_[column];
      for (const auto& [other, value] : pivots_[column]) row_[other] = (row_[other] + factor * value) % prime;
    }
    return false;
  }

 private:
  static constexpr std::uint64_t prime = 2147483647;

  // The rest of the row becomes a pivot with a leading one, and the row is empty again.
  void keep(std::size_t first) {
    const std::uint64_t inverse = power(row_[first], prime - 2);
    for (std::size_t column = first + 1; column-- > 0;) {
      if (row_[column] == 0) continue;
      pivots_[first].emplace_back(static_cast<std::uint32_t>(column), row_[column] * inverse % prime);
      row_[column] = 0;
    }
  }
  static std::uint64_t power(std::uint64_t base, std::uint64_t exponent) {
    std::uint64_t result = 1;
    for (; exponent > 0; exponent >>= 1U, base = base * base % prime)
      if ((exponent & 1U) != 0) result = result * base % prime;
    return result;
  }
  std::vector<std::uint64_t> row_;
  std::vector<std::vector<std::pair<std::uint32_t, std::uint64_t>>> pivots_;
};

std::int64_t shown_categories(const table::AtomSpace& space, const table::TableDesign& design, std::size_t i, int level) {
  const table::ShownVariable& shown = design.by[i];
  const table::Hierarchy& hierarchy = space.variables[shown.variable].hierarchy;
  const std::vector<bool>& covered = space.questions[design.question].covered_periods;
  std::int64_t count = 0;
  for (const table::NodeIndex node : hierarchy.nodes_at(level)) {
    const table::LeafRange range = hierarchy.leaves(node);
    const bool is_period = space.period == shown.variable && !covered.empty();
    if (!is_period || std::any_of(covered.begin() + range.first, covered.begin() + range.end, [](bool c) { return c; })) ++count;
  }
  return count;
}

// Closed form where a question's tables are exact: what each level vector adds to the coarser ones is the product of what its levels add, and these spaces
// are independent of one another.
std::int64_t rank_of_exact(const table::AtomSpace& space, const std::vector<const table::TableDesign*>& designs) {
  std::set<std::vector<std::pair<table::VariableIndex, int>>> counted;
  std::int64_t rank = 0;
  for (const table::TableDesign* design : designs) {
    std::vector<std::vector<std::int64_t>> added;  // by variable and place among its levels
    for (std::size_t i = 0; i < design->by.size(); ++i) {
      added.emplace_back();
      std::int64_t before = 0;
      for (const int level : design->by[i].levels) {
        const std::int64_t now = shown_categories(space, *design, i, level);
        added.back().push_back(now - before);
        before = now;
      }
    }
    std::vector<std::size_t> at(design->by.size(), 0);
    while (true) {
      std::vector<std::pair<table::VariableIndex, int>> levels;
      std::int64_t size = 1;
      for (std::size_t i = 0; i < at.size(); ++i) {
        if (at[i] > 0) levels.emplace_back(design->by[i].variable, design->by[i].levels[at[i]]);
        size *= added[i][at[i]];
      }
      std::sort(levels.begin(), levels.end());
      if (counted.insert(std::move(levels)).second) rank += size;
      std::size_t i = at.size();
      while (i-- > 0) {
        if (++at[i] < added[i].size()) break;
        at[i] = 0;
      }
      if (i == static_cast<std::size_t>(-1)) break;
    }
  }
  return rank;
}

// What the sums that lie wholly within some periods explain of those periods.
std::int64_t share_of_periods(const truth::Population& truth, const Laid& laid, table::LeafRange periods) {
  const Classes classes = classes_of(*truth.space, laid.finest, truth.counts, periods);
  const Sums sums(laid.tables, laid.finest, classes);
  std::vector<bool> reaches_out(sums.sums().size(), false);
  const auto is_out = [&](std::size_t c) { return classes.signatures[c].back() == outside; };
  for (std::size_t c = 0; c < classes.signatures.size(); ++c)
    if (is_out(c))
      for (const std::uint32_t sum : sums.of_class()[c]) reaches_out[sum] = true;
  std::vector<solve::EntropyClass> entropy;
  for (std::size_t c = 0; c < classes.signatures.size(); ++c) {
    if (is_out(c)) continue;
    entropy.push_back({classes.cells[c], {}});
    for (const std::uint32_t sum : sums.of_class()[c])
      if (!reaches_out[sum]) entropy.back().sums.push_back(sum);
  }
  return solve::explained_share(entropy, sums.sums(), classes.counts, classes.cell_count);
}

void add_weighted(const truth::Population& truth, const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked, const Laid& laid,
                  const DetailWeights& weights, Detail& detail) {
  for (const auto& [variable, weight] : weights.variables)
    for (const table::TableDesign& design : asked) {
      if (std::none_of(design.by.begin(), design.by.end(), [&](const auto& shown) { return shown.variable == variable; })) continue;
      detail.weights += weight;
      detail.of_weights += weight * share_of_variable(truth, published, design, variable);
    }
  for (const auto& [periods, weight] : weights.periods) {
    detail.weights += weight;
    detail.of_weights += weight * share_of_periods(truth, laid, periods);
  }
}

}  // namespace

std::int64_t share_of_variable(const truth::Population& truth, const table::PublishedPopulation& published, const table::TableDesign& asked,
                               table::VariableIndex variable) {
  const table::AtomSpace& space = *published.space;
  const auto shown = std::find_if(asked.by.begin(), asked.by.end(), [&](const auto& by) { return by.variable == variable; });
  const table::TableDesign alone{asked.id, asked.question, {*shown}, asked.unit};
  const table::TableLayout layout(space, alone);
  const table::Hierarchy& hierarchy = space.variables[variable].hierarchy;
  std::vector<solve::EntropyClass> entropy;
  std::vector<table::LeafRange> ranges;
  std::vector<std::int64_t> counts;
  for (const table::NodeIndex node : hierarchy.nodes_at(shown->levels.back())) {
    const table::CellIndex cell = *layout.find(std::vector<table::NodeIndex>{node});
    if (layout.is_outside_coverage(cell)) continue;
    entropy.push_back({1, {}});
    ranges.push_back(hierarchy.leaves(node));
    if (const std::int64_t count = truth::records_in(truth, layout.atoms(cell)); count > 0) counts.push_back(count);
  }
  std::vector<solve::EntropySum> sums;
  for (const table::PublishedTable& table : published.tables) {
    if (table.design.question != asked.question) continue;
    const table::TableLayout of_table(space, table.design);
    for (table::CellIndex cell = 0; cell < table.cells.size(); ++cell) {
      const auto value = table::exact_value(table.cells[cell]);
      if (!value) continue;
      const auto box = of_table.box(cell);
      bool is_one_way = true;
      for (table::VariableIndex v = 0; v < box.size(); ++v)
        is_one_way = is_one_way && (v == variable || box[v].size() == space.variables[v].hierarchy.leaf_count());
      if (!is_one_way) continue;
      for (std::size_t c = 0; c < ranges.size(); ++c)
        if (box[variable].contains(ranges[c])) entropy[c].sums.push_back(static_cast<std::uint32_t>(sums.size()));
      sums.push_back({*value, *value});
    }
  }
  return solve::explained_share(entropy, sums, counts, static_cast<std::int64_t>(entropy.size()));
}

std::int64_t rank_of(const table::PublishedPopulation& published, table::QuestionIndex question) {
  const Laid laid = lay(published, question);
  if (laid.tables.empty()) return 0;
  const Classes classes = classes_of(*published.space, laid.finest, {});
  const Sums sums(laid.tables, laid.finest, classes);
  // Class by class: each lies in few sums, so that little fills up.
  std::vector<std::vector<std::uint32_t>> columns;
  for (const auto& of_class : sums.of_class()) {
    std::vector<std::uint32_t> exact;
    for (const std::uint32_t sum : of_class)
      if (sums.sums()[sum].lowest == sums.sums()[sum].highest) exact.push_back(sum);
    std::sort(exact.begin(), exact.end(), std::greater<>());
    columns.push_back(std::move(exact));
  }
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  Elimination elimination(sums.sums().size());
  std::int64_t rank = 0;
  for (const auto& column : columns)
    if (elimination.adds(column)) ++rank;
  return rank;
}

Detail detail_of(const truth::Population& truth, const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked,
                 const DetailWeights& weights) {
  const table::AtomSpace& space = *published.space;
  Detail detail;
  const Laid laid = lay(published, std::nullopt);
  const Classes classes = classes_of(space, laid.finest, truth.counts);
  const Sums sums(laid.tables, laid.finest, classes);
  std::vector<solve::EntropyClass> entropy;
  for (std::size_t c = 0; c < classes.signatures.size(); ++c) entropy.push_back({classes.cells[c], sums.of_class()[c]});
  detail.divergence_share = solve::explained_share(entropy, sums.sums(), classes.counts, classes.cell_count);
  for (const table::TableDesign& design : asked) {
    detail.rank_asked += rank_of_exact(space, {&design});
    std::vector<const table::TableDesign*> designs;
    bool exact = true;
    for (const table::PublishedTable& table : published.tables) {
      if (table.design.question != design.question) continue;
      designs.push_back(&table.design);
      exact = exact && std::none_of(table.cells.begin(), table.cells.end(), is_open);
    }
    if (!designs.empty()) detail.rank += exact ? rank_of_exact(space, designs) : rank_of(published, design.question);
  }
  add_weighted(truth, published, asked, laid, weights, detail);
  for (const table::PublishedTable& table : published.tables)
    detail.figures += std::count_if(table.cells.begin(), table.cells.end(), [](const auto& cell) { return table::exact_value(cell).has_value(); });
  return detail;
}

}  // namespace candour::protect
