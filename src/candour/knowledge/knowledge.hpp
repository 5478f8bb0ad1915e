#pragma once
// What an intruder is assumed to know, and what the attack found. Data only; nothing here is true, only possible or derived.

#include <candour/table/draft.hpp>
#include <candour/table/worlds.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace candour::knowledge {

/// Whether the intruder knows that a certain person is in the data, and their identifying details.
enum class Presence { unknown, known };

/// One intruder named in the policy. The shipped default has four (design.md section 4).
struct Intruder {
  std::string name;                 ///< "the public"
  std::int64_t coalition_size = 0;  ///< people in the data who compare notes: 0, 1 or 2
  Presence presence = Presence::unknown;
};

/// What is known of the method (design.md section 4): the figures and conventions; also the policy's numbers; also the algorithm.
enum class MethodKnowledge { figures, policy_numbers, algorithm };

/// What a hidden cell can have been hidden for. Where people are told apart, a cell of many records by few people is hidden too, so a reader cannot conclude
/// that some hidden cell has few records.
enum class HiddenFor { few_records, few_records_or_people };

/// All an intruder has in hand: what is published, and the policy's minimum: the T below which a count is a secret. With MethodKnowledge::figures the intruder
/// does not know T and concludes nothing from the choice of hidden cells; what they can prove is measured by T all the same.
struct Knowledge {
  Intruder intruder;
  MethodKnowledge method = MethodKnowledge::policy_numbers;
  std::int64_t minimum_frequency = 0;
  HiddenFor hidden_for = HiddenFor::few_records_or_people;
};

/// What an intruder can derive for a sum of atoms: every world lies within it.
struct FeasibilityInterval {
  std::int64_t lowest = 0;
  std::int64_t highest = table::no_upper_limit;
};

/// One published figure with its sign and multiplier in a derivation.
struct DerivationTerm {
  table::CellReference source;
  std::int64_t multiplier = 0;  ///< over `Derivation::divisor`
  std::int64_t figure = 0;      ///< the published figure (or the bound that a symbol stands for)
  std::string words;            ///< "August, 18-24"
};

/// The shortest found combination of published figures that gives the bound away, in exact arithmetic and in words.
struct Derivation {
  std::vector<DerivationTerm> terms;
  std::int64_t divisor = 1;
  std::string text;  ///< "Total 41 less August 17 less September 21 leaves October: 3"
};

enum class FindingKind {
  exactly_disclosed,  ///< one value only, between 1 and T-1
  shown_small,        ///< every value lies between 1 and T-1
  shown_homogeneous,  ///< all members of a group share a category
  contradiction,      ///< no world fits: the figures contradict each other
  undecided,          ///< a limit was reached: counts as unsafe
};

/// What a finding supposes of an insider: the atoms hold at least so many records of theirs, or (`presence`) of anybody.
/// Only who sees the truth can say whether such an insider exists; where none does, nobody can make the finding.
struct Supposition {
  std::vector<table::AtomIndex> atoms;  ///< ascending
  std::int64_t at_least = 0;
  enum class Of { own_records, presence } of = Of::own_records;
};

struct Finding {
  FindingKind kind = FindingKind::undecided;
  std::uint32_t population = 0;
  std::string intruder;
  std::string subject;                  ///< question and categories in words, never a hidden value
  std::vector<table::AtomIndex> atoms;  ///< of the count; of a group: those outside the shared category
  std::vector<table::AtomIndex> group;  ///< of a group: all its atoms, ascending; else empty
  FeasibilityInterval interval;
  std::vector<Derivation> derivations;                    ///< one if the figures give the value itself, else of the lower and of the upper bound
  std::optional<Supposition> supposition = std::nullopt;  ///< none: whoever reads the answer can make the finding
};

}  // namespace candour::knowledge
