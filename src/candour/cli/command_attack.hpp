#pragma once
// candour attack: attack the published files of an answer as each intruder of the policy.

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_attack_command();

}  // namespace candour::cli
