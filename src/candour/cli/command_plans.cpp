#include <candour/cli/command_plans.hpp>

#include <candour/answer/answer.hpp>
#include <candour/base/stop.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/register_place.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace candour::cli {
namespace {

using answer::PlanReport;
using answer::PopulationPlans;
using answer::QuestionReport;

std::string per_cent(std::int64_t per_billion) { return fmt::format("{:.1f} %", 1e-7 * static_cast<double>(per_billion)); }

std::string in_words(std::int64_t plans) {
  return plans == std::numeric_limits<std::int64_t>::max() ? fmt::format("more than {}", plans) : fmt::format("{}", plans);
}

std::string text_of(const PlanReport& plan, std::size_t number) {
  std::string text = fmt::format("  plan {}: {} of the detail asked for; {} {} with {} figures\n", number, per_cent(plan.detail_share), plan.tables,
                                 plan.tables == 1 ? "table" : "tables", plan.figures);
  for (const QuestionReport& report : plan.questions) {
    text += fmt::format("    question {}: {}\n", report.question, report.given);
    for (const std::string& kept : report.kept) text += fmt::format("      {}\n", kept);
    for (const std::string& reason : report.reasons) text += fmt::format("      - {}\n", reason);
  }
  return text;
}

nlohmann::ordered_json json_of(const PlanReport& plan, std::size_t number) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const QuestionReport& report : plan.questions) {
    nlohmann::ordered_json one{{"question", report.question}, {"given", report.given}, {"kept", report.kept}};
    if (!report.reasons.empty()) one["not_taken"] = report.reasons;
    list.push_back(std::move(one));
  }
  return {{"plan", number}, {"share_per_billion", plan.detail_share}, {"tables", plan.tables}, {"figures", plan.figures}, {"questions", std::move(list)}};
}

class PlansCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "The folder of the case, or its case.toml");
    parameters.option("--register", "PLACE", register_,
                      "The register of releases that the plans must stand beside, as for candour answer (default: CANDOUR_REGISTER, then [register] of the "
                      "case file; without any nothing earlier is known)");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const base::StopOnInterrupt stop;
    CANDOUR_TRY(earlier, earlier_releases(register_, case_));
    CANDOUR_TRY(populations, answer::plans_of_case({case_, std::nullopt, std::move(earlier)}));
    nlohmann::ordered_json document = nlohmann::ordered_json::array();
    for (const PopulationPlans& plans : populations) {
      console.print(fmt::format("population {}: {} plans tried; there are {}\n", plans.population, plans.plans_tried, in_words(plans.plans_in_all)));
      nlohmann::ordered_json list = nlohmann::ordered_json::array();
      for (std::size_t i = 0; i < plans.plans.size(); ++i) {
        console.print(text_of(plans.plans[i], i + 1));
        list.push_back(json_of(plans.plans[i], i + 1));
      }
      for (const std::string& note : plans.notes) console.print(note + "\n");
      document.push_back({{"population", plans.population},
                          {"plans", std::move(list)},
                          {"plans_tried", plans.plans_tried},
                          {"plans_in_all", plans.plans_in_all},
                          {"bound_per_billion", plans.bound},
                          {"notes", plans.notes}});
    }
    console.print_json(document);
    return ExitStatus::done;
  }

 private:
  std::filesystem::path case_;
  std::string register_;
};

}  // namespace

std::unique_ptr<Command> make_plans_command() { return std::make_unique<PlansCommand>(); }

}  // namespace candour::cli
