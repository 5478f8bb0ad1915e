#include <candour/cli/commands.hpp>

#include <candour/cli/command_completion.hpp>
#include <candour/cli/command_inspect.hpp>

#include <array>

namespace candour::cli {

std::span<const CommandEntry> commands() {
  // name, folder, summary, maker; alphabetical.
  static constexpr std::array list{
      CommandEntry{"completion", "cli", "Print the completion script of a shell", make_completion_command},
      CommandEntry{"inspect", "inspect", "Find what hides in files before they go out", make_inspect_command},
  };
  return list;
}

}  // namespace candour::cli
