#pragma once
// candour plans CASE

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_plans_command();

}  // namespace candour::cli
