#pragma once

#include <candour/cli/command.hpp>

#include <memory>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_microdata_command();

}  // namespace candour::cli
