#include <candour/cli/command_answer.hpp>

#include <candour/answer/answer.hpp>
#include <candour/answer/two_desks.hpp>
#include <candour/base/lock.hpp>
#include <candour/base/stop.hpp>
#include <candour/base/text.hpp>
#include <candour/casework/case_mirror.hpp>
#include <candour/casework/desks.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/key_options.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/policy_bytes.hpp>
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
    parameters.flag("--microdata", microdata_,
                    "Gives records one by one where the case asks for them, coarsened as little as the policy allows; without it such a case is refused");
    parameters.option("--handover", "FILE", handover_, "Go on from what the data unit gave back for the order of this case; no record is read");
    parameters.option("--keyring", "FILE", keyring_, "With --handover: the keyring that trusts the data unit, if not the one of the case");
    parameters.option("--register", "PLACE", register_,
                      "The register of releases that the answer must stand beside: a SQLite file or a PostgreSQL URL (default: "
                      "CANDOUR_REGISTER, then [register] of the case file; without any nothing earlier is known). With --handover: the data unit must have "
                      "protected beside all that it holds");
    parameters.option("--plan", "NUMBER", plan_,
                      "Takes another plan than the most detailed one: its number in candour plans; POPULATION=NUMBER where there are several");
    parameters.option("--by", "NAME", by_, "With --plan: who picked it");
    parameters.option("--because", "TEXT", because_, "With --plan: why");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const std::filesystem::path folder = std::filesystem::is_directory(case_) ? case_ : case_.parent_path();
    const std::filesystem::path output = output_.value_or(folder / "out");
    CANDOUR_TRY(picked, with_errors(picked_plan()));
    std::optional<casework::OpenedHandover> handed;
    std::optional<base::FolderLock> lock;
    base::StopOnInterrupt stop;
    if (handover_) {
      CANDOUR_TRY_DONE(with_errors(check_beside_handover()));
      CANDOUR_TRY(taken, with_errors(base::FolderLock::take(output)));  // no newer order may go out meanwhile
      lock = std::move(taken);
      CANDOUR_TRY(opened, open(folder, output));
      handed = std::move(opened);
    }
    CANDOUR_TRY(earlier, earlier_releases_of_case(register_, case_, output));
    if (handed) CANDOUR_TRY_DONE(with_errors(check_stood_beside(handed->content, earlier)));
    CANDOUR_TRY(answered, handed ? answer::answer_from_handover(case_, as_handed(handed->content))
                                 : answer::answer_case(
                                       {case_, picked, std::move(earlier), microdata_ ? answer::Microdata::asked_for : answer::Microdata::not_asked_for}));
    stop.pass_over();
    if (handed) {
      answered.private_files.push_back({"hours.toml", casework::hours_text(handed->content.hours)});
      answered.private_files.push_back({"published.json", handed->content.published});
      answered.private_files.push_back({"seal.json", handed->content.seal});
      answered.private_files.push_back(casework::handed_over_file(*handed));
      answered.beside_earlier = stood_beside(handed->content);
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
    for (const std::string& line : answered.beside_earlier) console.print(line + "\n");
    console.print(fmt::format("written to {}: reply/, public/ and private/, all drafts until two people have approved\n", output.string()));
    console.print_json(json_of(answered, output, refused));
    return refused ? ExitStatus::refused : ExitStatus::done;
  }

 private:
  // Every release that this desk knows of must have been laid beside the draft at the other one: here nothing is attacked.
  static base::Result<base::Done> check_stood_beside(const casework::HandoverContent& content, const std::vector<answer::EarlierRelease>& earlier) {
    std::vector<table::Release> known;
    for (const answer::EarlierRelease& one : earlier) known.push_back(one.release);
    return casework::check_stood_beside(content, known);
  }

  static std::vector<std::string> stood_beside(const casework::HandoverContent& content) {
    if (content.beside.empty()) return {"the data unit protected it beside no earlier release"};
    std::vector<std::string> ids;
    for (const casework::StoodBeside& earlier : content.beside) ids.push_back(earlier.id);
    return {fmt::format("the data unit protected it beside {}: {}", how_many(ids.size(), "earlier release"), base::listed(ids))};
  }

  // What the data unit settled is not settled again here.
  [[nodiscard]] base::Result<base::Done> check_beside_handover() const {
    if (plan_.empty() && !microdata_) return base::Done{};
    return base::fail({base::Cause::wrong_input,
                       "answer.beside_handover",
                       {},
                       fmt::format("{} is given beside --handover, expected only one of them", microdata_ ? "--microdata" : "--plan"),
                       microdata_ ? "records are recoded where they are kept: the desk that has them answers the whole case"
                                  : "the plan was searched by the data unit, and no record is read here"});
  }

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
    for (const casework::HandoverQuestion& question : content.questions)
      handover.questions.push_back({question.question, question.given, question.reasons, {}});
    handover.lines = content.lines;
    handover.published = content.published;
    handover.seal = content.seal;
    handover.people_unknown = content.people_unknown;
    handover.hours = content.hours;
    return handover;
  }

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
  std::optional<std::filesystem::path> output_, handover_, keyring_;
  std::string register_;
  std::string plan_;
  std::string by_;
  std::string because_;
  bool microdata_ = false;
};

}  // namespace

std::unique_ptr<Command> make_answer_command() { return std::make_unique<AnswerCommand>(); }

}  // namespace candour::cli
