#pragma once
// What a verb of the program is. How to add one: CONTRIBUTING.md, "How to add a verb".

#include <candour/base/result.hpp>

#include <memory>
#include <string_view>

namespace candour::cli {

class Console;
class Parameters;

/// What the program says to the shell; the same for every verb (design.md section 10).
enum class ExitStatus {
  done = 0,
  could_not_finish = 1,     ///< disk full, limit reached
  wrong_input = 2,          ///< command line, policy, case file or record value
  refused = 3,              ///< not safe, a leak, a mismatch, a finding, not approved
  holding_unreachable = 4,  ///< or changed while it was read
  internal_fault = 5,
};

/// One verb. `describe` names its options and opens no file; `run` works. Nothing else of the program parses words.
class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  /// Adds arguments and options, each with a sentence for help, manual and completion. `--json` and `--help` are already there.
  virtual void describe(Parameters& parameters) = 0;

  /// Does the work. Gives `done` or, where everything was written and yet the answer is no, `refused`; all else is an Error, whose
  /// cause is the exit status. Results go to the console; nothing goes to std::cout or std::cerr.
  [[nodiscard]] virtual base::ResultOrErrors<ExitStatus> run(Console& console) = 0;
};

/// A line of the list of verbs (commands.cpp).
struct CommandEntry {
  std::string_view name;     ///< one word, or two such as "case new"
  std::string_view folder;   ///< the stage it belongs to
  std::string_view summary;  ///< one sentence without a full stop
  std::unique_ptr<Command> (*make)();
};

/// Turns the single failure of a stage into the list of failures that a verb gives back.
template <class T>
[[nodiscard]] base::ResultOrErrors<T> with_errors(base::Result<T> result) {
  if (!result) return tl::make_unexpected(base::Errors{std::move(result).error()});
  return std::move(result).value();
}

}  // namespace candour::cli
