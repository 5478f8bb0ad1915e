#include <candour/base/files.hpp>

#include <candour/base/check.hpp>
#include <candour/base/replaced_folder.hpp>

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <set>
#include <system_error>
#include <vector>

namespace candour::base {
namespace {

namespace fs = std::filesystem;

Error file_error(std::string code, const fs::path& file, std::string_view what, int number) {
  return {Cause::could_not_finish, std::move(code), {file.string()}, fmt::format("{}: {}", what, std::strerror(number)), {}};
}

std::string why_not_opened(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored) && !ignored) return "there is no such file";
  return fs::is_directory(file, ignored) ? "this is a folder, expected a file" : "the file cannot be opened";
}

Result<Done> sync_folder(const fs::path& folder) {
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return fail(file_error("file.unwritable", folder, "the folder cannot be opened", errno));
  const bool synced = ::fsync(handle) == 0;
  const int number = errno;
  ::close(handle);
  if (!synced) return fail(file_error("file.unwritable", folder, "the folder cannot be made durable", number));
  return Done{};
}

Result<Done> write_new_file(const fs::path& file, std::string_view bytes, mode_t mode) {
  const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (handle < 0) return fail(file_error("file.unwritable", file, "the file cannot be created", errno));
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const ssize_t written = ::write(handle, rest.data(), rest.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      const int number = errno;
      ::close(handle);
      return fail(file_error("file.unwritable", file, "the file cannot be written", number));
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool synced = ::fsync(handle) == 0;
  const int number = errno;
  const bool closed = ::close(handle) == 0;
  if (!synced || !closed) return fail(file_error("file.unwritable", file, "the file cannot be made durable", synced ? errno : number));
  return Done{};
}

Result<Done> rename_path(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return fail(file_error("file.unwritable", to, "it cannot be put in place", errno));
  return Done{};
}

fs::path old_name_of(const fs::path& folder) { return folder.parent_path() / ("." + folder.filename().string() + ".old"); }

// A folder while it changes: `aside` holds the new one, then the one it replaces, until all is done. Where a disk cannot exchange the two, `old` holds the
// replaced one.
struct Change {
  const FolderToWrite* folder;
  fs::path aside;
  fs::path old;
  bool exchanged = false;
  bool moved_old = false;
  bool moved_new = false;
};

enum class Exchange { done, impossible_here };

// In one step: a kill leaves the one or the other under the name, never neither.
Result<Exchange> exchange(const fs::path& one, const fs::path& other) {
  if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0) return Exchange::done;
  if (errno == ENOSYS || errno == EINVAL || errno == EOPNOTSUPP || errno == EXDEV) return Exchange::impossible_here;
  return fail(file_error("file.unwritable", other, "it cannot be put in place", errno));
}

Result<Done> write_aside(const Change& change) {
  std::error_code ignored;
  fs::remove_all(change.aside, ignored);
  const bool owner_only = change.folder->access == FolderAccess::owner_only;
  std::error_code status;
  fs::create_directories(change.folder->folder.parent_path(), status);
  if (status) return fail(file_error("file.unwritable", change.folder->folder, "the folder above cannot be created", status.value()));
  fs::create_directory(change.aside, status);
  if (status) return fail(file_error("file.unwritable", change.aside, "the folder cannot be created", status.value()));
  fs::permissions(change.aside, owner_only ? fs::perms::owner_all : fs::perms(0755), status);
  if (status) return fail(file_error("file.unwritable", change.aside, "the folder's access cannot be set", status.value()));
  std::set<fs::path> made{change.aside};
  for (const FileToWrite& file : change.folder->files) {
    CANDOUR_CHECK(file.path.is_relative() && file.path.lexically_normal().native().substr(0, 2) != "..", "a file of a folder stays inside it");
    const fs::path target = change.aside / file.path;
    fs::create_directories(target.parent_path(), status);
    if (status) return fail(file_error("file.unwritable", target, "the folder cannot be created", status.value()));
    for (fs::path at = target.parent_path(); at != change.aside; at = at.parent_path()) made.insert(at);
    CANDOUR_TRY_DONE(write_new_file(target, file.bytes, owner_only ? 0600 : 0644));
  }
  for (const fs::path& folder : made) CANDOUR_TRY_DONE(sync_folder(folder));
  return Done{};
}

