#include <candour/base/progress.hpp>

#include <fmt/format.h>

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace candour::base {

using std::chrono::steady_clock;

Progress::Progress(std::string stage) : stage_(std::move(stage)), started_(steady_clock::now()), drawn_(started_), terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (visible_) std::fputs("\r\033[K", stderr);
}

bool Progress::is_due() const {
  if (!terminal_) return false;
  const auto now = steady_clock::now();
  return now - started_ >= std::chrono::seconds(1) && now - drawn_ >= std::chrono::milliseconds(200);
}

void Progress::at(std::uint64_t done, std::uint64_t total, std::string_view note) {
  if (!is_due()) return;
  drawn_ = steady_clock::now();
  visible_ = true;
  const std::string figures = total == 0 ? fmt::format("{}", done) : fmt::format("{} of {}", done, total);
  std::fputs(fmt::format("\r\033[K{}: {}{}{}", stage_, figures, note.empty() ? "" : ", ", note).c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace candour::base
