#include <candour/answer/search/changing_figures.hpp>

#include <utility>
#include <variant>

namespace candour::answer {

std::vector<GrowthStep> ChangingFigures::steps(const Growth& growth, const std::set<MarginOfQuestion>& failed) {
  std::vector<GrowthStep> steps;
  for (std::size_t q = 0; q < setting_.asked.size(); ++q)
    for (const std::size_t i : setting_.asked[q].next(growth.shown[q])) {
      if (!setting_.allowed.may_show({q, i}) || failed.contains({q, i})) continue;
      protect::Plan plan = plan_with(growth, {q, i});
      const protect::Detail detail = setting_.judge.changed_detail(plan, growth.last());
      if (detail.share() > growth.last().detail.share()) steps.push_back({detail, {q, i}, std::move(plan)});
    }
  return steps;
}

bool ChangingFigures::adds_noise() const { return std::holds_alternative<protect::FigureNoise>(*setting_.task.change); }

std::string_view ChangingFigures::words() const { return adds_noise() ? "adding noise to figures" : "rounding figures"; }

protect::Plan ChangingFigures::plan_with(const Growth& growth, MarginOfQuestion margin) const {
  const QuestionMargins& question = setting_.asked[margin.question];
  protect::Plan plan = growth.last().plan;
  protect::QuestionPlan& of_question = plan[question.asked().question];
  std::vector<protect::Margin> changed = of_question.changed;
  changed.push_back(question.margin(margin.margin));
  of_question = question.plan(question.with(growth.shown[margin.question], margin.margin), of_question.treatment);
  of_question.changed = std::move(changed);
  of_question.how_changed = adds_noise() ? protect::HowChanged::with_noise : protect::HowChanged::rounded;
  of_question = protect::normal_form(std::move(of_question));
  return plan;
}

base::Result<std::optional<PlannedDraft>> ChangingFigures::draft(const GrowthStep& step, const PlannedDraft& last) {
  return setting_.judge.changed_draft(step.plan, last);
}

}  // namespace candour::answer
