#include <candour/protect/witness/judgement.hpp>

#include <algorithm>

namespace candour::protect {
namespace {

Coalition with(Coalition coalition, PersonKey person) {
  coalition.insert(std::upper_bound(coalition.begin(), coalition.end(), person), person);
  return coalition;
}

bool holds(const Coalition& coalition, PersonKey person) { return std::binary_search(coalition.begin(), coalition.end(), person); }

}  // namespace

Witness witness_of(table::Move move, const WitnessSystem& system, const Insiders& insiders) {
  Witness witness{std::move(move), {}, {}};
  std::vector<std::pair<table::AtomIndex, std::int64_t>> changes;
  for (const table::AtomChange& part : witness.move) {
    changes.emplace_back(part.atom, part.change);
    const std::int64_t left = system.count(part.atom) + part.change;
    if (part.change < 0 && left < insiders.most_owned(part.atom)) witness.doubtful.push_back({part.atom, left});
  }
  witness.emptied = insiders.emptied_by(changes);
  return witness;
}

bool rules_out(const InsideKnowledge& inside, const Witness& witness, const Insiders& insiders) {
  if (inside.present && std::binary_search(witness.emptied.begin(), witness.emptied.end(), *inside.present)) return true;
  // Whoever rules it out has records at a doubtful atom: people have few records, a witness may lower many atoms.
  const auto refutes_at = [&](const Holdings& part) {
    const auto lowered = std::lower_bound(witness.doubtful.begin(), witness.doubtful.end(), part.atom,
                                          [](const Witness::Lowered& each, table::AtomIndex atom) { return each.atom < atom; });
    return lowered != witness.doubtful.end() && lowered->atom == part.atom && insiders.owned(inside.coalition, part.atom) > lowered->left;
  };
  return std::any_of(inside.coalition.begin(), inside.coalition.end(), [&](PersonKey person) {
    const auto holdings = insiders.holdings_of(person);
    return std::any_of(holdings.begin(), holdings.end(), refutes_at);
  });
}

SecretJudge::SecretJudge(const truth::Secret& secret, const WitnessSystem& system, const Insiders& insiders, PresenceKnown presence)
    : secret_(&secret), insiders_(&insiders), value_(truth::records_in(system.truth(), secret.atoms)),
      group_value_(truth::records_in(system.truth(), secret.group)), owners_(insiders.stakes_in(secret.atoms)), most_own_(insiders.most_owned_in(secret.atoms)),
      presence_(presence) {}

bool SecretJudge::speaks_to_all(Side side, std::span<const SeenWitness> witnesses) const {
  const auto& reach = side == Side::up ? secret_->reach_up : secret_->reach_down;
  if (!reach) return true;
  const std::int64_t needed = *reach + (side == Side::up && secret_->reach_of == truth::ReachOf::the_rest ? most_own_ : 0);
  return reaches(side, value_, needed) || std::any_of(witnesses.begin(), witnesses.end(), [&](const SeenWitness& seen) {
           return seen.witness->doubtful.empty() && reaches(side, seen.value, needed);
         });
}

std::optional<std::int64_t> SecretJudge::goal(Side side, const Coalition& coalition) const {
  const auto& reach = side == Side::up ? secret_->reach_up : secret_->reach_down;
  if (!reach) return std::nullopt;
  std::int64_t own = 0;
  for (const PersonKey person : coalition) {
    const auto owner = std::lower_bound(owners_.begin(), owners_.end(), person, [](const Stake& stake, PersonKey key) { return stake.person < key; });
    if (owner != owners_.end() && owner->person == person) own += owner->records;
  }
  const bool is_group = secret_->rule == truth::SecretRule::group_disclosure;
  if (is_group ? group_value_ <= insiders_->owned_in(coalition, secret_->group) : value_ <= own) return std::nullopt;
  return *reach + (secret_->reach_of == truth::ReachOf::the_rest ? own : 0);
}

std::optional<InsideKnowledge> SecretJudge::first_unmet(Side side, std::span<const SeenWitness> witnesses) const {
  if (!speaks_to_all(side, witnesses))
    if (auto coalition = unmet_from(side, witnesses, {})) return InsideKnowledge{std::move(*coalition), std::nullopt};
  if (presence_ == PresenceKnown::by_somebody)
    if (const auto group = unmet_presence(side, witnesses)) return InsideKnowledge{{}, group};
  return std::nullopt;
}

const Witness* SecretJudge::speaker(Side side, std::span<const SeenWitness> witnesses, std::int64_t needed, const InsideKnowledge& inside) const {
  for (const SeenWitness& seen : witnesses)
    if (reaches(side, seen.value, needed) && !rules_out(inside, *seen.witness, *insiders_)) return seen.witness;
  return nullptr;
}

// Only groups that the first speaker leaves empty can matter: against all others it speaks.
std::optional<GroupKey> SecretJudge::unmet_presence(Side side, std::span<const SeenWitness> witnesses) const {
  const auto needed = goal(side, {});
  if (!needed || reaches(side, value_, *needed)) return std::nullopt;
  const Witness* first = speaker(side, witnesses, *needed, {});
  if (first == nullptr) return std::nullopt;
  for (const GroupKey group : first->emptied)
    if (speaker(side, witnesses, *needed, {{}, group}) == nullptr) return group;
  return std::nullopt;
}

// A larger coalition can only ask more: through its own part of the secret, or by ruling out the witness that speaks against the smaller one.
std::optional<Coalition> SecretJudge::unmet_from(Side side, std::span<const SeenWitness> witnesses, const Coalition& coalition) const {
  const auto needed = goal(side, coalition);
  if (!needed) return std::nullopt;
  const bool truth_speaks = reaches(side, value_, *needed);
  const Witness* speaking = truth_speaks ? nullptr : speaker(side, witnesses, *needed, {coalition, std::nullopt});
  if (!truth_speaks && speaking == nullptr) return coalition;
  if (coalition.size() >= static_cast<std::size_t>(insiders_->largest_coalition())) return std::nullopt;
  for (const Stake& owner : owners_)
    if (!holds(coalition, owner.person))
      if (auto unmet = unmet_from(side, witnesses, with(coalition, owner.person))) return unmet;
  if (speaking == nullptr) return std::nullopt;
  for (const Witness::Lowered& lowered : speaking->doubtful)
    for (const Stake& stake : insiders_->at(lowered.atom))
      if (!holds(coalition, stake.person))
        if (auto unmet = unmet_from(side, witnesses, with(coalition, stake.person))) return unmet;
  return std::nullopt;
}

}  // namespace candour::protect
