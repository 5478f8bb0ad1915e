#include <candour/certify/secret_check.hpp>

#include <algorithm>
#include <set>

namespace candour::certify {

using table::AtomIndex;

namespace {

constexpr std::size_t most_coalitions = 200000;  // for one secret; more are not listed, and the secret stays undecided

std::int64_t own_in(const OwnRecords& own, const std::vector<AtomIndex>& atoms) {
  std::int64_t sum = 0;
  for (const auto& [atom, records] : own)
    if (std::binary_search(atoms.begin(), atoms.end(), atom)) sum += records;
  return sum;
}

std::int64_t owned_in(AtomIndex atom, const OwnRecords& own) {
  const auto at = own.find(atom);
  return at == own.end() ? 0 : at->second;
}

}  // namespace

SecretCheck::SecretCheck(const truth::Population& truth, const WitnessBook& book, const policy::Policy& policy)
    : truth_(truth), book_(book), largest_coalition_(policy.largest_coalition()), own_by_person_(truth.person_count) {
  for (const policy::NamedIntruder& intruder : policy.intruders)
    if (intruder.kind == policy::IntruderKind::knows_presence) someone_knows_presence_ = true;
  for (const truth::Contribution& c : truth.contributions) own_by_person_[c.person][c.atom] += c.records;
}

template <class Passes>
std::optional<std::vector<WitnessIndex>> SecretCheck::speakers(const Asked& asked, std::int64_t own_down, std::int64_t own_up, Passes passes) const {
  bool down = !asked.secret->reach_down;
  bool up = !asked.secret->reach_up;
  std::vector<WitnessIndex> speaking;
  for (std::size_t i = 0; i < asked.witnesses.size() && !(down && up); ++i) {
    const bool reaches_down = !down && asked.sums[i] - own_down <= *asked.secret->reach_down;
    const bool reaches_up = !up && asked.sums[i] - own_up >= *asked.secret->reach_up;
    if ((!reaches_down && !reaches_up) || !passes(asked.witnesses[i])) continue;
    down = down || reaches_down;
    up = up || reaches_up;
    speaking.push_back(asked.witnesses[i]);
  }
  if (!down || !up) return std::nullopt;
  return speaking;
}

SecretStanding SecretCheck::standing(const truth::Secret& secret, std::vector<WitnessIndex> witnesses) const {
  witnesses.push_back(0);
  Asked asked{&secret, truth::records_in(truth_, secret.atoms), truth::records_in(truth_, secret.group), std::move(witnesses), {}};
  for (const WitnessIndex w : asked.witnesses) asked.sums.push_back(book_.sum(w, secret.atoms, asked.true_sum));
  if (!speakers(asked, 0, 0, [](WitnessIndex) { return true; })) return SecretStanding::no_witness;
  if (someone_knows_presence_ && !holds_against_presence(asked)) return SecretStanding::no_witness;
  for (std::int64_t size = 1; size <= largest_coalition_; ++size)
    if (const SecretStanding s = against_coalitions(asked, size); s != SecretStanding::protected_) return s;
  return SecretStanding::protected_;
}

bool SecretCheck::holds_against_presence(const Asked& asked) const {
  std::set<std::uint64_t> groups;
  for (const WitnessIndex w : asked.witnesses) groups.insert(book_.emptied_groups(w).begin(), book_.emptied_groups(w).end());
  return std::all_of(groups.begin(), groups.end(), [&](std::uint64_t group) {
    return speakers(asked, 0, 0,
                    [&](WitnessIndex w) {
                      const auto& emptied = book_.emptied_groups(w);
                      return !std::binary_search(emptied.begin(), emptied.end(), group);
                    })
        .has_value();
  });
}

SecretStanding SecretCheck::against_coalitions(const Asked& asked, std::int64_t size) const {
  const truth::Secret& secret = *asked.secret;
  std::int64_t most_own = 0;
  if (secret.reach_of == truth::ReachOf::the_rest) {
    for (const std::int64_t records : truth::largest_contributions(truth_, secret.atoms, static_cast<std::size_t>(size))) most_own += records;
    // Whoever owns all of a count has nothing left to learn of it.
    if (secret.rule != truth::SecretRule::group_disclosure) most_own = std::min(most_own, asked.true_sum - 1);
  }
  if (speakers(asked, 0, most_own, [&](WitnessIndex w) { return book_.doubtful(w, size).empty(); })) return SecretStanding::protected_;

  std::deque<OwnRecords> unknown;
  const std::vector<Insider> people = relevant_people(asked, size, unknown);
  if (size >= 2 && people.size() * people.size() / 2 > most_coalitions) return SecretStanding::undecided;
  if (size > 2) return SecretStanding::undecided;  // larger coalitions are only decided by witnesses that stand against all
  std::set<std::size_t> owners;                    // by place among the people
  std::map<AtomIndex, std::vector<std::size_t>> with_records_in;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (people[i].in_secret > 0 || people[i].in_group > 0) owners.insert(i);
    for (const auto& [atom, records] : *people[i].own) with_records_in[atom].push_back(i);
  }
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Insider* coalition[] = {&people[i], nullptr};
    const auto alone = speakers_against(asked, size, {coalition, 1});
    if (!alone) return SecretStanding::no_witness;
    // Beside this person only those matter who own of the secret, or have records where one of the witnesses that speak could be refuted.
    std::set<std::size_t> others = owners;
    for (const WitnessIndex w : *alone)
      for (const WitnessBook::Doubtful& lowered : book_.doubtful(w, size))
        if (const auto at = with_records_in.find(lowered.atom); at != with_records_in.end()) others.insert(at->second.begin(), at->second.end());
    for (auto j = others.upper_bound(i); size == 2 && j != others.end(); ++j) {
      coalition[1] = &people[*j];
      if (!speakers_against(asked, size, coalition)) return SecretStanding::no_witness;
    }
  }
  return SecretStanding::protected_;
}

