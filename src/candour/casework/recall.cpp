#include <candour/casework/recall.hpp>

#include <candour/base/text.hpp>
#include <candour/casework/journal.hpp>

#include <fmt/format.h>

namespace candour::casework {

extern const std::string_view breach_checklist_text;

namespace {

constexpr std::string_view sent_event = "sent";
constexpr std::string_view recall_event = "recall";

bool is_text(const std::string& text) { return !base::trimmed(text).empty() && base::is_valid_utf8(text); }

base::Error incomplete(std::string_view verb, std::string_view what, std::string_view option) {
  return {base::Cause::wrong_input,
          fmt::format("{}.incomplete", verb),
          {},
          fmt::format("nobody says {}, expected it", what),
          fmt::format("give it with {}", option)};
}

std::string checklist(const RecallFacts& facts) {
  std::string text = fmt::format(
      "Checklist for the recall of {}\n\nAware since {}. The Commissioner is notified by {}, 72 hours later by the clock, nights and holidays included, unless "
      "a risk to people is unlikely.\n"
      "Recalled on {} by {}: {}\n\nNothing here is ticked by the program.\n",
      facts.reference, facts.recall.aware.text, facts.notify_by.text, base::to_iso(facts.recall.on), facts.recall.by, facts.recall.because);
  const std::vector<std::string> lines = base::split(breach_checklist_text, '\n');
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto fields = base::split_quoted(lines[i]);
    if (!fields || fields->size() != 2) continue;
    text += fmt::format("\n[ ] {}. {}.\n    ({})\n    who: ____________________  when: ____________________\n", i, (*fields)[0], (*fields)[1]);
  }
  return text;
}

std::string recipients(const RecallFacts& facts) {
  std::string text = fmt::format("Who was sent {}, as the journal has it\n\n", facts.reference);
  for (const Sending& sending : facts.sent) text += fmt::format("{}  {}, by {} (noted by {})\n", base::to_iso(sending.on), sending.to, sending.how, sending.by);
  if (facts.sent.empty()) text += "No sending was noted. Whoever sent something all the same adds it by hand.\n";
  text += facts.taken_out_of
              ? fmt::format("\nIt also stood in the disclosure log at {}: whoever read it there is not known, and search engines and archives keep copies.\n",
                            *facts.taken_out_of)
              : std::string("\nIt did not stand in the disclosure log that was named.\n");
  return text;
}

std::string attack(const RecallFacts& facts) {
  std::string text = fmt::format("What the world can find in {}, as it stood when it was recalled\n\n", facts.reference);
  for (const std::string& line : facts.attack) text += line + "\n";
  return text;
}

}  // namespace

base::Result<base::Done> record_sending(const std::filesystem::path& output, const Sending& sending, base::Date noted_on) {
  if (!is_text(sending.to)) return base::fail(incomplete("sent", "to whom it was sent", "--to WHO"));
  if (!is_text(sending.how)) return base::fail(incomplete("sent", "how it was sent", "--how TEXT"));
  if (!is_text(sending.by)) return base::fail(incomplete("sent", "who notes it", "--as NAME"));
  if (sending.on > noted_on)
    return base::fail(
        {base::Cause::wrong_input, "sent.future_day", {}, fmt::format("the day of sending is {}, expected no day after today", base::to_iso(sending.on)), {}});
  return record(output, {std::string(sent_event),
                         {{"to", sending.to},
                          {"how", sending.how},
                          {"sent_on", base::to_iso(sending.on)},
                          {"name", sending.by},
                          {"on", base::to_iso(noted_on)},
                          {"final", sending.final.to_hex()}}});
}

base::Result<std::vector<Sending>> sendings(const std::filesystem::path& output, const base::Digest& final) {
  CANDOUR_TRY(events, read_journal(output));
  std::vector<Sending> found;
  for (const JournalEvent& event : events) {
    if (event.event != sent_event || event.fact("final") != final.to_hex()) continue;
    CANDOUR_TRY(on, base::parse_iso_date(event.fact("sent_on")));
    found.push_back({event.fact("to"), event.fact("how"), on, event.fact("name"), final});
  }
  return found;
}

base::Result<Recall> record_recall(const std::filesystem::path& output, const Recall& recall) {
  if (!is_text(recall.because)) return base::fail(incomplete("recall", "why it is called back", "--because TEXT"));
  if (!is_text(recall.by)) return base::fail(incomplete("recall", "who calls it back", "--as NAME"));
  CANDOUR_TRY(events, read_journal(output));
  for (const JournalEvent& event : events) {
    if (event.event != recall_event || event.fact("final") != recall.final.to_hex()) continue;
    CANDOUR_TRY(on, base::parse_iso_date(event.fact("on")));
    return Recall{event.fact("because"), event.fact("name"), {event.fact("aware")}, on, recall.final};
  }
  CANDOUR_TRY_DONE(record(
      output,
      {std::string(recall_event),
       {{"because", recall.because}, {"name", recall.by}, {"on", base::to_iso(recall.on)}, {"aware", recall.aware.text}, {"final", recall.final.to_hex()}}}));
  return recall;
}

std::vector<base::FileToWrite> recall_files(const RecallFacts& facts) {
  return {{"attack.txt", attack(facts)}, {"checklist.txt", checklist(facts)}, {"recipients.txt", recipients(facts)}};
}

}  // namespace candour::casework
