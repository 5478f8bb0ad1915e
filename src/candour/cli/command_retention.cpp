#include <candour/cli/command_retention.hpp>

#include <candour/base/text.hpp>
#include <candour/casework/case_mirror.hpp>
#include <candour/casework/retention.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/key_options.hpp>
#include <candour/cli/parameters.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>

namespace candour::cli {
namespace {

using casework::RetainedCase;
using casework::RetentionState;

class RetentionCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASES", cases_, "The folder in which the folders of the cases lie, or one case");
    parameters.option("--on", "DATE", on_, "The day that is asked about", Presence::required);
    parameters.flag("--do", do_, "Delete what is due; without it the verb only lists");
    parameters.option("--as", "NAME", name_, "With --do: the name of the person who deletes");
    signing_.describe(parameters, "this person, with --do where the authority has set up keys");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(on, with_errors(base::parse_iso_date(on_)));
    CANDOUR_TRY_DONE(with_errors(check_person(on)));
    CANDOUR_TRY(cases, casework::cases_to_retain(cases_, on));
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (RetainedCase& each : cases) {
      const bool goes = do_ && (each.state == RetentionState::due || each.state == RetentionState::begun);
      if (goes) {
        CANDOUR_TRY(gone, delete_one(each));
        each = std::move(gone);
      }
      console.print(line_of(each));
      list.push_back(json_of(each));
    }
    const auto open = std::count_if(cases.begin(), cases.end(), [](const RetainedCase& each) { return each.state == RetentionState::no_day; });
    if (open > 0) console.print(fmt::format("{} cases have no day: a person sets it, under [retention] in case.toml.\n", open));
    console.print_json({{"on", on_}, {"cases", list}});
    return ExitStatus::done;
  }

 private:
  // Listing may look ahead; deleting may not, and somebody answers for it.
  [[nodiscard]] base::Result<base::Done> check_person(base::Date on) const {
    if (!do_) return base::Done{};
    if (!name_ || base::trimmed(*name_).empty())
      return base::fail({base::Cause::wrong_input, "retention.no_name", {}, "a deletion needs the name of a person", "give it with --as NAME"});
    if (on > base::today())
      return base::fail({base::Cause::wrong_input,
                         "retention.early",
                         {},
                         fmt::format("nothing is deleted before its day, and {} is not there yet", on_),
                         "leave out --do to look ahead"});
    return base::Done{};
  }

  [[nodiscard]] base::ResultOrErrors<RetainedCase> delete_one(const RetainedCase& retained) const {
    CANDOUR_TRY(keyring, casework::keyring_of_case(retained.folder));
    std::optional<base::SigningKey> key;
    if (keyring || signing_.key) {
      CANDOUR_TRY(read, with_errors(signing_.read()));
      key = std::move(read);
    }
    if (keyring) {
      const casework::TrustedKey* trusted = keyring->find(key->public_key().fingerprint(), casework::KeyUse::person, base::today());
      if (trusted == nullptr || trusted->name != *name_)
        return with_errors<RetainedCase>(
            base::fail({base::Cause::refused, "retention.other_key", {keyring->file.string()}, "the key is not that of the person whom --as names", {}}));
    }
    CANDOUR_TRY(gone, with_errors(casework::delete_private(retained, {*name_, base::today(), key ? &*key : nullptr})));
    CANDOUR_TRY_DONE(with_errors(casework::tell_case_journal(retained.folder, retained.folder / "out")));
    return gone;
  }

  static std::string line_of(const RetainedCase& each) {
    std::string line = fmt::format("{}  {}", each.reference, casework::word_of(each.state));
    if (each.rule) line += fmt::format(", {}", base::to_iso(each.rule->delete_on));
    line += fmt::format(", {} files\n", each.files.size());
    for (const std::string& holding : each.elsewhere) line += fmt::format("  holding '{}' lies outside of the case's folder and is not touched\n", holding);
    return line;
  }

  static nlohmann::ordered_json json_of(const RetainedCase& each) {
    nlohmann::ordered_json json{
        {"folder", each.folder.string()}, {"reference", each.reference}, {"state", casework::word_of(each.state)}, {"files", each.files.size()}};
    if (each.rule) json["delete_on"] = base::to_iso(each.rule->delete_on);
    if (!each.elsewhere.empty()) json["elsewhere"] = each.elsewhere;
    return json;
  }

  std::filesystem::path cases_;
  std::string on_;
  bool do_ = false;
  std::optional<std::string> name_;
  SigningOptions signing_;
};

}  // namespace

std::unique_ptr<Command> make_retention_command() { return std::make_unique<RetentionCommand>(); }

}  // namespace candour::cli
