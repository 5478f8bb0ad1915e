#include <candour/casework/case_mirror.hpp>

#include <candour/base/digest.hpp>
#include <candour/casework/case_journal.hpp>
#include <candour/casework/journal.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kinds{{{"approval", "approved"},
                                                                              {"commission", "commissioned"},
                                                                              {"handover", "handed-over"},
                                                                              {"publication", "publication-decided"},
                                                                              {"sent", "sent"},
                                                                              {"recall", "recalled"},
                                                                              {"review-opened", "review-opened"},
                                                                              {"review-decided", "review-decided"},
                                                                              {"retention", "private-deleted"}}};

// Facts that history shows; digests and signatures stay where they are checked.
constexpr std::array<std::string_view, 9> told{"role", "choice", "again_on", "hours", "how", "sent_on", "aware", "asked_on", "outcome"};

constexpr std::string_view line_fact = "line";

std::string digest_of_line(const JournalEvent& event) {
  std::string text = event.event;
  for (const auto& [name, value] : event.facts) text += "\n" + name + "=" + value;
  return base::digest_of(text).to_hex();
}

base::Result<Happening> happening_of(const JournalEvent& event, std::string_view kind, const std::string& digest) {
  CANDOUR_TRY(on, base::parse_iso_date(event.fact("on")));
  const std::string name = event.fact("name");
  Happening happening{std::string(kind), on, name.empty() ? event.fact("by") : name, event.fact("because"), {}};
  for (const std::string_view fact : told)
    if (std::string value = event.fact(fact); !value.empty()) happening.facts.emplace_back(std::string(fact), std::move(value));
  happening.facts.emplace_back(std::string(line_fact), digest);
  return happening;
}

}  // namespace

base::Result<std::vector<Untold>> untold(const std::vector<Recorded>& recorded, const fs::path& output) {
  CANDOUR_TRY(events, read_journal(output));
  std::set<std::string> known;
  for (const Recorded& each : recorded)
    for (const auto& [name, value] : each.happening.facts)
      if (name == line_fact) known.insert(value);
  std::vector<Untold> lines;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& each) { return each.first == events[i].event; });
    const std::string digest = digest_of_line(events[i]);
    if (kind == kinds.end() || known.contains(digest)) continue;
    CANDOUR_TRY(happening, happening_of(events[i], kind->second, digest));
    lines.push_back({std::move(happening), i + 1});
  }
  return lines;
}

base::Result<base::Done> tell_case_journal(const fs::path& case_folder, const fs::path& output) {
  const auto place = store::configured_database("");
  std::error_code status;
  const bool has_journal = place || fs::exists(case_folder / "journal.jsonl", status) || fs::exists(case_folder / "journal.in-database", status);
  if (!has_journal || !fs::exists(case_folder / "case.toml", status)) return base::Done{};
  CANDOUR_TRY(journal, CaseJournal::open(case_folder, place));
  CANDOUR_TRY(recorded, journal.read());
  CANDOUR_TRY(lines, untold(recorded, output));
  if (lines.empty()) return base::Done{};
  std::vector<Happening> happenings;
  for (Untold& line : lines) happenings.push_back(std::move(line.happening));
  CANDOUR_TRY(added, journal.record(happenings));
  return base::Done{};
}

}  // namespace candour::casework