Result<Done> put_in_place(Change& change) {
  std::error_code ignored;
  fs::remove_all(change.old, ignored);
  if (fs::exists(fs::symlink_status(change.folder->folder))) {
    CANDOUR_TRY(way, exchange(change.aside, change.folder->folder));
    change.exchanged = way == Exchange::done;
    if (change.exchanged) return sync_folder(change.folder->folder.parent_path());
    CANDOUR_TRY_DONE(rename_path(change.folder->folder, change.old));
    change.moved_old = true;
  }
  CANDOUR_TRY_DONE(rename_path(change.aside, change.folder->folder));
  change.moved_new = true;
  return sync_folder(change.folder->folder.parent_path());
}

void put_back(std::vector<Change>& changes) {
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    std::error_code ignored;
    // Renaming may fail here too (the disk is in trouble); then the old folder stays under its aside name, whole.
    if (change->exchanged && ::renameat2(AT_FDCWD, change->aside.c_str(), AT_FDCWD, change->folder->folder.c_str(), RENAME_EXCHANGE) != 0) continue;
    if (change->moved_new) fs::rename(change->folder->folder, change->aside, ignored);
    if (change->moved_old) fs::rename(change->old, change->folder->folder, ignored);
    fs::remove_all(change->aside, ignored);
  }
}

}  // namespace

void put_back_replaced(const fs::path& folder) {
  std::error_code ignored;
  const fs::path old = old_name_of(folder);
  if (!fs::exists(fs::symlink_status(folder, ignored)) && fs::is_directory(old, ignored)) fs::rename(old, folder, ignored);
}

Result<std::string> read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file))
    return fail({Cause::could_not_finish, "file.unreadable", {file.string()}, why_not_opened(file), "check the path and its permissions"});
  std::error_code unknown;
  const std::uintmax_t size = fs::is_regular_file(file, unknown) ? fs::file_size(file, unknown) : 0;
  std::string text;
  if (!unknown) text.reserve(static_cast<std::size_t>(size));  // read once, and nothing is copied again: files of hundreds of megabytes are usual
  std::vector<char> block(std::size_t{1} << 18);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) text.append(block.data(), static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return fail({Cause::could_not_finish, "file.unreadable", {file.string()}, "the file cannot be read to its end", {}});
  return text;
}

Result<Done> write_file_whole(const fs::path& file, std::string_view bytes, FileAccess access) {
  const fs::path aside = file.string() + ".new";
  std::error_code ignored;
  fs::remove(aside, ignored);
  auto written = write_new_file(aside, bytes, access == FileAccess::owner_only ? 0600 : 0644);
  if (written) written = rename_path(aside, file);
  if (!written) {
    fs::remove(aside, ignored);
    return written;
  }
  return sync_folder(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

Result<Done> replace_folders_whole(const std::vector<FolderToWrite>& folders) {
  std::vector<Change> changes;
  for (const FolderToWrite& folder : folders) {
    put_back_replaced(folder.folder);
    changes.push_back({&folder, folder.folder.parent_path() / ("." + folder.folder.filename().string() + ".new"), old_name_of(folder.folder)});
  }
  Result<Done> outcome = Done{};
  for (const Change& change : changes)
    if (outcome) outcome = write_aside(change);
  for (Change& change : changes)
    if (outcome) outcome = put_in_place(change);
  if (!outcome) {
    put_back(changes);
    return outcome;
  }
  std::error_code ignored;
  for (const Change& change : changes)
    for (const fs::path& replaced : {change.aside, change.old}) fs::remove_all(replaced, ignored);
  return outcome;
}

}  // namespace candour::base
