#pragma once
// candour completion SHELL

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_completion_command();

}  // namespace candour::cli
