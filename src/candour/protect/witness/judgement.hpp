#pragma once
// When a set of witnesses protects a secret: against every coalition that the policy names, some witness that the coalition cannot rule out reaches far enough.

#include <candour/protect/witness/insiders.hpp>
#include <candour/protect/witness/repair_search.hpp>
#include <candour/protect/witness/witness_system.hpp>
#include <candour/truth/secret.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace candour::protect {

/// A witness and the atoms where somebody's own records could rule it out.
struct Witness {
  table::Move move;
  struct Lowered {
    table::AtomIndex atom = 0;
    std::int64_t left = 0;
  };
  std::vector<Lowered> doubtful;  ///< lowered below what the largest coalition could own there; ascending
  std::vector<GroupKey> emptied;  ///< groups with a member in truth and none in the witness
};
[[nodiscard]] Witness witness_of(table::Move move, const WitnessSystem& system, const Insiders& insiders);
[[nodiscard]] bool rules_out(const InsideKnowledge& inside, const Witness& witness, const Insiders& insiders);

/// A witness seen from one secret: the secret's sum in it.
struct SeenWitness {
  const Witness* witness = nullptr;
  std::uint32_t number = 0;  ///< in the evidence
  std::int64_t value = 0;
};

/// Whether some intruder of the policy knows that a person is in the data.
enum class PresenceKnown { by_nobody, by_somebody };

/// One secret with what its coalitions own of it.
class SecretJudge {
 public:
  SecretJudge(const truth::Secret& secret, const WitnessSystem& system, const Insiders& insiders, PresenceKnown presence);

  [[nodiscard]] const truth::Secret& secret() const { return *secret_; }
  [[nodiscard]] std::int64_t value() const { return value_; }
  /// Where the sum must get to against a coalition; nothing if the secret asks nothing on this side, or the coalition has nothing left to learn.
  [[nodiscard]] std::optional<std::int64_t> goal(Side side, const Coalition& coalition) const;
  [[nodiscard]] static bool reaches(Side side, std::int64_t value, std::int64_t goal) { return side == Side::up ? value >= goal : value <= goal; }
  /// An intruder against whom no witness (nor the truth itself) reaches the goal. Exact: every coalition and every group is looked at,
  /// people who can neither rule out a witness nor own part of the secret being all alike.
  [[nodiscard]] std::optional<InsideKnowledge> first_unmet(Side side, std::span<const SeenWitness> witnesses) const;

 private:
  /// Whether some table that no coalition can rule out reaches what the largest of them asks.
  [[nodiscard]] bool speaks_to_all(Side side, std::span<const SeenWitness> witnesses) const;
  [[nodiscard]] const Witness* speaker(Side side, std::span<const SeenWitness> witnesses, std::int64_t needed, const InsideKnowledge& inside) const;
  [[nodiscard]] std::optional<GroupKey> unmet_presence(Side side, std::span<const SeenWitness> witnesses) const;
  [[nodiscard]] std::optional<Coalition> unmet_from(Side side, std::span<const SeenWitness> witnesses, const Coalition& coalition) const;

  const truth::Secret* secret_;
  const Insiders* insiders_;
  std::int64_t value_ = 0;
  std::int64_t group_value_ = 0;
  std::vector<Stake> owners_;  ///< ascending by person
  std::int64_t most_own_ = 0;  ///< of the secret, by the largest coalition
  PresenceKnown presence_;
};

}  // namespace candour::protect
