#pragma once
// candour holdings CASE

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_holdings_command();

}  // namespace candour::cli
