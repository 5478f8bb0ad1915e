#include <candour/cli/command_completion.hpp>

#include <candour/cli/completion.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/verb_description.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace candour::cli {
namespace {

class CompletionCommand final : public Command {
 public:
  void describe(CLI::App& verb) override { verb.add_option("SHELL", shell_, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"})); }

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
