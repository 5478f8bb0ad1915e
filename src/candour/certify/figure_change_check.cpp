#include <candour/certify/figure_change_check.hpp>

#include <candour/assess/naming.hpp>

#include <fmt/format.h>

#include <map>
#include <utility>

namespace candour::certify {
namespace {

bool is_permitted(const table::PublishedTable& table, const table::PublishedCell& cell, const policy::Policy& policy) {
  if (const auto* rounded = std::get_if<table::Rounded>(&cell)) return policy.rounding_base && rounded->base == *policy.rounding_base;
  const auto& perturbed = std::get<table::Perturbed>(cell);
  return policy.cell_key && perturbed.most_noise == policy.cell_key->most_noise && perturbed.protected_below == policy.protected_below() && table.noise &&
         table.noise->variance_thousandths == 1000 * policy.cell_key->variance;
}

}  // namespace

std::vector<RefusalReason> faults_of_changes(const table::PublishedPopulation& published, const policy::Policy& policy) {
  std::vector<RefusalReason> faults;
  std::map<std::vector<table::AtomIndex>, table::PublishedCell> shown;
  for (const table::PublishedTable& table : published.tables) {
    const table::TableLayout layout(*published.space, table.design);
    for (table::CellIndex cell = 0; cell < table.cells.size(); ++cell) {
      if (!table::is_changed(table.cells[cell])) continue;
      const auto name = [&] { return fmt::format("{} {}", table.design.id, assess::name_of_cell(layout, cell)); };
      if (!is_permitted(table, table.cells[cell], policy)) faults.push_back({"certify.change_not_permitted", name(), {}});
      const auto [at, is_new] = shown.try_emplace(layout.atoms(cell), table.cells[cell]);
      if (!is_new && !(at->second == table.cells[cell])) faults.push_back({"certify.figure_drawn_twice", name(), {}});
    }
  }
  return faults;
}

}  // namespace candour::certify
