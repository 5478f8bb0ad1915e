#include <candour/protect/evidence.hpp>

#include <candour/protect/witness/judgement.hpp>
#include <candour/protect/witness/refutation.hpp>
#include <candour/protect/witness/witness_program.hpp>

#include <algorithm>
#include <deque>
#include <numeric>
#include <span>

namespace candour::protect {
namespace {

constexpr std::size_t most_kept = 8;  // witnesses kept for one side of one secret, unless more are asked for
constexpr int few_searches = 8;       // the same, where nothing is asked after them
constexpr std::size_t some = 24;
constexpr int most_searches = 40;          // local searches before the integer program is asked, which costs as much as some hundred of them
constexpr std::size_t small_system = 400;  // atoms: below it nothing is left undecided for want of nodes

// Finds witnesses secret by secret; each one found is shown to all secrets that it touches.
class Search {
 public:
  Search(const truth::Population& truth, const table::Worlds& worlds, const std::vector<truth::Secret>& secrets, const policy::Policy& policy)
      : system_(truth, worlds), insiders_(truth, policy.largest_coalition()), refutation_(system_, insiders_, secrets), repairs_(system_, insiders_),
        program_(system_, insiders_, limits(worlds)), presence_(presence_in(policy)), touching_(worlds.atom_count), seen_(secrets.size()) {
    judges_.reserve(secrets.size());
    for (std::uint32_t s = 0; s < secrets.size(); ++s) {
      judges_.emplace_back(secrets[s], system_, insiders_, presence_);
      for (const table::AtomIndex atom : secrets[s].atoms) touching_[atom].push_back(s);
    }
  }

  EvidenceSearch run(StopAt stop, Experience& experience, Effort effort) {
    EvidenceSearch result;
    effort_ = effort;
    seed_ = experience.seed;
    const auto report = [&](std::uint32_t s, Unprotected::Why why, std::vector<table::AtomIndex> capped_by = {}) {
      result.unprotected.push_back({judges_[s].secret().id, why, std::move(capped_by)});
      if (stop == StopAt::every_secret || (stop == StopAt::some_unprotected && result.unprotected.size() < some)) return false;
      if (stop == StopAt::some_unprotected) return true;
      if (experience.hard.empty() || experience.hard.back() != s) experience.hard.push_back(s);
      return true;
    };
    repairs_.leave_as_they_are(experience.dear);
    if (effort_ != Effort::caps_only) keep_what_still_fits(experience);
    const std::vector<table::AtomIndex> no_atoms;
    std::vector<bool> refuted(judges_.size(), false);
    for (std::uint32_t s = 0; s < judges_.size(); ++s) {
      const table::SumConstraint* cap = system_.truth_fits() ? refutation_.cap_of(judges_[s]) : nullptr;
      if (system_.truth_fits() && cap == nullptr) continue;
      refuted[s] = true;
      if (report(s, cap != nullptr ? Unprotected::Why::proved_to_leak : Unprotected::Why::undecided, cap != nullptr ? cap->atoms : no_atoms)) return result;
    }
    if (effort_ == Effort::caps_only) return result;
    for (const std::uint32_t s : hard_ones_first(experience))
      if (!refuted[s])
        if (const auto why = protect(s); why && report(s, *why)) {
          remember(experience);
          return result;
        }
    result.evidence = evidence();
    remember_what_is_needed(result.evidence, experience);
    return result;
  }

 private:
  struct Seen {
    std::vector<SeenWitness> down;
    std::vector<SeenWitness> up;
    std::vector<SeenWitness>& at(Side side) { return side == Side::up ? up : down; }
  };

  static ProgramLimits limits(const table::Worlds& worlds) {
    ProgramLimits limits;
    if (worlds.atom_count <= small_system) limits.nodes = 1'000'000;
    // Rows of ratios hold large coefficients, over which a tree without an end is common; what it leaves open counts as unsafe.
    if (!worlds.ratios.empty()) limits.nodes = 500;
    return limits;
  }

  static PresenceKnown presence_in(const policy::Policy& policy) {
    const bool known =
        std::any_of(policy.intruders.begin(), policy.intruders.end(), [](const auto& i) { return i.kind == policy::IntruderKind::knows_presence; });
    return known ? PresenceKnown::by_somebody : PresenceKnown::by_nobody;
  }

