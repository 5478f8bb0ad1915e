#include <candour/cli/command_answer.hpp>

#include <candour/answer/answer.hpp>
#include <candour/answer/two_desks.hpp>
#include <candour/base/lock.hpp>
#include <candour/casework/case_mirror.hpp>
#include <candour/casework/desks.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/key_options.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/policy_bytes.hpp>
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
    parameters.option("--handover", "FILE", handover_, "Go on from what the data unit gave back for the order of this case; no record is read");
    parameters.option("--keyring", "FILE", keyring_, "With --handover: the keyring that trusts the data unit, if not the one of the case");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const std::filesystem::path folder = std::filesystem::is_directory(case_) ? case_ : case_.parent_path();
    const std::filesystem::path output = output_.value_or(folder / "out");
    std::optional<casework::OpenedHandover> handed;
    std::optional<base::FolderLock> lock;
    if (handover_) {
      CANDOUR_TRY(taken, with_errors(base::FolderLock::take(output)));  // no newer order may go out meanwhile
      lock = std::move(taken);
      CANDOUR_TRY(opened, open(folder, output));
      handed = std::move(opened);
    }
    CANDOUR_TRY(answered, handed ? answer::answer_from_handover(case_, as_handed(handed->content)) : answer::answer_case({case_}));
    if (handed) {
      answered.private_files.push_back({"hours.toml", casework::hours_text(handed->content.hours)});
      answered.private_files.push_back({"published.json", handed->content.published});
    }
    if (!lock) {
      CANDOUR_TRY(taken, with_errors(base::FolderLock::take(output)));
      lock = std::move(taken);
    }
    CANDOUR_TRY_DONE(with_errors(publish::publish({output, answered.draft, answered.final, answered.private_files})));
    if (handed) {
      CANDOUR_TRY_DONE(with_errors(casework::record_handover(output, *handed, base::today())));
      CANDOUR_TRY_DONE(with_errors(casework::tell_case_journal(folder, output)));
    }
    const bool refused = answered.outcome == answer::AnswerOutcome::only_withhold_all;
    for (const std::string& line : answered.lines) console.print(line + "\n");
    console.print(fmt::format("written to {}: reply/, public/ and private/, all drafts until two people have approved\n", output.string()));
    console.print_json(json_of(answered, output, refused));
    return refused ? ExitStatus::refused : ExitStatus::done;
  }

 private:
  [[nodiscard]] base::ResultOrErrors<casework::OpenedHandover> open(const std::filesystem::path& folder, const std::filesystem::path& output) const {
    CANDOUR_TRY(keyring, keyring_for(folder, keyring_));
    if (!keyring)
      return with_errors<casework::OpenedHandover>(base::fail({base::Cause::wrong_input,
                                                               "answer.no_keyring",
                                                               {},
                                                               "a handover is judged by a keyring, expected one",
                                                               "--keyring FILE, or keyring under [authority] in case.toml"}));
    CANDOUR_TRY(the_case, request::load_case(case_));
    CANDOUR_TRY(policy, policy_bytes_of(the_case));
    CANDOUR_TRY(content, casework::order_content(the_case.folder, the_case, std::move(policy)));
    return with_errors(casework::open_handover(*handover_, *keyring, output, the_case.reference, content.digest()));
  }

  static answer::Handover as_handed(const casework::HandoverContent& content) {
    answer::Handover handover;
    if (content.withholds_all) handover.outcome = answer::AnswerOutcome::only_withhold_all;
    for (const casework::HandoverQuestion& question : content.questions) handover.questions.push_back({question.question, question.given, question.reasons});
    handover.lines = content.lines;
    handover.published = content.published;
    handover.seal = content.seal;
    handover.people_unknown = content.people_unknown;
    handover.hours = content.hours;
    return handover;
  }

  static nlohmann::ordered_json json_of(const answer::AnsweredCase& answered, const std::filesystem::path& output, bool refused) {
    nlohmann::ordered_json questions = nlohmann::ordered_json::array();
    for (const answer::QuestionReport& report : answered.questions)
      questions.push_back({{"question", report.question}, {"given", report.given}, {"not_taken", report.reasons}});
    return {{"outcome", refused ? "only withholding all certifies" : "answered"}, {"questions", std::move(questions)}, {"output", output.string()}};
  }

  std::filesystem::path case_;
  std::optional<std::filesystem::path> output_, handover_, keyring_;
};

}  // namespace

std::unique_ptr<Command> make_answer_command() { return std::make_unique<AnswerCommand>(); }

}  // namespace candour::cli
