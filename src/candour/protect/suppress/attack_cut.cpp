#include <candour/protect/suppress/attack_cut.hpp>

#include <candour/protect/suppress/independent_sums.hpp>
#include <candour/protect/suppress/least_move.hpp>

#include <algorithm>
#include <cmath>

namespace candour::protect {
namespace {

constexpr double step_price = 1e-4;  // makes the attacker's best move unique and short; far below the 1 for a unit of the secret
constexpr double least_gap = 1e-3;   // share of what is asked that must be missing before a cut is worth it
constexpr double parts = 60;         // plain fractions

// In parts; sums of whole numbers of parts are exact.
double plain(double multiplier, double tolerance) {
  const double near = std::round(multiplier * parts);
  return std::abs(near - multiplier * parts) < tolerance ? near : multiplier * parts;
}

}  // namespace

std::vector<Demand> demands_of(const truth::SystemTruth& truth) {
  std::vector<Demand> demands;
  for (const truth::SystemSecret& secret : truth.secrets) {
    const std::int64_t x = truth.value[secret.cell];
    if (secret.reach_up > x) demands.push_back({secret.cell, static_cast<double>(secret.reach_up - x), true});
    if (secret.reach_down < x) demands.push_back({secret.cell, static_cast<double>(x - secret.reach_down), false});
  }
  return demands;
}

CutFinder::CutFinder(const table::AdditiveSystem& system, const truth::SystemTruth& truth)
    : system_(system), truth_(truth), sums_(independent_sums(system)), solver_(model_of_moves(system, sums_)), highest_(2 * truth.value.size(), 0) {
  for (std::size_t c = 0; c < truth.value.size(); ++c) {
    room_.push_back(static_cast<double>(truth.highest[c] - truth.value[c]));
    room_.push_back(static_cast<double>(truth.value[c] - truth.lowest[c]));
  }
  for (std::size_t j = 0; j < room_.size(); ++j) solver_.set_price(static_cast<solve::ColumnIndex>(j), step_price);
}

void CutFinder::set_pattern(const std::vector<double>& share) {
  constexpr double noise = 1e-7;
  share_ = share;
  for (double& z : share_) z = z < noise ? 0 : std::min(1.0, z > 1 - noise ? 1.0 : z);
}

// A whole cell gives all that its bounds allow. A part of a cell gives a part of what is asked at most: in a cut no cell counts for more than the whole, and
// with bounds far beyond what is asked the least part of a cell would otherwise seem to be enough.
double CutFinder::capacity(std::size_t column, double asked, double share) const { return share >= 1 ? room_[column] : std::min(room_[column], asked) * share; }

bool CutFinder::fits(const Flow& flow, double asked) const {
  return !flow.empty() && std::all_of(flow.begin(), flow.end(),
                                      [&](const auto& part) { return part.second <= capacity(part.first, asked, share_[part.first / 2]) + 1e-6 * asked; });
}

CutFinder::Verdict CutFinder::ask(std::size_t number, const Demand& demand, double seconds, solve::Row& cut) {
  if (last_.size() <= number) last_.resize(number + 1);
  if (fits(last_[number], demand.asked)) return Verdict::met;
  const std::size_t own = 2 * static_cast<std::size_t>(demand.cell) + (demand.upwards ? 0 : 1);
  for (std::size_t j = 0; j < room_.size(); ++j) {
    const double highest = j == own ? std::min(room_[j], demand.asked) : j == (own ^ 1) ? 0 : capacity(j, demand.asked, share_[j / 2]);
    if (highest != highest_[j]) solver_.set_bounds(static_cast<solve::ColumnIndex>(j), 0, highest_[j] = highest);
  }
  solver_.set_price(static_cast<solve::ColumnIndex>(own), -1);
  solver_.forget_basis();
  const solve::SolveOutcome outcome = solver_.solve({seconds, 1});
  solver_.set_price(static_cast<solve::ColumnIndex>(own), step_price);
  if (outcome.status != solve::SolveStatus::optimal) return Verdict::failed;
  if (outcome.solution[own] >= demand.asked * (1 - least_gap)) {
    Flow flow;
    for (std::size_t j = 0; j < outcome.solution.size(); ++j)
      if (outcome.solution[j] > 1e-9 * demand.asked) flow.emplace_back(static_cast<std::uint32_t>(j), outcome.solution[j]);
    last_[number] = std::move(flow);
    return Verdict::met;
  }
  for (const double tolerance : {0.45, 1e-4}) {
    auto made = cut_from(outcome.row_duals, demand, tolerance);
    if (!made) continue;
    cut = std::move(*made);
    return Verdict::cut;
  }
  return Verdict::failed;
}

// The secret's change is the sum of (its coefficient less the multipliers' sum) times each hidden cell's change: no more than what their bounds allow.
std::optional<solve::Row> CutFinder::cut_from(const std::vector<double>& multipliers, const Demand& demand, double tolerance) const {
  std::vector<double> reduced(share_.size(), 0.0);
  reduced[demand.cell] = demand.upwards ? parts : -parts;
  for (std::size_t r = 0; r < sums_.size(); ++r) {
    // The program minimises minus the secret's change.
    const double multiplier = plain(-multipliers[r], tolerance);
    if (multiplier == 0) continue;
    for (const table::SystemTerm& term : system_.terms(sums_[r])) reduced[term.cell] -= multiplier * term.coefficient;
  }
  double right = demand.asked;
  std::vector<solve::Entry> entries;
  for (std::size_t c = 0; c < reduced.size(); ++c) {
    const double most = (reduced[c] > 0 ? reduced[c] * room_[2 * c] : -reduced[c] * room_[2 * c + 1]) / parts;
    if (most <= 0) continue;
    if (truth_.standing[c] == table::CellStanding::primary) right -= most;
    else entries.push_back({static_cast<solve::ColumnIndex>(c), most});
  }
  if (right <= 1e-6 * demand.asked) return std::nullopt;
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
  if (reached + given >= 1 - least_gap) return std::nullopt;
  cut.lowest = 1 - given - 1e-7;
  cut.highest = solve::infinity;
  return cut;
}

}  // namespace candour::protect
