#include <candour/base/files.hpp>
#include <candour/base/moment.hpp>
#include <candour/casework/calendar.hpp>
#include <candour/casework/case_state.hpp>
#include <candour/casework/statistics.hpp>
#include <candour/casework/store/database.hpp>
#include <candour/cli/case_words.hpp>
#include <candour/cli/command_case.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace candour::cli {
namespace {

using casework::CaseState;
using Json = nlohmann::ordered_json;

Json day_or_nothing(const std::optional<base::Date>& day) { return day ? Json(base::to_iso(*day)) : Json(); }

Json json_of(const CaseState& state) {
  Json one{{"reference", state.head.reference},
           {"subject", state.head.subject},
           {"received", base::to_iso(state.head.received)},
           {"stage", word_of(state.stage)},
           {"due", day_or_nothing(state.due)}};
  one["working_days_left"] = state.working_days_left ? Json(*state.working_days_left) : Json();
  one["urgency"] = word_of(state.urgency);
  one["who"] = state.who.empty() ? Json() : Json(state.who);
  one["waits_for"] = state.waits_for;
  one["extended_to"] = day_or_nothing(state.extended_to);
  one["answered_on"] = day_or_nothing(state.answered_on);
  one["outcome"] = state.outcome.empty() ? Json() : Json(state.outcome);
  one["next"] = state.hints;
  return one;
}

struct Found {
  std::vector<CaseState> states;
  std::vector<casework::BrokenCase> broken;
};

/// All cases below a folder, the soonest due first, then those whose clock stands still; and those that cannot be read.
base::Result<Found> states_in(const std::filesystem::path& folder, const std::string& database) {
  CANDOUR_TRY(cases, casework::cases_in(folder));
  casework::CaseJournals journals(casework::store::configured_database(database));
  Found found{{}, std::move(cases.broken)};
  std::vector<CaseState>& states = found.states;
  for (const casework::CaseHead& head : cases.cases) {
    auto state = casework::read_state(head, journals, base::today());
    if (state) states.push_back(*std::move(state));
    else if (state.error().cause == base::Cause::could_not_finish || state.error().cause == base::Cause::holding_unreachable)
      return base::fail(std::move(state).error());  // the database, not the case
    else found.broken.push_back({head.folder, std::move(state).error()});
  }
  std::ranges::stable_sort(states, [](const CaseState& a, const CaseState& b) {
    if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
    return a.due && *a.due != *b.due ? *a.due < *b.due : a.head.reference < b.head.reference;
  });
  return found;
}

class CaseListCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("FOLDER", folder_, "The folder that holds the cases (default: the current one)", Presence::optional);
    parameters.flag("--all", all_, "Also those that are answered or withdrawn");
    parameters.option("--ical", "FILE", calendar_, "Write the due days as an iCalendar with alarms two weeks and two days before");
    parameters.option("--database", "PLACE", database_, database_sentence);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(found, with_errors(states_in(folder_.empty() ? "." : folder_, database_)));
    std::vector<CaseState>& states = found.states;
    if (calendar_) CANDOUR_TRY_DONE(with_errors(base::write_file_whole(*calendar_, calendar_of(states, base::now_in_utc()))));
    if (!all_) std::erase_if(states, [](const CaseState& state) { return !is_open(state); });
    Json list = Json::array();
    if (!states.empty()) console.print(fmt::format("{:<18} {:<11} {:>5}  {:<20} {:<40} {}\n", "reference", "due", "left", "who", "waits for", "subject"));
    for (const CaseState& state : states) {
      list.push_back(json_of(state));
      console.print(fmt::format("{:<18} {:<11} {:>5}  {:<20} {:<40} {}{}\n", state.head.reference, state.due ? base::to_iso(*state.due) : "stopped",
                                state.working_days_left ? fmt::format("{}", *state.working_days_left) : "-", state.who.empty() ? "nobody" : state.who,
                                state.waits_for, state.head.subject.empty() ? "(no subject)" : state.head.subject,
                                state.urgency == casework::Urgency::none ? "" : fmt::format("  ** {} **", word_of(state.urgency))));
    }
    if (states.empty()) console.print("No case is open here.\n");
    print_broken(console, found.broken, std::move(list));
    return found.broken.empty() ? ExitStatus::done : ExitStatus::wrong_input;
  }

 private:
  // Each with its one line; what is not listed above has no due day that anybody watches.
  static void print_broken(Console& console, const std::vector<casework::BrokenCase>& broken, Json cases) {
    Json list = Json::array();
    for (const casework::BrokenCase& each : broken) {
      base::Error line = each.error;
      line.hint.clear();
      console.print(fmt::format("{:<18} broken: {}\n", each.folder.filename().string(), base::to_text(line)));
      list.push_back({{"folder", each.folder.string()}, {"code", line.code}, {"error", base::to_text(line)}});
    }
    Json document{{"cases", std::move(cases)}};
    if (!list.empty()) document["broken"] = std::move(list);
    console.print_json(document);
  }

  std::filesystem::path folder_;
  bool all_ = false;
  std::optional<std::filesystem::path> calendar_;
  std::string database_;
};

class CaseStatusCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "Folder of the case, or its case.toml");
    parameters.option("--database", "PLACE", database_, database_sentence);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(head, with_errors(casework::read_case_head(case_)));
    CANDOUR_TRY(state, with_errors(casework::read_state(head, casework::store::configured_database(database_), base::today())));
    const auto line = [&](std::string_view name, std::string_view text) { console.print(fmt::format("{:<14} {}\n", name, text)); };
    line("Case:", head.reference + (head.subject.empty() ? "" : ", " + head.subject));
    line("Received:", base::to_words(head.received));
    line("Stage:", word_of(state.stage));
    if (state.due)
      line("Due:", fmt::format("{}, {} working days {}", base::to_words(*state.due), std::abs(*state.working_days_left),
                               *state.working_days_left < 0 ? "ago" : "left"));
    else if (is_open(state)) line("Due:", "the clock stands still");
    if (state.urgency != casework::Urgency::none) line("Warning:", word_of(state.urgency));
    if (state.extended_to) line("Extended to:", base::to_words(*state.extended_to));
    if (state.answered_on) line("Answered:", base::to_words(*state.answered_on) + (state.outcome.empty() ? "" : ", " + state.outcome));
    line("Who has it:", state.who.empty() ? "nobody" : state.who);
    line("Waits for:", state.waits_for);
    for (const std::string& hint : state.hints) line("Next:", hint);
    console.print_json(json_of(state));
    return ExitStatus::done;
  }

 private:
  std::filesystem::path case_;
  std::string database_;
};

class CaseStatisticsCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("FOLDER", folder_, "The folder that holds the cases (default: the current one)", Presence::optional);
    parameters.option("--authority", "NAME", authority_, "The authority's name, as the public file shows it", Presence::required);
    parameters.option("-o,--out", "FILE", out_, "Write the public file (JSON); left out, it goes to standard output");
    parameters.option("--page", "FILE", page_, "Write a private page with charts of workload and timeliness");
    parameters.option("--from", "DATE", from_, "The first quarter is that of this day (default: that of the first request)");
    parameters.option("--to", "DATE", to_, "The last quarter is that of this day (default: today)");
    parameters.option("--database", "PLACE", database_, database_sentence);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(found, with_errors(states_in(folder_.empty() ? "." : folder_, database_)));
    if (!found.broken.empty()) return with_errors<ExitStatus>(base::fail(found.broken.front().error));  // a public figure leaves no case out
    const std::vector<CaseState>& states = found.states;
    CANDOUR_TRY(from, with_errors(day_given(from_, "--from")));
    CANDOUR_TRY(to, with_errors(day_given(to_, "--to")));
    const base::Date last = to ? *to : base::today();
    base::Date first = from ? *from : last;
    if (!from)
      for (const CaseState& state : states) first = std::min(first, state.head.received);
    const auto periods = casework::count_cases(states, casework::quarters(first, last));
    const std::string text = casework::statistics_json(authority_, periods);
    if (out_) CANDOUR_TRY_DONE(with_errors(base::write_file_whole(*out_, text)));
    if (page_)
      CANDOUR_TRY_DONE(
          with_errors(base::write_file_whole(*page_, casework::workload_page(authority_, periods, states, base::today()), base::FileAccess::owner_only)));
    console.print(out_ ? fmt::format("{} cases in {} quarters: {}\n", states.size(), periods.size(), out_->string()) : text);
    console.print_json(Json::parse(text));
    return ExitStatus::done;
  }

 private:
  std::filesystem::path folder_;
  std::string authority_, database_;
  std::optional<std::filesystem::path> out_, page_;
  std::optional<std::string> from_, to_;
};

}  // namespace

std::unique_ptr<Command> make_case_list_command() { return std::make_unique<CaseListCommand>(); }
std::unique_ptr<Command> make_case_status_command() { return std::make_unique<CaseStatusCommand>(); }
std::unique_ptr<Command> make_case_statistics_command() { return std::make_unique<CaseStatisticsCommand>(); }

}  // namespace candour::cli
