#include <candour/casework/keyring.hpp>

#include <candour/base/files.hpp>
#include <candour/base/lock.hpp>
#include <candour/base/settings.hpp>
#include <candour/base/settings_text.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using base::KeyTable;
using base::Setting;

constexpr std::array<std::pair<std::string_view, KeyUse>, 3> uses{
    {{"disclosure-unit", KeyUse::disclosure_unit}, {"data-unit", KeyUse::data_unit}, {"person", KeyUse::person}}};

const std::vector<KeyTable>& keyring_keys() {
  using enum base::KeyForm;
  using enum base::Presence;
  static const std::vector<KeyTable> keys{{"", "A keyring.", {{"key", list_of_tables, optional, "One part for each key that is trusted."}}},
                                          {"key",
                                           "A key that is trusted.",
                                           {{"name", text, required, "Who holds its secret half."},
                                            {"for", one_of_words, required, "What it may sign.", {"disclosure-unit", "data-unit", "person"}},
                                            {"public", text, required, "The public key: 64 hexadecimal digits."},
                                            {"until", date, optional, "The last day on which its signatures count."}}}};
  return keys;
}

const std::vector<KeyTable>& public_key_keys() {
  using enum base::KeyForm;
  using enum base::Presence;
  static const std::vector<KeyTable> keys{
      {"", "A public key.", {{"name", text, required, "Who holds its secret half."}, {"public", text, required, "The public key: 64 hexadecimal digits."}}}};
  return keys;
}

Setting setting_of(const std::string& text) {
  Setting setting;
  setting.kind = base::SettingKind::text;
  setting.text = text;
  return setting;
}

std::string text_of(const Keyring& keyring) {
  Setting top, list;
  list.kind = base::SettingKind::list;
  for (const TrustedKey& key : keyring.keys) {
    Setting entry;
    entry.entries = {{"name", setting_of(key.name)}, {"for", setting_of(std::string(word_of(key.use)))}, {"public", setting_of(key.key.to_hex())}};
    if (key.until) {
      Setting day;
      day.kind = base::SettingKind::date;
      day.date = *key.until;
      entry.entries.emplace_back("until", day);
    }
    list.items.push_back(std::move(entry));
  }
  top.entries.emplace_back("key", std::move(list));
  return "# Whose signatures count, and for what. Holds no secret; who may write this file decides who may sign.\n" + base::to_toml(top);
}

base::Error bad_public_key(const std::string& file, std::uint64_t line) {
  return {base::Cause::wrong_input,
          "key.malformed",
          {file, line},
          "'public' is no public key, expected 64 hexadecimal digits",
          "copy the .pub file that candour keys new wrote"};
}

template <class T>
base::ResultOrErrors<T> failed(base::Error error) {
  return tl::make_unexpected(base::Errors{std::move(error)});
}

}  // namespace

std::string_view word_of(KeyUse use) {
  return std::find_if(uses.begin(), uses.end(), [&](const auto& each) { return each.second == use; })->first;
}

std::optional<KeyUse> key_use_of(std::string_view word) {
  for (const auto& [name, use] : uses)
    if (name == word) return use;
  return std::nullopt;
}

const TrustedKey* Keyring::find(std::string_view fingerprint, KeyUse use, base::Date on) const {
  for (const TrustedKey& key : keys)
    if (key.use == use && (!key.until || on <= *key.until) && key.key.fingerprint() == fingerprint) return &key;
  return nullptr;
}

base::ResultOrErrors<Keyring> load_keyring(const fs::path& file) {
  auto top = base::read_settings(file.string());
  if (!top) return failed<Keyring>(std::move(top).error());
  base::Errors errors = base::check_settings(*top, keyring_keys(), file.string(), "keyring");
  Keyring keyring{file, {}};
  if (errors.empty()) {
    for (const Setting* entry : top->tables_of("key")) {
      const auto key = base::public_key_from_hex(entry->text_of("public"));
      if (!key) errors.push_back(bad_public_key(file.string(), entry->line_of("public")));
      else keyring.keys.push_back({entry->text_of("name"), *key_use_of(entry->text_of("for")), *key, entry->date_of("until")});
    }
  }
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  return keyring;
}

