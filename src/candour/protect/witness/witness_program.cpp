#include <candour/protect/witness/witness_program.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace candour::protect {
namespace {

using solve::ColumnIndex;
using table::AtomIndex;

double bound(std::int64_t units) { return units == table::no_upper_limit ? solve::infinity : static_cast<double>(units); }

}  // namespace

// One unknown for each set of atoms that no limit tells apart. Column 2i is what it gains, column 2i+1 what it loses.
struct WitnessProgram::Unknowns {
  std::vector<std::vector<AtomIndex>> atoms;
  std::vector<std::int64_t> owned_of_atom;
  std::vector<std::uint32_t> unknown_of_atom;

  [[nodiscard]] solve::Row change_over(std::span<const AtomIndex> sum, double factor = 1) const {
    std::map<std::uint32_t, double> weight;
    for (const AtomIndex atom : sum) weight[unknown_of_atom[atom]] = factor;
    solve::Row row;
    for (const auto& [unknown, w] : weight) {
      row.entries.push_back({static_cast<ColumnIndex>(2 * unknown), w});
      row.entries.push_back({static_cast<ColumnIndex>(2 * unknown + 1), -w});
    }
    return row;
  }
};

WitnessProgram::WitnessProgram(const WitnessSystem& system, const Insiders& insiders, ProgramLimits limits)
    : system_(system), insiders_(insiders), limits_(limits) {}

ProgramOutcome WitnessProgram::find(const Aim& aim) const {
  ProgramOutcome plain = solve(aim, Replay::left_out);
  const auto* move = std::get_if<table::Move>(&plain);
  if (move == nullptr || system_.fits(*move)) return plain;
  if (system_.worlds().small.empty()) return NotDecided{};
  ProgramOutcome full = solve(aim, Replay::asked_for);
  if (const auto* found = std::get_if<table::Move>(&full); found != nullptr && !system_.fits(*found)) return NotDecided{};
  return full;
}

WitnessProgram::Unknowns WitnessProgram::unknowns(const Aim& aim, Replay replay) const {
  const std::size_t atom_count = system_.worlds().atom_count;
  std::vector<std::vector<std::uint32_t>> signature(atom_count);
  for (AtomIndex atom = 0; atom < atom_count; ++atom) signature[atom].assign(system_.limits_of(atom).begin(), system_.limits_of(atom).end());
  auto mark = static_cast<std::uint32_t>(system_.limit_count());
  const auto add_mark = [&](std::span<const AtomIndex> atoms) {
    for (const AtomIndex atom : atoms) signature[atom].push_back(mark);
    ++mark;
  };
  add_mark(aim.atoms);
  if (!aim.spare.empty()) add_mark(aim.spare);
  if (aim.inside.present) add_mark(insiders_.atoms_of_group(*aim.inside.present));
  for (const table::RatioConstraint& ratio : system_.worlds().ratios) {
    add_mark(ratio.numerator);
    add_mark(ratio.denominator);
  }
  if (replay == Replay::asked_for)
    for (const table::OneIsSmall& small : system_.worlds().small)
      for (const auto& cell : small.cells) add_mark(cell);
  Unknowns unknowns;
  unknowns.owned_of_atom.assign(atom_count, 0);
  for (const Holdings& part : insiders_.holdings_of(aim.inside.coalition)) unknowns.owned_of_atom[part.atom] = part.records;
  std::map<std::vector<std::uint32_t>, std::uint32_t> numbers;
  for (AtomIndex atom = 0; atom < atom_count; ++atom) {
    const auto [at, is_new] = numbers.try_emplace(std::move(signature[atom]), static_cast<std::uint32_t>(unknowns.atoms.size()));
    if (is_new) unknowns.atoms.emplace_back();
    unknowns.atoms[at->second].push_back(atom);
    unknowns.unknown_of_atom.push_back(at->second);
  }
  return unknowns;
}

ProgramOutcome WitnessProgram::solve(const Aim& aim, Replay replay) const {
  const Unknowns unknowns = this->unknowns(aim, replay);
  if (2 * unknowns.atoms.size() > limits_.most_columns) return NotDecided{};
  solve::LinearModel model;
  for (const std::vector<AtomIndex>& atoms : unknowns.atoms) {
    std::int64_t free = 0;
    for (const AtomIndex atom : atoms) free += system_.count(atom) - unknowns.owned_of_atom[atom];
    model.columns.push_back({0, solve::infinity, 1, solve::ColumnType::integer});
    const double cost_of_losing = std::binary_search(aim.spare.begin(), aim.spare.end(), atoms.front()) ? 4 : 1;
    model.columns.push_back({0, static_cast<double>(free), cost_of_losing, solve::ColumnType::integer});
  }
  add_limits(unknowns, model);
  add_ratios(unknowns, model);
  if (replay == Replay::asked_for) add_replay(unknowns, model);
  if (aim.inside.present) {
    const std::vector<AtomIndex> group = insiders_.atoms_of_group(*aim.inside.present);
    solve::Row somebody = unknowns.change_over(group);
    somebody.lowest = static_cast<double>(1 - truth::records_in(system_.truth(), group));
    somebody.highest = solve::infinity;
    model.rows.push_back(std::move(somebody));
  }
  solve::Row aimed = unknowns.change_over(aim.atoms);
  const auto needed = static_cast<double>(aim.goal - truth::records_in(system_.truth(), aim.atoms));
  aimed.lowest = aim.side == Side::up ? needed : -solve::infinity;
  aimed.highest = aim.side == Side::up ? solve::infinity : needed;
  model.rows.push_back(std::move(aimed));
  const solve::SolveOutcome outcome = solve::solve_once(model, {0, limits_.nodes});
  if (outcome.status == solve::SolveStatus::infeasible) return NoSuchWorld{};
  if (outcome.solution.empty()) return NotDecided{};
  return move_of(unknowns, outcome.solution);
}

