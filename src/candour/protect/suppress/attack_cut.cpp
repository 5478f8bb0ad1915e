#include <candour/protect/suppress/attack_cut.hpp>

#include <algorithm>
#include <cmath>

namespace candour::protect {

using solve::ColumnIndex;
using table::SystemCell;

std::vector<Demand> demands_of(const truth::SystemTruth& truth) {
  std::vector<Demand> demands;
  for (const truth::SystemSecret& secret : truth.secrets) {
    const std::int64_t x = truth.value[secret.cell];
    if (secret.reach_up > x) demands.push_back({secret.cell, static_cast<double>(secret.reach_up - x), true});
    if (secret.reach_down < x) demands.push_back({secret.cell, static_cast<double>(x - secret.reach_down), false});
  }
  return demands;
}

CutFinder::CutFinder(const table::AdditiveSystem& system, const truth::SystemTruth& truth) : truth_(truth), program_(make_attack_program(system, truth.value)) {
  for (SystemCell c = 0; c < truth.value.size(); ++c) {
    room_.push_back(static_cast<double>(truth.highest[c] - truth.value[c]));
    room_.push_back(static_cast<double>(truth.value[c] - truth.lowest[c]));
  }
}

void CutFinder::set_pattern(const std::vector<double>& share) {
  constexpr double noise = 1e-7;
  share_ = share;
  for (double& z : share_) z = z < noise ? 0 : std::min(1.0, z > 1 - noise ? 1.0 : z);
}

// In units of what is asked. A whole cell gives all that its bounds allow. A part of a cell gives a part of what is asked at most: in a cut no cell counts for
// more than the whole, and with bounds far beyond what is asked the least part of a cell would otherwise seem to be enough.
double CutFinder::capacity(std::size_t side, double asked) const {
  const double share = share_[side / 2];
  return (share >= 1 ? room_[side] : std::min(room_[side], asked) * share) / asked;
}

bool CutFinder::fits(const AttackProgram::Flow& flow, double asked) const {
  return std::all_of(flow.begin(), flow.end(), [&](const auto& part) { return part.second <= capacity(part.first, asked) + 1e-4; });
}

CutFinder::Verdict CutFinder::ask(std::size_t number, const Demand& demand, double seconds, solve::Row& cut) {
  if (room_[2 * static_cast<std::size_t>(demand.cell) + (demand.upwards ? 0 : 1)] < demand.asked) {
    cut = {{}, 1, solve::infinity};  // the cell's own bounds forbid it, whatever is hidden
    return Verdict::cut;
  }
  if (last_.size() <= number) last_.resize(number + 1), was_met_.resize(number + 1, false);
  if (was_met_[number] && fits(last_[number], demand.asked)) return Verdict::met;
  std::vector<double> capacities;
  for (std::size_t side = 0; side < room_.size(); ++side) capacities.push_back(capacity(side, demand.asked));
  AttackProgram::Answer answer = program_->ask(number, demand, capacities, seconds);
  if (answer.verdict == AttackProgram::Verdict::reached) {
    last_[number] = std::move(answer.flow), was_met_[number] = true;
    return Verdict::met;
  }
  if (answer.verdict == AttackProgram::Verdict::failed) return Verdict::failed;
  for (const double tolerance : {0.45, 1e-4}) {
    auto made = cut_from(program_->multipliers(tolerance), demand);
    if (!made) continue;
    cut = std::move(*made);
    return Verdict::cut;
  }
  return Verdict::failed;
}

// If the cell is hidden and changes in some move, the sum of multiplier * change over all cells is zero there: another cell with a multiplier changes, so is
// hidden. How far it changes is of no interest.
CutFinder::Verdict CutFinder::ask_for_company(std::size_t number, SystemCell cell, double seconds, solve::Row& cut) {
  constexpr double least_miss = 0.03;
  std::vector<double> capacities;
  for (std::size_t side = 0; side < room_.size(); ++side)
    capacities.push_back(truth_.standing[side / 2] == table::CellStanding::primary ? 1.0 : std::min(1.0, share_[side / 2] / share_[cell]));
  if (program_->ask(number, {cell, 1, true}, capacities, seconds).verdict != AttackProgram::Verdict::is_short) return Verdict::met;
  const std::vector<double> multipliers = program_->multipliers(0.45);
  if (std::abs(multipliers[cell]) < 0.5 * AttackProgram::parts) return Verdict::failed;
  double others = 0;
  cut = {{{static_cast<ColumnIndex>(cell), -1.0}}, 0, solve::infinity};
  for (SystemCell c = 0; c < multipliers.size(); ++c) {
    if (c == cell || multipliers[c] == 0) continue;
    if (truth_.standing[c] == table::CellStanding::primary) return Verdict::met;  // company enough in every pattern
    cut.entries.push_back({static_cast<ColumnIndex>(c), 1.0});
    others += share_[c];
  }
  return others < share_[cell] - least_miss ? Verdict::cut : Verdict::met;
}

// The secret's change times its own multiplier is the sum of the other cells' changes times theirs: no more than what the hidden ones' bounds allow.
std::optional<solve::Row> CutFinder::cut_from(const std::vector<double>& multipliers, const Demand& demand) const {
  const double own = demand.upwards ? -multipliers[demand.cell] : multipliers[demand.cell];
  if (own < 0.5 * AttackProgram::parts) return std::nullopt;
  double right = demand.asked * own;
  std::vector<solve::Entry> entries;
  for (std::size_t c = 0; c < multipliers.size(); ++c) {
    if (c == demand.cell) continue;
    const double most = multipliers[c] > 0 ? multipliers[c] * room_[2 * c] : -multipliers[c] * room_[2 * c + 1];
    if (most <= 0) continue;
    if (truth_.standing[c] == table::CellStanding::primary) right -= most;
    else entries.push_back({static_cast<ColumnIndex>(c), most});
  }
  if (right <= 1e-6 * demand.asked * AttackProgram::parts) return std::nullopt;
  double reached = 0, given = 0;
  solve::Row cut;
  for (const solve::Entry& entry : entries) {
    const double coefficient = std::min(1.0, entry.coefficient / right);
    if (coefficient < 1e-6) {
      given += coefficient;  // too small for the solver: counted as reached in full, which keeps the cut valid
      continue;
    }
    cut.entries.push_back({entry.column, coefficient});
    reached += coefficient * share_[static_cast<std::size_t>(entry.column)];
  }
  if (reached + given >= 1 - AttackProgram::least_gap) return std::nullopt;
  cut.lowest = 1 - given - 1e-7;
  cut.highest = solve::infinity;
  return cut;
}

}  // namespace candour::protect
