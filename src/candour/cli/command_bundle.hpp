#pragma once
// candour bundle: everything about a case for the regulator.

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_bundle_command();

}  // namespace candour::cli
