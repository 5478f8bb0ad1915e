#include <candour/protect/witness/repair_search.hpp>

#include <algorithm>

namespace candour::protect {
namespace {

using table::AtomIndex;

constexpr std::size_t most_repairs = 40;   // of one unit, before it is tried again
constexpr int most_tries = 6;              // of one unit
constexpr std::int64_t one_sum = 1000;     // a sum mended or broken
constexpr std::int64_t undoing = 5000;     // what takes the secret back where it came from
constexpr std::int64_t own_records = 300;  // a record lowered that a coalition could know
constexpr std::int64_t own_records_if_wary = 1200;
constexpr std::int64_t left_as_it_is = 900;  // an atom raised that had better stay
constexpr std::uint64_t lottery = 200;       // breaks ties

}  // namespace

std::uint64_t Dice::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

RepairSearch::RepairSearch(const WitnessSystem& system, const Insiders& insiders)
    : system_(system), insiders_(insiders), change_(system.worlds().atom_count, 0), sum_change_(system.limit_count(), 0), owned_(system.worlds().atom_count, 0),
      in_secret_(system.worlds().atom_count, false), is_spared_(system.worlds().atom_count, false), is_touched_(system.limit_count(), false),
      worth_(system.limit_count()), direction_(system.worlds().atom_count, 0) {
  for (LimitIndex limit = 0; limit < system.limit_count(); ++limit) weigh(limit);
}

std::optional<table::Move> RepairSearch::find(const Aim& aim, std::uint64_t seed) {
  Dice dice(seed);
  start(aim, dice);
  const std::int64_t direction = aim.side == Side::up ? 1 : -1;
  bool found = true;
  while (found && (aim.goal - secret_sum_) * direction > 0) found = step_to(secret_sum_ + direction, dice);
  std::optional<table::Move> result;
  if (found) result = move();
  forget_everything();
  if (result && !system_.fits(*result)) return std::nullopt;
  return result;
}

void RepairSearch::may_change(const table::Move& move) {
  if (dear_.empty()) return;
  for (const table::AtomChange& part : move) dear_[part.atom] = 0;
}

void RepairSearch::start(const Aim& aim, Dice& dice) {
  aim_ = aim;
  secret_sum_ = truth::records_in(system_.truth(), aim.atoms);
  for (const AtomIndex atom : aim.atoms) in_secret_[atom] = true;
  for (const AtomIndex atom : aim.spare) is_spared_[atom] = true;
  const auto stays = [&](AtomIndex atom, std::int64_t records) {
    owned_[atom] = records;
    owned_atoms_.push_back(atom);
  };
  for (const Holdings& part : insiders_.holdings_of(aim.inside.coalition)) stays(part.atom, part.records);
  if (aim.inside.present) {  // one of the records there stays: any will do
    const std::vector<AtomIndex> filled = insiders_.filled_atoms_of_group(*aim.inside.present);
    if (!filled.empty()) stays(filled[dice.next() % filled.size()], 1);
  }
}

void RepairSearch::forget_everything() {
  for (const auto& [atom, change] : trail_) change_[atom] = direction_[atom] = 0;
  for (const LimitIndex limit : touched_) {
    sum_change_[limit] = 0;
    is_touched_[limit] = false;
    weigh(limit);
  }
  for (const AtomIndex atom : aim_.atoms) in_secret_[atom] = false;
  for (const AtomIndex atom : aim_.spare) is_spared_[atom] = false;
  for (const AtomIndex atom : owned_atoms_) owned_[atom] = 0;
  owned_atoms_.clear();
  trail_.clear();
  touched_.clear();
}

bool RepairSearch::step_to(std::int64_t target, Dice& dice) {
  const std::size_t length = trail_.size();
  for (const auto& [atom, unused] : trail_) direction_[atom] = 0;
  for (int attempt = 0; attempt < most_tries; ++attempt) {
    if (mend(target, dice)) return true;
    undo_to(length);
  }
  return false;
}

bool RepairSearch::mend(std::int64_t target, Dice& dice) {
  for (std::size_t repair = 0; repair < most_repairs; ++repair) {
    std::optional<Choice> best;
    if (secret_violated(target)) {
      const std::int64_t change = aim_.side == Side::up ? 1 : -1;
      for (const AtomIndex atom : aim_.atoms) consider(atom, change, target, dice, best);
    } else if (const auto limit = next_violated()) {
      if (excess(*limit) > 0) {
        for (const AtomIndex atom : system_.filled_atoms_of(*limit)) consider(atom, -1, target, dice, best);
      } else {
        for (const AtomIndex atom : system_.atoms_of(*limit)) consider(atom, 1, target, dice, best);
      }
    } else {
      return true;
    }
    if (!best) return false;
    apply(best->atom, best->change);
  }
  return false;
}

void RepairSearch::apply(AtomIndex atom, std::int64_t change) {
  trail_.emplace_back(atom, change);
  change_[atom] += change;
  direction_[atom] = change;
  if (in_secret_[atom]) secret_sum_ += change;
  for (const LimitIndex limit : system_.limits_of(atom)) {
    sum_change_[limit] += change;
    weigh(limit);
    if (!is_touched_[limit]) {
      is_touched_[limit] = true;
      touched_.push_back(limit);
    }
  }
}

void RepairSearch::undo_to(std::size_t length) {
  while (trail_.size() > length) {
    const auto [atom, change] = trail_.back();
    change_[atom] -= change;
    direction_[atom] = 0;
    if (in_secret_[atom]) secret_sum_ -= change;
    for (const LimitIndex limit : system_.limits_of(atom)) {
      sum_change_[limit] -= change;
      weigh(limit);
    }
    trail_.pop_back();
  }
}

bool RepairSearch::secret_violated(std::int64_t target) const { return aim_.side == Side::up ? secret_sum_ < target : secret_sum_ > target; }

// Above zero: too much; below: too little.
std::int64_t RepairSearch::excess(LimitIndex limit) const {
  const Limit& bounds = system_.limit(limit);
  const std::int64_t value = bounds.value + sum_change_[limit];
  if (value > bounds.highest) return value - bounds.highest;
  if (value < bounds.lowest) return value - bounds.lowest;
  return 0;
}

// The smallest violated sum: it leaves the least choice.
std::optional<LimitIndex> RepairSearch::next_violated() const {
  std::optional<LimitIndex> smallest;
  for (const LimitIndex limit : touched_)
    if (excess(limit) != 0 && (!smallest || system_.atoms_of(limit).size() < system_.atoms_of(*smallest).size())) smallest = limit;
  return smallest;
}

// What one more and one less in a sum are worth.
void RepairSearch::weigh(LimitIndex limit) {
  const Limit& bounds = system_.limit(limit);
  const std::int64_t value = bounds.value + sum_change_[limit];
  Worth& worth = worth_[limit];
  worth.more = value < bounds.lowest ? one_sum : value >= bounds.highest ? -one_sum : 0;
  worth.less = value > bounds.highest ? one_sum : value <= bounds.lowest ? -one_sum : 0;
}

std::int64_t RepairSearch::score(AtomIndex atom, std::int64_t change, std::int64_t target) const {
  std::int64_t score = 0;
  for (const LimitIndex limit : system_.limits_of(atom)) score += change > 0 ? worth_[limit].more : worth_[limit].less;
  if (in_secret_[atom]) {
    const bool helps = (change > 0) == (aim_.side == Side::up);
    score += helps ? (secret_violated(target) ? one_sum : 0) : -undoing;
  }
  if (change > 0 && !dear_.empty() && change_[atom] == 0) score -= left_as_it_is * dear_[atom];
  if (change < 0 && system_.count(atom) + change_[atom] - 1 < insiders_.most_owned(atom)) {
    const std::int64_t weight = aim_.is_wary ? own_records_if_wary : own_records;
    score -= is_spared_[atom] ? 2 * weight : weight;
  }
  return score;
}

void RepairSearch::consider(AtomIndex atom, std::int64_t change, std::int64_t target, Dice& dice, std::optional<Choice>& best) const {
  if (change < 0 && system_.count(atom) + change_[atom] <= owned_[atom]) return;
  if (change > 0 && !dear_.empty() && dear_[atom] == never_raised && change_[atom] >= 0) return;
  if (direction_[atom] == -change) return;  // never straight back
  const std::int64_t value = score(atom, change, target) + static_cast<std::int64_t>(dice.next() % lottery);
  if (!best || value > best->score) best = Choice{atom, change, value};
}

table::Move RepairSearch::move() const {
  table::Move move;
  for (const auto& [atom, unused] : trail_)
    if (change_[atom] != 0) move.push_back({atom, change_[atom]});
  std::sort(move.begin(), move.end(), [](const table::AtomChange& a, const table::AtomChange& b) { return a.atom < b.atom; });
  move.erase(std::unique(move.begin(), move.end()), move.end());
  return move;
}

}  // namespace candour::protect
