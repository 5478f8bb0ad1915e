#include <candour/cli/command_log.hpp>

#include <candour/answer/way_out.hpp>
#include <candour/casework/case_mirror.hpp>
#include <candour/casework/publication.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/beside_register.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/key_options.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/publish/log_site.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>

namespace candour::cli {
namespace {

base::Result<base::Done> look(std::span<const base::FileToWrite> files) { return answer::look_before_writing("log", files); }

class LogAddCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "The folder of an approved case");
    parameters.option("--site", "FOLDER", site_, "The folder of the disclosure log", Presence::required);
    parameters.option(
        "--register", "PLACE", register_,
        "The register of releases, which must hold the answer before everybody can read it (default: CANDOUR_REGISTER, then [register] of the case "
        "file)");
    parameters.option("-o,--out", "FOLDER", out_, "Where the answer lies, if not in CASE/out");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const std::filesystem::path output = answer_folder(case_, out_);
    CANDOUR_TRY(keyring, casework::keyring_of_case(case_));
    CANDOUR_TRY(lock, with_errors(lock_answer(output)));
    CANDOUR_TRY(answer, with_errors(read_standing_answer(output, keyring ? &*keyring : nullptr)));
    // Whether two people approved is asked first: nobody decides about a draft.
    if (publication_standing(answer.files, answer.approvals) == publish::PublicationStanding::final) {
      CANDOUR_TRY_DONE(with_errors(casework::check_publication(output, release::digest_of_release(answer.files.final))));
      CANDOUR_TRY_DONE(check_is_registered(case_, output, register_));
    }
    CANDOUR_TRY(folder, publish::add_to_log(site_, answer.files, answer.approvals, look));
    console.print(fmt::format("Added as {}.\n", (site_ / folder / "answer.html").string()));
    console.print_json({{"folder", folder}});
    return ExitStatus::done;
  }

 private:
  std::filesystem::path case_;
  std::filesystem::path site_;
  std::string register_;
  std::optional<std::filesystem::path> out_;
};

class LogDecideCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "The folder of the case");
    parameters.option_choice("--publish", choice_, {"yes", "no", "later"}, "Whether these very files go into the disclosure log");
    parameters.option("--because", "TEXT", because_, "Why", Presence::required);
    parameters.option("--as", "NAME", name_, "The name of the person who decides", Presence::required);
    parameters.option("--again-on", "DATE", again_on_, "With later: the day on which it is looked at again");
    parameters.option("-o,--out", "FOLDER", out_, "Where the answer lies, if not in CASE/out");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const auto choice = casework::publication_choice_of(choice_);
    if (!choice)
      return with_errors<ExitStatus>(base::fail(
          {base::Cause::wrong_input, "publication.no_choice", {}, "nothing is decided, expected yes, no or later", "say --publish yes, no or later"}));
    std::optional<base::Date> again_on;
    if (again_on_) {
      CANDOUR_TRY(day, with_errors(base::parse_iso_date(*again_on_)));
      again_on = day;
    }
    const std::filesystem::path output = answer_folder(case_, out_);
    CANDOUR_TRY(lock, with_errors(lock_answer(output)));
    CANDOUR_TRY(files, with_errors(publish::read_standing_files(output)));
    const casework::PublicationDecision decision{*choice, because_, name_, base::today(), again_on, release::digest_of_release(files.final)};
    CANDOUR_TRY_DONE(with_errors(casework::record_decision(output, decision)));
    CANDOUR_TRY_DONE(with_errors(casework::tell_case_journal(folder_of_case(case_), output)));
    console.print(fmt::format("Recorded: {}, by {}.\n", casework::word_of(*choice), name_));
    console.print_json({{"publish", choice_}, {"because", because_}, {"name", name_}, {"on", base::to_iso(decision.on)}});
    return ExitStatus::done;
  }

 private:
  std::filesystem::path case_;
  std::string choice_, because_, name_;
  std::optional<std::string> again_on_;
  std::optional<std::filesystem::path> out_;
};

class LogBuildCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("SITE", site_, "The folder of the disclosure log");
    parameters.option("--authority", "FILE", files_.authority, "The authority's file with name, colours and links; the log keeps a copy of it");
    parameters.option("--statistics", "FILE", files_.statistics, "The statistics that candour case statistics wrote; the log keeps their figures");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(built, publish::build_log(site_, files_, look));
    nlohmann::ordered_json list = nlohmann::ordered_json::array(), removed = nlohmann::ordered_json::array();
    for (const publish::LogEntry& entry : built.contents.entries) {
      const std::string answered = base::to_iso(entry.answered);
      console.print(fmt::format("{}  {}  {}\n", answered, entry.reference, entry.title));
      list.push_back({{"reference", entry.reference}, {"title", entry.title}, {"answered", answered}, {"outcome", entry.outcome}, {"folder", entry.folder}});
    }
    for (const publish::Tombstone& stone : built.contents.tombstones) {
      console.print(fmt::format("{}  {}  taken out: {}\n", base::to_iso(stone.removed), stone.reference, stone.reason));
      removed.push_back({{"reference", stone.reference}, {"removed", base::to_iso(stone.removed)}, {"reason", stone.reason}});
    }
    console.print(fmt::format("{} pages.\n", built.page_count));
    for (const std::string& note : built.notes) console.print(fmt::format("Note: {}.\n", note));
    console.print_json({{"answers", list}, {"taken_out", removed}, {"pages", built.page_count}, {"notes", built.notes}});
    return ExitStatus::done;
  }

 private:
  std::filesystem::path site_;
  publish::LogFiles files_;
};

class LogRemoveCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("REFERENCE", reference_, "The reference of the answer, as its page shows it");
    parameters.option("--site", "FOLDER", site_, "The folder of the disclosure log", Presence::required);
    parameters.option("--reason", "TEXT", reason_, "Why it is taken out; everybody can read it at the answer's address", Presence::required);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY_DONE(publish::remove_from_log(site_, reference_, reason_, look));
    console.print("Taken out; its address now says when and why. Copies that others made are not recalled.\n");
    console.print_json({{"removed", reference_}, {"reason", reason_}});
    return ExitStatus::done;
  }

 private:
  std::string reference_;
  std::string reason_;
  std::filesystem::path site_;
};

}  // namespace

std::unique_ptr<Command> make_log_add_command() { return std::make_unique<LogAddCommand>(); }
std::unique_ptr<Command> make_log_decide_command() { return std::make_unique<LogDecideCommand>(); }
std::unique_ptr<Command> make_log_build_command() { return std::make_unique<LogBuildCommand>(); }
std::unique_ptr<Command> make_log_remove_command() { return std::make_unique<LogRemoveCommand>(); }

}  // namespace candour::cli