base::ResultOrErrors<Keyring> trust(const fs::path& file, const NamedKey& key, KeyUse use, std::optional<base::Date> until) {
  auto lock = base::FolderLock::take(file.has_parent_path() ? file.parent_path() : fs::path("."));
  if (!lock) return failed<Keyring>(std::move(lock).error());
  Keyring keyring{file, {}};
  std::error_code status;
  if (fs::exists(file, status)) {
    CANDOUR_TRY(standing, load_keyring(file));
    keyring = std::move(standing);
  }
  for (TrustedKey& standing : keyring.keys) {
    if (standing.key == key.key && standing.name != key.name)
      return failed<Keyring>({base::Cause::refused,
                              "keyring.other_name",
                              {file.string()},
                              fmt::format("the key {} already stands here under another name", key.key.fingerprint()),
                              "one key belongs to one holder"});
    const bool same_person = use == KeyUse::person && standing.use == use && standing.name == key.name;
    if (same_person && standing.key != key.key && (!standing.until || *standing.until >= base::today()))
      return failed<Keyring>({base::Cause::refused,
                              "keyring.used_name",
                              {file.string()},
                              fmt::format("'{}' already has a key here that is still in use", key.name),
                              "say until when the old one counts, in its 'until', before you enter the new one"});
    if (standing.key == key.key && standing.use == use) {
      if (standing.until == until) return keyring;
      standing.until = until;
      auto written = base::write_file_whole(file, text_of(keyring));
      if (!written) return failed<Keyring>(std::move(written).error());
      return keyring;
    }
  }
  keyring.keys.push_back({key.name, use, key.key, until});
  auto written = base::write_file_whole(file, text_of(keyring));
  if (!written) return failed<Keyring>(std::move(written).error());
  return keyring;
}

base::Result<NamedKey> make_key(const fs::path& file, const std::string& name, std::string_view passphrase) {
  if (base::trimmed(name).empty() || !base::is_valid_utf8(name))
    return base::fail({base::Cause::wrong_input, "key.no_name", {}, "a key needs the name of its holder", "give it with --name NAME"});
  const fs::path open = file.string() + ".pub";
  for (const fs::path& each : {file, open}) {
    std::error_code status;
    if (fs::exists(fs::symlink_status(each, status)))
      return base::fail(
          {base::Cause::wrong_input, "key.exists", {each.string()}, "there is a file of this name already", "a key is never written over; take another name"});
  }
  const base::SigningKey key = base::SigningKey::draw();
  CANDOUR_TRY(secret, key.to_text(passphrase));
  Setting top;
  top.entries = {{"name", setting_of(name)}, {"public", setting_of(key.public_key().to_hex())}};
  CANDOUR_TRY_DONE(base::write_file_whole(file, secret, base::FileAccess::owner_only));
  if (auto written = base::write_file_whole(open, base::to_toml(top)); !written) {
    std::error_code ignored;
    fs::remove(file, ignored);
    return base::fail(std::move(written).error());
  }
  return NamedKey{name, key.public_key()};
}

base::ResultOrErrors<NamedKey> load_public_key(const fs::path& file) {
  auto top = base::read_settings(file.string());
  if (!top) return failed<NamedKey>(std::move(top).error());
  base::Errors errors = base::check_settings(*top, public_key_keys(), file.string(), "key");
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  const auto key = base::public_key_from_hex(top->text_of("public"));
  if (!key) return failed<NamedKey>(bad_public_key(file.string(), top->line_of("public")));
  return NamedKey{top->text_of("name"), *key};
}

base::Result<base::SigningKey> load_secret_key(const fs::path& file, const std::optional<fs::path>& passphrase_file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0)
    return base::fail({base::Cause::wrong_input, "key.missing", {file.string()}, "there is no secret key here", "candour keys new makes one"});
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return base::fail(
        {base::Cause::wrong_input, "key.open_to_others", {file.string()}, "others than its owner may use this secret key, expected mode 0600", "chmod 600"});
  CANDOUR_TRY(text, base::read_file(file));
  std::string passphrase;
  if (passphrase_file) {
    CANDOUR_TRY(line, base::read_file(*passphrase_file));
    passphrase = line.substr(0, line.find_first_of("\r\n"));
  }
  auto key = base::SigningKey::from_text(text, passphrase);
  if (!key) {
    base::Error error = std::move(key).error();
    error.place.file = file.string();
    return base::fail(std::move(error));
  }
  return key;
}

base::ResultOrErrors<std::optional<Keyring>> keyring_of_case(const fs::path& case_folder) {
  const auto load = [](const fs::path& file) -> base::ResultOrErrors<std::optional<Keyring>> {
    CANDOUR_TRY(keyring, load_keyring(file));
    return std::optional(std::move(keyring));
  };
  if (const char* everywhere = std::getenv("CANDOUR_KEYRING"); everywhere != nullptr && *everywhere != '\0') return load(everywhere);
  const fs::path file = case_folder.extension() == ".toml" ? case_folder : case_folder / "case.toml";
  std::error_code status;
  if (!fs::exists(file, status)) return std::optional<Keyring>();
  auto top = base::read_settings(file.string());
  if (!top) return failed<std::optional<Keyring>>(std::move(top).error());
  const Setting* authority = top->find("authority");
  const Setting* named = authority == nullptr ? nullptr : authority->find("keyring");
  if (named == nullptr) return std::optional<Keyring>();
  return load(file.parent_path() / named->text);
}

}  // namespace candour::casework
