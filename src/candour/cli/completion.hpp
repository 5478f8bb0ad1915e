#pragma once
// Completion scripts for shells, made from the description of the verbs.

#include <candour/cli/verb_description.hpp>

#include <string>
#include <vector>

namespace candour::cli {

[[nodiscard]] std::string bash_completion(const std::vector<VerbDescription>& verbs);
[[nodiscard]] std::string zsh_completion(const std::vector<VerbDescription>& verbs);
[[nodiscard]] std::string fish_completion(const std::vector<VerbDescription>& verbs);

}  // namespace candour::cli
