#include <candour/cli/command_review.hpp>

#include <candour/casework/case_mirror.hpp>
#include <candour/casework/case_state.hpp>
#include <candour/casework/review.hpp>
#include <candour/casework/store/database.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/attack_answer.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/key_options.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/register_place.hpp>
#include <candour/cli/released_answer.hpp>
#include <candour/law/clock.hpp>
#include <candour/request/case.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;

class ReviewCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "The folder of the case, or its case.toml");
    parameters.option("--as", "NAME", name_, "The name of the person who reviews: nobody who had a part in the answer", Presence::required);
    parameters.option("--asked-on", "DATE", asked_on_, "Open a review: the day on which the requester asked for it");
    parameters.option_choice("--outcome", outcome_, {"upheld", "partly-upheld", "overturned"}, "Decide the open review: what becomes of the answer");
    parameters.option("--because", "TEXT", because_, "With --outcome: why");
    parameters.option("--changes", "TEXT", changes_, "With --outcome, unless the answer is upheld: what is done about it");
    parameters.option(
        "--register", "PLACE", register_,
        "The register of releases that the world knows too: the answer is attacked beside them (default: CANDOUR_REGISTER, then [register] of the case file)");
    parameters.option("-o,--out", "FOLDER", out_, "Where the answer lies, if not in CASE/out");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    if (asked_on_.has_value() == !outcome_.empty())
      return with_errors<ExitStatus>(base::fail({base::Cause::wrong_input,
                                                 "review.what",
                                                 {},
                                                 "a review is opened with --asked-on or decided with --outcome, expected one of them",
                                                 "candour review --help"}));
    CANDOUR_TRY(the_case, request::load_case(case_));
    const fs::path output = answer_folder(the_case.folder, out_);
    CANDOUR_TRY(lock, with_errors(lock_answer(output)));
    CANDOUR_TRY_DONE(with_errors(casework::check_reviewer(output, the_case, name_)));
    CANDOUR_TRY(status, asked_on_ ? open(the_case, output, console) : decide(output, console));
    CANDOUR_TRY_DONE(with_errors(casework::tell_case_journal(the_case.folder, output)));
    return status;
  }

 private:
  // Two journals that can only be added to must not say two days.
  [[nodiscard]] base::Result<base::Done> check_day(base::Date asked_on) const {
    CANDOUR_TRY(head, casework::read_case_head(case_));
    CANDOUR_TRY(state, casework::read_state(head, casework::store::configured_database(""), base::today()));
    if (state.stage != casework::Stage::under_review || state.reviews_asked.back() == asked_on) return base::Done{};
    return base::fail({base::Cause::wrong_input,
                       "review.other_day",
                       {(head.folder / "case.toml").string()},
                       fmt::format("--asked-on is {}, and the case says that the review was asked for on {}, expected the same day", base::to_iso(asked_on),
                                   base::to_iso(state.reviews_asked.back())),
                       "candour case history, and [clock] of case.toml, show where the case says it"});
  }

  [[nodiscard]] base::ResultOrErrors<ExitStatus> open(const request::Case& the_case, const fs::path& output, Console& console) const {
    CANDOUR_TRY(asked_on, with_errors(base::parse_iso_date(*asked_on_)));
    CANDOUR_TRY_DONE(with_errors(check_day(asked_on)));
    CANDOUR_TRY(keyring, casework::keyring_of_case(case_));
    CANDOUR_TRY(answer, with_errors(read_standing_answer(output, keyring ? &*keyring : nullptr)));
    if (publication_standing(answer.files, answer.approvals) != publish::PublicationStanding::final)
      return with_errors<ExitStatus>(
          base::fail({base::Cause::refused, "review.not_approved", {output.string()}, "only an answer that two people approved is reviewed", {}}));
    CANDOUR_TRY(earlier, earlier_releases(register_, case_));
    CANDOUR_TRY(attack, attack_on_answer(case_, output, earlier));
    CANDOUR_TRY(releases, releases_of_answer(case_, output));
    casework::Review review;
    review.reviewer = name_;
    review.asked_on = asked_on;
    review.opened_on = base::today();
    review.final = release::digest_of_release(answer.files.final);
    CANDOUR_TRY_DONE(with_errors(casework::open_review(output, review, answer.files.shown, releases)));
    law::ClockEvents events;
    events.received = asked_on;
    const auto clock = law::read_clock(events, law::regime_of(the_case.authority.regime));
    console.print(fmt::format("The review is open; {} reviews.\n", name_));
    if (clock) console.print(fmt::format("Asked for on {}; twenty working days end on {}.\n", base::to_words(asked_on), base::to_words(clock->answer_due)));
    console.print("The answer under review, attacked as it stands:\n");
    for (const std::string& line : attack.lines) console.print(line + "\n");
    console.print_json({{"reviewer", name_},
                        {"asked_on", *asked_on_},
                        {"due", clock ? nlohmann::ordered_json(base::to_iso(clock->answer_due)) : nlohmann::ordered_json(nullptr)},
                        {"open_findings", attack.open_findings}});
    return ExitStatus::done;
  }

  [[nodiscard]] base::ResultOrErrors<ExitStatus> decide(const fs::path& output, Console& console) const {
    const auto result = casework::review_result_of(outcome_);
    const casework::ReviewDecision decision{name_, *result, because_.value_or(""), changes_.value_or(""), base::today()};
    CANDOUR_TRY_DONE(with_errors(casework::decide_review(output, folder_of_case(case_), decision)));
    console.print(fmt::format("Recorded: {}.\n", outcome_));
    if (*result != casework::ReviewResult::upheld)
      console.print("candour answer attacks what is answered anew beside what was given before: nobody can be made to forget it.\n");
    console.print_json({{"reviewer", name_}, {"outcome", outcome_}, {"because", decision.because}, {"changes", decision.changes}});
    return ExitStatus::done;
  }

  fs::path case_;
  std::string name_, outcome_, register_;
  std::optional<std::string> asked_on_, because_, changes_;
  std::optional<fs::path> out_;
};

}  // namespace

std::unique_ptr<Command> make_review_command() { return std::make_unique<ReviewCommand>(); }

}  // namespace candour::cli
