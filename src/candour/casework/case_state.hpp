#pragma once
// Where a case stands today: its clock, who has it, what it waits for. Reckoned from the case file's head and the journal, never stored.

#include <candour/casework/case_head.hpp>
#include <candour/casework/case_journal.hpp>
#include <candour/law/clock.hpp>

#include <optional>
#include <string>
#include <vector>

namespace candour::casework {

enum class Stage {
  open,              ///< the clock runs
  clarification,     ///< it stands still until the requester has given more detail
  fee,               ///< it stands still until the fee is paid
  answered,          ///< the answer was sent
  withdrawn,         ///< the requester took it back
  under_review,      ///< an internal review was asked for
  before_regulator,  ///< a complaint is open
};
[[nodiscard]] std::string_view word_of(Stage stage);

enum class Urgency { none, two_weeks, two_days, overdue };
[[nodiscard]] std::string_view word_of(Urgency urgency);

struct CaseState {
  CaseHead head;
  Stage stage = Stage::open;
  law::ClockEvents clock;
  std::optional<base::Date> due;          ///< of the answer, or of the review while one is open; nothing while the clock stands still
  std::optional<base::Date> extended_to;  ///< the estimate of section 17(2), where more time is taken
  std::optional<int> working_days_left;   ///< until due; negative when it is past
  Urgency urgency = Urgency::none;
  std::string who;                 ///< who has it
  std::string waits_for;           ///< in words
  std::vector<std::string> hints;  ///< national referral, unconfirmed proposals: what to do next
  std::optional<base::Date> answered_on;
  std::optional<base::Date> was_due;  ///< of the answer, whatever came afterwards
  std::optional<int> days_taken;      ///< working days from the start of the clock to the answer
  std::string outcome;                ///< one of outcomes(); empty while there is none
  std::vector<base::Date> reviews_asked;
};

/// Folds a journal. Errors as law::read_clock, "law.year_unknown" for years outside the table of bank holidays.
[[nodiscard]] base::Result<CaseState> state_of(const CaseHead& head, const std::vector<Recorded>& journal, base::Date today);
/// Opens the journal of a case and folds it together with the days of [clock]. Errors beside those above: as all_that_happened (case_clock.hpp).
[[nodiscard]] base::Result<CaseState> read_state(const CaseHead& head, const std::optional<std::string>& place, base::Date today);

[[nodiscard]] base::Result<CaseState> read_state(const CaseHead& head, CaseJournals& journals, base::Date today);

/// Whether it belongs on the list of open cases.
[[nodiscard]] bool is_open(const CaseState& state);

}  // namespace candour::casework
