#include <candour/cli/command_cost.hpp>

#include <candour/base/text.hpp>
#include <candour/casework/desks.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/law/aggregation.hpp>
#include <candour/law/cost.hpp>
#include <candour/notice/priced_work.hpp>
#include <candour/request/case.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace candour::cli {
namespace {

// The ledger of a case, read.
struct Ledger {
  law::CostReading own;
  law::AggregationReading others;
  bool over = false;  ///< with what is added up
  std::vector<law::NarrowingOption> options;
};

std::vector<law::OtherRequest> others_of(const request::Case& the_case) {
  std::vector<law::OtherRequest> others;
  for (const request::EarlierRequest& one : the_case.earlier_requests)
    others.push_back({one.reference, one.received, law::asked_by_of(one.asked_by), one.similar, one.hours});
  return others;
}

base::ResultOrErrors<Ledger> ledger_of(const request::Case& the_case) {
  const law::Regime regime = law::regime_of(the_case.authority.regime);
  const std::string& part = the_case.authority.part;
  std::vector<law::PricedWork> work = notice::priced_work(the_case);
  std::vector<law::CostLine> lines;
  for (const law::PricedWork& one : work) lines.push_back(one.line);
  Ledger ledger;
  CANDOUR_TRY(own, with_errors(law::read_cost(lines, regime, part)));
  CANDOUR_TRY(others, with_errors(law::read_aggregation(the_case.received, others_of(the_case), regime)));
  if (!others.hours.is_zero()) {
    lines.push_back({"", law::CostActivity::locating, others.hours, {}});
    work.push_back({lines.back(), {}});
  }
  CANDOUR_TRY(together, with_errors(law::read_cost(lines, regime, part)));
  CANDOUR_TRY(options, with_errors(law::narrowing_options(work, regime, part, 3)));
  return Ledger{std::move(own), std::move(others), together.over, std::move(options)};
}

std::string line_of(std::string_view name, const law::CostSum& sum) {
  return fmt::format("  {:<14}{:>10} h {:>12} pounds\n", name, sum.hours.to_text(), sum.pounds.to_text());
}

nlohmann::ordered_json json_of(const law::CostSum& sum) { return {{"hours", sum.hours.to_text()}, {"pounds", sum.pounds.to_text()}}; }

class CostCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "Folder of the case, or its case.toml; its [[cost]] parts are added up, and the hours that a handover brought");
    parameters.option("-o,--out", "FOLDER", out_, "Where the answer lies, if not in CASE/out");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(the_case, request::load_case(case_));
    CANDOUR_TRY(hours, casework::handed_over_hours(answer_folder(the_case.folder, out_)));
    the_case.costs.insert(the_case.costs.end(), hours.begin(), hours.end());
    CANDOUR_TRY(ledger, ledger_of(the_case));
    print(console, the_case, ledger);
    return ExitStatus::done;
  }

 private:
  static void print(Console& console, const request::Case& the_case, const Ledger& ledger) {
    const law::CostReading& reading = ledger.own;
    nlohmann::ordered_json activities = nlohmann::ordered_json::object();
    nlohmann::ordered_json questions = nlohmann::ordered_json::object();
    nlohmann::ordered_json lines = print_lines(console, the_case);
    console.print("By activity\n");
    for (const auto& [activity, sum] : reading.by_activity) {
      console.print(line_of(law::word_of(activity), sum));
      activities[std::string(law::word_of(activity))] = json_of(sum);
    }
    if (!reading.left_out_hours.is_zero()) console.print(fmt::format("  {} h do not count under this Act\n", reading.left_out_hours.to_text()));
    console.print("By question\n");
    for (const auto& [question, sum] : reading.by_question) {
      console.print(line_of(question, sum));
      questions[question] = json_of(sum);
    }
    console.print(fmt::format("All questions together, as the law adds them up\n{}", line_of("sum", reading.all)));
    nlohmann::ordered_json others = print_others(console, ledger.others);
    console.print(
        fmt::format("The limit is {} pounds at {} pounds an hour ({}).\n", reading.limit.limit_pounds, reading.limit.rate_pounds, reading.limit.regulations));
    console.print(ledger.over
                      ? "The estimate is above the limit. Whether to rely on it is a named person's decision; section 16 asks for advice on what would fit.\n"
                      : "The estimate is within the limit.\n");
    nlohmann::ordered_json options = print_options(console, ledger);
    console.print_json({{"regime", law::word_of(reading.limit.regime)},
                        {"part", reading.limit.part},
                        {"limit_pounds", reading.limit.limit_pounds},
                        {"rate_pounds", reading.limit.rate_pounds},
                        {"lines", std::move(lines)},
                        {"by_activity", activities},
                        {"by_question", questions},
                        {"sum", json_of(reading.all)},
                        {"left_out_hours", reading.left_out_hours.to_text()},
                        {"added_up", std::move(others)},
                        {"over", ledger.over},
                        {"options", std::move(options)}});
  }

  // The ledger line by line; what does not count is listed and adds nothing.
  static nlohmann::ordered_json print_lines(Console& console, const request::Case& the_case) {
    nlohmann::ordered_json lines = nlohmann::ordered_json::array();
    if (!the_case.costs.empty()) console.print("Ledger\n");
    for (const request::CostItem& item : the_case.costs) {
      const bool counts = law::activity_of(item.activity).has_value();
      std::string work = item.method;
      if (item.units && item.minutes) work = fmt::format("{} {} at {} minutes, {}", *item.units, item.unit, item.minutes->to_text(), item.method);
      if (item.sample) work += fmt::format("; {} timed", *item.sample);
      if (item.measured_on) work += fmt::format("; {}", base::to_iso(*item.measured_on));
      if (!item.measured_by.empty()) work += fmt::format("; {}", item.measured_by);
      console.print(
          fmt::format("  question {:<4} {:<22}{:>8} h  {}{}\n", item.question, item.activity, item.hours.to_text(), counts ? "" : "not counted: ", work));
      nlohmann::ordered_json line{{"question", item.question}, {"activity", item.activity}, {"hours", item.hours.to_text()},
                                  {"counts", counts},          {"method", item.method},     {"measured_by", item.measured_by}};
      if (item.units) line["units"] = *item.units;
      if (item.minutes) line["minutes"] = item.minutes->to_text();
      if (item.sample) line["sample"] = *item.sample;
      if (item.measured_on) line["measured_on"] = base::to_iso(*item.measured_on);
      lines.push_back(std::move(line));
    }
    return lines;
  }

  static nlohmann::ordered_json print_others(Console& console, const law::AggregationReading& others) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    if (!others.requests.empty()) console.print("Earlier requests\n");
    for (const law::Aggregated& one : others.requests) {
      console.print(fmt::format("  {}, received {}, {} h: {}. {}\n", one.request.reference, base::to_iso(one.request.received), one.request.hours.to_text(),
                                one.adds_up ? "added up" : "not added up", one.why));
      list.push_back({{"reference", one.request.reference},
                      {"received", base::to_iso(one.request.received)},
                      {"hours", one.request.hours.to_text()},
                      {"adds_up", one.adds_up},
                      {"why", one.why}});
    }
    return list;
  }

  static nlohmann::ordered_json print_options(Console& console, const Ledger& ledger) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    if (!ledger.options.empty()) console.print("What would fit\n");
    for (const law::NarrowingOption& option : ledger.options) {
      std::vector<std::string> dropped;
      nlohmann::ordered_json things = nlohmann::ordered_json::array();
      for (const law::Droppable& thing : option.dropped) {
        dropped.push_back(fmt::format("{} {}", law::word_of(thing.kind), thing.name));
        things.push_back({{"kind", law::word_of(thing.kind)}, {"name", thing.name}});
      }
      console.print(fmt::format("  without {}: {} h, {} pounds; saves {} h\n", base::listed(dropped), option.remaining.hours.to_text(),
                                option.remaining.pounds.to_text(), option.saved.hours.to_text()));
      list.push_back({{"dropped", std::move(things)}, {"remaining", json_of(option.remaining)}, {"saved", json_of(option.saved)}});
    }
    if (ledger.over && ledger.options.empty()) console.print("Nothing that the ledger names could be dropped to make it fit.\n");
    return list;
  }

  std::filesystem::path case_;
  std::optional<std::filesystem::path> out_;
};

}  // namespace

std::unique_ptr<Command> make_cost_command() { return std::make_unique<CostCommand>(); }

}  // namespace candour::cli
