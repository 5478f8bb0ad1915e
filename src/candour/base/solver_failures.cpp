#include <candour/base/solver_failures.hpp>

#include <atomic>
#include <cstdlib>

namespace candour::base {
namespace {

std::atomic<std::uint64_t> failures{0};
std::atomic<std::uint64_t> programs{0};

// Anything that is no number lets no program through.
std::uint64_t let_through() noexcept {
  const char* said = std::getenv("CANDOUR_SOLVER_FAILS_AFTER");
  return said == nullptr ? ~std::uint64_t{0} : std::strtoull(said, nullptr, 10);
}

}  // namespace

bool solver_failure_is_planted() noexcept {
  static const std::uint64_t most = let_through();
  return programs++ >= most;
}

void note_solver_failure() noexcept { ++failures; }

std::uint64_t solver_failures() noexcept { return failures; }

}  // namespace candour::base
