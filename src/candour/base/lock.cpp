#include <candour/base/lock.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

namespace candour::base {
namespace {

constexpr auto longest_wait = std::chrono::seconds(60);
constexpr auto between_tries = std::chrono::milliseconds(20);

Error unusable(const std::filesystem::path& folder, int number) {
  return {Cause::could_not_finish, "file.unwritable", {folder.string()}, std::string("the folder cannot be held: ") + std::strerror(number), {}};
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  std::error_code status;
  if (std::filesystem::create_directories(folder, status) && !status) std::filesystem::permissions(folder, std::filesystem::perms(0755), status);
  if (status) return fail(unusable(folder, status.value()));
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return fail(unusable(folder, errno));
  FolderLock lock(handle);
  const auto end = std::chrono::steady_clock::now() + longest_wait;
  while (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return fail(unusable(folder, errno));
    if (std::chrono::steady_clock::now() > end)
      return fail(
          {Cause::could_not_finish, "folder.busy", {folder.string()}, "another candour has worked here for more than a minute", "try again when it has ended"});
    std::this_thread::sleep_for(between_tries);
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

FolderLock::~FolderLock() {
  if (handle_ >= 0) ::close(handle_);  // the lock goes with the handle
}

}  // namespace candour::base
