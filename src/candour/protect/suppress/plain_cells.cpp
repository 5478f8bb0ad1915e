#include <candour/protect/suppress/plain_cells.hpp>

#include <candour/protect/cell_name.hpp>

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>

namespace candour::protect {

using table::AtomIndex;
using table::CellIndex;

PlainCells::PlainCells(const PlainSuppressionTask& task) : truth_(*task.truth), minimum_(task.policy->minimum_frequency.minimum) {
  for (std::uint32_t number = 0; number < task.designs.size(); ++number) add_table(task, number);
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    if (cells_[cell].is_primary) primary_.push_back(cell);
    for (const auto& place : cells_[cell].places) at_.emplace(place, cell);
    with_atoms_.emplace(cells_[cell].atoms, cell);
  }
  dearest_first_.resize(cells_.size());
  std::iota(dearest_first_.begin(), dearest_first_.end(), std::size_t{0});
  std::stable_sort(dearest_first_.begin(), dearest_first_.end(), [&](std::size_t a, std::size_t b) { return cells_[a].loss > cells_[b].loss; });
}

void PlainCells::add_table(const PlainSuppressionTask& task, std::uint32_t number) {
  const table::TableLayout layout(*truth_.space, task.designs[number]);
  const bool may_hide = task.treatments[number] == Treatment::suppress;
  std::map<std::vector<AtomIndex>, std::size_t> known;
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) known.emplace(cells_[cell].atoms, cell);
  std::map<CellIndex, std::size_t> number_of;
  for (CellIndex place = 0; place < layout.cell_count(); ++place) {
    std::vector<AtomIndex> atoms = layout.atoms(place);
    const std::int64_t count = truth::records_in(truth_, atoms);
    if (count == 0) continue;
    const auto at = known.find(atoms);
    if (!may_hide) {
      needs_hiding_elsewhere_ = needs_hiding_elsewhere_ || needs_hiding(task, atoms);
      continue;
    }
    if (at != known.end()) {
      cells_[at->second].places.emplace_back(number, place);
      number_of.emplace(place, at->second);
      continue;
    }
    const bool primary = needs_hiding(task, atoms);
    number_of.emplace(place, cells_.size());
    cells_.push_back({std::move(atoms), {{number, place}}, loss_of(task, layout, place, count), primary});
  }
  for (const table::Equation& equation : equations_of(layout)) {
    Sum sum;
    if (const auto at = number_of.find(equation.total); at != number_of.end()) sum.total = at->second;
    for (const CellIndex part : equation.parts)
      if (const auto at = number_of.find(part); at != number_of.end()) sum.parts.push_back(at->second);
    if (!sum.parts.empty()) sums_.push_back(std::move(sum));
  }
}

bool PlainCells::needs_hiding(const PlainSuppressionTask& task, const std::vector<AtomIndex>& atoms) const {
  if (task.stays_hidden.contains(atoms) || truth::records_in(truth_, atoms) < minimum_) return true;
  return task.truth->people != truth::PeopleKnown::unknown && truth::people_in(truth_, atoms) < minimum_;
}

// Thousandths of 1 + log2(count), rounded down to whole doublings between, times a factor from 1 to 2 that only the key's holder knows.
std::int64_t PlainCells::loss_of(const PlainSuppressionTask& task, const table::TableLayout& layout, CellIndex cell, std::int64_t count) const {
  const auto value = static_cast<std::uint64_t>(count);
  const auto doublings = static_cast<std::int64_t>(std::bit_width(value)) - 1;
  const auto between = static_cast<std::int64_t>(1000 * (value - (std::uint64_t{1} << doublings)) >> doublings);
  const auto factor = static_cast<std::int64_t>(1000 + base::keyed_hash(task.key, name_for_key(layout, cell)) % 1001);
  return (1000 + 1000 * doublings + between) * factor / 1000;
}

std::optional<std::size_t> PlainCells::with_atoms(const std::vector<AtomIndex>& atoms) const {
  const auto found = with_atoms_.find(atoms);
  return found == with_atoms_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> PlainCells::at(table::CellReference place) const {
  const auto found = at_.find({place.table, place.cell});
  return found == at_.end() ? std::nullopt : std::optional(found->second);
}

HiddenPattern PlainCells::pattern(const std::vector<bool>& chosen) const {
  HiddenPattern pattern;
  for (std::size_t cell = 0; cell < cells_.size(); ++cell)
    if (chosen[cell]) pattern.insert(cells_[cell].places.begin(), cells_[cell].places.end());
  return pattern;
}

std::optional<std::vector<AtomIndex>> PlainCells::failing_residual(const std::vector<bool>& chosen) const {
  for (const Sum& sum : sums_) {
    if (sum.total && chosen[*sum.total]) continue;
    std::vector<AtomIndex> atoms;
    for (const std::size_t part : sum.parts)
      if (chosen[part]) atoms.insert(atoms.end(), cells_[part].atoms.begin(), cells_[part].atoms.end());
    if (atoms.empty()) continue;
    std::sort(atoms.begin(), atoms.end());
    const std::int64_t records = truth::records_in(truth_, atoms);
    if (records < minimum_ || (truth_.people != truth::PeopleKnown::unknown && truth::people_in(truth_, atoms) < minimum_)) return atoms;
  }
  return std::nullopt;
}

bool PlainCells::follows(const std::vector<bool>& chosen, std::size_t cell) const {
  return std::any_of(sums_.begin(), sums_.end(), [&](const Sum& sum) {
    const bool is_total = sum.total == cell;
    if (!is_total && std::find(sum.parts.begin(), sum.parts.end(), cell) == sum.parts.end()) return false;
    const auto hidden_parts = std::count_if(sum.parts.begin(), sum.parts.end(), [&](std::size_t part) { return chosen[part]; });
    const bool total_hidden = sum.total && chosen[*sum.total];
    return hidden_parts + (total_hidden ? 1 : 0) == 1;
  });
}

std::optional<std::size_t> PlainCells::cheapest_beside(const std::vector<bool>& chosen, const std::vector<AtomIndex>& atoms) const {
  const auto touches = [&](std::size_t cell) {
    return std::any_of(atoms.begin(), atoms.end(),
                       [&](AtomIndex atom) { return std::binary_search(cells_[cell].atoms.begin(), cells_[cell].atoms.end(), atom); });
  };
  std::optional<std::size_t> best;
  const auto consider = [&](std::size_t cell) {
    if (!chosen[cell] && (!best || cells_[cell].loss < cells_[*best].loss)) best = cell;
  };
  for (const Sum& sum : sums_) {
    std::vector<std::size_t> members = sum.parts;
    if (sum.total) members.push_back(*sum.total);
    if (std::none_of(members.begin(), members.end(), [&](std::size_t cell) { return chosen[cell] && touches(cell); })) continue;
    for (const std::size_t cell : members) consider(cell);
  }
  if (!best)
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) consider(cell);
  return best;
}

}  // namespace candour::protect
