#include <candour/cli/command_completion.hpp>

#include <candour/cli/completion.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/verb_description.hpp>

#include <nlohmann/json.hpp>

#include <string>

namespace candour::cli {
namespace {

class CompletionCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument_choice("SHELL", shell_, {"bash", "zsh", "fish"}, "The shell that is to complete words of candour");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const auto verbs = describe_verbs();
    const std::string script = shell_ == "bash" ? bash_completion(verbs) : shell_ == "zsh" ? zsh_completion(verbs) : fish_completion(verbs);
    console.print(script);
    console.print_json({{"shell", shell_}, {"script", script}});
    return ExitStatus::done;
  }

 private:
  std::string shell_;
};

}  // namespace

std::unique_ptr<Command> make_completion_command() { return std::make_unique<CompletionCommand>(); }

}  // namespace candour::cli
