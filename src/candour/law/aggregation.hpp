#pragma once
// Which earlier requests are added up with this one for the cost limit: section 12(4) and regulation 5, or the Scottish rule.

#include <candour/law/cost.hpp>

#include <string>
#include <vector>

namespace candour::law {

enum class AskedBy { same_person, in_concert, somebody_else };
/// "same-person", "in-concert", else somebody else.
[[nodiscard]] AskedBy asked_by_of(std::string_view word);

/// A request received before, and what an officer found of it.
struct OtherRequest {
  std::string reference;
  base::Date received{};
  AskedBy asked_by = AskedBy::somebody_else;
  bool similar = false;  ///< relates, to any extent, to the same or similar information
  base::Decimal hours;
};

/// What becomes of one of them.
struct Aggregated {
  OtherRequest request;
  bool adds_up = false;
  std::string why;  ///< one sentence, either way
};

struct AggregationReading {
  std::vector<Aggregated> requests;  ///< in the order given
  base::Decimal hours;               ///< of those that add up
};

/// Holds each against the rule of the regime. FOIA: one person or people acting together, similar to any extent, both received within sixty consecutive working
/// days; FOISA: different requesters only, and only where all are answered by publication within twenty working days, which a person has to find, so nothing is
/// added by itself; EIR: none, there is no cost limit. Errors as is_working_day, and could_not_finish "decimal.overflow".
[[nodiscard]] base::Result<AggregationReading> read_aggregation(base::Date received, const std::vector<OtherRequest>& others, Regime regime);

}  // namespace candour::law
