#include <candour/answer/answer.hpp>

#include <candour/answer/documents.hpp>
#include <candour/answer/prepared_case.hpp>
#include <candour/answer/private_files.hpp>
#include <candour/answer/way_out.hpp>
#include <candour/base/text.hpp>
#include <candour/certify/certify.hpp>
#include <candour/notice/account.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

namespace candour::answer {
namespace {

constexpr std::size_t most_reasons_told = 5;

base::Error not_certified(const std::string& subject) {
  return {base::Cause::refused,
          "answer.not_certified",
          {},
          fmt::format("no draft certifies, not even one that withholds everything ({})", subject),
          "a named person decides what follows; a recorded finding may change the policy"};
}

// Not even nothing is safe, since what stands in the register already gives somebody away: which releases do.
base::Error nothing_beside(const PreparedCase& prepared, std::size_t population) {
  base::Error error = not_certified(prepared.gathered.populations[population].id);
  table::PublishedPopulation before;
  before.space = prepared.gathered.populations[population].truth.space;
  before.earlier_figures = prepared.earlier[population].figures;
  before.earlier_ratios = prepared.earlier[population].ratios;
  const auto named =
      releases_named_in(findings_of_all_intruders(before, prepared.gathered.populations[population].asked, prepared.policy), prepared.earlier[population]);
  if (!named.empty()) error.sentence += fmt::format("; what is already published gives somebody away without it: {}", base::listed(named));
  return error;
}

std::size_t figures_in(const table::PublishedPopulation& published) {
  std::size_t figures = 0;
  for (const table::PublishedTable& table : published.tables)
    figures +=
        static_cast<std::size_t>(std::count_if(table.cells.begin(), table.cells.end(), [](const auto& cell) { return table::exact_value(cell).has_value(); }));
  return figures;
}

// What was published before, and what of it keeps this answer from saying more: the answer that could be given if nothing had been, held against it.
void report_earlier(const PreparedCase& prepared, std::size_t p, const PlanOutcome& outcome, AnsweredCase& answered) {
  const EarlierOfPopulation& earlier = prepared.earlier[p];
  if (earlier.releases.empty()) return;
  const std::string& name = prepared.gathered.populations[p].id;
  answered.beside_earlier.push_back(
      fmt::format("population '{}': {} earlier; every witness reproduces {} of their figures, {} more are attacked with the answer", name,
                  earlier.releases.size() == 1 ? "1 release" : fmt::format("{} releases", earlier.releases.size()),
                  earlier.figures.size() + earlier.ratios.size(), earlier.attacked_only));
  const PreparedCase alone = without_earlier(prepared);
  const auto by_itself = search_population(alone, p, 1);
  if (!by_itself || !by_itself->best) return;
  if (by_itself->best->plan == outcome.best->plan && figures_in(by_itself->best->published) <= figures_in(outcome.best->published)) return;
  table::PublishedPopulation more = by_itself->best->published;
  more.earlier_figures = earlier.figures;
  more.earlier_ratios = earlier.ratios;
  const std::vector<knowledge::Finding> findings = findings_against(prepared, p, more);
  const std::vector<std::string> named = releases_named_in(findings, earlier);
  answered.beside_earlier.push_back(
      named.empty() ? fmt::format("population '{}': without the earlier releases more could be given; beside them it does not certify", name)
                    : fmt::format("population '{}': more could be given if it were not for {}", name, base::listed(named)));
  std::size_t told = 0;
  for (const knowledge::Finding& finding : findings)
    for (const knowledge::Derivation& derivation : finding.derivations) {
      const bool names_one =
          std::any_of(named.begin(), named.end(), [&](const std::string& id) { return derivation.text.find("(" + id + ")") != std::string::npos; });
      const std::string line = "  " + derivation.text;
      const bool is_told = std::find(answered.beside_earlier.begin(), answered.beside_earlier.end(), line) != answered.beside_earlier.end();
      if (names_one && !is_told && told++ < most_reasons_told) answered.beside_earlier.push_back(line);
    }
  for (const QuestionReport& question : reports_of(prepared.gathered.populations[p], *by_itself->best))
    answered.beside_earlier.push_back(fmt::format("  question {} alone would be: {}", question.question, question.given));
}

base::Error no_such_plan(const Picked& picked, const std::string& what) {
  return {base::Cause::wrong_input,
          "answer.no_such_plan",
          {},
          fmt::format("plan {} was picked, and {}", picked.number, what),
          "candour plans CASE lists the plans with their numbers"};
}

// The best plan of every population, or the one that the officer picked.
base::Result<std::vector<PlanOutcome>> search_all(const PreparedCase& prepared, const std::optional<Picked>& picked) {
  const auto& populations = prepared.gathered.populations;
  const auto is_picked = [&](const GatheredPopulation& population) { return picked && (picked->population.empty() || picked->population == population.id); };
  const auto matching = std::count_if(populations.begin(), populations.end(), is_picked);
  if (picked && matching == 0) return base::fail(no_such_plan(*picked, fmt::format("the case has no population '{}' with figures", picked->population)));
  if (picked && matching > 1) return base::fail(no_such_plan(*picked, "the case has several populations; write POPULATION=NUMBER"));
  std::vector<PlanOutcome> outcomes;
  for (std::size_t p = 0; p < populations.size(); ++p) {
    const bool here = is_picked(populations[p]);
    CANDOUR_TRY(outcome, search_population(prepared, p, here ? plans_of_the_front : 1, here ? picked->number : 0));
    if (!outcome.best && here) return base::fail(no_such_plan(*picked, fmt::format("population '{}' has no plan of that number", populations[p].id)));
    if (!outcome.best) return base::fail(prepared.earlier[p].releases.empty() ? not_certified(populations[p].id) : nothing_beside(prepared, p));
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

table::Draft draft_of(const std::vector<PlanOutcome>& outcomes) {
  table::Draft draft;
  for (const PlanOutcome& outcome : outcomes) {
    draft.published.push_back(outcome.best->published);
    draft.evidence.push_back(outcome.best->evidence);
  }
  return draft;
}

// All populations together before the one gate.
base::Result<certify::Sealed> pass_the_gate(const PreparedCase& prepared, const table::Draft& draft) {
  std::vector<truth::Population> truth;
  std::vector<std::vector<table::TableDesign>> asked;
  std::vector<knowledge::Finding> findings;
  for (std::size_t p = 0; p < prepared.gathered.populations.size(); ++p) {
    truth.push_back(prepared.gathered.populations[p].truth);
    asked.push_back(prepared.gathered.populations[p].asked);
    std::vector<knowledge::Finding> found = findings_against(prepared, p, draft.published[p]);
    for (knowledge::Finding& finding : found) finding.population = static_cast<std::uint32_t>(p);
    std::move(found.begin(), found.end(), std::back_inserter(findings));
  }
  auto decision = certify::certify({&truth, &asked, &draft, &findings, prepared.gathered.records_digest, prepared.earlier_digests, {}}, prepared.policy);
  if (auto* sealed = std::get_if<certify::Sealed>(&decision)) return std::move(*sealed);
  const auto& reasons = std::get<certify::Refusal>(decision).reasons;
  return base::fail(not_certified(reasons.empty() ? std::string("no reason") : reasons.front().code));
}

base::ResultOrErrors<std::optional<request::Requester>> requester_of(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "requester.toml";
  if (!std::filesystem::exists(file)) return std::optional<request::Requester>();
  CANDOUR_TRY(requester, request::load_requester(file));
  return std::optional(std::move(requester));
}

base::ResultOrErrors<base::Done> add_documents(const request::Case& the_case, release::ApprovalState state, release::ReleasedFiles& files) {
  CANDOUR_TRY(documents, documents_of(the_case, state));
  for (std::vector<base::FileToWrite>* folder : {&files.reply, &files.log}) {
    if (folder == &files.reply && folder->empty()) continue;
    folder->insert(folder->end(), documents.begin(), documents.end());
  }
  return base::Done{};
}

base::ResultOrErrors<base::Done> release_both(const PreparedCase& prepared, const table::Draft& draft, const certify::Sealed& sealed, AnsweredCase& answered) {
  CANDOUR_TRY(requester, requester_of(prepared.the_case.folder));
  release::ReleaseOrder order;
  order.the_case = &prepared.the_case;
  order.requester = requester ? &*requester : nullptr;
  order.published = &draft.published;
  order.seal = &sealed.seal;
  for (const table::PublishedPopulation& population : draft.published)
    for (const table::PublishedStatement& statement : population.statements)
      if (statement.place == table::StatementPlace::reason) order.plan_notes.push_back(statement.text);
  order.answered_on = prepared.the_case.answered_on.value_or(base::today());
  if (!prepared.the_case.authority.pages_file.empty()) {
    CANDOUR_TRY(look, release::read_page_look(prepared.the_case.authority.pages_file));
    order.look = std::move(look);
  }
  order.approval = release::ApprovalState::draft;
  CANDOUR_TRY(drafted, release::release(order));
  CANDOUR_TRY_DONE(add_documents(prepared.the_case, order.approval, drafted));
  order.approval = release::ApprovalState::approved;
  CANDOUR_TRY(approved, release::release(order));
  CANDOUR_TRY_DONE(add_documents(prepared.the_case, order.approval, approved));
  const std::pair<std::string_view, const std::vector<base::FileToWrite>*> ways_out[] = {
      {"reply", &drafted.reply}, {"public", &drafted.log}, {"reply", &approved.reply}, {"public", &approved.log}};
  for (const auto& [folder, files] : ways_out) {
    if (auto looked = look_before_writing(folder, *files); !looked) return tl::make_unexpected(base::Errors{std::move(looked).error()});
  }
  answered.draft = std::move(drafted);
  answered.final = std::move(approved);
  return base::Done{};
}

bool gives_nothing(const std::vector<PlanOutcome>& outcomes) {
  return std::all_of(outcomes.begin(), outcomes.end(), [](const PlanOutcome& outcome) { return outcome.best->published.tables.empty(); });
}

std::string stopped_note(const PlanOutcome& outcome) {
  return fmt::format("stopped early: the answer is the best that was certified so far, with {:.1f} % of the detail; no plan has more than {:.1f} %",
                     1e-7 * static_cast<double>(outcome.best->detail.share()), 1e-7 * static_cast<double>(outcome.bound));
}

void report(const PreparedCase& prepared, const std::vector<PlanOutcome>& outcomes, AnsweredCase& answered) {
  for (std::size_t p = 0; p < outcomes.size(); ++p) {
    for (QuestionReport& question : reports_of(prepared.gathered.populations[p], *outcomes[p].best)) {
      answered.lines.push_back(fmt::format("question {}: {}", question.question, question.given));
      answered.questions.push_back(std::move(question));
    }
    if (outcomes[p].stopped) answered.lines.push_back(stopped_note(outcomes[p]));
    if (outcomes[p].limit_reached) answered.lines.push_back("the policy's number of plans was used up; the answer is the best of those tried");
  }
}

}  // namespace

base::ResultOrErrors<AnsweredCase> answer_case(const AnswerOptions& options) {
  CANDOUR_TRY(prepared, prepare_case(options.case_folder, options.earlier));
  const auto with_errors = [](auto result) -> base::ResultOrErrors<typename decltype(result)::value_type> {
    if (!result) return tl::make_unexpected(base::Errors{std::move(result).error()});
    return std::move(result).value();
  };
  CANDOUR_TRY(outcomes, with_errors(search_all(prepared, options.picked)));
  const table::Draft draft = draft_of(outcomes);
  CANDOUR_TRY(sealed, with_errors(pass_the_gate(prepared, draft)));
  AnsweredCase answered;
  if (!outcomes.empty() && gives_nothing(outcomes)) {
    answered.outcome = AnswerOutcome::only_withhold_all;
    answered.lines.emplace_back("nothing but withholding all figures certifies; a named person decides what follows");
  }
  report(prepared, outcomes, answered);
  for (const std::string& prompt : notice::prompts_of(prepared.the_case)) answered.lines.push_back("to consider: " + prompt);
  for (std::size_t p = 0; p < outcomes.size(); ++p) report_earlier(prepared, p, outcomes[p], answered);
  CANDOUR_TRY_DONE(release_both(prepared, draft, sealed, answered));
  answered.private_files = private_files({&prepared, &outcomes, &sealed, &draft, &options.picked});
  return answered;
}

base::ResultOrErrors<std::vector<PopulationPlans>> plans_of_case(const AnswerOptions& options) {
  CANDOUR_TRY(prepared, prepare_case(options.case_folder, options.earlier));
  std::vector<PopulationPlans> plans;
  for (std::size_t p = 0; p < prepared.gathered.populations.size(); ++p) {
    auto outcome = search_population(prepared, p, plans_of_the_front);
    if (!outcome) return tl::make_unexpected(base::Errors{std::move(outcome).error()});
    const GatheredPopulation& population = prepared.gathered.populations[p];
    if (!outcome->best) return tl::make_unexpected(base::Errors{not_certified(population.id)});
    PopulationPlans of_population{population.id, {}, outcome->plans_tried, outcome->plans_in_all, outcome->bound, {}};
    const std::size_t tables = outcome->best->published.tables.size();
    of_population.plans.push_back({reports_of(population, *outcome->best), outcome->best->detail.share(), tables, outcome->best->detail.figures});
    for (const FrontPlan& front : outcome->front) {
      if (front.plan == outcome->best->plan) continue;
      std::size_t its_tables = 0;
      for (const protect::QuestionPlan& of_question : front.plan) its_tables += of_question.margins.size();
      of_population.plans.push_back({reports_of(population, front.plan), front.detail.share(), its_tables, front.detail.figures});
    }
    if (outcome->stopped) of_population.notes.push_back(stopped_note(*outcome));
    if (outcome->limit_reached) of_population.notes.emplace_back("the policy's number of plans was used up; the front holds the best of those tried");
    plans.push_back(std::move(of_population));
  }
  return plans;
}

}  // namespace candour::answer
