#include <candour/casework/kept_files.hpp>

#include <algorithm>
#include <system_error>
#include <utility>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;

fs::path kept(const fs::path& output) { return output / "private" / "casework"; }
std::string folder_of(release::Role role) { return "approved-by-" + std::string(word_of(role)); }

base::Result<std::vector<base::FileToWrite>> files_below(const fs::path& folder) {
  std::vector<base::FileToWrite> files;
  std::error_code status;
  fs::recursive_directory_iterator at(folder, status);
  for (; !status && at != fs::recursive_directory_iterator(); at.increment(status)) {
    if (!at->is_regular_file(status)) continue;
    CANDOUR_TRY(bytes, base::read_file(at->path()));
    files.push_back({at->path().lexically_relative(folder), std::move(bytes)});
  }
  if (status) return base::fail({base::Cause::could_not_finish, "file.unreadable", {folder.string()}, "the folder cannot be listed: " + status.message(), {}});
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

}  // namespace

base::Result<base::Done> keep_folder(const fs::path& output, const std::string& name, std::vector<base::FileToWrite> files) {
  return base::replace_folders_whole({{kept(output) / name, base::FolderAccess::owner_only, std::move(files)}});
}

base::Result<base::Done> keep_approved(const fs::path& output, release::Role role, const release::ReleasedFiles& final) {
  std::vector<base::FileToWrite> files;
  for (const base::FileToWrite& file : final.reply) files.push_back({"reply" / file.path, file.bytes});
  for (const base::FileToWrite& file : final.log) files.push_back({"public" / file.path, file.bytes});
  return keep_folder(output, folder_of(role), std::move(files));
}

base::Result<std::optional<release::ReleasedFiles>> last_approved(const fs::path& output, release::Role role) {
  const fs::path folder = kept(output) / folder_of(role);
  std::error_code status;
  if (!fs::is_directory(folder, status)) return std::optional<release::ReleasedFiles>();
  release::ReleasedFiles files;
  if (fs::is_directory(folder / "reply", status)) {
    CANDOUR_TRY(reply, files_below(folder / "reply"));
    files.reply = std::move(reply);
  }
  if (fs::is_directory(folder / "public", status)) {
    CANDOUR_TRY(log, files_below(folder / "public"));
    files.log = std::move(log);
  }
  return std::optional(std::move(files));
}

}  // namespace candour::casework