  // Those that failed in other tables, the last one first; then the smallest.
  [[nodiscard]] std::vector<std::uint32_t> hard_ones_first(const Experience& experience) const {
    std::vector<std::size_t> failed(judges_.size(), 0);
    for (std::size_t i = 0; i < experience.hard.size(); ++i) failed[experience.hard[i]] = i + 1;
    std::vector<std::uint32_t> order(judges_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return failed[a] != failed[b] ? failed[a] > failed[b] : judges_[a].secret().atoms.size() < judges_[b].secret().atoms.size();
    });
    return order;
  }

  void keep_what_still_fits(const Experience& experience) {
    for (std::size_t m = 0; m < experience.moves.size(); ++m) {
      if (!system_.fits(experience.moves[m])) continue;
      const bool is_known = m < experience.serves.size();
      keep(experience.moves[m], is_known ? std::span(experience.serves[m]) : std::span<const std::uint32_t>());
    }
  }

  // Moves that were found here; those that came from elsewhere and do not fit are forgotten with the tables that they fitted.
  void remember(Experience& experience) const {
    experience.moves.clear();
    experience.serves.clear();
    for (const Witness& witness : witnesses_) experience.moves.push_back(witness.move);
  }
  void remember_what_is_needed(const table::Evidence& evidence, Experience& experience) const {
    experience.moves = evidence.moves;
    experience.serves.assign(evidence.moves.size(), {});
    for (std::uint32_t s = 0; s < judges_.size(); ++s)
      for (const std::uint32_t move : evidence.witnesses_of.at(judges_[s].secret().id)) experience.serves[move].push_back(s);
  }

  std::optional<Unprotected::Why> protect(std::uint32_t s) {
    for (const Side side : {Side::up, Side::down})
      while (const auto unmet = judges_[s].first_unmet(side, seen_[s].at(side)))
        if (const auto why = meet(s, side, *unmet)) return why;
    return std::nullopt;
  }

  // Finds one more witness, good against the intruder.
  std::optional<Unprotected::Why> meet(std::uint32_t s, Side side, const InsideKnowledge& inside) {
    Aim aim{judges_[s].secret().atoms, side, *judges_[s].goal(side, inside.coalition), inside, leant_on(s, side)};
    for (int attempt = 0; attempt < (effort_ == Effort::thorough ? most_searches : few_searches); ++attempt) {
      aim.is_wary = attempt % 2 == 0;
      if (auto move = repairs_.find(aim, seed_ + std::uint64_t{1000003} * s + static_cast<std::uint64_t>(attempt))) {
        keep(std::move(*move), std::span(&s, 1));
        return std::nullopt;
      }
    }
    if (effort_ == Effort::local_only) return Unprotected::Why::undecided;
    const ProgramOutcome outcome = program_.find(aim);
    if (std::holds_alternative<NoSuchWorld>(outcome)) return Unprotected::Why::proved_to_leak;
    if (std::holds_alternative<NotDecided>(outcome)) return Unprotected::Why::undecided;
    table::Move move = std::get<table::Move>(outcome);
    keep(std::move(move), std::span(&s, 1));
    const std::vector<SeenWitness>& seen = seen_[s].at(side);
    const bool speaks = std::any_of(seen.begin(), seen.end(), [&](const SeenWitness& kept) {
      return SecretJudge::reaches(side, kept.value, aim.goal) && !rules_out(inside, *kept.witness, insiders_);
    });
    return speaks ? std::nullopt : std::optional(Unprotected::Why::undecided);
  }

  // Atoms on which witnesses already found for this secret lean: a new one had better lean elsewhere, so that no coalition rules out both.
  std::vector<table::AtomIndex> leant_on(std::uint32_t s, Side side) {
    std::vector<table::AtomIndex> atoms;
    for (const SeenWitness& seen : seen_[s].at(side))
      for (const Witness::Lowered& lowered : seen.witness->doubtful) atoms.push_back(lowered.atom);
    std::sort(atoms.begin(), atoms.end());
    atoms.erase(std::unique(atoms.begin(), atoms.end()), atoms.end());
    return atoms;
  }

