#include <candour/casework/publication.hpp>

#include <candour/base/text.hpp>
#include <candour/casework/journal.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace candour::casework {
namespace {

constexpr std::array<std::pair<std::string_view, PublicationChoice>, 3> choices{
    {{"yes", PublicationChoice::yes}, {"no", PublicationChoice::no}, {"later", PublicationChoice::later}}};

base::Error missing(std::string code, std::string sentence, std::string hint) {
  return {base::Cause::wrong_input, "publication." + std::move(code), {}, std::move(sentence), std::move(hint)};
}

base::Error refused(std::string code, std::string sentence) {
  return {base::Cause::refused,
          "publication." + std::move(code),
          {},
          std::move(sentence),
          "candour log decide CASE --publish yes|no|later --because TEXT --as NAME"};
}

}  // namespace

std::string_view word_of(PublicationChoice choice) {
  return std::find_if(choices.begin(), choices.end(), [&](const auto& each) { return each.second == choice; })->first;
}

std::optional<PublicationChoice> publication_choice_of(std::string_view word) {
  for (const auto& [name, choice] : choices)
    if (name == word) return choice;
  return std::nullopt;
}

base::Result<base::Done> record_decision(const std::filesystem::path& output, const PublicationDecision& decision) {
  if (base::trimmed(decision.by).empty() || !base::is_valid_utf8(decision.by))
    return base::fail(missing("no_name", "a decision needs the name of a person", "give it with --as NAME"));
  if (base::trimmed(decision.because).empty() || !base::is_valid_utf8(decision.because))
    return base::fail(missing("no_reason", "a decision needs its reason", "give it with --because TEXT"));
  if ((decision.choice == PublicationChoice::later) != decision.again_on.has_value())
    return base::fail(missing("no_day", "'later' goes with the day on which it is looked at again, and only 'later' does", "give it with --again-on DATE"));
  JournalEvent event{"publication",
                     {{"choice", std::string(word_of(decision.choice))},
                      {"because", decision.because},
                      {"name", decision.by},
                      {"on", base::to_iso(decision.on)},
                      {"final", decision.final.to_hex()}}};
  if (decision.again_on) event.facts.emplace_back("again_on", base::to_iso(*decision.again_on));
  return record(output, event);
}

base::Result<base::Done> check_publication(const std::filesystem::path& output, const base::Digest& final) {
  CANDOUR_TRY(events, read_journal(output));
  const JournalEvent* last = nullptr;
  bool recalled = false;
  for (const JournalEvent& event : events) {
    if (event.event == "recall" && event.fact("final") == final.to_hex()) recalled = true;
    if (event.event == "publication" && event.fact("final") == final.to_hex()) last = &event;
  }
  if (recalled) return base::fail(refused("recalled", "these files were recalled; what replaces them is another answer"));
  if (last == nullptr) return base::fail(refused("undecided", "nobody has decided whether these files are published"));
  const std::string choice = last->fact("choice");
  if (choice == "yes") return base::Done{};
  if (choice == "later") return base::fail(refused("decided_later", fmt::format("it was decided to look at publication again on {}", last->fact("again_on"))));
  return base::fail(refused("decided_no", "it was decided not to publish these files"));
}

}  // namespace candour::casework
