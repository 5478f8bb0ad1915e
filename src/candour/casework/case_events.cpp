#include <candour/casework/case_events.hpp>

#include <array>

namespace candour::casework {

std::span<const EventKind> event_kinds() {
  static constexpr std::array kinds{
      EventKind{"acknowledged", "the receipt was acknowledged"},
      EventKind{"assigned", "somebody has the case from now on", false, true},
      EventKind{"clarification-asked", "the requester was asked for more detail: the clock stands still (section 1(3))", true},
      EventKind{"clarified", "the detail came in: the clock starts anew (section 10(6))"},
      EventKind{"fees-notice", "a fees notice went out: the clock stands still (section 9)"},
      EventKind{"fees-paid", "the fee came in"},
      EventKind{"extended", "more time is taken to weigh the public interest (sections 10(3) and 17(2)): the notice went out", true, false, true},
      EventKind{"referred-nationally", "the request was referred to the national unit"},
      EventKind{"referral-answered", "the national unit has answered"},
      EventKind{"referral-not-needed", "no national referral is needed", true},
      EventKind{"answered", "the answer was sent", false, false, false, true},
      EventKind{"withdrawn", "the requester withdrew the request", true},
      EventKind{"review-asked", "the requester asked for an internal review"},
      EventKind{"review-answered", "the outcome of the review was sent", true},
      EventKind{"complaint-made", "the requester complained to the regulator"},
      EventKind{"complaint-closed", "the regulator closed the complaint", true},
      EventKind{"remark", "anything else that should be known later", true},
  };
  return kinds;
}

std::span<const std::string_view> outcomes() {
  static constexpr std::array<std::string_view, 6> words{"granted-in-full", "granted-in-part", "refused",
                                                         "not-held",        "refused-on-cost", "vexatious-or-repeated"};
  return words;
}

}  // namespace candour::casework
