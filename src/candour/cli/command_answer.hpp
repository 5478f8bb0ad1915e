#pragma once
// candour answer CASE

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_answer_command();

}  // namespace candour::cli
