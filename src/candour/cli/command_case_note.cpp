#include <candour/base/text.hpp>
#include <candour/casework/case_events.hpp>
#include <candour/casework/case_journal.hpp>
#include <candour/casework/case_mirror.hpp>
#include <candour/casework/store/database.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/case_words.hpp>
#include <candour/cli/command_case.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace candour::cli {
namespace {

using casework::EventKind;
using casework::Recorded;
using Json = nlohmann::ordered_json;

base::Error missing(std::string_view event, std::string_view option, std::string_view what) {
  return {
      base::Cause::wrong_input, "command_line.wrong", {}, fmt::format("{} needs {}: {}", event, option, what), "candour case note --help shows what it takes"};
}

Json json_of(const Recorded& entry) {
  Json one{{"sequence", entry.sequence},
           {"on", base::to_iso(entry.happening.on)},
           {"written", entry.at},
           {"what", entry.happening.kind},
           {"by", entry.happening.by}};
  if (!entry.happening.why.empty()) one["why"] = entry.happening.why;
  for (const auto& [name, value] : entry.happening.facts) one["facts"][name] = value;
  one["digest"] = entry.digest.to_hex();
  return one;
}

Json json_of(const casework::Untold& line) {
  Json one{{"line", line.line}, {"on", base::to_iso(line.happening.on)}, {"what", line.happening.kind}, {"by", line.happening.by}};
  if (!line.happening.why.empty()) one["why"] = line.happening.why;
  for (const auto& [name, value] : line.happening.facts)
    if (name != "line") one["facts"][name] = value;
  return one;
}

std::string in_words(const casework::Happening& happening, const std::string& number) {
  std::string text = fmt::format("{:>4}  {}  {:<20} {}", number, base::to_iso(happening.on), happening.kind, happening.by);
  for (const auto& [name, value] : happening.facts)
    if (name != "letter" && name != "line") text += fmt::format(", {}: {}", name, value);
  if (!happening.why.empty()) text += ". " + happening.why;
  return text + "\n";
}
std::string in_words(const Recorded& entry) { return in_words(entry.happening, std::to_string(entry.sequence)); }

class CaseNoteCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    std::vector<std::string> words;
    for (const EventKind& kind : casework::event_kinds()) words.emplace_back(kind.word);
    std::vector<std::string> outcomes;
    for (const std::string_view word : casework::outcomes()) outcomes.emplace_back(word);
    parameters.argument("CASE", case_, "Folder of the case");
    parameters.argument_choice("EVENT", event_, words, "What happened");
    parameters.option("--as", "NAME", name_, "The officer who notes it", Presence::required);
    parameters.option("--on", "DATE", on_, "The day on which it happened (default: today)");
    parameters.option("--why", "TEXT", why_, "Why, in the officer's words; no names of people in the records, and not the requester's");
    parameters.option("--to", "NAME", to_, "assigned: who has the case from now on");
    parameters.option("--until", "DATE", until_, "extended: the date estimated for the decision");
    parameters.option_choice("--outcome", outcome_, outcomes, "answered: what became of the request; a person says it");
    parameters.option("--database", "PLACE", database_, database_sentence);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(happening, with_errors(happening_given()));
    CANDOUR_TRY(journal, with_errors(casework::CaseJournal::open(case_, casework::store::configured_database(database_))));
    CANDOUR_TRY(recorded, with_errors(journal.record({happening})));
    console.print(in_words(recorded.front()));
    console.print_json(json_of(recorded.front()));
    return ExitStatus::done;
  }

 private:
  base::Result<casework::Happening> happening_given() const {
    CANDOUR_TRY(on, day_given(on_, "--on"));
    CANDOUR_TRY(until, day_given(until_, "--until"));
    const auto kinds = casework::event_kinds();
    const EventKind& kind = *std::ranges::find(kinds, std::string_view(event_), &EventKind::word);
    if (kind.needs_why && base::trimmed(why_).empty()) return base::fail(missing(event_, "--why", "a reason in words"));
    if (kind.needs_person && base::trimmed(to_).empty()) return base::fail(missing(event_, "--to", "the name of the officer"));
    if (kind.needs_until && !until) return base::fail(missing(event_, "--until", "the day that is estimated"));
    if (kind.needs_outcome && outcome_.empty()) return base::fail(missing(event_, "--outcome", "what became of the request"));
    if (on && *on > base::today())
      return base::fail({base::Cause::wrong_input, "command_line.wrong", {}, fmt::format("--on is {}, which is still to come", base::to_iso(*on)), {}});
    casework::Happening happening{event_, on ? *on : base::today(), name_, why_, {}};
    if (kind.needs_person) happening.facts.emplace_back("to", to_);
    if (kind.needs_until) happening.facts.emplace_back("until", base::to_iso(*until));
    if (kind.needs_outcome) happening.facts.emplace_back("outcome", outcome_);
    return happening;
  }

  std::filesystem::path case_;
  std::string event_, name_, why_, to_, outcome_, database_;
  std::optional<std::string> on_, until_;
};

class CaseHistoryCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "Folder of the case");
    parameters.option("-o,--out", "FOLDER", out_, "Where the answer lies, if not in CASE/out: approvals and what else its own journal notes are listed too");
    parameters.option("--head", "ENTRY:DIGEST", head_, "A head that was noted before: is the journal still the one it was then?");
    parameters.option("--database", "PLACE", database_, database_sentence);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(noted, with_errors(head_given()));
    CANDOUR_TRY(journal, with_errors(casework::CaseJournal::open(case_, casework::store::configured_database(database_))));
    CANDOUR_TRY(verdict, with_errors(journal.verify(noted)));
    if (verdict.fault) {
      base::Error error = casework::store::damaged_log(journal.name(), *verdict.fault);
      return tl::make_unexpected(base::Errors{std::move(error)});
    }
    CANDOUR_TRY(entries, with_errors(journal.read()));
    Json list = Json::array();
    for (const Recorded& entry : entries) {
      console.print(in_words(entry));
      list.push_back(json_of(entry));
    }
    CANDOUR_TRY(untold, with_errors(casework::untold(entries, answer_folder(case_, out_))));
    Json answers = Json::array();
    for (const casework::Untold& line : untold) {
      console.print(in_words(line.happening, fmt::format("a{}", line.line)));
      answers.push_back(json_of(line));
    }
    if (!untold.empty()) console.print("Numbers with an a are lines of the answer's own journal, private/journal.jsonl; they hold too.\n");
    const std::string head = fmt::format("{}:{}", verdict.head.sequence, verdict.head.digest.to_hex());
    console.print(fmt::format("As it was written: {} entries{}. Head: {}\n", verdict.entries,
                              static_cast<std::size_t>(verdict.entries) == entries.size() ? "" : " of all cases", head));
    console.print_json({{"reference", journal.reference()}, {"entries", list}, {"of_the_answer", answers}, {"head", head}});
    return ExitStatus::done;
  }

 private:
  base::Result<std::optional<casework::store::Head>> head_given() const {
    if (!head_) return std::optional<casework::store::Head>();
    const auto colon = head_->find(':');
    const auto digest = colon == std::string::npos ? std::nullopt : casework::store::digest_from_hex(head_->substr(colon + 1));
    const std::string number = head_->substr(0, std::min(colon, head_->size()));
    if (!digest || number.empty() || number.size() > 15 || number.find_first_not_of("0123456789") != std::string::npos)
      return base::fail({base::Cause::wrong_input,
                         "command_line.wrong",
                         {},
                         "--head is not what candour case history printed, expected a number, a colon and 64 digits",
                         {}});
    return std::optional(casework::store::Head{std::stoll(number), *digest});
  }

  std::filesystem::path case_;
  std::optional<std::filesystem::path> out_;
  std::optional<std::string> head_;
  std::string database_;
};

}  // namespace

std::unique_ptr<Command> make_case_note_command() { return std::make_unique<CaseNoteCommand>(); }
std::unique_ptr<Command> make_case_history_command() { return std::make_unique<CaseHistoryCommand>(); }

}  // namespace candour::cli
