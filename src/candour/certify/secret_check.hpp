#pragma once
// One secret against every intruder of the policy, with the witnesses that speak for it.

#include <candour/certify/witness_book.hpp>
#include <candour/truth/secret.hpp>

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace candour::certify {

enum class SecretStanding { protected_, no_witness, undecided };

/// Judges a secret: docs/decisions/0001-what-an-intruder-knows.md, row by row.
class SecretCheck {
 public:
  SecretCheck(const truth::Population& truth, const WitnessBook& book, const policy::Policy& policy);

  /// Takes the secret and the witnesses named for it (each one a world). Gives its standing; `undecided` if the coalitions are too many to list.
  [[nodiscard]] SecretStanding standing(const truth::Secret& secret, std::vector<WitnessIndex> witnesses) const;

 private:
  struct Asked {  // the secret with its true sums
    const truth::Secret* secret;
    std::int64_t true_sum;
    std::int64_t true_group;
    std::vector<WitnessIndex> witnesses;
    std::vector<std::int64_t> sums;
  };
  /// The first witnesses that reach the end below and the end above when `own` is taken off, among those that pass a test; nothing if an end is not reached.
  template <class Passes>
  [[nodiscard]] std::optional<std::vector<WitnessIndex>> speakers(const Asked& asked, std::int64_t own_down, std::int64_t own_up, Passes passes) const;
  [[nodiscard]] bool holds_against_presence(const Asked& asked) const;
  [[nodiscard]] SecretStanding against_coalitions(const Asked& asked, std::int64_t size) const;
  struct Insider {  // a person with what they own of the secret
    const OwnRecords* own;
    std::int64_t in_secret;
    std::int64_t in_group;
  };
  /// The witnesses that speak against a coalition, none if it has nothing left to learn; nothing if the secret does not hold.
  [[nodiscard]] std::optional<std::vector<WitnessIndex>> speakers_against(const Asked& asked, std::int64_t size,
                                                                          std::span<const Insider* const> coalition) const;
  /// Keeps records of unknown people in `unknown`, which outlives what is given.
  [[nodiscard]] std::vector<Insider> relevant_people(const Asked& asked, std::int64_t size, std::deque<OwnRecords>& unknown) const;

  const truth::Population& truth_;
  const WitnessBook& book_;
  std::int64_t largest_coalition_;
  bool someone_knows_presence_ = false;
  std::vector<OwnRecords> own_by_person_;
};

}  // namespace candour::certify
