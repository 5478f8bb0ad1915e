#pragma once
// candour keys new, trust, list: keys of units and persons.

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_keys_list_command();
[[nodiscard]] std::unique_ptr<Command> make_keys_new_command();
[[nodiscard]] std::unique_ptr<Command> make_keys_trust_command();

}  // namespace candour::cli
