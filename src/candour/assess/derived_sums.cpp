#include <candour/assess/secrets.hpp>

#include <algorithm>
#include <iterator>

namespace candour::assess {
namespace {

using table::AtomIndex;
using table::CellIndex;
using table::CellReference;

// A published exact cell with the box and the question that it counts.
struct ExactCell {
  CellReference reference;
  table::QuestionIndex question = 0;
  std::int64_t value = 0;
  std::vector<table::LeafRange> box;
};

bool contains(const std::vector<table::LeafRange>& outer, const std::vector<table::LeafRange>& inner) {
  for (std::size_t v = 0; v < outer.size(); ++v)
    if (!outer[v].contains(inner[v])) return false;
  return true;
}

// T or more records by T or more people, or nothing at all.
bool passes(const truth::Population& population, std::span<const AtomIndex> atoms, std::int64_t value, std::int64_t minimum) {
  if (value == 0) return true;
  if (value < minimum) return false;
  return population.people == truth::PeopleKnown::unknown || truth::people_in(population, atoms) >= minimum;
}

void add_residuals(const truth::Population& population, const table::PublishedTable& table, std::uint32_t number, std::int64_t minimum,
                   std::vector<DerivedSum>& failing) {
  const table::TableLayout layout(*population.space, table.design);
  for (const table::Equation& equation : equations_of(layout)) {
    const auto total = exact_value(table.cells[equation.total]);
    if (!total) continue;
    DerivedSum residual{{}, *total, {{number, equation.total}}, {}};
    for (const CellIndex part : equation.parts) {
      if (const auto value = exact_value(table.cells[part])) {
        residual.value -= *value;
        residual.minus.push_back({number, part});
      } else {
        const std::vector<AtomIndex> atoms = layout.atoms(part);
        residual.atoms.insert(residual.atoms.end(), atoms.begin(), atoms.end());
      }
    }
    if (residual.atoms.empty()) continue;
    std::sort(residual.atoms.begin(), residual.atoms.end());
    if (!passes(population, residual.atoms, residual.value, minimum)) failing.push_back(std::move(residual));
  }
}

std::vector<ExactCell> exact_cells(const table::PublishedPopulation& published) {
  std::vector<ExactCell> cells;
  const auto add = [&](const table::PublishedTable& table, std::uint32_t number) {
    const table::TableLayout layout(*published.space, table.design);
    for (CellIndex cell = 0; cell < table.cells.size(); ++cell)
      if (const auto value = exact_value(table.cells[cell])) cells.push_back({{number, cell}, table.design.question, *value, layout.box(cell)});
  };
  std::uint32_t number = 0;
  for (const table::PublishedTable& table : published.tables) add(table, number++);
  for (const table::PublishedTable& table : published.earlier_tables) add(table, number++);
  return cells;
}

// What is taken off one outer cell: larger cells first, so that whatever lies inside a cell that passed need not be looked at again
// (taking off less leaves more).
void add_differences_of(const truth::Population& population, const ExactCell& outer, const std::vector<ExactCell>& by_value, std::int64_t minimum,
                        std::vector<DerivedSum>& failing) {
  std::vector<AtomIndex> outer_atoms;  // made when first needed: most pairs fail on the boxes
  std::vector<const ExactCell*> passed;
  for (const ExactCell& inner : by_value) {
    const std::int64_t difference = outer.value - inner.value;
    if (difference <= 0 || !contains(outer.box, inner.box)) continue;
    if (population.people == truth::PeopleKnown::unknown && difference >= minimum) continue;
    if (std::any_of(passed.begin(), passed.end(), [&](const ExactCell* p) { return p->question == inner.question && contains(p->box, inner.box); })) continue;
    const std::vector<AtomIndex> inner_atoms = atoms_in_box(*population.space, inner.question, inner.box);
    if (outer_atoms.empty()) outer_atoms = atoms_in_box(*population.space, outer.question, outer.box);
    if (!std::includes(outer_atoms.begin(), outer_atoms.end(), inner_atoms.begin(), inner_atoms.end())) continue;
    DerivedSum sum{{}, difference, {outer.reference}, {inner.reference}};
    std::set_difference(outer_atoms.begin(), outer_atoms.end(), inner_atoms.begin(), inner_atoms.end(), std::back_inserter(sum.atoms));
    if (passes(population, sum.atoms, sum.value, minimum)) passed.push_back(&inner);
    else failing.push_back(std::move(sum));
  }
}

void add_differences(const truth::Population& population, const table::PublishedPopulation& published, std::int64_t minimum, std::vector<DerivedSum>& failing) {
  std::vector<ExactCell> cells = exact_cells(published);
  std::stable_sort(cells.begin(), cells.end(), [](const ExactCell& a, const ExactCell& b) { return a.value > b.value; });
  for (const ExactCell& outer : cells) add_differences_of(population, outer, cells, minimum, failing);
}

}  // namespace

std::vector<DerivedSum> failing_derived_sums(const truth::Population& population, const table::PublishedPopulation& published, const policy::Policy& policy) {
  std::vector<DerivedSum> failing;
  std::uint32_t number = 0;
  for (const table::PublishedTable& table : published.tables) add_residuals(population, table, number++, policy.minimum_frequency.minimum, failing);
  for (const table::PublishedTable& table : published.earlier_tables) add_residuals(population, table, number++, policy.minimum_frequency.minimum, failing);
  add_differences(population, published, policy.minimum_frequency.minimum, failing);
  return failing;
}

}  // namespace candour::assess
