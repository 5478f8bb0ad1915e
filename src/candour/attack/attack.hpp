#pragma once
// A motivated intruder at work on what would be published. Sees published things and one intruder's knowledge; no true value, no evidence of ours.

#include <candour/base/result.hpp>
#include <candour/knowledge/knowledge.hpp>
#include <candour/table/draft.hpp>
#include <candour/table/worlds.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace candour::attack {

/// Whether every finding is explained, with its interval and its arithmetic; or the first one alone, the others with the trivial interval; or whether the
/// attack ends with the first finding, unexplained.
enum class Thoroughness { everything, first_explained, first_finding };

/// Whether what all members of a group share is looked for: as the policy says.
enum class GroupTargets { looked_for, left_out };

struct AttackLimits {
  std::uint64_t most_unknowns = 20000;  ///< above it the stage refuses (undecided), never assumes
  std::int64_t most_nodes = 100000;     ///< branch-and-bound nodes for one program
  std::int64_t most_programs = 20000;   ///< linear and integer programs in one attack, derivations apart
  /// Programs for hypothetical insiders; when they are spent, the rest of these alarms stays silent: the certificate, which knows who is there, decides.
  std::int64_t most_insider_programs = 300;
  GroupTargets groups = GroupTargets::looked_for;
  Thoroughness thoroughness = Thoroughness::everything;
};

/// Tables of all atoms that may fit what is published (witnesses): each one that does answers many questions at once. They change how long an attack takes,
/// never what it finds proved.
using KnownTables = std::span<const std::vector<std::int64_t>>;

/// Attacks one population: for every cell of the finest designs asked (margins included), for nested differences and groups, the interval over all
/// integer worlds of this intruder; a finding for each that is proved to be 1 to T-1, for each group proved to share a category, and for whatever stayed
/// undecided. Insiders are hypothetical: at each place a person could be in, x >= 1..k (design.md section 4); such a finding carries its supposition, and only
/// what the figures alone do not show to everybody is listed. Whoever knows that a person is in the data is supposed at each cell that counts whole people.
/// Every bound behind a finding holds over the integers; what a linear program shows is re-added exactly in its derivation.
/// Cost: for some thousand atoms and some thousand figures a second or two; grows with the open cells, not with the published ones.
/// Takes: what is published; the finest designs asked; the intruder's knowledge. Gives: findings with derivations, ordered by subject.
[[nodiscard]] std::vector<knowledge::Finding> attack(const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked,
                                                     const knowledge::Knowledge& knowledge, const AttackLimits& limits = {});

/// Attacks as each of several intruders. What one of them can prove is listed under the first only: put the weakest first. Intruders who know equally much of
/// the method share one system and its worlds, so four cost little more than one.
[[nodiscard]] std::vector<knowledge::Finding> attack_as_each(const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked,
                                                             std::span<const knowledge::Knowledge> intruders, const AttackLimits& limits = {},
                                                             KnownTables known = {});

}  // namespace candour::attack
