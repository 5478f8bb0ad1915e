#pragma once
// candour log add, log build, log remove

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_log_add_command();
[[nodiscard]] std::unique_ptr<Command> make_log_build_command();
[[nodiscard]] std::unique_ptr<Command> make_log_decide_command();
[[nodiscard]] std::unique_ptr<Command> make_log_remove_command();

}  // namespace candour::cli
