#pragma once
// candour letter

#include <candour/cli/command.hpp>

#include <memory>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_letter_command();

}  // namespace candour::cli
