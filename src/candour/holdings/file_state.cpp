#include <candour/holdings/file_state.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace candour::holdings {

base::Result<FileState> FileState::of(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0 || ::access(path.c_str(), R_OK) != 0 || S_ISDIR(facts.st_mode)) {
    const std::string why = S_ISDIR(facts.st_mode) ? "it is a folder" : std::generic_category().message(errno);
    return base::fail(
        {base::Cause::holding_unreachable, "holding.unreachable", {path, 0, 0}, "the file cannot be read: " + why, "check the path and your rights"});
  }
  FileState state;
  state.path_ = path;
  state.size_ = static_cast<std::uint64_t>(facts.st_size);
  state.inode_ = facts.st_ino;
  state.changed_seconds_ = facts.st_mtim.tv_sec;
  state.changed_nanoseconds_ = facts.st_mtim.tv_nsec;
  state.regular_ = S_ISREG(facts.st_mode);
  return state;
}

base::Result<base::Done> FileState::still_same() const {
  if (!regular_) return base::Done{};
  const auto now = of(path_);
  const bool same =
      now && now->size_ == size_ && now->inode_ == inode_ && now->changed_seconds_ == changed_seconds_ && now->changed_nanoseconds_ == changed_nanoseconds_;
  if (same) return base::Done{};
  return base::fail(
      {base::Cause::holding_unreachable, "holding.changed", {path_, 0, 0}, "the file changed while it was read", "run again on a copy that nobody writes to"});
}

}  // namespace candour::holdings
