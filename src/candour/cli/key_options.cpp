#include <candour/cli/key_options.hpp>

#include <candour/cli/parameters.hpp>

#include <system_error>

namespace candour::cli {

namespace fs = std::filesystem;

void SigningOptions::describe(Parameters& parameters, const std::string& whose) {
  parameters.option("--key", "FILE", key, "The secret key of " + whose);
  parameters.option("--passphrase-file", "FILE", passphrase, "The file whose first line opens the key, where it is sealed");
}

base::Result<base::SigningKey> SigningOptions::read() const {
  if (!key)
    return base::fail(
        {base::Cause::wrong_input, "key.none_given", {}, "nothing is sent unsigned, expected a secret key", "--key FILE; candour keys new makes one"});
  return casework::load_secret_key(*key, passphrase);
}

base::ResultOrErrors<std::optional<casework::Keyring>> keyring_for(const fs::path& case_folder, const std::optional<fs::path>& named) {
  if (!named) return casework::keyring_of_case(case_folder);
  CANDOUR_TRY(keyring, casework::load_keyring(*named));
  return std::optional(std::move(keyring));
}

fs::path folder_of_case(const fs::path& case_or_file) {
  std::error_code status;
  if (fs::is_directory(case_or_file, status)) return case_or_file;
  return case_or_file.has_parent_path() ? case_or_file.parent_path() : fs::path(".");
}

}  // namespace candour::cli
