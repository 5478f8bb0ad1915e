#include <candour/cli/commands.hpp>

#include <candour/cli/command_answer.hpp>
#include <candour/cli/command_completion.hpp>
#include <candour/cli/command_inspect.hpp>
#include <candour/cli/command_plans.hpp>

#include <array>

namespace candour::cli {

std::span<const CommandEntry> commands() {
  // name, folder, summary, maker; alphabetical.
  static constexpr std::array list{
      CommandEntry{"answer", "answer", "Answer a request: search the most detailed protected answer, prove it, write it", make_answer_command},
      CommandEntry{"completion", "cli", "Print the completion script of a shell", make_completion_command},
      CommandEntry{"inspect", "inspect", "Find what hides in files before they go out", make_inspect_command},
      CommandEntry{"plans", "answer", "Show the most detailed plans that certify, and why no finer one does", make_plans_command},
  };
  return list;
}

}  // namespace candour::cli
