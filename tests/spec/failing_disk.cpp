// Preloaded into the program under test: the k-th call that changes the disk fails, as a full or broken disk would make it fail.
//
//   CANDOUR_FAIL_AT=k        the call that fails, counted from 1; 0 or nothing: none
//   CANDOUR_FAIL_BY=kill     the program dies there instead, and of a write only half is done
//   CANDOUR_FAIL_BELOW=PATH  only calls on files below this folder count
//   CANDOUR_CALLS=FILE       the number of calls counted is written there when the program ends

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

std::atomic<long> calls{0};

template <class Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

const char* text_of(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// True if this is the call that has to fail.
bool is_its_turn() { return ++calls == std::atol(text_of("CANDOUR_FAIL_AT")); }
bool by_dying() { return std::strcmp(text_of("CANDOUR_FAIL_BY"), "kill") == 0; }
bool fails() {
  if (!is_its_turn()) return false;
  if (by_dying()) (void)::kill(::getpid(), SIGKILL);
  return true;
}

bool below(const char* path) {
  const char* folder = text_of("CANDOUR_FAIL_BELOW");
  return path != nullptr && *folder != '\0' && std::strncmp(path, folder, std::strlen(folder)) == 0;
}

bool below(int handle) {
  const std::string link = "/proc/self/fd/" + std::to_string(handle);
  char path[4096] = {};
  return ::readlink(link.c_str(), path, sizeof(path) - 1) > 0 && below(path);
}

int failure(int number) {
  errno = number;
  return -1;
}

// Written without the functions above, so that the report itself is never counted.
struct Report {
  ~Report() {
    const char* file = text_of("CANDOUR_CALLS");
    if (*file == '\0') return;
    const int handle = real<int (*)(const char*, int, ...)>("open")(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const std::string text = std::to_string(calls.load()) + "\n";
    (void)!real<ssize_t (*)(int, const void*, std::size_t)>("write")(handle, text.data(), text.size());
    ::close(handle);
  }
} report;

}  // namespace

extern "C" {

ssize_t write(int handle, const void* bytes, std::size_t size) {
  const auto really = real<ssize_t (*)(int, const void*, std::size_t)>("write");
  if (below(handle) && is_its_turn()) {
    if (!by_dying()) return failure(ENOSPC);
    (void)!really(handle, bytes, size / 2);
    (void)::kill(::getpid(), SIGKILL);
  }
  return really(handle, bytes, size);
}

int fsync(int handle) {
  if (below(handle) && fails()) return failure(EIO);
  return real<int (*)(int)>("fsync")(handle);
}

int rename(const char* from, const char* to) {
  if ((below(from) || below(to)) && fails()) return failure(EIO);
  return real<int (*)(const char*, const char*)>("rename")(from, to);
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  if ((below(from) || below(to)) && fails()) return failure(EIO);
  return real<int (*)(int, const char*, int, const char*, unsigned)>("renameat2")(from_folder, from, to_folder, to, flags);
}

int mkdir(const char* path, mode_t mode) {
  if (below(path) && fails()) return failure(ENOSPC);
  return real<int (*)(const char*, mode_t)>("mkdir")(path, mode);
}

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if ((flags & O_CREAT) != 0 && below(path) && fails()) return failure(ENOSPC);
  return real<int (*)(const char*, int, ...)>("open")(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if ((flags & O_CREAT) != 0 && below(path) && fails()) return failure(ENOSPC);
  return real<int (*)(const char*, int, ...)>("open64")(path, flags, mode);
}

}  // extern "C"
