#include <candour/holdings/mapped_file.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <system_error>

namespace candour::holdings {
namespace {

/// The mappings that the signal handler knows. Only atomics: a handler may interrupt anything.
struct Slot {
  std::atomic<std::uintptr_t> first{0};
  std::atomic<std::uintptr_t> end{0};
  std::atomic<bool> shrank{false};
};
constexpr std::size_t slot_count = 16;
std::array<Slot, slot_count> slots;
std::mutex slots_guard;
std::size_t slots_in_use = 0;
struct sigaction answered_before;

constexpr std::uintptr_t page_bytes = 4096;

void put_zeros_in_place(int number, siginfo_t* facts, void* context) {
  const auto address = reinterpret_cast<std::uintptr_t>(facts->si_addr);
  for (Slot& slot : slots) {
    if (address < slot.first.load() || address >= slot.end.load()) continue;
    void* page = reinterpret_cast<void*>(address / page_bytes * page_bytes);
    if (::mmap(page, page_bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED) break;
    slot.shrank.store(true);
    return;
  }
  if ((answered_before.sa_flags & SA_SIGINFO) != 0 && answered_before.sa_sigaction != nullptr) return answered_before.sa_sigaction(number, facts, context);
  ::signal(number, SIG_DFL);  // not ours: the instruction runs again and ends the program as usual
}

std::size_t take_slot(std::uintptr_t first, std::uintptr_t end) {
  const std::lock_guard lock(slots_guard);
  if (slots_in_use == 0) {
    struct sigaction ours {};
    ours.sa_sigaction = put_zeros_in_place;
    ours.sa_flags = SA_SIGINFO | SA_NODEFER;
    ::sigemptyset(&ours.sa_mask);
    ::sigaction(SIGBUS, &ours, &answered_before);
  }
  for (std::size_t i = 0; i < slot_count; ++i) {
    if (slots[i].end.load() != 0) continue;
    slots[i].shrank.store(false);
    slots[i].first.store(first);
    slots[i].end.store(end);
    ++slots_in_use;
    return i;
  }
  return slot_count;
}

void give_slot_back(std::size_t slot) {
  const std::lock_guard lock(slots_guard);
  slots[slot].end.store(0);
  slots[slot].first.store(0);
  if (--slots_in_use == 0) ::sigaction(SIGBUS, &answered_before, nullptr);
}

base::Error unreachable(const std::string& path, int cause) {
  return {base::Cause::holding_unreachable,
          "holding.unreachable",
          {path, 0, 0},
          "the file cannot be read: " + std::generic_category().message(cause),
          "check the path and your rights"};
}

}  // namespace

base::Result<std::unique_ptr<MappedFile>> MappedFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return base::fail(unreachable(path, errno));
  struct stat facts {};
  std::unique_ptr<MappedFile> file(new MappedFile);
  file->slot_ = slot_count;
  const bool sized = ::fstat(descriptor, &facts) == 0;
  file->size_ = sized ? static_cast<std::size_t>(facts.st_size) : 0;
  void* address = file->size_ == 0 ? nullptr : ::mmap(nullptr, file->size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
  const int cause = errno;
  ::close(descriptor);
  if (file->size_ == 0) return file;
  if (address == MAP_FAILED) return base::fail(unreachable(path, cause));
  file->data_ = static_cast<const char*>(address);
  const auto first = reinterpret_cast<std::uintptr_t>(address);
  file->slot_ = take_slot(first, (first + file->size_ + page_bytes - 1) / page_bytes * page_bytes);
  if (file->slot_ == slot_count)
    return base::fail({base::Cause::could_not_finish, "holding.too_many_files", {path, 0, 0}, "more than 16 files would be mapped at once", {}});
  ::madvise(address, file->size_, MADV_SEQUENTIAL);
  return file;
}

MappedFile::~MappedFile() {
  if (data_ == nullptr) return;
  if (slot_ != slot_count) give_slot_back(slot_);
  ::munmap(const_cast<char*>(data_), size_);
}

void MappedFile::release(std::size_t first, std::size_t end) const {
  const std::size_t first_page = (first + page_bytes - 1) / page_bytes * page_bytes;
  const std::size_t end_page = end / page_bytes * page_bytes;
  // After a cut the zero pages stand in place of file pages and must stay.
  if (first_page < end_page && !shrank()) ::madvise(const_cast<char*>(data_) + first_page, end_page - first_page, MADV_DONTNEED);
}

bool MappedFile::shrank() const { return slot_ != slot_count && slots[slot_].shrank.load(); }

}  // namespace candour::holdings
