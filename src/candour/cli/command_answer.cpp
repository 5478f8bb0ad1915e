#include <candour/cli/command_answer.hpp>

#include <candour/answer/answer.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/register_place.hpp>
#include <candour/publish/publish.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>

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
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const std::filesystem::path folder = std::filesystem::is_directory(case_) ? case_ : case_.parent_path();
    const std::filesystem::path output = output_.value_or(folder / "out");
    CANDOUR_TRY(earlier, with_errors(earlier_releases(register_)));
    CANDOUR_TRY(answered, answer::answer_case({case_, earlier}));
    CANDOUR_TRY_DONE(with_errors(publish::publish({output, answered.draft, answered.final, answered.private_files})));
    const bool refused = answered.outcome == answer::AnswerOutcome::only_withhold_all;
    for (const std::string& line : answered.lines) console.print(line + "\n");
    for (const std::string& line : answered.beside_earlier) console.print(line + "\n");
    console.print(fmt::format("written to {}: reply/, public/ and private/, all drafts until two people have approved\n", output.string()));
    console.print_json(json_of(answered, output, refused));
    return refused ? ExitStatus::refused : ExitStatus::done;
  }

 private:
  static nlohmann::ordered_json json_of(const answer::AnsweredCase& answered, const std::filesystem::path& output, bool refused) {
    nlohmann::ordered_json questions = nlohmann::ordered_json::array();
    for (const answer::QuestionReport& report : answered.questions)
      questions.push_back({{"question", report.question}, {"given", report.given}, {"not_taken", report.reasons}});
    return {{"outcome", refused ? "only withholding all certifies" : "answered"},
            {"questions", std::move(questions)},
            {"beside_earlier", answered.beside_earlier},
            {"output", output.string()}};
  }

  std::filesystem::path case_;
  std::optional<std::filesystem::path> output_;
  std::string register_;
};

}  // namespace

std::unique_ptr<Command> make_answer_command() { return std::make_unique<AnswerCommand>(); }

}  // namespace candour::cli
