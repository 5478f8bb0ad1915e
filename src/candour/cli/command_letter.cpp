#include <candour/cli/command_letter.hpp>

#include <candour/answer/way_out.hpp>
#include <candour/base/files.hpp>
#include <candour/casework/case_clock.hpp>
#include <candour/casework/store/database.hpp>
#include <candour/cli/case_words.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/release/authority_picture.hpp>
#include <candour/release/other_letters.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace candour::cli {
namespace {

class LetterCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "Folder of the case; its requester.toml says whom the letter goes to");
    parameters.option_choice("--kind", kind_, {"acknowledgement", "clarification", "extension", "fees", "interim", "review"},
                             "Which letter: acknowledgement, clarification, extension, fees, interim or review");
    parameters.option("--database", "PLACE", database_, database_sentence);
    parameters.option("-o,--out", "FOLDER", out_, "Where the letter goes: two files, HTML and PDF (default: CASE/letters)");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    if (kind_.empty()) {
      const base::Error error{base::Cause::wrong_input, "command_line.wrong", {}, "a letter has a kind", "candour letter --help names the kinds"};
      return tl::make_unexpected(base::Errors{error});
    }
    CANDOUR_TRY(kind, with_errors(release::letter_kind_of(kind_)));
    CANDOUR_TRY(the_case, request::load_case(case_));
    CANDOUR_TRY(clock, with_errors(casework::clock_of_case(case_, casework::store::configured_database(database_))));
    the_case.clock = clock;
    CANDOUR_TRY(requester, request::load_requester(the_case.folder / "requester.toml"));
    CANDOUR_TRY(files, release::letter_files(kind, the_case, requester, base::today()));
    CANDOUR_TRY(pictures, with_errors(release::authority_pictures(the_case)));
    if (auto looked = answer::look_before_writing("letters", files, release::digests_of(pictures)); !looked)
      return tl::make_unexpected(base::Errors{std::move(looked).error()});
    const std::filesystem::path folder = out_ ? std::filesystem::path(*out_) : the_case.folder / "letters";
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    nlohmann::ordered_json names = nlohmann::ordered_json::array();
    for (const base::FileToWrite& file : files) {
      if (auto written = base::write_file_whole(folder / file.path, file.bytes); !written) return tl::make_unexpected(base::Errors{std::move(written).error()});
      names.push_back((folder / file.path).string());
      console.print(fmt::format("written: {}\n", (folder / file.path).string()));
    }
    console.print("To send it is a named person's act; nothing was sent.\n");
    console.print_json({{"kind", kind_}, {"written_on", base::to_iso(base::today())}, {"files", std::move(names)}});
    return ExitStatus::done;
  }

 private:
  std::filesystem::path case_;
  std::string kind_, database_;
  std::optional<std::string> out_;
};

}  // namespace

std::unique_ptr<Command> make_letter_command() { return std::make_unique<LetterCommand>(); }

}  // namespace candour::cli
