#include <candour/protect/suppress/marked_cells.hpp>

#include <candour/protect/witness/repair_search.hpp>
#include <candour/table/worlds.hpp>

#include <algorithm>
#include <map>

namespace candour::protect {

using table::AtomIndex;
using table::CellIndex;

MarkedCells::MarkedCells(const MarkedTableTask& task)
    : task_(task), tables_(task.tables), layout_(*tables_.space, tables_.tables[task.number].design), figures_(tables_.tables[task.number].cells) {
  for (CellIndex cell = 0; cell < layout_.cell_count(); ++cell) {
    atoms_.push_back(layout_.atoms(cell));
    value_.push_back(truth::records_in(*task.truth, atoms_.back()));
    for (const AtomIndex atom : atoms_.back()) cells_at_[atom].push_back(cell);
  }
  look_elsewhere();
  leave_empty_groups_empty();
  for (CellIndex cell = 0; cell < layout_.cell_count(); ++cell)
    if (may_hide(cell) && needs_hiding(cell)) hide(cell);
}

void MarkedCells::look_elsewhere() {
  for (std::uint32_t number = 0; number < tables_.tables.size(); ++number) {
    if (number == task_.number) continue;
    const table::TableLayout layout(*tables_.space, tables_.tables[number].design);
    for (CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
      const bool hidden = table::is_suppressed(tables_.tables[number].cells[cell]);
      (hidden ? hidden_elsewhere_ : shown_elsewhere_).insert(layout.atoms(cell));
    }
  }
}

bool MarkedCells::may_hide(CellIndex cell) const {
  const bool nought_may_be = tables_.tables[task_.number].convention == table::ZeroConvention::hidden_may_be_zero;
  return table::exact_value(figures_[cell]).has_value() && !stays_shown_[cell] && !shown_elsewhere_.contains(atoms_[cell]) &&
         (value_[cell] > 0 || nought_may_be);
}

bool MarkedCells::needs_hiding(CellIndex cell) const {
  if (hidden_elsewhere_.contains(atoms_[cell]) || task_.stays_hidden.contains(atoms_[cell])) return true;
  if (value_[cell] == 0) return false;
  const std::int64_t minimum = task_.policy->minimum_frequency.minimum;
  return value_[cell] < minimum || (task_.truth->people != truth::PeopleKnown::unknown && truth::people_in(*task_.truth, atoms_[cell]) < minimum);
}

bool MarkedCells::can_hide_what_needs_it() const {
  for (CellIndex cell = 0; cell < layout_.cell_count(); ++cell)
    if (!hidden_.contains(cell) && value_[cell] > 0 && needs_hiding(cell)) return false;
  return true;
}

std::vector<std::uint8_t> MarkedCells::noughts_at_atoms() const {
  std::vector<std::uint8_t> noughts(task_.truth->counts.size(), 0);
  for (CellIndex cell = 0; cell < layout_.cell_count(); ++cell) {
    if (value_[cell] > 0) continue;
    const int belied = stays_shown_[cell] ? int{never_raised} : 1;
    for (const AtomIndex atom : atoms_[cell]) noughts[atom] = static_cast<std::uint8_t>(std::min(noughts[atom] + belied, int{never_raised}));
  }
  return noughts;
}

// Nobody is in such a group, and a reader who is left to wonder would see too much of whoever was.
void MarkedCells::leave_empty_groups_empty() {
  std::vector<bool> in_empty_group(task_.truth->counts.size(), false);
  for (CellIndex cell = 0; cell < layout_.cell_count(); ++cell)
    if (value_[cell] == 0 && is_group(cell))
      for (const AtomIndex atom : atoms_[cell]) in_empty_group[atom] = true;
  for (CellIndex cell = 0; cell < layout_.cell_count(); ++cell)
    stays_shown_.push_back(value_[cell] == 0 && std::all_of(atoms_[cell].begin(), atoms_[cell].end(), [&](AtomIndex atom) { return in_empty_group[atom]; }));
}

bool MarkedCells::is_group(CellIndex cell) const {
  if (!task_.policy->group_disclosure) return false;
  bool narrowed = false, open = false;
  const std::vector<table::NodeIndex> nodes = layout_.nodes(cell);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const table::Role role = layout_.space().variables[layout_.design().by[i].variable].role;
    if (nodes[i] != 0) narrowed = narrowed || role != table::Role::sensitive;
    else open = open || role != table::Role::identifying;
  }
  return narrowed && open;
}

