#include <candour/cli/command_clock.hpp>

#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/law/clock.hpp>
#include <candour/request/case.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <optional>

namespace candour::cli {
namespace {

using base::Date;

// "Monday 1 July 2024".
std::string in_words(Date day) {
  static constexpr std::array<std::string_view, 7> names{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  return fmt::format("{} {}", names[std::chrono::weekday{std::chrono::sys_days{day}}.c_encoding()], base::to_words(day));
}

base::Result<std::optional<Date>> date_of(const std::optional<std::string>& text, std::string_view option) {
  if (!text) return std::optional<Date>();
  const auto day = base::parse_iso_date(*text);
  if (!day)
    return base::fail({base::Cause::wrong_input, "command_line.wrong", {}, fmt::format("{} is '{}', expected a day such as 2024-07-01", option, *text), {}});
  return std::optional<Date>(*day);
}

class ClockCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "Folder of the case, or its case.toml; says when the request was received and under which Act", Presence::optional);
    parameters.option("--received", "DATE", received_, "Day of receipt, in place of a case");
    parameters.option_choice("--regime", regime_, {"FOIA", "FOISA"}, "The Act, in place of a case (default: FOIA)");
    parameters.option("--clarified", "DATE", clarified_, "Day on which the detail that was asked for came in: the clock starts anew");
    parameters.option("--fees-notice", "DATE", fees_notice_, "Day on which a fees notice went out");
    parameters.option("--fees-paid", "DATE", fees_paid_, "Day on which the fee came in");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(events, events_and_regime());
    CANDOUR_TRY(reading, with_errors(law::read_clock(events, law::regime_of(regime_))));
    const Date today = base::today();
    // Before receipt, after the last day and after the years of the table nothing is said about how much time is left.
    const auto left = law::working_days_after(today, reading.answer_due, reading.regime);
    const auto late = law::working_days_after(reading.answer_due, today, reading.regime);
    print(console, events, reading, left && late && *late == 0 && events.received <= today ? std::optional<int>(*left) : std::nullopt, today);
    return ExitStatus::done;
  }

 private:
  base::ResultOrErrors<law::ClockEvents> events_and_regime() {
    law::ClockEvents events;
    CANDOUR_TRY(received, with_errors(date_of(received_, "--received")));
    if (case_.empty() != received.has_value())
      return tl::make_unexpected(base::Errors{{base::Cause::wrong_input,
                                               "command_line.wrong",
                                               {},
                                               "a case or --received is expected, and only one of them",
                                               "candour clock --help shows what it takes"}});
    if (received) events.received = *received;
    if (!case_.empty()) {
      CANDOUR_TRY(the_case, request::load_case(case_));
      events.received = the_case.received;
      regime_ = the_case.authority.regime;
    }
    CANDOUR_TRY(clarified, with_errors(date_of(clarified_, "--clarified")));
    CANDOUR_TRY(notice, with_errors(date_of(fees_notice_, "--fees-notice")));
    CANDOUR_TRY(paid, with_errors(date_of(fees_paid_, "--fees-paid")));
    events.clarified = clarified;
    events.fees_notice = notice;
    events.fees_paid = paid;
    return events;
  }

  static void print(Console& console, const law::ClockEvents& events, const law::ClockReading& reading, std::optional<int> left, Date today) {
    console.print(fmt::format("Received:      {}\n", in_words(events.received)));
    if (reading.starts != events.received) console.print(fmt::format("Clarified:     {}: the clock starts anew\n", in_words(reading.starts)));
    console.print(fmt::format("Answer due:    promptly, and by {} (day 20)\n", in_words(reading.answer_due)));
    if (reading.extended)
      console.print(fmt::format(
          "More time:     only to weigh the public interest of a qualified exemption: notice with an estimated date by day 20, decision by {} (day 40)\n",
          in_words(*reading.extended)));
    if (reading.aggregation_ends)
      console.print(fmt::format("Adding up:     like requests received by {} can count towards one cost limit\n", in_words(*reading.aggregation_ends)));
    nlohmann::ordered_json skipped = nlohmann::ordered_json::array();
    for (const law::SkippedDay& day : reading.skipped) {
      console.print(fmt::format("Not counted:   {}: {}\n", in_words(day.day), day.why));
      skipped.push_back({{"day", base::to_iso(day.day)}, {"why", day.why}});
    }
    if (left) console.print(fmt::format("Today:         {}: {} working {} left\n", in_words(today), *left, *left == 1 ? "day" : "days"));
    nlohmann::ordered_json document{{"regime", law::word_of(reading.regime)},
                                    {"received", base::to_iso(events.received)},
                                    {"starts", base::to_iso(reading.starts)},
                                    {"answer_due", base::to_iso(reading.answer_due)}};
    document["extended"] = reading.extended ? nlohmann::ordered_json(base::to_iso(*reading.extended)) : nlohmann::ordered_json();
    document["aggregation_ends"] = reading.aggregation_ends ? nlohmann::ordered_json(base::to_iso(*reading.aggregation_ends)) : nlohmann::ordered_json();
    document["not_counted"] = skipped;
    document["working_days_left"] = left ? nlohmann::ordered_json(*left) : nlohmann::ordered_json();
    console.print_json(document);
  }

  std::filesystem::path case_;
  std::optional<std::string> received_;
  std::string regime_ = "FOIA";
  std::optional<std::string> clarified_;
  std::optional<std::string> fees_notice_;
  std::optional<std::string> fees_paid_;
};

}  // namespace

std::unique_ptr<Command> make_clock_command() { return std::make_unique<ClockCommand>(); }

}  // namespace candour::cli