  // Shows a witness to every secret that it touches; to those that need it whether or not they have seen enough.
  void keep(table::Move move, std::span<const std::uint32_t> needed_by) {
    const auto number = static_cast<std::uint32_t>(witnesses_.size());
    witnesses_.push_back(witness_of(std::move(move), system_, insiders_));
    const Witness& witness = witnesses_.back();
    bool speaks = false;
    std::vector<std::pair<std::uint32_t, std::int64_t>> changes;
    for (const table::AtomChange& part : witness.move)
      for (const std::uint32_t s : touching_[part.atom]) changes.emplace_back(s, part.change);
    std::sort(changes.begin(), changes.end());
    for (std::size_t i = 0; i < changes.size();) {
      const std::uint32_t s = changes[i].first;
      std::int64_t value = judges_[s].value();
      for (; i < changes.size() && changes[i].first == s; ++i) value += changes[i].second;
      const bool is_needed = std::binary_search(needed_by.begin(), needed_by.end(), s);
      for (const Side side : {Side::up, Side::down}) {
        std::vector<SeenWitness>& seen = seen_[s].at(side);
        if (!is_needed && seen.size() >= most_kept) continue;
        const auto goal = judges_[s].goal(side, {});
        if (!goal) continue;
        // A coalition that owns a part may ask for less than the public does.
        const bool moves_there = side == Side::up ? value > judges_[s].value() : value < judges_[s].value();
        if (!SecretJudge::reaches(side, value, *goal) && !(is_needed && moves_there)) continue;
        insert(seen, {&witness, number, value});
        speaks = true;
      }
    }
    if (!speaks) witnesses_.pop_back();
    else repairs_.may_change(witness.move);
  }

  // Those that fewest people could rule out first: fewer intruders have to be looked at one by one.
  static void insert(std::vector<SeenWitness>& seen, SeenWitness one) {
    const auto fewer_doubts = [](const SeenWitness& a, const SeenWitness& b) { return a.witness->doubtful.size() < b.witness->doubtful.size(); };
    seen.insert(std::upper_bound(seen.begin(), seen.end(), one, fewer_doubts), one);
  }

  // Of the witnesses seen from a secret, enough to meet every intruder: fewer make a shorter proof.
  [[nodiscard]] std::vector<SeenWitness> needed(std::uint32_t s, Side side) const {
    const std::vector<SeenWitness>& all = side == Side::up ? seen_[s].up : seen_[s].down;
    std::vector<SeenWitness> kept;
    while (const auto unmet = judges_[s].first_unmet(side, kept)) {
      const auto goal = judges_[s].goal(side, unmet->coalition);
      const auto speaker = std::find_if(all.begin(), all.end(), [&](const SeenWitness& seen) {
        return goal && SecretJudge::reaches(side, seen.value, *goal) && !rules_out(*unmet, *seen.witness, insiders_);
      });
      if (speaker == all.end()) return all;
      kept.push_back(*speaker);
    }
    return kept;
  }

  // Only the witnesses that speak for some secret are handed on.
  [[nodiscard]] table::Evidence evidence() const {
    table::Evidence evidence;
    std::map<std::uint32_t, std::uint32_t> renumbered;
    for (std::uint32_t s = 0; s < judges_.size(); ++s) {
      std::vector<std::uint32_t>& numbers = evidence.witnesses_of[judges_[s].secret().id];
      for (const Side side : {Side::down, Side::up})
        for (const SeenWitness& seen : needed(s, side)) {
          const auto [at, is_new] = renumbered.try_emplace(seen.number, static_cast<std::uint32_t>(evidence.moves.size()));
          if (is_new) evidence.moves.push_back(witnesses_[seen.number].move);
          numbers.push_back(at->second);
        }
      std::sort(numbers.begin(), numbers.end());
      numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    }
    return evidence;
  }

  WitnessSystem system_;
  Insiders insiders_;
  Refutation refutation_;
  RepairSearch repairs_;
  WitnessProgram program_;
  PresenceKnown presence_;
  Effort effort_ = Effort::thorough;
  std::uint64_t seed_ = 0;
  std::vector<SecretJudge> judges_;
  std::vector<std::vector<std::uint32_t>> touching_;  ///< by atom: the secrets that hold it
  std::deque<Witness> witnesses_;
  std::vector<Seen> seen_;
};

}  // namespace

EvidenceSearch find_evidence(const truth::Population& truth, const table::Worlds& worlds, const std::vector<truth::Secret>& secrets,
                             const policy::Policy& policy, StopAt stop) {
  Experience none;
  return find_evidence(truth, worlds, secrets, policy, stop, none);
}

EvidenceSearch find_evidence(const truth::Population& truth, const table::Worlds& worlds, const std::vector<truth::Secret>& secrets,
                             const policy::Policy& policy, StopAt stop, Experience& experience, Effort effort) {
  return Search(truth, worlds, secrets, policy).run(stop, experience, effort);
}

}  // namespace candour::protect
