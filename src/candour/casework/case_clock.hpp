#pragma once
// One clock a case: the journal's events, and the days that [clock] of case.toml gives. What both say they must say alike.

#include <candour/casework/case_head.hpp>
#include <candour/casework/case_journal.hpp>
#include <candour/law/clock.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::casework {

/// Gives what happened to a case: its journal, the lines of the answer's journal (CASE/out) that it was not told, and, each in its place by the day, the days
/// of [clock] that no journal has. The journal is the source: where both name a day it must be the same one, the last of its kind.
///
/// Errors: wrong_input "clock.contradiction" naming both places; refused "journal.damaged" and "log.damaged".
[[nodiscard]] base::Result<std::vector<Recorded>> all_that_happened(const CaseHead& head, const CaseJournal& journal);

/// The events of the clock in words of the law, for letters and sums: the last of each kind.
[[nodiscard]] law::ClockEvents clock_events(const CaseHead& head, const std::vector<Recorded>& happened);

/// Both for a case's folder or its case.toml; `place` is the database of the journals, where there is one. Errors beside those above: those of
/// CaseJournal::open.
[[nodiscard]] base::Result<law::ClockEvents> clock_of_case(const std::filesystem::path& case_folder, const std::optional<std::string>& place);

}  // namespace candour::casework
