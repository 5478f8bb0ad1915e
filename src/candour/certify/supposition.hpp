#pragma once
// Whether somebody is there who could make a finding that the attack only supposes.

#include <candour/knowledge/knowledge.hpp>
#include <candour/policy/policy.hpp>
#include <candour/truth/population.hpp>

namespace candour::certify {

/// Says whether the finding supposes nothing, or the truth holds what it supposes: somebody in the atoms (presence); or one person or a coalition as large as
/// the intruder's who own so many records there, and do not own all of the finding's count or group (then they have nothing left to learn). Coalitions of more
/// than two are not listed: for them the records alone decide, which only adds refusals. Cost: pairs of people in the atoms.
[[nodiscard]] bool is_somebody_there(const knowledge::Finding& finding, const truth::Population& truth, const policy::Policy& policy);

}  // namespace candour::certify
