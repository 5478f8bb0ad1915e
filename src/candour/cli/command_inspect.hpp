#pragma once
// candour inspect FILE...

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_inspect_command();

}  // namespace candour::cli
