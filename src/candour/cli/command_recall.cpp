#include <candour/cli/command_recall.hpp>

#include <candour/answer/way_out.hpp>
#include <candour/base/text.hpp>
#include <candour/casework/case_mirror.hpp>
#include <candour/casework/given_before.hpp>
#include <candour/casework/kept_files.hpp>
#include <candour/casework/recall.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/attack_answer.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/key_options.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/register_place.hpp>
#include <candour/publish/log_entry.hpp>
#include <candour/publish/log_site.hpp>
#include <candour/request/case.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;

constexpr int hours_to_notify = 72;  // UK GDPR Art 33(1)
constexpr std::string_view zone = "Europe/London";

class SentCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "The folder of the case");
    parameters.option("--to", "WHO", to_, "To whom the answer was sent, as in \"the requester\"", Presence::required);
    parameters.option("--how", "TEXT", how_, "How, as in e-mail", Presence::required);
    parameters.option("--on", "DATE", on_, "The day on which it was sent", Presence::required);
    parameters.option("--as", "NAME", name_, "The name of the person who notes it", Presence::required);
    parameters.option("-o,--out", "FOLDER", out_, "Where the answer lies, if not in CASE/out");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(on, with_errors(base::parse_iso_date(on_)));
    const fs::path output = answer_folder(case_, out_);
    CANDOUR_TRY(keyring, casework::keyring_of_case(case_));
    CANDOUR_TRY(lock, with_errors(lock_answer(output)));
    CANDOUR_TRY(answer, with_errors(read_standing_answer(output, keyring ? &*keyring : nullptr)));
    if (publication_standing(answer.files, answer.approvals) != publish::PublicationStanding::final)
      return with_errors<ExitStatus>(base::fail({base::Cause::refused,
                                                 "sent.not_approved",
                                                 {output.string()},
                                                 "what two people have not approved is not sent, and its sending is not noted",
                                                 "if it went out all the same: candour recall CASE"}));
    const casework::Sending sending{to_, how_, on, name_, release::digest_of_release(answer.files.final)};
    CANDOUR_TRY_DONE(with_errors(casework::record_sending(output, sending, base::today())));
    CANDOUR_TRY_DONE(with_errors(casework::tell_case_journal(folder_of_case(case_), output)));
    console.print(fmt::format("Noted: sent to {} on {}, by {}.\n", to_, base::to_words(on), how_));
    console.print_json({{"to", to_}, {"how", how_}, {"on", on_}, {"name", name_}});
    return ExitStatus::done;
  }

 private:
  fs::path case_;
  std::string to_, how_, on_, name_;
  std::optional<fs::path> out_;
};

class RecallCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "The folder of the case");
    parameters.option("--because", "TEXT", because_, "Why it is called back; stays in the journal", Presence::required);
    parameters.option("--as", "NAME", name_, "The name of the person who calls it back", Presence::required);
    parameters.option("--aware", "MINUTE", aware_, "When the authority became aware, as in \"2024-05-03 14:20\": the 72 hours run from here",
                      Presence::required);
    parameters.option("--site", "FOLDER", site_, "The folder of the disclosure log, if it stands there");
    parameters.option(
        "--register", "PLACE", register_,
        "The register of releases that the world knows too: the answer is attacked beside them (default: CANDOUR_REGISTER, then [register] of the case file)");
    parameters.option("--public-reason", "TEXT", public_reason_, "With --site: what the log says in its place; everybody can read it");
    parameters.option("-o,--out", "FOLDER", out_, "Where the answer lies, if not in CASE/out");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(aware, with_errors(base::parse_local_minute(aware_, zone)));
    CANDOUR_TRY_DONE(with_errors(check_reasons()));
    CANDOUR_TRY(the_case, request::load_case(case_));
    const fs::path output = answer_folder(case_, out_);
    CANDOUR_TRY(lock, with_errors(lock_answer(output)));
    CANDOUR_TRY(files, with_errors(publish::read_standing_files(output)));
    casework::RecallFacts facts;
    facts.reference = the_case.reference;
    // First the word of the person, from which on nothing of it is published; every later step is done again if it was cut off.
    CANDOUR_TRY(recall, with_errors(casework::record_recall(output, {because_, name_, aware, base::today(), release::digest_of_release(files.final)})));
    facts.recall = std::move(recall);
    CANDOUR_TRY(notify_by, with_errors(base::hours_after(facts.recall.aware, hours_to_notify, zone)));
    facts.notify_by = notify_by;
    CANDOUR_TRY_DONE(take_out(facts));
    CANDOUR_TRY(sent, with_errors(casework::sendings(output, facts.recall.final)));
    facts.sent = std::move(sent);
    CANDOUR_TRY(earlier, earlier_releases(register_, case_));
    CANDOUR_TRY(attack, attack_on_answer(case_, output, earlier));
    facts.attack = attack.lines;
    std::vector<base::FileToWrite> kept = casework::recall_files(facts);
    CANDOUR_TRY(given, with_errors(casework::file_of_given(output, casework::recalled_folder, attack.out)));
    kept.push_back(std::move(given));
    CANDOUR_TRY_DONE(with_errors(casework::keep_folder(output, std::string(casework::recalled_folder), std::move(kept))));
    CANDOUR_TRY_DONE(with_errors(casework::tell_case_journal(the_case.folder, output)));
    print(console, facts, output, attack);
    return attack.open_findings == 0 ? ExitStatus::done : ExitStatus::refused;
  }

 private:
  // The log tells everybody something else than the journal tells the authority: a reason can give away what it is about.
  [[nodiscard]] base::Result<base::Done> check_reasons() const {
    const bool has_public_reason = public_reason_ && !base::trimmed(*public_reason_).empty();
    if (site_.has_value() == has_public_reason) return base::Done{};
    return base::fail({base::Cause::wrong_input,
                       "recall.incomplete",
                       {},
                       "--site and --public-reason go together: the log says in the answer's place why it is gone",
                       "say no more than a reader needs: \"a figure was wrong\""});
  }

  // What a run before has taken out already is not there any more; its pages are built again, in case that was cut off.
  [[nodiscard]] base::ResultOrErrors<base::Done> take_out(casework::RecallFacts& facts) const {
    if (!site_) return base::Done{};
    const fs::path entry = *site_ / publish::folder_of_reference(facts.reference);
    const publish::LastLook look = [](std::span<const base::FileToWrite> pages) { return answer::look_before_writing("log", pages); };
    std::error_code status;
    if (fs::is_regular_file(entry / "entry.json", status)) {
      CANDOUR_TRY_DONE(publish::remove_from_log(*site_, facts.reference, public_reason_.value_or(""), look));
    } else if (fs::is_directory(entry, status)) {
      CANDOUR_TRY(built, publish::build_log(*site_, {}, look));
    }
    facts.taken_out_of = entry.string();
    return base::Done{};
  }

  static void print(Console& console, const casework::RecallFacts& facts, const fs::path& output, const AnswerAttack& attack) {
    console.print(fmt::format("Recalled. {}\n", facts.taken_out_of ? "It is not in the log any more." : "No log was named; if it stands in one, say --site."));
    console.print(fmt::format("Noted sendings: {}.\n", facts.sent.size()));
    console.print(fmt::format("Aware since {}; if people are at risk, the Commissioner is told by {}.\n", facts.recall.aware.text, facts.notify_by.text));
    for (const std::string& line : facts.attack) console.print(line + "\n");
    console.print(fmt::format("Recipients, checklist and findings: {}\n", (output / "private/casework/recall").string()));
    nlohmann::ordered_json sent = nlohmann::ordered_json::array();
    for (const casework::Sending& sending : facts.sent) sent.push_back({{"to", sending.to}, {"how", sending.how}, {"on", base::to_iso(sending.on)}});
    console.print_json({{"reference", facts.reference},
                        {"because", facts.recall.because},
                        {"name", facts.recall.by},
                        {"aware", facts.recall.aware.text},
                        {"notify_by", facts.notify_by.text},
                        {"taken_out_of", facts.taken_out_of ? nlohmann::ordered_json(*facts.taken_out_of) : nlohmann::ordered_json(nullptr)},
                        {"sent", sent},
                        {"open_findings", attack.open_findings},
                        {"attack", attack.lines}});
  }

  fs::path case_;
  std::string because_, name_, aware_, register_;
  std::optional<std::string> public_reason_;
  std::optional<fs::path> site_, out_;
};

}  // namespace

std::unique_ptr<Command> make_recall_command() { return std::make_unique<RecallCommand>(); }
std::unique_ptr<Command> make_sent_command() { return std::make_unique<SentCommand>(); }

}  // namespace candour::cli
