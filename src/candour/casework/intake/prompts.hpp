#pragma once
// What an officer should look at before anything else: validity, the law that applies, and what the letter leaves open. Prompts, never decisions.

#include <candour/casework/intake/proposal.hpp>
#include <candour/casework/intake/sentence_roles.hpp>

#include <map>
#include <string>
#include <vector>

namespace candour::casework::intake {

/// The sentences that stand outside the questions, by what they are there for.
using RolesFound = std::map<SentenceRole, std::vector<std::string>>;

/// Gives the prompts, in the order of section 8 (validity), regime, scope, handling; each code once.
[[nodiscard]] std::vector<Prompt> prompts_for(const Letter& letter, const Proposal& proposal, const RolesFound& roles);

}  // namespace candour::casework::intake
