#include <candour/attack/audit.hpp>

#include <candour/attack/audit_ladder.hpp>
#include <candour/attack/audit_ledger.hpp>
#include <candour/attack/audit_start.hpp>
#include <candour/attack/audit_ties.hpp>
#include <candour/base/wide.hpp>

#include <algorithm>
#include <cstdlib>

namespace candour::attack {
namespace {

using inside::BoundRounding;
using inside::CellPlace;
using inside::not_open;

// Where a cell stands in the tied system; a shown cell is known.
CellPlace place_of(table::SystemCell cell, const knowledge::SystemView& view, const std::vector<std::uint32_t>& column_of, const inside::TiedSystem& tied) {
  if (column_of[cell] == not_open) return {not_open, 1, view.value[cell]};
  return tied.place[column_of[cell]];
}

// Over whole numbers bounds may be narrower, but only where a coefficient is not 1 or -1.
base::Result<base::Done> narrow_whole_bounds(const inside::Reduced& system, inside::AuditLedger& ledger) {
  if (std::all_of(system.terms.begin(), system.terms.end(), [](const inside::RowTerm& term) { return std::abs(term.coefficient) == 1; })) return base::Done{};
  inside::Reduced whole = system;
  CANDOUR_TRY_DONE(propagate(whole, BoundRounding::to_whole_numbers));
  for (std::uint32_t c = 0; c < whole.columns(); ++c) {
    ledger.prove_lowest(c, static_cast<double>(whole.lowest[c]), AuditNumbers::integers);
    ledger.prove_highest(c, static_cast<double>(whole.highest[c]), AuditNumbers::integers);
  }
  return base::Done{};
}

// Whether a move, from the starting table on, keeps every sum and every bound.
bool fits(const knowledge::SystemView& view, const std::vector<std::int64_t>& start, const table::SystemMove& move, std::vector<base::Wide>& off) {
  bool right = true;
  for (const table::SystemChange& part : move) {
    right = right && part.cell < start.size() && table::is_hidden(view.standing[part.cell]);
    if (!right) return false;
    const std::int64_t x = start[part.cell] + part.change;
    right = x >= view.lowest[part.cell] && x <= view.highest[part.cell];
  }
  for (const table::SystemChange& part : move)
    for (const table::CellEquation& sum : view.system->equations(part.cell)) off[sum.equation] += static_cast<base::Wide>(sum.coefficient) * part.change;
  for (const table::SystemChange& part : move)
    for (const table::CellEquation& sum : view.system->equations(part.cell)) right = right && off[sum.equation] == 0;
  for (const table::SystemChange& part : move)
    for (const table::CellEquation& sum : view.system->equations(part.cell)) off[sum.equation] = 0;
  return right;
}

// A cell named twice in a move changes by both; the checks of bounds above look at each alone, so such a move is not used.
bool names_a_cell_twice(table::SystemMove move) {
  std::sort(move.begin(), move.end(), [](const table::SystemChange& a, const table::SystemChange& b) { return a.cell < b.cell; });
  return std::adjacent_find(move.begin(), move.end(), [](const auto& a, const auto& b) { return a.cell == b.cell; }) != move.end();
}

// Gives how many of the moves fit.
std::uint64_t take_offered_moves(const knowledge::SystemView& view, const AuditOptions& options, const inside::TiedSystem& tied, inside::AuditLedger& ledger) {
  std::uint64_t used = 0;
  std::vector<base::Wide> off(view.system->equation_count(), 0);
  if (options.starting_table.empty()) return 0;
  for (const table::SystemMove& move : options.offered_moves) {
    if (names_a_cell_twice(move) || !fits(view, options.starting_table, move, off)) continue;
    ++used;
    for (const table::SystemChange& part : move)
      if (const std::uint32_t column = tied.system.column_of[part.cell]; column != not_open) ledger.learn_move(column, part.change);
  }
  return used;
}

}  // namespace

std::uint64_t AuditReport::count(AuditVerdict verdict) const {
  return static_cast<std::uint64_t>(std::count_if(cells.begin(), cells.end(), [&](const AuditedCell& c) { return c.verdict == verdict; }));
}

base::Result<AuditReport> audit(const knowledge::SystemView& view, const std::vector<knowledge::AskedInterval>& asked, const AuditOptions& options) {
  CANDOUR_TRY(hidden, inside::reduce(view));
  if (!options.starting_table.empty()) CANDOUR_TRY_DONE(check_fits(hidden, options.starting_table));
  AuditReport report;
  report.hidden = hidden.columns();
  const std::vector<std::uint32_t> column_of = hidden.column_of;
  CANDOUR_TRY(tied, tie(std::move(hidden), BoundRounding::outwards));
  inside::AuditWork work(tied.system, options);
  if (options.starting_table.empty()) CANDOUR_TRY_DONE(find_start(tied.system, work));
  else take_start(tied.system, options.starting_table);

  inside::AuditLedger ledger(tied.system, options);
  for (const knowledge::AskedInterval& interval : asked) ledger.ask(interval, place_of(interval.cell, view, column_of, tied));
  ledger.index();
  report.decided_by_propagation = ledger.refuted_count();
  if (options.numbers == AuditNumbers::integers) CANDOUR_TRY_DONE(narrow_whole_bounds(tied.system, ledger));
  report.offered_moves_used = take_offered_moves(view, options, tied, ledger);
  inside::Ladder ladder(tied.system, work, ledger);
  ladder.decide_over_reals();
  if (options.numbers == AuditNumbers::integers) ladder.decide_over_integers();

  for (std::size_t i = 0; i < asked.size(); ++i) report.cells.push_back(ledger.verdict(i, asked[i].cell));
  report.columns = tied.system.columns();
  report.components = work.components().members.size();
  report.largest_component = work.components().largest();
  report.linear_programs = work.linear_programs;
  report.integer_programs = work.integer_programs;
  report.failed_programs = work.failed_programs;
  report.time_ended = work.seconds_left() <= 0;
  return report;
}

}  // namespace candour::attack
