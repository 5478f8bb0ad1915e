#include <candour/cli/answer_folder.hpp>

#include <candour/casework/journal.hpp>

#include <system_error>
#include <utility>

namespace candour::cli {

std::filesystem::path answer_folder(const std::filesystem::path& case_folder, const std::optional<std::filesystem::path>& out) {
  if (out) return *out;
  return (case_folder.extension() == ".toml" ? case_folder.parent_path() : case_folder) / "out";
}

base::Result<StandingAnswer> read_standing_answer(const std::filesystem::path& folder, const casework::Keyring* keyring) {
  CANDOUR_TRY(files, publish::read_standing_files(folder));
  CANDOUR_TRY(approvals, casework::read_approvals(folder, keyring));
  return StandingAnswer{std::move(files), std::move(approvals)};
}

base::Result<base::FolderLock> lock_answer(const std::filesystem::path& folder) {
  std::error_code status;
  if (!std::filesystem::is_directory(folder, status))
    return base::fail({base::Cause::wrong_input, "publish.no_answer", {folder.string()}, "there is no answer here", "run candour answer first"});
  return base::FolderLock::take(folder);
}

}  // namespace candour::cli
