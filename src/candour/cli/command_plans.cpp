#include <candour/cli/command_plans.hpp>

#include <candour/answer/answer.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace candour::cli {
namespace {

using answer::PopulationPlans;
using answer::QuestionReport;

std::string text_of(const std::vector<QuestionReport>& plan, std::string_view indent) {
  std::string text;
  for (const QuestionReport& report : plan) {
    text += fmt::format("{}question {}: {}\n", indent, report.question, report.given);
    for (const std::string& reason : report.reasons) text += fmt::format("{}  - {}\n", indent, reason);
  }
  return text;
}

nlohmann::ordered_json json_of(const std::vector<QuestionReport>& plan) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const QuestionReport& report : plan) {
    nlohmann::ordered_json one{{"question", report.question}, {"given", report.given}};
    if (!report.reasons.empty()) one["not_taken"] = report.reasons;
    list.push_back(std::move(one));
  }
  return list;
}

class PlansCommand final : public Command {
 public:
  void describe(Parameters& parameters) override { parameters.argument("CASE", case_, "The folder of the case, or its case.toml"); }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(populations, answer::plans_of_case({case_}));
    nlohmann::ordered_json document = nlohmann::ordered_json::array();
    for (const PopulationPlans& plans : populations) {
      console.print(fmt::format("population {}: {} plans tried\nthe most detailed plan that certifies:\n{}", plans.population, plans.plans_tried,
                                text_of(plans.best, "  ")));
      nlohmann::ordered_json front = nlohmann::ordered_json::array();
      for (std::size_t i = 0; i < plans.front.size(); ++i) {
        console.print(fmt::format("other safe plan {}, nothing hidden, more of one thing and less of another:\n{}", i + 1, text_of(plans.front[i], "  ")));
        front.push_back(json_of(plans.front[i]));
      }
      for (const std::string& note : plans.notes) console.print(note + "\n");
      document.push_back({{"population", plans.population},
                          {"best", json_of(plans.best)},
                          {"front", std::move(front)},
                          {"plans_tried", plans.plans_tried},
                          {"notes", plans.notes}});
    }
    console.print_json(document);
    return ExitStatus::done;
  }

 private:
  std::filesystem::path case_;
};

}  // namespace

std::unique_ptr<Command> make_plans_command() { return std::make_unique<PlansCommand>(); }

}  // namespace candour::cli
