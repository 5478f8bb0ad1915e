#include <candour/publish/publish.hpp>

#include <candour/base/replaced_folder.hpp>

#include <algorithm>
#include <system_error>
#include <utility>

namespace candour::publish {
namespace {

namespace fs = std::filesystem;
using base::FolderAccess;

constexpr std::string_view journal_name = "journal.jsonl";
constexpr std::string_view casework_name = "casework";

void append_under(std::vector<base::FileToWrite>& files, const fs::path& folder, const std::vector<base::FileToWrite>& more) {
  for (const base::FileToWrite& file : more) files.push_back({folder / file.path, file.bytes});
}

// The journal is only ever added to.
base::Result<std::string> journal_so_far(const fs::path& output) {
  base::put_back_replaced(output / "private");
  const fs::path file = output / "private" / journal_name;
  std::error_code status;
  if (!fs::exists(file, status)) return std::string();
  return base::read_file(file);
}

base::Error cannot_list(const fs::path& folder, const std::error_code& status) {
  return {base::Cause::could_not_finish, "file.unreadable", {folder.string()}, "the folder cannot be listed: " + status.message(), {}};
}

base::Result<std::vector<base::FileToWrite>> read_folder(const fs::path& folder) {
  std::error_code status;
  if (!fs::is_directory(folder, status)) {
    return base::fail({base::Cause::wrong_input, "publish.no_answer", {folder.string()}, "there is no answer here", "run candour answer first"});
  }
  std::vector<base::FileToWrite> files;
  fs::recursive_directory_iterator at(folder, status);
  for (; !status && at != fs::recursive_directory_iterator(); at.increment(status)) {
    const fs::file_status kind = at->symlink_status(status);
    if (status) break;
    if (fs::is_directory(kind)) continue;
    if (!fs::is_regular_file(kind)) {
      return base::fail({base::Cause::refused,
                         "publish.foreign_file",
                         {at->path().string()},
                         "this is neither a file nor a folder",
                         "remove it, or run candour answer again"});
    }
    CANDOUR_TRY(bytes, base::read_file(at->path()));
    files.push_back({at->path().lexically_relative(folder), std::move(bytes)});
  }
  if (status) return base::fail(cannot_list(folder, status));
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

base::Result<release::ReleasedFiles> read_release(const fs::path& folder) {
  CANDOUR_TRY(reply, read_folder(folder / "reply"));
  CANDOUR_TRY(log, read_folder(folder / "public"));
  return release::ReleasedFiles{std::move(reply), std::move(log)};
}

bool is_named_draft(const std::vector<base::FileToWrite>& files) {
  return std::all_of(files.begin(), files.end(), [](const base::FileToWrite& file) { return file.path.filename().string().starts_with("draft-"); });
}

}  // namespace

base::Result<base::Done> publish(const PublishOrder& order) {
  CANDOUR_TRY(journal, journal_so_far(order.output));
  std::vector<base::FileToWrite> kept;
  if (const fs::path casework = order.output / "private" / casework_name; fs::exists(casework)) {
    CANDOUR_TRY(files, read_folder(casework));
    append_under(kept, casework_name, files);
  }
  for (const base::FileToWrite& file : order.private_files) {
    if (file.path == journal_name) journal += file.bytes;
    else kept.push_back(file);
  }
  if (!journal.empty()) kept.push_back({journal_name, std::move(journal)});
  append_under(kept, "final/reply", order.final.reply);
  append_under(kept, "final/public", order.final.log);
  return base::replace_folders_whole({{order.output / "private", FolderAccess::owner_only, std::move(kept)},
                                      {order.output / "reply", FolderAccess::everyone, order.draft.reply},
                                      {order.output / "public", FolderAccess::everyone, order.draft.log}});
}

base::Result<StandingFiles> read_standing_files(const fs::path& output) {
  CANDOUR_TRY(shown, read_release(output));
  CANDOUR_TRY(final, read_release(output / "private" / "final"));
  return StandingFiles{std::move(shown), std::move(final)};
}

PublicationStanding publication_standing(const StandingFiles& files, std::span<const release::Approval> approvals) {
  const base::Digest shown = release::digest_of_release(files.shown);
  const base::Digest final = release::digest_of_release(files.final);
  if (shown == final) {
    // The draft is gone; the approvals still name it, each beside the final files.
    for (const release::Approval& one : approvals) {
      if (release::standing_of(approvals, one.draft, final) == release::ApprovalStanding::approved) return PublicationStanding::final;
    }
    return PublicationStanding::changed;
  }
  // A run that was cut off between two folders may have left one of each; that is nothing that anybody could have read and approved.
  if (!is_named_draft(files.shown.reply) || !is_named_draft(files.shown.log)) return PublicationStanding::changed;
  return release::standing_of(approvals, shown, final) == release::ApprovalStanding::approved ? PublicationStanding::approved : PublicationStanding::draft;
}

base::Result<base::Done> put_final_in_place(const fs::path& output, std::span<const release::Approval> approvals) {
  CANDOUR_TRY(files, read_standing_files(output));
  const PublicationStanding standing = publication_standing(files, approvals);
  if (standing == PublicationStanding::final) return base::Done{};
  if (standing != PublicationStanding::approved) {
    return base::fail({base::Cause::refused,
                       "publish.not_approved",
                       {output.string()},
                       "two people have not approved these very files",
                       "candour approve CASE --as NAME --role preparer|approver"});
  }
  return base::replace_folders_whole(
      {{output / "reply", FolderAccess::everyone, files.final.reply}, {output / "public", FolderAccess::everyone, files.final.log}});
}

}  // namespace candour::publish
