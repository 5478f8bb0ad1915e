#pragma once
// What went wrong, where, and what to do next: the one error type of the program.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candour::base {

/// The kind of failure; each kind is one exit status (design.md section 10).
enum class Cause {
  could_not_finish,     ///< 1: disk full, limit reached, a file that cannot be read or written
  wrong_input,          ///< 2: command line, policy, case file or record value
  refused,              ///< 3: not safe, a leak, a mismatch, a finding, not approved
  holding_unreachable,  ///< 4: holding unreachable, or changed while it was read
  internal_fault,       ///< 5: our own mistake
};

/// Where the fault stands. Empty or zero parts are not known and not printed.
struct Place {
  std::string file;          ///< file, database or table name; never a password
  std::uint64_t line = 0;    ///< 1-based
  std::uint64_t column = 0;  ///< 1-based
};

/// One failure, printed as one line and, where there is one, a line with a hint.
///
/// Never holds a record's contents: codes, counts, positions and digests only (style.md section 10).
struct Error {
  Cause cause = Cause::internal_fault;
  std::string code;  ///< stable identifier such as "case.unknown_key"; tests match on it
  Place place;
  std::string sentence;  ///< what was found and what was expected
  std::string hint;      ///< what to do next; may be empty
};

/// Several mistakes that are reported together, in the order in which they stand in the input.
using Errors = std::vector<Error>;

/// Gives the exit status of a cause: 1 to 5.
[[nodiscard]] int exit_status(Cause cause);

/// Gives "file:12:3: sentence" and, if there is a hint, a second line "hint: ...". No trailing newline.
[[nodiscard]] std::string to_text(const Error& error);

}  // namespace candour::base
