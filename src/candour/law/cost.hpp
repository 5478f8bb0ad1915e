#pragma once
// The cost limit of section 12: four activities, a fixed rate, a limit by the kind of authority. An estimate, never a decision.

#include <candour/law/provisions.hpp>

#include <candour/base/decimal.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::law {

/// The four activities that count (Fees Regulations, reg. 4(3)). Redaction, considering exemptions, consultation and sign-off do not.
enum class CostActivity { determining, locating, retrieving, extracting };
[[nodiscard]] std::string_view word_of(CostActivity activity);
/// Error wrong_input "law.unknown_activity". What does not count ("redaction") is none: excluded_activities() names those.
[[nodiscard]] base::Result<CostActivity> activity_of(std::string_view word);

/// Work that the law does not count, by its word and in words; a ledger lists it and adds nothing.
[[nodiscard]] const std::vector<std::pair<std::string, std::string>>& excluded_activities();

struct CostLine {
  std::string question;  ///< number in the request
  CostActivity activity = CostActivity::locating;
  base::Decimal hours;
  std::optional<base::Decimal> pounds_an_hour = std::nullopt;  ///< what the time costs the authority; counts where the law takes that (FOISA), up to the highest rate
};

/// The limit that applies to an authority.
struct CostLimit {
  Regime regime = Regime::foia;
  std::string part;  ///< "central" or "other"
  std::int64_t limit_pounds = 0;
  std::int64_t rate_pounds = 0;        ///< an hour; the highest that counts under the Act of 2002, where the real cost counts
  std::vector<CostActivity> counting;  ///< the activities that count
  std::string regulations;             ///< by name, as section 17(5) notices cite them
  std::string source;
};
/// Error wrong_input "law.unknown_part".
[[nodiscard]] base::Result<CostLimit> cost_limit(Regime regime, std::string_view part);

/// Hours and pounds of one question, or of all.
struct CostSum {
  base::Decimal hours;
  base::Decimal pounds;
};

struct CostReading {
  CostLimit limit;
  CostSum all;                                                ///< several questions of one letter are added up (s.12(4), reg. 5)
  std::vector<std::pair<std::string, CostSum>> by_question;   ///< in the order of first appearance
  std::vector<std::pair<CostActivity, CostSum>> by_activity;  ///< the four, in order
  base::Decimal left_out_hours;                               ///< of activities that do not count under this Act
  bool over = false;                                          ///< the sum is above the limit, not merely at it
};

/// Adds up in exact decimals. Error could_not_finish "decimal.overflow".
[[nodiscard]] base::Result<CostReading> read_cost(const std::vector<CostLine>& lines, Regime regime, std::string_view part);

}  // namespace candour::law
