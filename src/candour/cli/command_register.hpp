#pragma once

#include <candour/cli/command.hpp>

#include <memory>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_register_add_command();
[[nodiscard]] std::unique_ptr<Command> make_register_import_command();
[[nodiscard]] std::unique_ptr<Command> make_register_list_command();
[[nodiscard]] std::unique_ptr<Command> make_register_verify_command();

}  // namespace candour::cli
