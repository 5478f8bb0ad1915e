#include <candour/table/coverage.hpp>

namespace candour::table {

std::string_view word_of(CoverageStatus status) {
  switch (status) {
    case CoverageStatus::available: return "available";
    case CoverageStatus::did_not_run: return "did-not-run";
    case CoverageStatus::not_recorded: return "not-recorded";
    case CoverageStatus::over_cost_limit: return "over-cost-limit";
    case CoverageStatus::withheld: return "withheld";
    case CoverageStatus::not_held: return "not-held";
  }
  return "not-held";
}

std::string_view symbol_of(CoverageStatus status) {
  switch (status) {
    case CoverageStatus::available: return "";
    case CoverageStatus::did_not_run: return "[z]";
    case CoverageStatus::withheld: return "[c]";
    case CoverageStatus::not_recorded:
    case CoverageStatus::over_cost_limit:
    case CoverageStatus::not_held: return "[x]";
  }
  return "[x]";
}

}  // namespace candour::table
