#pragma once
// candour similar

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_similar_command();

}  // namespace candour::cli
