#pragma once
// Due dates as an iCalendar (RFC 5545), for the calendar that an office already has.

#include <candour/casework/case_state.hpp>

#include <string>
#include <vector>

namespace candour::casework {

/// Gives one all-day event for each open case with a due day, with alarms two weeks and two days before. Lines end with CR LF and are folded at 75 bytes, never
/// inside a letter. `stamp`: the moment, as base::now_in_utc. Names no requester: a case is called by its reference and subject.
[[nodiscard]] std::string calendar_of(const std::vector<CaseState>& cases, const std::string& stamp);

}  // namespace candour::casework
