#include <candour/cli/command_keys.hpp>

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/casework/keyring.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
using casework::KeyUse;
using casework::TrustedKey;

nlohmann::ordered_json json_of(const TrustedKey& key) {
  nlohmann::ordered_json json{{"name", key.name}, {"for", casework::word_of(key.use)}, {"fingerprint", key.key.fingerprint()}};
  if (key.until) json["until"] = base::to_iso(*key.until);
  return json;
}

std::string line_of(const TrustedKey& key) {
  return fmt::format("{}  {:<16}  {}{}\n", key.key.fingerprint(), casework::word_of(key.use), key.name, key.until ? ", until " + base::to_iso(*key.until) : "");
}

class KeysNewCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.option("--name", "NAME", name_, "Who will hold the secret half: a person, or a unit", Presence::required);
    parameters.option("-o,--out", "FILE", file_, "Where the secret key goes; the public key goes beside it, as FILE.pub", Presence::required);
    parameters.option("--passphrase-file", "FILE", passphrase_, "Seal the secret key with the first line of this file");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    std::string passphrase;
    if (passphrase_) {
      CANDOUR_TRY(text, with_errors(base::read_file(*passphrase_)));
      passphrase = text.substr(0, text.find_first_of("\r\n"));
      if (passphrase.empty())
        return with_errors<ExitStatus>(
            base::fail({base::Cause::wrong_input, "key.no_passphrase", {passphrase_->string()}, "the first line is empty, expected a passphrase", {}}));
    }
    CANDOUR_TRY(key, with_errors(casework::make_key(file_, name_, passphrase)));
    console.print(fmt::format("The secret key is in {}, for its owner alone; {}.pub is for others.\nIts fingerprint, to be compared by voice: {}\n",
                              file_.string(), file_.string(), key.key.fingerprint()));
    console.print_json({{"name", key.name}, {"secret", file_.string()}, {"public", file_.string() + ".pub"}, {"fingerprint", key.key.fingerprint()}});
    return ExitStatus::done;
  }

 private:
  std::string name_;
  fs::path file_;
  std::optional<fs::path> passphrase_;
};

class KeysTrustCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("PUBLIC", file_, "The public key: the .pub file that its holder gave you");
    parameters.option("--keyring", "FILE", keyring_, "The keyring to enter it in; made where it is missing", Presence::required);
    parameters.option_choice("--for", use_, {"disclosure-unit", "data-unit", "person"}, "What the key may sign: orders, handovers, or approvals by its holder");
    parameters.option("--until", "DATE", until_, "The last day on which its signatures count");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const auto use = casework::key_use_of(use_);
    if (!use)
      return with_errors<ExitStatus>(
          base::fail({base::Cause::wrong_input, "keys.no_use", {}, "a key is trusted for something", "say --for disclosure-unit, data-unit or person"}));
    std::optional<base::Date> until;
    if (until_) {
      CANDOUR_TRY(day, with_errors(base::parse_iso_date(*until_)));
      until = day;
    }
    CANDOUR_TRY(key, casework::load_public_key(file_));
    CANDOUR_TRY(keyring, casework::trust(keyring_, key, *use, until));
    console.print(
        fmt::format("{} now trusts {} ({}) as {}; {} keys stand in it.\n", keyring_.string(), key.key.fingerprint(), key.name, use_, keyring.keys.size()));
    console.print_json({{"keyring", keyring_.string()}, {"trusted", json_of({key.name, *use, key.key, until})}, {"keys", keyring.keys.size()}});
    return ExitStatus::done;
  }

 private:
  fs::path file_, keyring_;
  std::string use_;
  std::optional<std::string> until_;
};

class KeysListCommand final : public Command {
 public:
  void describe(Parameters& parameters) override { parameters.argument("KEYRING", keyring_, "The keyring"); }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(keyring, casework::load_keyring(keyring_));
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const TrustedKey& key : keyring.keys) {
      console.print(line_of(key));
      list.push_back(json_of(key));
    }
    console.print(fmt::format("{} keys\n", keyring.keys.size()));
    console.print_json({{"keys", list}});
    return ExitStatus::done;
  }

 private:
  fs::path keyring_;
};

}  // namespace

std::unique_ptr<Command> make_keys_list_command() { return std::make_unique<KeysListCommand>(); }
std::unique_ptr<Command> make_keys_new_command() { return std::make_unique<KeysNewCommand>(); }
std::unique_ptr<Command> make_keys_trust_command() { return std::make_unique<KeysTrustCommand>(); }

}  // namespace candour::cli
