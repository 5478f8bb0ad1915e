#pragma once
// Reports of an inspection as text for a terminal, as a page, and as JSON.

#include <candour/inspect/report.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace candour::inspect {

/// Gives one line a file with its outcome, then a line for each gap and finding: kind, place, how many, samples.
[[nodiscard]] std::string to_text(const std::vector<InspectionReport>& reports);

/// Gives one page in HTML with no script and no address outside, in UTF-8.
[[nodiscard]] std::string to_html(const std::vector<InspectionReport>& reports);

/// Gives {"outcome", "files": [{"file", "format", "outcome", "gaps": [...], "findings": [...]}]}; documented in docs/man/inspect.md.
[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<InspectionReport>& reports);

/// Gives the outcome of several files together: findings before gaps, as the exit status has it.
[[nodiscard]] InspectionOutcome overall_outcome(const std::vector<InspectionReport>& reports);

}  // namespace candour::inspect
