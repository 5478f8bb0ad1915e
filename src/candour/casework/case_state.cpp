#include <candour/casework/case_state.hpp>

#include <candour/casework/case_clock.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::casework {
namespace {

using base::Date;

std::string fact(const Happening& happening, std::string_view name) {
  for (const auto& [key, value] : happening.facts)
    if (key == name) return value;
  return {};
}

/// What a journal says, before any day is reckoned.
struct Folded {
  law::ClockEvents clock;
  std::optional<Date> clarification_asked, fees_notice, extended_to, answered, review_asked, complaint;
  bool withdrawn = false, acknowledged = false, referred = false, referral_settled = false;
  std::string prompts, last_kind;
};

// Noted by an officer, or by the verb that opens the review; both speak of one review.
std::optional<Date> review_asked_in(const Happening& event) {
  if (event.kind == "review-asked") return event.on;
  if (event.kind != "review-opened") return std::nullopt;
  const auto asked = base::parse_iso_date(fact(event, "asked_on"));
  return asked ? std::optional(*asked) : std::nullopt;
}

void take(const Happening& event, CaseState& state, Folded& folded) {
  const std::string& kind = event.kind;
  folded.last_kind = kind;
  if (kind == "received") folded.prompts = fact(event, "prompts");
  if (kind == "acknowledged") folded.acknowledged = true;
  if (kind == "assigned") state.who = fact(event, "to");
  if (kind == "clarification-asked") folded.clarification_asked = event.on;
  if (kind == "clarified") {
    folded.clarification_asked.reset();
    folded.clock.clarified = event.on;
  }
  if (kind == "fees-notice") folded.fees_notice = event.on;
  if (kind == "fees-paid" && folded.fees_notice) {
    folded.clock.fees_notice = folded.fees_notice;
    folded.clock.fees_paid = event.on;
    folded.fees_notice.reset();
  }
  if (kind == "extended")
    if (const auto until = base::parse_iso_date(fact(event, "until"))) folded.extended_to = *until;
  if (kind == "referred-nationally") folded.referred = true;
  if (kind == "referral-answered" || kind == "referral-not-needed") folded.referral_settled = true;
  if (kind == "answered") {
    folded.answered = event.on;
    state.outcome = fact(event, "outcome");
  }
  if (kind == "withdrawn") folded.withdrawn = true;
  if (const auto asked = review_asked_in(event)) {
    const bool is_new = state.reviews_asked.empty() || state.reviews_asked.back() != *asked;
    if (is_new) state.reviews_asked.push_back(*asked);
    if (is_new || kind == "review-asked") folded.review_asked = asked;
  }
  if (kind == "review-answered") folded.review_asked.reset();
  if (kind == "complaint-made") folded.complaint = event.on;
  if (kind == "complaint-closed") folded.complaint.reset();
}

Stage stage_of(const Folded& folded) {
  if (folded.complaint) return Stage::before_regulator;
  if (folded.review_asked) return Stage::under_review;
  if (folded.withdrawn) return Stage::withdrawn;
  if (folded.answered) return Stage::answered;
  if (folded.clarification_asked) return Stage::clarification;
  if (folded.fees_notice) return Stage::fee;
  return Stage::open;
}

base::Result<int> days_between(Date from, Date to, law::Regime regime) {
  if (from <= to) return law::working_days_after(from, to, regime);
  CANDOUR_TRY(late, law::working_days_after(to, from, regime));
  return -late;
}

std::string wait_of(const CaseState& state, const Folded& folded) {
  switch (state.stage) {
    case Stage::clarification: return "the requester's clarification";
    case Stage::fee: return "the fee";
    case Stage::under_review: return "the outcome of the internal review";
    case Stage::before_regulator: return "the regulator";
    case Stage::answered:
    case Stage::withdrawn: return "nothing";
    case Stage::open: break;
  }
  if (folded.referred && !folded.referral_settled) return "the national unit";
  if (state.who.empty()) return "somebody to take it";
  if (!state.head.unconfirmed.empty()) return "the officer to confirm what was proposed";
  if (folded.extended_to) return "the decision on the public interest";
  return "the answer";
}

/// The letter that goes with a stage; candour letter writes it.
std::string_view letter_of(const CaseState& state) {
  switch (state.stage) {
    case Stage::clarification: return "clarification";
    case Stage::fee: return "fees";
    case Stage::under_review: return "review";
    case Stage::open: return state.extended_to ? "extension" : state.urgency == Urgency::two_days || state.urgency == Urgency::overdue ? "interim" : "";
    case Stage::answered:
    case Stage::withdrawn:
    case Stage::before_regulator: break;
  }
  return "";
}

void add_hints(CaseState& state, const Folded& folded) {
  if (const std::string_view letter = letter_of(state); !letter.empty())
    state.hints.push_back(fmt::format("the letter that goes with it: candour letter CASE --kind {}", letter));
  if (!is_open(state) || state.stage == Stage::under_review || state.stage == Stage::before_regulator) return;
  const bool may_need_referral = folded.prompts.find("many-authorities") != std::string::npos || folded.prompts.find("sensitive-policing") != std::string::npos;
  if (may_need_referral && !folded.referred && !folded.referral_settled)
    state.hints.emplace_back("consider a national referral (candour case note CASE referred-nationally, or referral-not-needed)");
  if (!folded.acknowledged) state.hints.emplace_back("not yet acknowledged (candour letter CASE --kind acknowledgement)");
  if (!state.head.unconfirmed.empty())
    state.hints.push_back(fmt::format("{} proposed values are not confirmed (candour case confirm)", state.head.unconfirmed.size()));
  if (folded.prompts.find("no-name") != std::string::npos || folded.prompts.find("no-address") != std::string::npos)
    state.hints.emplace_back("look at the validity of the request (section 8(1))");
}

}  // namespace

