#include <candour/base/stop.hpp>

#include <atomic>
#include <csignal>

namespace candour::base {
namespace {

std::atomic<bool> asked{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not wait");

extern "C" void on_interrupt(int) {
  ask_to_stop();
  std::signal(SIGINT, SIG_DFL);
}

}  // namespace

bool stop_asked() noexcept { return asked.load(std::memory_order_relaxed); }
void ask_to_stop() noexcept { asked.store(true, std::memory_order_relaxed); }

StopOnInterrupt::StopOnInterrupt() {
  asked = false;
  std::signal(SIGINT, on_interrupt);
}
void StopOnInterrupt::pass_over() { std::signal(SIGINT, SIG_IGN); }
StopOnInterrupt::~StopOnInterrupt() {
  std::signal(SIGINT, SIG_DFL);
  asked = false;
}

}  // namespace candour::base
