#pragma once
// The checks behind certificate and verify: re-adding, no solver, nothing of protect or attack.

#include <candour/certify/certify.hpp>

#include <vector>

namespace candour::certify {

/// One population of a draft, with its truth and the evidence.
struct Claimed {
  const truth::Population* truth = nullptr;
  const std::vector<table::TableDesign>* asked = nullptr;
  const table::PublishedPopulation* published = nullptr;
  const table::Evidence* evidence = nullptr;
};

/// Checks one population: figures and statements against the truth, derived sums, every witness against the worlds, every secret of the policy against
/// every intruder of the policy (docs/decisions/0001-what-an-intruder-knows.md). Gives every reason found; none means that it holds.
/// Cost: linear in published figures, moves and secrets with their atoms; coalitions are listed only where no witness stands against all of them.
[[nodiscard]] std::vector<RefusalReason> reasons_against(const Claimed& claimed, const policy::Policy& policy);

}  // namespace candour::certify
