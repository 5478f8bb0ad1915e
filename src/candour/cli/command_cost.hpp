#pragma once

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_cost_command();

}  // namespace candour::cli
