#include <candour/cli/command_answer.hpp>

#include <candour/answer/answer.hpp>
#include <candour/base/stop.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/register_place.hpp>
#include <candour/publish/publish.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace candour::cli {
namespace {

class AnswerCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "The folder of the case, or its case.toml");
    parameters.option("-o,--out", "FOLDER", output_, "Where reply/, public/ and private/ go (CASE/out unless given)");
    parameters.option("--register", "PLACE", register_,
                      "The register of releases that the answer must stand beside: a SQLite file or a PostgreSQL URL (default: "
                      "CANDOUR_REGISTER; without either nothing earlier is known)");
    parameters.option("--plan", "NUMBER", plan_,
                      "Takes another plan than the most detailed one: its number in candour plans; POPULATION=NUMBER where there are several");
    parameters.option("--by", "NAME", by_, "With --plan: who picked it");
    parameters.option("--because", "TEXT", because_, "With --plan: why");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const std::filesystem::path folder = std::filesystem::is_directory(case_) ? case_ : case_.parent_path();
    const std::filesystem::path output = output_.value_or(folder / "out");
    CANDOUR_TRY(earlier, with_errors(earlier_releases(register_)));
    CANDOUR_TRY(picked, with_errors(picked_plan()));
    base::StopOnInterrupt stop;
    CANDOUR_TRY(answered, answer::answer_case({case_, picked, std::move(earlier)}));
    stop.pass_over();
    CANDOUR_TRY_DONE(with_errors(publish::publish({output, answered.draft, answered.final, answered.private_files})));
    const bool refused = answered.outcome == answer::AnswerOutcome::only_withhold_all;
    for (const std::string& line : answered.lines) console.print(line + "\n");
    for (const std::string& line : answered.beside_earlier) console.print(line + "\n");
    console.print(fmt::format("written to {}: reply/, public/ and private/, all drafts until two people have approved\n", output.string()));
    console.print_json(json_of(answered, output, refused));
    return refused ? ExitStatus::refused : ExitStatus::done;
  }

 private:
  base::Result<std::optional<answer::Picked>> picked_plan() const {
    if (plan_.empty() && by_.empty() && because_.empty()) return std::optional<answer::Picked>();
    const auto wrong = [](std::string sentence, std::string hint) {
      return base::fail({base::Cause::wrong_input, "answer.picked", {}, std::move(sentence), std::move(hint)});
    };
    if (plan_.empty() || by_.empty() || because_.empty())
      return wrong("--plan, --by and --because go together", "a plan is picked by a named person for a reason: --plan 2 --by \"A. Officer\" --because \"...\"");
    const std::size_t at = plan_.rfind('=');
    const std::string number = at == std::string::npos ? plan_ : plan_.substr(at + 1);
    std::size_t value = 0;
    const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (fault != std::errc() || end != number.data() + number.size() || value == 0)
      return wrong(fmt::format("'{}' is not the number of a plan", plan_), "candour plans CASE lists the plans with their numbers, from 1");
    return std::optional(answer::Picked{at == std::string::npos ? std::string() : plan_.substr(0, at), value, by_, because_});
  }

  static nlohmann::ordered_json json_of(const answer::AnsweredCase& answered, const std::filesystem::path& output, bool refused) {
    nlohmann::ordered_json questions = nlohmann::ordered_json::array();
    for (const answer::QuestionReport& report : answered.questions)
      questions.push_back({{"question", report.question}, {"given", report.given}, {"kept", report.kept}, {"not_taken", report.reasons}});
    return {{"outcome", refused ? "only withholding all certifies" : "answered"},
            {"questions", std::move(questions)},
            {"beside_earlier", answered.beside_earlier},
            {"output", output.string()}};
  }

  std::filesystem::path case_;
  std::optional<std::filesystem::path> output_;
  std::string register_;
  std::string plan_;
  std::string by_;
  std::string because_;
};

}  // namespace

std::unique_ptr<Command> make_answer_command() { return std::make_unique<AnswerCommand>(); }

}  // namespace candour::cli
