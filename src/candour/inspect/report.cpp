#include <candour/inspect/report.hpp>

#include <algorithm>

namespace candour::inspect {

InspectionOutcome InspectionReport::outcome() const {
  if (!gaps.empty()) return InspectionOutcome::not_fully_inspected;
  return findings.empty() ? InspectionOutcome::clean : InspectionOutcome::findings;
}

int exit_status(const std::vector<InspectionReport>& reports) {
  const auto any = [&](auto condition) { return std::any_of(reports.begin(), reports.end(), condition); };
  if (any([](const InspectionReport& report) { return !report.findings.empty(); })) return base::exit_status(base::Cause::refused);
  if (any([](const InspectionReport& report) { return !report.gaps.empty(); })) return base::exit_status(base::Cause::could_not_finish);
  return 0;
}

std::string_view to_text(InspectionOutcome outcome) {
  switch (outcome) {
    case InspectionOutcome::clean: return "clean";
    case InspectionOutcome::findings: return "findings";
    case InspectionOutcome::not_fully_inspected: return "not fully inspected";
  }
  return "not fully inspected";
}

}  // namespace candour::inspect
