#include <candour/cli/command_approve.hpp>

#include <candour/answer/way_out.hpp>
#include <candour/casework/case_mirror.hpp>
#include <candour/casework/differences.hpp>
#include <candour/casework/journal.hpp>
#include <candour/casework/kept_files.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/beside_register.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/key_options.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/release/authority_picture.hpp>
#include <candour/request/case.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
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
    signing_.describe(parameters, "this person, where the authority has set up keys");
    parameters.option("--register", "PLACE", register_,
                      "The register of releases: what was registered about the same population since the answer was made stops the approval (default: "
                      "CANDOUR_REGISTER, then [register] of the case file)");
    parameters.option("-o,--out", "FOLDER", out_, "Where the answer lies, if not in CASE/out");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const fs::path folder = answer_folder(case_, out_);
    const auto role = role_of(role_);
    if (!role)
      return with_errors<ExitStatus>(
          base::fail({base::Cause::wrong_input, "approve.no_role", {}, "an approval has a role", "say --role preparer or --role approver"}));
    CANDOUR_TRY(keyring, casework::keyring_of_case(case_));
    CANDOUR_TRY(key, with_errors(key_for(keyring)));
    CANDOUR_TRY(lock, with_errors(lock_answer(folder)));
    CANDOUR_TRY_DONE(check_beside_register(case_, folder, register_));
    std::vector<std::string> changes;
    const casework::ApprovalKey signing{keyring ? &*keyring : nullptr, key ? &*key : nullptr};
    CANDOUR_TRY(standing, with_errors(approve(folder, *role, signing, changes)));
    CANDOUR_TRY_DONE(with_errors(casework::tell_case_journal(folder_of_case(case_), folder)));
    for (const std::string& line : changes) console.print(line + "\n");
    console.print(sentence_of(standing) + "\n");
    console.print_json({{"standing", standing == PublicationStanding::final ? "final" : "draft"},
                        {"name", name_},
                        {"role", role_},
                        {"signed", key.has_value()},
                        {"changes_since_last_approval", changes}});
    return ExitStatus::done;
  }

 private:
  static std::optional<Role> role_of(const std::string& word) {
    if (word == "preparer") return Role::preparer;
    if (word == "approver") return Role::approver;
    return std::nullopt;
  }

  // Where keys are set up a typed name is no approval; where they are not, a signature would say more than anybody checks.
  [[nodiscard]] base::Result<std::optional<base::SigningKey>> key_for(const std::optional<casework::Keyring>& keyring) const {
    if (keyring && !signing_.key)
      return base::fail(
          {base::Cause::wrong_input, "approve.no_key", {}, "this authority approves by key, not by typed name", "--key FILE: your own secret key"});
    if (!keyring && signing_.key)
      return base::fail({base::Cause::wrong_input,
                         "approve.no_keyring",
                         {},
                         "a key is given and no keyring says whose it is",
                         "set keyring under [authority] in case.toml, or CANDOUR_KEYRING"});
    if (!keyring) return std::optional<base::SigningKey>();
    CANDOUR_TRY(key, signing_.read());
    return std::optional(std::move(key));
  }

  [[nodiscard]] base::Result<PublicationStanding> approve(const fs::path& folder, Role role, const casework::ApprovalKey& signing,
                                                          std::vector<std::string>& changes) const {
    CANDOUR_TRY(before, read_standing_answer(folder, signing.keyring));
    const PublicationStanding standing = publication_standing(before.files, before.approvals);
    if (standing == PublicationStanding::final) return standing;
    if (standing == PublicationStanding::changed) {
      return base::fail({base::Cause::refused,
                         "approve.changed",
                         {folder.string()},
                         "reply/ and public/ were changed after the answer was made",
                         "run candour answer again, then approve"});
    }
    // The authority's pictures as they are now: one that was changed since is no picture of the authority's.
    std::vector<base::Digest> pictures;
    if (const auto the_case = request::load_case(case_)) {
      CANDOUR_TRY(read, release::authority_pictures(*the_case));
      pictures = release::digests_of(read);
    }
    CANDOUR_TRY_DONE(answer::look_before_writing("reply", before.files.final.reply, pictures));
    CANDOUR_TRY_DONE(answer::look_before_writing("public", before.files.final.log));
    CANDOUR_TRY(earlier, casework::last_approved(folder, role));
    if (earlier) changes = since_last_approval(*earlier, before.files.final);
    const release::Approval approval{name_, role, digest_of_release(before.files.shown), digest_of_release(before.files.final), base::today()};
    CANDOUR_TRY(approvals, casework::record_approval(folder, approval, signing));
    CANDOUR_TRY_DONE(casework::keep_approved(folder, role, before.files.final));
    if (publication_standing(before.files, approvals) != PublicationStanding::approved) return PublicationStanding::draft;
    CANDOUR_TRY_DONE(publish::put_final_in_place(folder, approvals));
    return PublicationStanding::final;
  }

  [[nodiscard]] std::vector<std::string> since_last_approval(const release::ReleasedFiles& earlier, const release::ReleasedFiles& now) const {
    const std::vector<std::string> found = casework::differences(earlier, now);
    std::vector<std::string> lines{fmt::format("Since the last approval as {}:{}", role_, found.empty() ? " nothing has changed." : "")};
    for (const std::string& line : found) lines.push_back("  " + line);
    return lines;
  }

  std::filesystem::path case_;
  std::string name_;
  std::string role_;
  std::string register_;
  SigningOptions signing_;
  std::optional<std::filesystem::path> out_;
};

}  // namespace

std::unique_ptr<Command> make_approve_command() { return std::make_unique<ApproveCommand>(); }

}  // namespace candour::cli
