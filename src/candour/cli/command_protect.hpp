#pragma once
// The verb `protect`: disclosure control of one large table, with proof.

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_protect_command();

}  // namespace candour::cli
