#pragma once
// Coverage is data: why a period of a question has figures, or none.

#include <string>
#include <string_view>
#include <vector>

namespace candour::table {

/// The standing of one question in one period (domain.md section 3.1 gives symbols and sentences).
enum class CoverageStatus {
  available,        ///< counted; zero means that somebody looked and found none
  did_not_run,      ///< [z]
  not_recorded,     ///< [x]
  over_cost_limit,  ///< [x]
  withheld,         ///< [c], whole period
  not_held,         ///< [x]
};

/// One stretch of periods of one question with one status. Codes are of one level of the period variable.
struct CoverageStretch {
  CoverageStatus status = CoverageStatus::available;
  std::string first_period;  ///< code, inclusive
  std::string last_period;   ///< code, inclusive
  std::string reason;        ///< the officer's words, for the note
};

/// The stable word of a status, as case files and CSV write it: "did-not-run".
[[nodiscard]] std::string_view word_of(CoverageStatus status);
/// The symbol that stands in a human table: "[z]"; empty for available.
[[nodiscard]] std::string_view symbol_of(CoverageStatus status);

}  // namespace candour::table
