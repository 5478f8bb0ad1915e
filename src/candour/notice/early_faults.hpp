#pragma once
// What is wrong with a notice before a record is read.

#include <candour/notice/notice.hpp>

namespace candour::notice {

/// Builds the notice as if every question that gives figures gave some of what was asked and, where the case has reasons for it, withheld some in detail; gives
/// what is missing or contradicts. A case without a fault here can still fail on its facts; one with a fault fails whatever the records say.
[[nodiscard]] base::Errors early_faults(const request::Case& the_case, base::Date answered_on);

}  // namespace candour::notice
