#include <candour/tabulate/jj_table.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::tabulate {
namespace {

table::AdditiveSystem system_of(const formats::JjFile& file) {
  std::vector<table::SystemTerm> terms;
  terms.reserve(file.relations.cell.size());
  for (std::size_t t = 0; t < file.relations.cell.size(); ++t) terms.push_back({file.relations.cell[t], file.relations.coefficient[t]});
  return table::AdditiveSystem::of_equations(static_cast<std::uint32_t>(file.cells.size()), file.relations.term_start, std::move(terms), file.relations.right_side);
}

}  // namespace

base::Result<JjTable> table_of_jj(const formats::JjFile& file, const std::string& name) {
  JjTable table{system_of(file), {}, {}, file.decimals};
  truth::SystemTruth& truth = table.truth;
  for (std::uint32_t c = 0; c < file.cells.size(); ++c) {
    const formats::JjCell& cell = file.cells[c];
    table.id.push_back(cell.id);
    truth.value.push_back(cell.value);
    truth.loss.push_back(std::max<std::int64_t>(1, cell.cost));
    truth.lowest.push_back(cell.lowest);
    truth.highest.push_back(cell.highest);
    truth.standing.push_back(cell.status == 'x' ? table::CellStanding::shown : table::standing_of(cell.status));
    if (cell.value < cell.lowest || cell.value > cell.highest)
      return base::fail(base::Error{base::Cause::wrong_input, "jj.bounds", {name, 0, 0}, fmt::format("cell {} lies outside its own bounds", cell.id), ""});
    if (cell.status == 'u')
      truth.secrets.push_back({c, cell.value - cell.lower_protection, cell.value + cell.upper_protection, cell.sliding_protection});
  }
  if (!table::adds_up(table.system, truth.value))
    return base::fail(base::Error{base::Cause::wrong_input, "jj.not_additive", {name, 0, 0}, "the values of the file do not fulfil its relations", "the file must hold true values, unrounded"});
  return table;
}

}  // namespace candour::tabulate
