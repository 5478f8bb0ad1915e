#include <candour/cli/command_approve.hpp>

#include <candour/answer/way_out.hpp>
#include <candour/casework/journal.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>

namespace candour::cli {
namespace {

using publish::PublicationStanding;
using release::Role;

std::string sentence_of(PublicationStanding standing) {
  switch (standing) {
    case PublicationStanding::draft: return "Recorded. One approval is still missing: a preparer and an approver with two different names.";
    case PublicationStanding::approved: return "Recorded. Both approvals are there.";
    case PublicationStanding::final: return "Approved by two people. reply/ and public/ now hold the final files.";
    case PublicationStanding::changed: return "reply/ and public/ hold something that nobody approved.";
  }
  return {};
}

class ApproveCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "The folder of the case");
    parameters.option("--as", "NAME", name_, "The name of the person who approves", Presence::required);
    parameters.option_choice("--role", role_, {"preparer", "approver"},
                             "What this person answers for: preparer or approver; both are needed, with two different names");
    parameters.option("-o,--out", "FOLDER", out_, "Where the answer lies, if not in CASE/out");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(standing, with_errors(approve()));
    console.print(sentence_of(standing) + "\n");
    console.print_json({{"standing", standing == PublicationStanding::final ? "final" : "draft"}, {"name", name_}, {"role", role_}});
    return ExitStatus::done;
  }

 private:
  base::Result<PublicationStanding> approve() const {
    const std::filesystem::path folder = answer_folder(case_, out_);
    if (role_.empty()) {
      return base::fail({base::Cause::wrong_input, "approve.no_role", {}, "an approval has a role", "say --role preparer or --role approver"});
    }
    CANDOUR_TRY(before, read_standing_answer(folder));
    const PublicationStanding standing = publication_standing(before.files, before.approvals);
    if (standing == PublicationStanding::final) return standing;
    if (standing == PublicationStanding::changed) {
      return base::fail({base::Cause::refused,
                         "approve.changed",
                         {folder.string()},
                         "reply/ and public/ were changed after the answer was made",
                         "run candour answer again, then approve"});
    }
    CANDOUR_TRY_DONE(answer::look_before_writing("reply", before.files.final.reply));
    CANDOUR_TRY_DONE(answer::look_before_writing("public", before.files.final.log));
    const release::Approval approval{name_, role_ == "preparer" ? Role::preparer : Role::approver, digest_of_release(before.files.shown),
                                     digest_of_release(before.files.final), base::today()};
    CANDOUR_TRY(approvals, casework::record_approval(folder, approval));
    if (publication_standing(before.files, approvals) != PublicationStanding::approved) return PublicationStanding::draft;
    CANDOUR_TRY_DONE(publish::put_final_in_place(folder, approvals));
    return PublicationStanding::final;
  }

  std::filesystem::path case_;
  std::string name_;
  std::string role_;
  std::optional<std::filesystem::path> out_;
};

}  // namespace

std::unique_ptr<Command> make_approve_command() { return std::make_unique<ApproveCommand>(); }

}  // namespace candour::cli
