#pragma once
// Failures of the solver in this run: how many there were, and a way to plant them in tests.

#include <cstdint>

namespace candour::base {

/// True for every program from the first one beyond N on, if the environment says CANDOUR_SOLVER_FAILS_AFTER=N. For tests of what happens then. Whatever is
/// not solved stays unproved, so this can make a run refuse and never make it agree.
[[nodiscard]] bool solver_failure_is_planted() noexcept;

/// Counts one failure, planted or not.
void note_solver_failure() noexcept;

/// How many programs failed in this run: a refusal says so, since another run or another method may succeed.
[[nodiscard]] std::uint64_t solver_failures() noexcept;

}  // namespace candour::base