void WitnessProgram::add_limits(const Unknowns& unknowns, solve::LinearModel& model) const {
  for (LimitIndex i = 0; i < system_.limit_count(); ++i) {
    const Limit& limit = system_.limit(i);
    solve::Row row = unknowns.change_over(system_.atoms_of(i));
    const auto value = static_cast<double>(limit.value);
    row.lowest = bound(limit.lowest) - value;
    row.highest = bound(limit.highest) - value;
    model.rows.push_back(std::move(row));
  }
}

// round(p * n / d) = u, as ratio_fits has it: 0 <= 2 p n + d - 2 u d and 2 p n + d - 2 (u+1) d <= -1, with d at least 1.
void WitnessProgram::add_ratios(const Unknowns& unknowns, solve::LinearModel& model) const {
  for (const table::RatioConstraint& ratio : system_.worlds().ratios) {
    const double scale = 200 * std::pow(10.0, ratio.decimals);
    const auto units = static_cast<double>(ratio.units);
    const auto numerator = static_cast<double>(truth::records_in(system_.truth(), ratio.numerator));
    const auto denominator = static_cast<double>(truth::records_in(system_.truth(), ratio.denominator));
    const auto add = [&](double of_denominator, double lowest, double highest) {
      solve::Row row = unknowns.change_over(ratio.numerator, scale);
      const solve::Row below = unknowns.change_over(ratio.denominator, of_denominator);
      std::map<ColumnIndex, double> sum;
      for (const solve::Entry& entry : row.entries) sum[entry.column] += entry.coefficient;
      for (const solve::Entry& entry : below.entries) sum[entry.column] += entry.coefficient;
      row.entries.clear();
      for (const auto& [column, coefficient] : sum) row.entries.push_back({column, coefficient});
      const double now = scale * numerator + of_denominator * denominator;
      row.lowest = lowest - now;
      row.highest = highest - now;
      model.rows.push_back(std::move(row));
    };
    add(1 - 2 * units, 0, solve::infinity);
    add(1 - 2 * (units + 1), -solve::infinity, -1);
    solve::Row positive = unknowns.change_over(ratio.denominator);
    positive.lowest = 1 - denominator;
    positive.highest = solve::infinity;
    model.rows.push_back(std::move(positive));
  }
}

// One binary a cell: where it is 1 the cell lies between 1 and the highest small count; at least one is 1.
void WitnessProgram::add_replay(const Unknowns& unknowns, solve::LinearModel& model) const {
  const auto large = static_cast<double>(std::accumulate(system_.truth().counts.begin(), system_.truth().counts.end(), std::int64_t{1000}));
  for (std::size_t condition = 0; condition < system_.worlds().small.size(); ++condition) {
    const table::OneIsSmall& small = system_.worlds().small[condition];
    solve::Row one{{}, 1, solve::infinity};
    for (std::uint32_t number = 0; number < small.cells.size(); ++number) {
      const std::vector<AtomIndex>& cell = small.cells[number];
      if (system_.needs_hiding_for_people(condition, number)) {
        // Left as it is, the cell still needs hiding for its few people: where the binary is 1 nothing in it changes.
        const auto untouched = static_cast<ColumnIndex>(model.columns.size());
        model.columns.push_back({0, 1, 0, solve::ColumnType::integer});
        one.entries.push_back({untouched, 1});
        solve::Row still{{}, -solve::infinity, large};
        for (const solve::Entry& entry : unknowns.change_over(cell).entries) still.entries.push_back({entry.column, 1});
        still.entries.push_back({untouched, large});
        model.rows.push_back(std::move(still));
      }
      const auto binary = static_cast<ColumnIndex>(model.columns.size());
      model.columns.push_back({0, 1, 0, solve::ColumnType::integer});
      one.entries.push_back({binary, 1});
      const auto value = static_cast<double>(truth::records_in(system_.truth(), cell));
      solve::Row at_least = unknowns.change_over(cell);
      at_least.entries.push_back({binary, -1});
      at_least.lowest = -value;
      at_least.highest = solve::infinity;
      solve::Row at_most = unknowns.change_over(cell);
      at_most.entries.push_back({binary, large});
      at_most.lowest = -solve::infinity;
      at_most.highest = static_cast<double>(small.highest) + large - value;
      model.rows.push_back(std::move(at_least));
      model.rows.push_back(std::move(at_most));
    }
    model.rows.push_back(std::move(one));
  }
}

// What an unknown gains goes to its first atom; what it loses comes from the atoms that can spare most beyond what anybody could own.
table::Move WitnessProgram::move_of(const Unknowns& unknowns, const std::vector<double>& solution) const {
  table::Move move;
  for (std::size_t i = 0; i < unknowns.atoms.size(); ++i) {
    std::int64_t change = std::llround(solution[2 * i]) - std::llround(solution[2 * i + 1]);
    std::vector<AtomIndex> atoms = unknowns.atoms[i];
    if (change > 0) move.push_back({atoms.front(), change});
    if (change >= 0) continue;
    std::stable_sort(atoms.begin(), atoms.end(),
                     [&](AtomIndex a, AtomIndex b) { return system_.count(a) - insiders_.most_owned(a) > system_.count(b) - insiders_.most_owned(b); });
    for (const AtomIndex atom : atoms) {
      const std::int64_t taken = std::min(-change, system_.count(atom) - unknowns.owned_of_atom[atom]);
      if (taken > 0) move.push_back({atom, -taken});
      change += taken;
    }
  }
  std::sort(move.begin(), move.end(), [](const table::AtomChange& a, const table::AtomChange& b) { return a.atom < b.atom; });
  return move;
}

}  // namespace candour::protect
