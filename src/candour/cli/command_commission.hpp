#pragma once
// candour commission: the order for the data unit.

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_commission_command();

}  // namespace candour::cli
