#include <candour/casework/calendar.hpp>

#include <candour/base/digest.hpp>

#include <fmt/format.h>

namespace candour::casework {
namespace {

/// RFC 5545, 3.3.11.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n') out += "\\n";
    else if (static_cast<unsigned char>(c) >= 32) out += c;
  }
  return out;
}

/// RFC 5545, 3.1: at most 75 bytes a line, the next one begins with a blank.
void add_line(std::string& out, std::string_view line) {
  std::size_t room = 75;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 1 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
    out += std::string(line.substr(0, end)) + "\r\n ";
    line.remove_prefix(end);
    room = 74;
  }
  out += std::string(line) + "\r\n";
}

std::string compact(base::Date day) {
  std::string text = base::to_iso(day);
  std::erase(text, '-');
  return text;
}

void add_event(std::string& out, const CaseState& state, const std::string& stamp) {
  const base::Date next{std::chrono::sys_days{*state.due} + std::chrono::days{1}};
  const std::string what = state.stage == Stage::under_review ? "review due" : "answer due";
  add_line(out, "BEGIN:VEVENT");
  add_line(out, "UID:" + base::digest_of(state.head.reference + "|" + what).to_hex().substr(0, 32) + "@candour");
  add_line(out, "DTSTAMP:" + stamp);
  add_line(out, "DTSTART;VALUE=DATE:" + compact(*state.due));
  add_line(out, "DTEND;VALUE=DATE:" + compact(next));
  add_line(out, "SUMMARY:" + escaped(fmt::format("{} {}: {}", state.head.reference, what, state.head.subject)));
  add_line(out, "DESCRIPTION:" + escaped(fmt::format("Who has it: {}\nWaits for: {}", state.who.empty() ? "nobody" : state.who, state.waits_for)));
  add_line(out, "TRANSP:TRANSPARENT");
  for (const auto& [before, words] : {std::pair{"-P14D", "two weeks"}, std::pair{"-P2D", "two days"}}) {
    add_line(out, "BEGIN:VALARM");
    add_line(out, "ACTION:DISPLAY");
    add_line(out, fmt::format("TRIGGER:{}", before));
    add_line(out, "DESCRIPTION:" + escaped(fmt::format("{}: {} in {}", state.head.reference, what, words)));
    add_line(out, "END:VALARM");
  }
  add_line(out, "END:VEVENT");
}

}  // namespace

std::string calendar_of(const std::vector<CaseState>& cases, const std::string& stamp) {
  std::string plain = stamp;
  std::erase(plain, '-');
  std::erase(plain, ':');
  std::string out;
  add_line(out, "BEGIN:VCALENDAR");
  add_line(out, "VERSION:2.0");
  add_line(out, "PRODID:-//Candour//Cases//EN");
  add_line(out, "CALSCALE:GREGORIAN");
  for (const CaseState& state : cases)
    if (is_open(state) && state.due) add_event(out, state, plain);
  add_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace candour::casework
