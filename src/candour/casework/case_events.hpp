#pragma once
// What can happen to a case, in the words of `candour case note`: which events the clock knows, and what each needs.

#include <span>
#include <string_view>

namespace candour::casework {

struct EventKind {
  std::string_view word;
  std::string_view meaning;  ///< a sentence without a full stop
  bool needs_why = false;
  bool needs_person = false;   ///< --to
  bool needs_until = false;    ///< --until
  bool needs_outcome = false;  ///< --outcome
};

/// Those that an officer notes; others are written by the verbs that do them (received, confirmed, commissioned, approved, ...).
[[nodiscard]] std::span<const EventKind> event_kinds();
/// The outcomes of an answer, as the section 45 code counts them: "granted-in-full", "granted-in-part", "refused", "not-held", "refused-on-cost",
/// "vexatious-or-repeated". A person says which; the program never does.
[[nodiscard]] std::span<const std::string_view> outcomes();

}  // namespace candour::casework
