#pragma once
// Finding the evidence for a draft: witness tables, as moves of atoms away from the truth, that show each secret where its protection asks.

#include <candour/policy/policy.hpp>
#include <candour/table/worlds.hpp>
#include <candour/truth/population.hpp>
#include <candour/truth/secret.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace candour::protect {

/// Secrets for which no sufficient witnesses were found, and whether it is proved that there are none.
struct Unprotected {
  std::string secret;  ///< its id
  enum class Why { proved_to_leak, undecided } why = Why::undecided;
  std::vector<table::AtomIndex> capped_by = {};  ///< a published sum that alone keeps the secret from reaching far enough; empty if none does
};

struct EvidenceSearch {
  table::Evidence evidence;              ///< complete if `unprotected` is empty
  std::vector<Unprotected> unprotected;  ///< stops at the first one if asked to
};

enum class StopAt { first_unprotected, some_unprotected, every_secret };

/// Whether a secret that a few local searches leave open is decided by integer programs, or counts as undecided at once; or whether only caps are looked for
/// (then secrets that no sum caps are not reported, and there is no evidence).
enum class Effort { thorough, local_only, caps_only };

/// Searches witnesses for every secret against every intruder of the policy: product moves first, then linear and integer programs (solve).
///
/// What each intruder holds in hand: docs/decisions/0001-what-an-intruder-knows.md (truth/replay.hpp has the replay condition with people).
/// A witness x = truth + move fits the worlds (replay conditions included). It is good against a coalition if x(a) is at least the coalition's own records at
/// every atom; good against all coalitions of size k at once if x(a) >= top_k(a) at every atom it lowers. Exact and complete for small systems
/// (every coalition is tried by an integer program), else it may give up with `undecided`.
[[nodiscard]] EvidenceSearch find_evidence(const truth::Population& truth, const table::Worlds& worlds, const std::vector<truth::Secret>& secrets,
                                           const policy::Policy& policy, StopAt stop);

/// What searches over other tables of the same population and secrets left behind. It makes a search faster and can make nothing true: every move is checked
/// against the tables at hand before it counts.
struct Experience {
  std::vector<table::Move> moves;                       ///< witnesses of the last search
  std::vector<std::vector<std::uint32_t>> serves = {};  ///< by move: the secrets (by place, ascending) that needed it; empty: not known
  std::vector<std::uint32_t> hard;                      ///< secrets (by place) at which earlier searches stopped; the last one is looked at first
  /// By atom: how much witnesses had better not raise it, unless another one does already; `never_raised`: by no local search. Empty: not at all.
  std::vector<std::uint8_t> dear = {};
  std::uint64_t seed = 0x43616E646F7572U;  ///< of the lotteries among moves that are as good
};

/// The same, begun with what is known from other tables, and adding to it.
[[nodiscard]] EvidenceSearch find_evidence(const truth::Population& truth, const table::Worlds& worlds, const std::vector<truth::Secret>& secrets,
                                           const policy::Policy& policy, StopAt stop, Experience& experience, Effort effort = Effort::thorough);

}  // namespace candour::protect
