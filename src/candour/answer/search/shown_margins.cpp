#include <candour/answer/search/shown_margins.hpp>

#include <utility>

namespace candour::answer {

bool contains(const ShownMargins& more, const ShownMargins& less) {
  for (std::size_t q = 0; q < more.size(); ++q)
    if (!contains(more[q], less[q])) return false;
  return true;
}

AskedMargins::AskedMargins(const table::AtomSpace& space, const std::vector<table::TableDesign>& asked) : questions_of_population_(space.questions.size()) {
  for (const table::TableDesign& design : asked) questions_.emplace_back(space, design);
}

ShownMargins AskedMargins::nothing() const {
  ShownMargins shown;
  for (const QuestionMargins& question : questions_) shown.push_back(question.none());
  return shown;
}

ShownMargins AskedMargins::totals() const {
  ShownMargins shown = nothing();
  for (MarginSet& of_question : shown) of_question[0] = true;
  return shown;
}

protect::Plan AskedMargins::plan_of(const ShownMargins& shown) const {
  protect::Plan plan(questions_of_population_);
  for (std::size_t q = 0; q < shown.size(); ++q) plan[questions_[q].asked().question] = questions_[q].plan(shown[q]);
  return plan;
}

std::vector<MarginOfQuestion> AskedMargins::finest(const ShownMargins& shown) const {
  std::vector<MarginOfQuestion> finest;
  for (std::size_t q = 0; q < shown.size(); ++q)
    for (const std::size_t i : questions_[q].finest(shown[q])) finest.push_back({q, i});
  return finest;
}

ShownMargins AskedMargins::with(ShownMargins shown, MarginOfQuestion margin) const {
  shown[margin.question] = questions_[margin.question].with(std::move(shown[margin.question]), margin.margin);
  return shown;
}

ShownMargins AskedMargins::without(ShownMargins shown, MarginOfQuestion margin) const {
  shown[margin.question] = questions_[margin.question].without(std::move(shown[margin.question]), margin.margin);
  return shown;
}

std::int64_t AskedMargins::plans_in_all() const {
  std::int64_t plans = 1;
  for (const QuestionMargins& question : questions_) plans = plans_together(plans, question.plans_in_all());
  return plans;
}

}  // namespace candour::answer