std::string_view word_of(Stage stage) {
  switch (stage) {
    case Stage::open: return "open";
    case Stage::clarification: return "clarification asked";
    case Stage::fee: return "fee asked";
    case Stage::answered: return "answered";
    case Stage::withdrawn: return "withdrawn";
    case Stage::under_review: return "under review";
    case Stage::before_regulator: return "before the regulator";
  }
  return "open";
}

std::string_view word_of(Urgency urgency) {
  switch (urgency) {
    case Urgency::none: return "none";
    case Urgency::two_weeks: return "due within two weeks";
    case Urgency::two_days: return "due within two days";
    case Urgency::overdue: return "overdue";
  }
  return "none";
}

bool is_open(const CaseState& state) { return state.stage != Stage::answered && state.stage != Stage::withdrawn; }

base::Result<CaseState> state_of(const CaseHead& head, const std::vector<Recorded>& journal, Date today) {
  CaseState state;
  state.head = head;
  state.who = head.answered_by;
  Folded folded;
  folded.clock.received = head.received;
  for (const Recorded& each : journal) take(each.happening, state, folded);
  state.stage = stage_of(folded);
  state.clock = folded.clock;
  state.extended_to = folded.extended_to;
  state.answered_on = folded.answered;
  const law::Regime regime = law::regime_of(head.regime);
  CANDOUR_TRY(reading, law::read_clock(folded.clock, regime));
  const bool stands_still = state.stage == Stage::clarification || state.stage == Stage::fee;
  if (!stands_still) state.was_due = folded.extended_to ? std::max(*folded.extended_to, reading.answer_due) : reading.answer_due;
  if (state.stage == Stage::open) state.due = state.was_due;
  if (state.stage == Stage::under_review) {
    law::ClockEvents asked;
    asked.received = *folded.review_asked;
    CANDOUR_TRY(review, law::read_clock(asked, regime));
    state.due = review.answer_due;
  }
  if (state.due) {
    CANDOUR_TRY(left, days_between(today, *state.due, regime));
    state.working_days_left = left;
    state.urgency = today > *state.due ? Urgency::overdue : left <= 2 ? Urgency::two_days : left <= 10 ? Urgency::two_weeks : Urgency::none;
  }
  if (folded.answered) {
    CANDOUR_TRY(taken, days_between(reading.starts, *folded.answered, regime));
    state.days_taken = std::max(taken, 0);
  }
  state.waits_for = wait_of(state, folded);
  add_hints(state, folded);
  return state;
}

base::Result<CaseState> read_state(const CaseHead& head, const std::optional<std::string>& place, Date today) {
  CaseJournals journals(place);
  return read_state(head, journals, today);
}

base::Result<CaseState> read_state(const CaseHead& head, CaseJournals& journals, Date today) {
  CANDOUR_TRY(journal, journals.of(head.folder));
  CANDOUR_TRY(entries, all_that_happened(head, journal));
  return state_of(head, entries, today);
}

}  // namespace candour::casework
