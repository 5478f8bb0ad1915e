#pragma once
// The options of every verb that signs, or judges signatures.

#include <candour/base/result.hpp>
#include <candour/base/signature.hpp>
#include <candour/casework/keyring.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace candour::cli {

class Parameters;

/// --key FILE and --passphrase-file FILE.
struct SigningOptions {
  std::optional<std::filesystem::path> key, passphrase;

  void describe(Parameters& parameters, const std::string& whose);
  /// The secret key; error wrong_input "key.none_given" where none was named.
  [[nodiscard]] base::Result<base::SigningKey> read() const;
};

/// The keyring named on the command line, else the one that applies to the case; nothing where neither is there.
[[nodiscard]] base::ResultOrErrors<std::optional<casework::Keyring>> keyring_for(const std::filesystem::path& case_folder,
                                                                                 const std::optional<std::filesystem::path>& named);

/// The folder of a case that may be named by its case.toml.
[[nodiscard]] std::filesystem::path folder_of_case(const std::filesystem::path& case_or_file);

}  // namespace candour::cli
