#include <candour/casework/case_clock.hpp>

#include <candour/casework/case_mirror.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace candour::casework {
namespace {

// A key of [clock], the event of the journal that says the same, and the fact that holds the day; none: the day on which it happened.
struct ClockWord {
  std::string_view key, event, fact;
  std::optional<base::Date> law::ClockEvents::*day;
};
constexpr std::array<ClockWord, 8> words{{{"clarification_asked", "clarification-asked", "", &law::ClockEvents::clarification_asked},
                                          {"clarified", "clarified", "", &law::ClockEvents::clarified},
                                          {"fees_notice", "fees-notice", "", &law::ClockEvents::fees_notice},
                                          {"fees_paid", "fees-paid", "", &law::ClockEvents::fees_paid},
                                          {"extension_notice", "extended", "", &law::ClockEvents::extension_notice},
                                          {"extension_until", "extended", "until", &law::ClockEvents::extension_until},
                                          {"review_asked", "review-asked", "", &law::ClockEvents::review_asked},
                                          {"review_asked", "review-opened", "asked_on", &law::ClockEvents::review_asked}}};

std::optional<base::Date> day_in(const Recorded& entry, const ClockWord& word) {
  if (entry.happening.kind != word.event) return std::nullopt;
  if (word.fact.empty()) return entry.happening.on;
  for (const auto& [name, value] : entry.happening.facts)
    if (name == word.fact)
      if (const auto day = base::parse_iso_date(value)) return *day;
  return std::nullopt;
}

// The last entry that says this key's day, and the day.
std::optional<std::pair<const Recorded*, base::Date>> last_saying(const std::vector<Recorded>& entries, std::string_view key) {
  std::optional<std::pair<const Recorded*, base::Date>> last;
  for (const Recorded& entry : entries)
    for (const ClockWord& word : words)
      if (word.key == key)
        if (const auto day = day_in(entry, word)) last = {&entry, *day};
  return last;
}

base::Error contradiction(const CaseHead& head, const ClockDay& day, const Recorded& entry, base::Date said) {
  return {base::Cause::wrong_input,
          "clock.contradiction",
          {(head.folder / "case.toml").string(), day.line},
          fmt::format("[clock] says {} = {}, and the journal says {} (entry {}, '{}'), expected the same day", day.key, base::to_iso(day.day),
                      base::to_iso(said), entry.sequence, entry.happening.kind),
          "the journal is only ever added to: take the line out of [clock], or note what happened anew (candour case note)"};
}

// Behind everything that happened no later.
void put_in(std::vector<Recorded>& entries, Recorded entry) {
  auto place = entries.end();
  while (place != entries.begin() && std::prev(place)->happening.on > entry.happening.on) --place;
  entries.insert(place, std::move(entry));
}

}  // namespace

base::Result<std::vector<Recorded>> all_that_happened(const CaseHead& head, const CaseJournal& journal) {
  CANDOUR_TRY(entries, journal.read());
  CANDOUR_TRY(of_the_answer, untold(entries, head.folder / "out"));
  for (Untold& line : of_the_answer) entries.push_back({std::move(line.happening), static_cast<std::int64_t>(line.line), "", {}});
  std::vector<Recorded> added;
  std::optional<std::string> until;
  for (const ClockDay& day : head.clock)
    if (day.key == "extension_until") until = base::to_iso(day.day);
  for (const ClockDay& day : head.clock) {
    if (const auto said = last_saying(entries, day.key)) {
      if (said->second != day.day) return base::fail(contradiction(head, day, *said->first, said->second));
      continue;
    }
    const auto word = std::find_if(words.begin(), words.end(), [&](const ClockWord& each) { return each.key == day.key && each.fact.empty(); });
    if (word == words.end()) continue;  // extension_until goes with its notice
    Happening happening{std::string(word->event), day.day, "", "", {}};
    if (day.key == "extension_notice" && until) happening.facts.emplace_back("until", *until);
    added.push_back({std::move(happening), 0, "", {}});
  }
  for (Recorded& entry : added) put_in(entries, std::move(entry));
  return entries;
}

law::ClockEvents clock_events(const CaseHead& head, const std::vector<Recorded>& happened) {
  law::ClockEvents events;
  events.received = head.received;
  for (const Recorded& entry : happened) {
    for (const ClockWord& word : words)
      if (const auto day = day_in(entry, word)) events.*word.day = day;
    // Asked again, the clock stands still again; a new notice is not paid by an old payment.
    if (entry.happening.kind == "clarification-asked") events.clarified.reset();
    if (entry.happening.kind == "fees-notice") events.fees_paid.reset();
  }
  return events;
}

base::Result<law::ClockEvents> clock_of_case(const std::filesystem::path& case_folder, const std::optional<std::string>& place) {
  CANDOUR_TRY(head, read_case_head(case_folder));
  CANDOUR_TRY(journal, CaseJournal::open(case_folder, place));
  CANDOUR_TRY(happened, all_that_happened(head, journal));
  return clock_events(head, happened);
}

}  // namespace candour::casework
