#pragma once
// Stopping early: whoever presses Ctrl-C once gets the best that is complete so far; twice, nothing.

namespace candour::base {

/// True once a stop was asked for. Long searches look at it where they look at their time limit, and end with what they have.
[[nodiscard]] bool stop_asked() noexcept;

/// Asks for a stop, as the first interrupt does. Safe in a signal handler.
void ask_to_stop() noexcept;

/// While one lives, the first SIGINT asks for a stop and the second ends the program at once, with nothing written. One at a time; afterwards the usual
/// handling is back and no stop is asked.
class StopOnInterrupt {
 public:
  StopOnInterrupt();
  ~StopOnInterrupt();
  /// From now on interrupts are passed over: what is being written is written whole.
  void pass_over();
  StopOnInterrupt(const StopOnInterrupt&) = delete;
  StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;
};

}  // namespace candour::base
