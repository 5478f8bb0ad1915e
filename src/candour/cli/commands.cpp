#include <candour/cli/commands.hpp>

#include <candour/cli/command_completion.hpp>

#include <array>

namespace candour::cli {

std::span<const CommandEntry> commands() {
  // name, folder, summary, maker; alphabetical.
  static constexpr std::array list{
      CommandEntry{"completion", "cli", "Print the completion script of a shell", make_completion_command},
  };
  return list;
}

}  // namespace candour::cli
