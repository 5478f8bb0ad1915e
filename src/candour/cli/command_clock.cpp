#include <candour/cli/command_clock.hpp>

#include <candour/casework/case_clock.hpp>
#include <candour/casework/store/database.hpp>
#include <candour/cli/case_words.hpp>
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
    parameters.option_choice("--regime", regime_, {"FOIA", "FOISA", "EIR"}, "The law, in place of a case (default: FOIA)");
    parameters.option("--clarification-asked", "DATE", clarification_asked_,
                      "Day on which further detail was asked for: the clock stands still until it comes in");
    parameters.option("--clarified", "DATE", clarified_, "Day on which the detail that was asked for came in: the clock starts anew");
    parameters.option("--fees-notice", "DATE", fees_notice_, "Day on which a fees notice went out");
    parameters.option("--fees-paid", "DATE", fees_paid_, "Day on which the fee came in");
    parameters.option("--extension-notice", "DATE", extension_notice_, "Day of the notice that the public interest is still being weighed");
    parameters.option("--extension-until", "DATE", extension_until_, "The day that this notice estimates");
    parameters.option("--review-asked", "DATE", review_asked_, "Day on which an internal review was asked for");
    parameters.flag("--days", days_, "Show the sum day by day");
    parameters.option("--database", "PLACE", database_, database_sentence);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(events, events_and_regime());
    CANDOUR_TRY(reading, with_errors(law::read_clock(events, law::regime_of(regime_))));
    const Date today = base::today();
    // Before receipt, after the last day and after the years of the table nothing is said about how much time is left.
    const auto left = law::working_days_after(today, due(reading), reading.regime);
    const auto late = law::working_days_after(due(reading), today, reading.regime);
    print(console, events, reading, left && late && *late == 0 && events.received <= today ? std::optional<int>(*left) : std::nullopt, today);
    return ExitStatus::done;
  }

 private:
  static Date due(const law::ClockReading& reading) { return reading.due_after_extension.value_or(reading.answer_due); }

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
      CANDOUR_TRY(of_case, with_errors(casework::clock_of_case(case_, casework::store::configured_database(database_))));
      events = of_case;
      regime_ = the_case.authority.regime;
    }
    const std::pair<const std::optional<std::string>*, std::pair<std::string_view, std::optional<Date>*>> given[] = {
        {&clarification_asked_, {"--clarification-asked", &events.clarification_asked}},
        {&clarified_, {"--clarified", &events.clarified}},
        {&fees_notice_, {"--fees-notice", &events.fees_notice}},
        {&fees_paid_, {"--fees-paid", &events.fees_paid}},
        {&extension_notice_, {"--extension-notice", &events.extension_notice}},
        {&extension_until_, {"--extension-until", &events.extension_until}},
        {&review_asked_, {"--review-asked", &events.review_asked}}};
    for (const auto& [text, place] : given) {
      CANDOUR_TRY(day, with_errors(date_of(*text, place.first)));
      if (day) *place.second = day;
    }
    return events;
  }

  void print(Console& console, const law::ClockEvents& events, const law::ClockReading& reading, std::optional<int> left, Date today) const {
    console.print(fmt::format("Received:      {}\n", in_words(events.received)));
    if (events.clarified) console.print(fmt::format("Clarified:     {}: the clock starts anew\n", in_words(reading.starts)));
    console.print(fmt::format("Answer due:    promptly, and by {} (day 20)\n", in_words(reading.answer_due)));
    print_more_time(console, events, reading);
    if (reading.aggregation_ends)
      console.print(fmt::format("Adding up:     like requests received by {} can count towards one cost limit\n", in_words(*reading.aggregation_ends)));
    nlohmann::ordered_json skipped = nlohmann::ordered_json::array();
    for (const law::SkippedDay& day : reading.skipped) {
      console.print(fmt::format("Not counted:   {}: {}\n", in_words(day.day), day.why));
      skipped.push_back({{"day", base::to_iso(day.day)}, {"why", day.why}});
    }
    if (reading.review_due)
      console.print(
          fmt::format("Review due:    {}{}\n", in_words(*reading.review_due),
                      reading.complex_review_due ? fmt::format("; where it is complex by {}", in_words(*reading.complex_review_due)) : std::string()));
    if (left) console.print(fmt::format("Today:         {}: {} working {} left\n", in_words(today), *left, *left == 1 ? "day" : "days"));
    if (days_) print_days(console, reading);
    console.print_json(document_of(events, reading, std::move(skipped), left));
  }

  static void print_more_time(Console& console, const law::ClockEvents& events, const law::ClockReading& reading) {
    if (reading.due_after_extension)
      return console.print(
          fmt::format("Extended:      notice of {}, decision by {}\n", in_words(*events.extension_notice), in_words(*reading.due_after_extension)));
    if (!reading.extended) return;
    const std::string_view when = reading.regime == law::Regime::eir
                                      ? "only where a request is both complex and voluminous (reg. 7): notice by day 20, answer"
                                      : "only to weigh the public interest of a qualified exemption: notice with an estimated date by day 20, decision";
    console.print(fmt::format("More time:     {} by {} (day 40)\n", when, in_words(*reading.extended)));
  }

  // "day  1  Tuesday 2 July 2024"; a day that does not count has its reason in place of a number.
  static void print_days(Console& console, const law::ClockReading& reading) {
    console.print(fmt::format("day  0  {}\n", in_words(reading.starts)));
    for (const law::CountedDay& day : reading.days)
      console.print(day.why.empty() ? fmt::format("day {:>2}  {}\n", day.number, in_words(day.day))
                                    : fmt::format("        {}: {}\n", in_words(day.day), day.why));
  }

  nlohmann::ordered_json document_of(const law::ClockEvents& events, const law::ClockReading& reading, nlohmann::ordered_json skipped,
                                     std::optional<int> left) const {
    const auto day_or_null = [](const std::optional<Date>& day) { return day ? nlohmann::ordered_json(base::to_iso(*day)) : nlohmann::ordered_json(); };
    nlohmann::ordered_json document{{"regime", law::word_of(reading.regime)},
                                    {"received", base::to_iso(events.received)},
                                    {"starts", base::to_iso(reading.starts)},
                                    {"answer_due", base::to_iso(reading.answer_due)}};
    document["extended"] = day_or_null(reading.extended);
    document["extended_until"] = day_or_null(reading.due_after_extension);
    document["aggregation_ends"] = day_or_null(reading.aggregation_ends);
    document["review_due"] = day_or_null(reading.review_due);
    document["complex_review_due"] = day_or_null(reading.complex_review_due);
    document["not_counted"] = std::move(skipped);
    document["working_days_left"] = left ? nlohmann::ordered_json(*left) : nlohmann::ordered_json();
    if (!days_) return document;
    nlohmann::ordered_json days = nlohmann::ordered_json::array();
    for (const law::CountedDay& day : reading.days) {
      nlohmann::ordered_json one{{"day", base::to_iso(day.day)}, {"number", day.why.empty() ? nlohmann::ordered_json(day.number) : nlohmann::ordered_json()}};
      if (!day.why.empty()) one["why"] = day.why;
      days.push_back(std::move(one));
    }
    document["days"] = std::move(days);
    return document;
  }

  std::filesystem::path case_;
  std::optional<std::string> received_;
  std::string regime_ = "FOIA";
  std::optional<std::string> clarification_asked_;
  std::optional<std::string> clarified_;
  std::optional<std::string> fees_notice_;
  std::optional<std::string> fees_paid_;
  std::optional<std::string> extension_notice_;
  std::optional<std::string> extension_until_;
  std::optional<std::string> review_asked_;
  bool days_ = false;
  std::string database_;
};

}  // namespace

std::unique_ptr<Command> make_clock_command() { return std::make_unique<ClockCommand>(); }

}  // namespace candour::cli
