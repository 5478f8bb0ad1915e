#pragma once
// candour retention: what is private goes on its day.

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_retention_command();

}  // namespace candour::cli
