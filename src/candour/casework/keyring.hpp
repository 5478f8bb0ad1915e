#pragma once
// Keys of units and persons: secret key files, public key files, and the keyring that says whose signature counts for what.

#include <candour/base/date.hpp>
#include <candour/base/result.hpp>
#include <candour/base/signature.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::casework {

/// What a key may sign: orders, handovers, or approvals and the like by a named person.
enum class KeyUse { disclosure_unit, data_unit, person };
[[nodiscard]] std::string_view word_of(KeyUse use);
[[nodiscard]] std::optional<KeyUse> key_use_of(std::string_view word);

/// A public key with the name of whoever holds the secret half.
struct NamedKey {
  std::string name;
  base::PublicKey key;
};

struct TrustedKey {
  std::string name;
  KeyUse use = KeyUse::person;
  base::PublicKey key;
  std::optional<base::Date> until;  ///< signatures of a later day do not count
};

/// A keyring file: whose signatures count. It holds no secret; who may write it decides who may approve.
struct Keyring {
  std::filesystem::path file;
  std::vector<TrustedKey> keys;

  /// The key with this fingerprint, if it may be used so on that day.
  [[nodiscard]] const TrustedKey* find(std::string_view fingerprint, KeyUse use, base::Date on) const;
};

/// Reads a keyring (TOML); all mistakes are reported together.
[[nodiscard]] base::ResultOrErrors<Keyring> load_keyring(const std::filesystem::path& file);

/// Adds a key to a keyring, which is made where it is missing. The same key for the same use is entered once. Refused "keyring.other_name" if the key already
/// stands there under another name, "keyring.used_name" if a person of this name has another key already that is still in use.
[[nodiscard]] base::ResultOrErrors<Keyring> trust(const std::filesystem::path& keyring, const NamedKey& key, KeyUse use, std::optional<base::Date> until);

/// Draws a key and writes `file` (secret, for its owner alone) and `file` + ".pub" (name and public key). Neither may exist: wrong_input "key.exists".
/// If a write fails, nothing is left.
[[nodiscard]] base::Result<NamedKey> make_key(const std::filesystem::path& file, const std::string& name, std::string_view passphrase);

/// Error wrong_input "key.malformed".
[[nodiscard]] base::ResultOrErrors<NamedKey> load_public_key(const std::filesystem::path& file);

/// Reads a secret key. Errors: wrong_input "key.open_to_others" if anybody but its owner may read the file; those of SigningKey::from_text.
[[nodiscard]] base::Result<base::SigningKey> load_secret_key(const std::filesystem::path& file, const std::optional<std::filesystem::path>& passphrase_file);

/// The keyring that applies to a case: CANDOUR_KEYRING in the environment (an authority sets it for all), else `keyring` under [authority] in case.toml, else
/// none.
[[nodiscard]] base::ResultOrErrors<std::optional<Keyring>> keyring_of_case(const std::filesystem::path& case_folder);

}  // namespace candour::casework
