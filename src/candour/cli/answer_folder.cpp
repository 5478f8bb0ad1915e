#include <candour/cli/answer_folder.hpp>

#include <candour/casework/journal.hpp>

#include <utility>

namespace candour::cli {

std::filesystem::path answer_folder(const std::filesystem::path& case_folder, const std::optional<std::filesystem::path>& out) {
  if (out) return *out;
  return (case_folder.extension() == ".toml" ? case_folder.parent_path() : case_folder) / "out";
}

base::Result<StandingAnswer> read_standing_answer(const std::filesystem::path& folder) {
  CANDOUR_TRY(files, publish::read_standing_files(folder));
  CANDOUR_TRY(approvals, casework::read_approvals(folder));
  return StandingAnswer{std::move(files), std::move(approvals)};
}

}  // namespace candour::cli