std::set<CellIndex> MarkedCells::changed_by(const table::Move& move) const {
  std::map<CellIndex, std::int64_t> change;
  for (const table::AtomChange& part : move)
    if (const auto at = cells_at_.find(part.atom); at != cells_at_.end())
      for (const CellIndex cell : at->second) change[cell] += part.change;
  std::set<CellIndex> changed;
  for (const auto& [cell, by] : change)
    if (by != 0) changed.insert(changed.end(), cell);
  return changed;
}

void MarkedCells::hide(CellIndex cell) {
  hidden_.insert(cell);
  table().cells[cell] = table::Suppressed{};
}

void MarkedCells::hide_all_that_may_be() {
  for (CellIndex cell = 0; cell < layout_.cell_count(); ++cell)
    if (may_hide(cell)) hide(cell);
}

void MarkedCells::show_noughts() {
  std::set<CellIndex> others;
  for (const CellIndex cell : hidden_)
    if (value_[cell] > 0) others.insert(cell);
  show_all_but(others);
}

bool MarkedCells::hide_all(const std::set<CellIndex>& cells) {
  if (!std::all_of(cells.begin(), cells.end(), [&](CellIndex cell) { return hidden_.contains(cell) || may_hide(cell); })) return false;
  const std::size_t before = hidden_.size();
  for (const CellIndex cell : cells) hide(cell);
  return hidden_.size() > before;
}

void MarkedCells::show_all_but(const std::set<CellIndex>& cells) {
  std::erase_if(hidden_, [&](CellIndex cell) {
    if (cells.contains(cell) || needs_hiding(cell)) return false;
    table().cells[cell] = figures_[cell];
    return true;
  });
}

void MarkedCells::show_needless_sets() {
  for (const std::vector<table::CellReference>& set : table::hidden_components(tables_)) {
    const auto is_needed = [&](const table::CellReference& place) { return place.table != task_.number || needs_hiding(place.cell); };
    if (std::any_of(set.begin(), set.end(), is_needed)) continue;
    for (const table::CellReference& place : set) {
      hidden_.erase(place.cell);
      table().cells[place.cell] = figures_[place.cell];
    }
  }
}

bool MarkedCells::hide_least_of(const std::vector<table::CellReference>& places) {
  std::optional<CellIndex> least;
  for (const table::CellReference& place : places)
    if (place.table == task_.number && !hidden_.contains(place.cell) && may_hide(place.cell) && (!least || value_[place.cell] < value_[*least]))
      least = place.cell;
  if (least) hide(*least);
  return least.has_value();
}

bool MarkedCells::hide_a_nought_among(const std::vector<AtomIndex>& atoms) {
  std::optional<CellIndex> best;
  std::size_t most = 0;
  for (const AtomIndex atom : atoms) {
    const auto at = cells_at_.find(atom);
    if (at == cells_at_.end()) continue;
    const CellIndex finest =
        *std::min_element(at->second.begin(), at->second.end(), [&](CellIndex a, CellIndex b) { return atoms_[a].size() < atoms_[b].size(); });
    if (hidden_.contains(finest) || value_[finest] > 0 || !may_hide(finest)) continue;
    const std::size_t beside = hidden_beside(finest);
    if (!best || beside > most) best = finest, most = beside;
  }
  if (best) hide(*best);
  return best.has_value();
}

// Hidden cells that differ from this one in a single variable.
std::size_t MarkedCells::hidden_beside(CellIndex cell) const {
  std::vector<table::NodeIndex> nodes = layout_.nodes(cell);
  std::size_t hidden = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const table::NodeIndex own = nodes[i];
    for (const table::NodeIndex other : layout_.categories(i)) {
      nodes[i] = other;
      if (const auto place = layout_.find(nodes); place && hidden_.contains(*place)) ++hidden;
    }
    nodes[i] = own;
  }
  return hidden;
}

HiddenPattern MarkedCells::pattern() const {
  HiddenPattern pattern;
  for (std::uint32_t number = 0; number < tables_.tables.size(); ++number)
    for (CellIndex cell = 0; cell < tables_.tables[number].cells.size(); ++cell)
      if (table::is_suppressed(tables_.tables[number].cells[cell])) pattern.insert({number, cell});
  return pattern;
}

}  // namespace candour::protect