std::optional<std::vector<WitnessIndex>> SecretCheck::speakers_against(const Asked& asked, std::int64_t size, std::span<const Insider* const> coalition) const {
  const truth::Secret& secret = *asked.secret;
  std::int64_t own_sum = 0, own_group = 0;
  for (const Insider* insider : coalition) {
    own_sum += insider->in_secret;
    own_group += insider->in_group;
  }
  const bool is_group = secret.rule == truth::SecretRule::group_disclosure;
  if (is_group ? own_group >= asked.true_group : own_sum >= asked.true_sum) return std::vector<WitnessIndex>();
  if (secret.reach_of == truth::ReachOf::the_whole) own_sum = 0;
  return speakers(asked, own_sum, own_sum, [&](WitnessIndex w) {
    const auto& doubtful = book_.doubtful(w, size);
    return std::none_of(doubtful.begin(), doubtful.end(), [&](const WitnessBook::Doubtful& lowered) {
      std::int64_t owned = 0;
      for (const Insider* insider : coalition) owned += owned_in(lowered.atom, *insider->own);
      return owned > lowered.left;
    });
  });
}

std::vector<SecretCheck::Insider> SecretCheck::relevant_people(const Asked& asked, std::int64_t size, std::deque<OwnRecords>& unknown) const {
  // Only those with records in the secret, or where a witness takes away so many that it could be theirs, know more than the public does.
  std::set<AtomIndex> atoms(asked.secret->atoms.begin(), asked.secret->atoms.end());
  atoms.insert(asked.secret->group.begin(), asked.secret->group.end());
  for (const WitnessIndex w : asked.witnesses)
    for (const WitnessBook::Doubtful& lowered : book_.doubtful(w, size)) atoms.insert(lowered.atom);
  std::set<truth::PersonIndex> known;
  std::vector<Insider> people;
  const auto add = [&](const OwnRecords& own) { people.push_back({&own, own_in(own, asked.secret->atoms), own_in(own, asked.secret->group)}); };
  for (const AtomIndex atom : atoms) {
    std::int64_t unknown_records = truth_.counts[atom];
    for (const truth::Contribution& c : truth::contributions_of(truth_, atom)) {
      unknown_records -= c.records;
      if (known.insert(c.person).second) add(own_by_person_[c.person]);
    }
    for (std::int64_t i = 0; i < std::min(unknown_records, size); ++i) add(unknown.emplace_back(OwnRecords{{atom, 1}}));
  }
  return people;
}

}  // namespace candour::certify
