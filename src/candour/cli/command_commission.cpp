#include <candour/cli/command_commission.hpp>

#include <candour/base/files.hpp>
#include <candour/base/lock.hpp>
#include <candour/casework/case_mirror.hpp>
#include <candour/casework/desks.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/key_options.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/policy_bytes.hpp>
#include <candour/request/case.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <string>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;

class CommissionCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "The folder of the case, or its case.toml");
    parameters.option("-o,--out", "FILE", file_, "The order to write, as in order.zip", Presence::required);
    parameters.option("--as", "NAME", name_, "The name of the person who commissions it", Presence::required);
    signing_.describe(parameters, "the disclosure unit");
    parameters.option("--answer", "FOLDER", answer_, "Where the answer will lie, if not in CASE/out: its journal notes the order");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(key, with_errors(signing_.read()));
    CANDOUR_TRY(the_case, request::load_case(case_));
    CANDOUR_TRY_DONE(with_errors(check_no_records(the_case)));
    CANDOUR_TRY(policy, policy_bytes_of(the_case));
    CANDOUR_TRY(content, casework::order_content(the_case.folder, the_case, std::move(policy)));
    const fs::path output = answer_folder(the_case.folder, answer_);
    CANDOUR_TRY(lock, with_errors(base::FolderLock::take(output)));
    const casework::Commission commission{the_case.reference, name_, base::today()};
    CANDOUR_TRY(order, with_errors(casework::make_order(output, content, commission, key)));
    // The journal last: an order that is not in it answers to nothing, and is made again byte for byte.
    CANDOUR_TRY_DONE(with_errors(base::write_file_whole(file_, order)));
    CANDOUR_TRY_DONE(with_errors(casework::record_order(output, content, commission, order)));
    CANDOUR_TRY_DONE(with_errors(casework::tell_case_journal(the_case.folder, output)));
    const auto questions = std::count_if(the_case.questions.begin(), the_case.questions.end(),
                                         [](const request::Question& question) { return question.kind == request::QuestionKind::statistics; });
    console.print(fmt::format("{}: the order for the data unit, with {} questions and no requester; signed with {}.\n", file_.string(), questions,
                              key.public_key().fingerprint()));
    console.print_json(
        {{"order", file_.string()}, {"digest", base::digest_of(order).to_hex()}, {"questions", questions}, {"signed_with", key.public_key().fingerprint()}});
    return ExitStatus::done;
  }

 private:
  // What the data unit gives back holds tables alone.
  static base::Result<base::Done> check_no_records(const request::Case& the_case) {
    for (const request::Question& question : the_case.questions)
      if (request::gives_records(question))
        return base::fail({base::Cause::wrong_input,
                           "commission.records",
                           {(the_case.folder / "case.toml").string()},
                           fmt::format("question {} asks for records one by one, expected a case of tables", question.number),
                           "records are recoded where they are kept: candour answer CASE --microdata, there"});
    return base::Done{};
  }

  fs::path case_, file_;
  std::string name_;
  SigningOptions signing_;
  std::optional<fs::path> answer_;
};

}  // namespace

std::unique_ptr<Command> make_commission_command() { return std::make_unique<CommissionCommand>(); }

}  // namespace candour::cli
