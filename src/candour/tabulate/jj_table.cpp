#include <candour/tabulate/jj_table.hpp>

#include <candour/base/wide.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

namespace candour::tabulate {
namespace {

// Beyond 2^51 units a linear program in double numbers is no longer exact: digits are given up, and protection is asked for outwards.
constexpr std::int64_t most_units = std::int64_t{1} << 51;

// Sums and differences of a few numbers up to this fit 64 bits.
constexpr std::int64_t largest_number = std::int64_t{1} << 60;

std::int64_t largest_amount(const formats::JjFile& file) {
  std::int64_t most = 0;
  for (const formats::JjCell& cell : file.cells) most = std::max({most, std::abs(cell.value), std::abs(cell.highest)});
  return most;
}

bool has_too_many_digits(const formats::JjFile& file) { return file.decimals > 0 && largest_amount(file) > most_units; }

void give_up_digits(formats::JjFile& file) {
  while (has_too_many_digits(file)) {
    const auto nearest = [](std::int64_t x) { return (x + (x < 0 ? -5 : 5)) / 10; };
    const auto outward = [](std::int64_t x) { return (x + 9) / 10; };
    for (formats::JjCell& cell : file.cells) {
      cell.value = nearest(cell.value), cell.cost = outward(cell.cost);
      cell.lowest = nearest(cell.lowest), cell.highest = outward(cell.highest);
      cell.lower_protection = outward(cell.lower_protection), cell.upper_protection = outward(cell.upper_protection);
      cell.sliding_protection = outward(cell.sliding_protection);
    }
    for (std::int64_t& right : file.relations.right_side) right = nearest(right);
    --file.decimals;
  }
}

// Files written from binary fractions miss their sums by a last digit. Such a sum is taken as the values make it; a real contradiction is left to be found.
void settle_last_digits(const formats::JjFile& file, std::vector<std::int64_t>& right_side) {
  constexpr base::Wide parts = 1'000'000'000;
  const formats::JjRelations& relations = file.relations;
  for (std::size_t r = 0; r < right_side.size(); ++r) {
    base::Wide miss = -static_cast<base::Wide>(right_side[r]), largest = 0;
    for (std::uint64_t t = relations.term_start[r]; t < relations.term_start[r + 1]; ++t) {
      const base::Wide term = static_cast<base::Wide>(relations.coefficient[t]) * file.cells[relations.cell[t]].value;
      miss += term;
      largest = std::max(largest, term < 0 ? -term : term);
    }
    const auto length = static_cast<base::Wide>(relations.term_start[r + 1] - relations.term_start[r]);
    if ((miss < 0 ? -miss : miss) * parts <= largest * length) right_side[r] += static_cast<std::int64_t>(miss);
  }
}

table::AdditiveSystem system_of(const formats::JjFile& file, std::vector<std::int64_t> right_side) {
  std::vector<table::SystemTerm> terms;
  terms.reserve(file.relations.cell.size());
  for (std::size_t t = 0; t < file.relations.cell.size(); ++t) terms.push_back({file.relations.cell[t], file.relations.coefficient[t]});
  return table::AdditiveSystem::of_equations(static_cast<std::uint32_t>(file.cells.size()), file.relations.term_start, std::move(terms), std::move(right_side));
}

}  // namespace

base::Result<JjTable> table_of_jj(const formats::JjFile& given, const std::string& name, JjValues values) {
  std::optional<formats::JjFile> coarser;
  if (has_too_many_digits(given)) give_up_digits(coarser.emplace(given));
  const formats::JjFile& file = coarser ? *coarser : given;
  for (const formats::JjCell& cell : file.cells)
    for (const std::int64_t number : {cell.value, cell.lowest, cell.highest, cell.lower_protection, cell.upper_protection, cell.sliding_protection})
      if (number > largest_number || number < -largest_number)
        return base::fail(base::Error{base::Cause::wrong_input,
                                      "jj.overflow",
                                      {name, 0, 0},
                                      fmt::format("a number of cell {} is too large to be added up", cell.id),
                                      "use a coarser unit"});
  std::vector<std::int64_t> right_side = file.relations.right_side;
  if (values == JjValues::of_all_cells) settle_last_digits(file, right_side);
  JjTable table{system_of(file, std::move(right_side)), {}, {}, file.decimals};
  truth::SystemTruth& truth = table.truth;
  table.id.reserve(file.cells.size());
  for (auto* numbers : {&truth.value, &truth.loss, &truth.lowest, &truth.highest}) numbers->reserve(file.cells.size());
  truth.standing.reserve(file.cells.size());
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
    if (cell.status == 'u' && values == JjValues::of_all_cells)
      truth.secrets.push_back({c, cell.value - cell.lower_protection, cell.value + cell.upper_protection, cell.sliding_protection});
  }
  if (values == JjValues::of_all_cells && !table::adds_up(table.system, truth.value))
    return base::fail(base::Error{base::Cause::wrong_input,
                                  "jj.not_additive",
                                  {name, 0, 0},
                                  "the values of the file do not fulfil its relations",
                                  "the file must hold true values, unrounded; a published one is attacked with --start search"});
  return table;
}

}  // namespace candour::tabulate
