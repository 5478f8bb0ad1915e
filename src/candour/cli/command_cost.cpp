#include <candour/cli/command_cost.hpp>

#include <candour/casework/desks.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/law/cost.hpp>
#include <candour/request/case.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace candour::cli {
namespace {

base::ResultOrErrors<law::CostReading> cost_of(const request::Case& the_case) {
  std::vector<law::CostLine> lines;
  for (const request::CostItem& item : the_case.costs) {
    CANDOUR_TRY(activity, with_errors(law::activity_of(item.activity)));
    lines.push_back({item.question, activity, item.hours});
  }
  return with_errors(law::read_cost(lines, law::regime_of(the_case.authority.regime), the_case.authority.part));
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
    CANDOUR_TRY(reading, cost_of(the_case));
    print(console, reading);
    return ExitStatus::done;
  }

 private:
  static void print(Console& console, const law::CostReading& reading) {
    nlohmann::ordered_json activities = nlohmann::ordered_json::object();
    nlohmann::ordered_json questions = nlohmann::ordered_json::object();
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
    console.print(
        fmt::format("The limit is {} pounds at {} pounds an hour ({}).\n", reading.limit.limit_pounds, reading.limit.rate_pounds, reading.limit.regulations));
    console.print(reading.over
                      ? "The estimate is above the limit. Whether to rely on it is a named person's decision; section 16 asks for advice on what would fit.\n"
                      : "The estimate is within the limit.\n");
    console.print_json({{"regime", law::word_of(reading.limit.regime)},
                        {"part", reading.limit.part},
                        {"limit_pounds", reading.limit.limit_pounds},
                        {"rate_pounds", reading.limit.rate_pounds},
                        {"by_activity", activities},
                        {"by_question", questions},
                        {"sum", json_of(reading.all)},
                        {"left_out_hours", reading.left_out_hours.to_text()},
                        {"over", reading.over}});
  }

  std::filesystem::path case_;
  std::optional<std::filesystem::path> out_;
};

}  // namespace

std::unique_ptr<Command> make_cost_command() { return std::make_unique<CostCommand>(); }

}  // namespace candour::cli
