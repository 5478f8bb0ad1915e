#include <candour/answer/answer.hpp>

#include <candour/answer/prepare.hpp>
#include <candour/answer/prepared_case.hpp>
#include <candour/answer/private_files.hpp>
#include <candour/answer/two_desks.hpp>
#include <candour/answer/way_out.hpp>
#include <candour/certify/certify.hpp>
#include <candour/certify/seal_text.hpp>
#include <candour/table/canonical.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

namespace candour::answer {
namespace {

constexpr std::size_t plans_of_the_front = 4;

base::Error not_certified(const std::string& subject) {
  return {base::Cause::refused,
          "answer.not_certified",
          {},
          fmt::format("no draft certifies, not even one that withholds everything ({})", subject),
          "a named person decides what follows; a recorded finding may change the policy"};
}

// The best plan of every population.
base::Result<std::vector<PlanOutcome>> search_all(const PreparedCase& prepared) {
  std::vector<PlanOutcome> outcomes;
  for (std::size_t p = 0; p < prepared.gathered.populations.size(); ++p) {
    CANDOUR_TRY(outcome, search_population(prepared, p, 1));
    if (!outcome.best) return base::fail(not_certified(prepared.gathered.populations[p].id));
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
    std::vector<knowledge::Finding> found = findings_of_all_intruders(draft.published[p], asked.back(), prepared.policy);
    for (knowledge::Finding& finding : found) finding.population = static_cast<std::uint32_t>(p);
    std::move(found.begin(), found.end(), std::back_inserter(findings));
  }
  auto decision = certify::certify({&truth, &asked, &draft, &findings, prepared.gathered.records_digest, {}, {}}, prepared.policy);
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

base::ResultOrErrors<base::Done> release_both(const request::Case& the_case, const std::vector<table::PublishedPopulation>& published, const table::Seal& seal,
                                              AnsweredCase& answered) {
  CANDOUR_TRY(requester, requester_of(the_case.folder));
  release::ReleaseOrder order;
  order.the_case = &the_case;
  order.requester = requester ? &*requester : nullptr;
  order.published = &published;
  order.seal = &seal;
  for (const table::PublishedPopulation& population : published)
    for (const table::PublishedStatement& statement : population.statements)
      if (statement.place == table::StatementPlace::reason) order.plan_notes.push_back(statement.text);
  order.answered_on = the_case.answered_on.value_or(base::today());
  if (!the_case.authority.pages_file.empty()) {
    CANDOUR_TRY(look, release::read_page_look(the_case.authority.pages_file));
    order.look = std::move(look);
  }
  order.approval = release::ApprovalState::draft;
  CANDOUR_TRY(drafted, release::release(order));
  order.approval = release::ApprovalState::approved;
  CANDOUR_TRY(approved, release::release(order));
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

template <class Answered>
void report(const PreparedCase& prepared, const std::vector<PlanOutcome>& outcomes, Answered& answered) {
  if (!outcomes.empty() && gives_nothing(outcomes)) {
    answered.outcome = AnswerOutcome::only_withhold_all;
    answered.lines.emplace_back("nothing but withholding all figures certifies; a named person decides what follows");
  }
  for (std::size_t p = 0; p < outcomes.size(); ++p) {
    for (QuestionReport& question : reports_of(prepared.gathered.populations[p], *outcomes[p].best)) {
      answered.lines.push_back(fmt::format("question {}: {}", question.question, question.given));
      answered.questions.push_back(std::move(question));
    }
    if (outcomes[p].limit_reached) answered.lines.push_back("the policy's number of plans was used up; the answer is the best of those tried");
  }
}

template <class T>
base::ResultOrErrors<T> with_errors(base::Result<T> result) {
  if (!result) return tl::make_unexpected(base::Errors{std::move(result).error()});
  return std::move(result).value();
}

// From what is counted to what is sealed.
struct Decided {
  std::vector<PlanOutcome> outcomes;
  table::Draft draft;
  certify::Sealed sealed;
};

base::ResultOrErrors<Decided> decide(const PreparedCase& prepared) {
  CANDOUR_TRY(outcomes, with_errors(search_all(prepared)));
  table::Draft draft = draft_of(outcomes);
  CANDOUR_TRY(sealed, with_errors(pass_the_gate(prepared, draft)));
  return Decided{std::move(outcomes), std::move(draft), std::move(sealed)};
}

std::vector<std::string> questions_without_people(const request::Case& the_case) {
  std::vector<std::string> numbers;
  for (const request::Question& question : the_case.questions) {
    const auto holding = std::find_if(the_case.holdings.begin(), the_case.holdings.end(), [&](const auto& h) { return h.id == question.source.holding; });
    const bool gives_figures = question.kind == request::QuestionKind::statistics && question.decision.decision == request::Decision::given;
    if (gives_figures && holding != the_case.holdings.end() && holding->person_column.empty()) numbers.push_back(question.number);
  }
  return numbers;
}

base::Errors missing_acceptances(const request::Case& the_case, const std::vector<std::string>& people_unknown) {
  base::Errors errors;
  for (const std::string& number : people_unknown) {
    const bool accepted = std::any_of(the_case.findings.begin(), the_case.findings.end(), [&](const request::OfficerFinding& finding) {
      return finding.kind == "people-unknown" && (finding.question.empty() || finding.question == number);
    });
    if (!accepted)
      errors.push_back({base::Cause::wrong_input,
                        "answer.people_unknown",
                        {(the_case.folder / "case.toml").string()},
                        fmt::format("the records behind question {} do not tell people apart; expected an officer's dated acceptance", number),
                        "add [[finding]] with kind = \"people-unknown\", text, by and on"});
  }
  return errors;
}

// The populations of the case, in its order and no other, each with the categories and questions of the case.
bool are_about_this_case(const std::vector<table::PublishedPopulation>& published, const request::Case& the_case) {
  std::vector<table::PublishedPopulation> of_case, of_handover;
  for (const request::CasePopulation& population : the_case.populations)
    if (auto space = request::atom_space_of(the_case, population); !space->questions.empty()) of_case.push_back({std::move(space), {}, {}, {}});
  for (const table::PublishedPopulation& population : published) of_handover.push_back({population.space, {}, {}, {}});
  return table::canonical_text(of_case) == table::canonical_text(of_handover);
}

}  // namespace

base::ResultOrErrors<AnsweredCase> answer_case(const AnswerOptions& options) {
  CANDOUR_TRY(prepared, prepare_case(options.case_folder));
  CANDOUR_TRY(decided, decide(prepared));
  AnsweredCase answered;
  report(prepared, decided.outcomes, answered);
  CANDOUR_TRY_DONE(release_both(prepared.the_case, decided.draft.published, decided.sealed.seal, answered));
  answered.private_files = private_files({&prepared, &decided.outcomes, &decided.sealed, &decided.draft});
  return answered;
}

base::ResultOrErrors<ProtectedOrder> protect_order(request::Case the_case, policy::Policy policy) {
  CANDOUR_TRY(prepared, prepare(std::move(the_case), std::move(policy)));
  CANDOUR_TRY(decided, decide(prepared));
  ProtectedOrder order;
  report(prepared, decided.outcomes, order);
  order.published = certify::published_text(decided.draft.published);
  order.seal = certify::seal_text(decided.sealed.seal);
  order.people_unknown = questions_without_people(prepared.the_case);
  order.private_files = private_files({&prepared, &decided.outcomes, &decided.sealed, &decided.draft});
  return order;
}

base::ResultOrErrors<AnsweredCase> answer_from_handover(const std::filesystem::path& case_folder, const Handover& handover) {
  CANDOUR_TRY(the_case, request::load_case(case_folder));
  CANDOUR_TRY(policy, policy_of(the_case));
  the_case.costs.insert(the_case.costs.end(), handover.hours.begin(), handover.hours.end());
  if (base::Errors missing = missing_acceptances(the_case, handover.people_unknown); !missing.empty()) return tl::make_unexpected(std::move(missing));
  CANDOUR_TRY(published, with_errors(certify::published_from(handover.published)));
  if (!are_about_this_case(published, the_case))
    return with_errors<AnsweredCase>(base::fail({base::Cause::refused,
                                                 "handover.other_tables",
                                                 {},
                                                 "the tables of the handover are not about the populations and questions of this case",
                                                 "commission the case again and have the new order protected"}));
  CANDOUR_TRY(seal, with_errors(certify::seal_from(handover.seal, published, policy.digest)));
  AnsweredCase answered;
  answered.outcome = handover.outcome;
  answered.questions = handover.questions;
  answered.lines = handover.lines;
  CANDOUR_TRY_DONE(release_both(the_case, published, seal, answered));
  return answered;
}

base::ResultOrErrors<std::vector<PopulationPlans>> plans_of_case(const AnswerOptions& options) {
  CANDOUR_TRY(prepared, prepare_case(options.case_folder));
  std::vector<PopulationPlans> plans;
  for (std::size_t p = 0; p < prepared.gathered.populations.size(); ++p) {
    auto outcome = search_population(prepared, p, plans_of_the_front);
    if (!outcome) return tl::make_unexpected(base::Errors{std::move(outcome).error()});
    const GatheredPopulation& population = prepared.gathered.populations[p];
    if (!outcome->best) return tl::make_unexpected(base::Errors{not_certified(population.id)});
    PopulationPlans of_population{population.id, reports_of(population, *outcome->best), {}, outcome->plans_tried, {}};
    for (const protect::Plan& plan : outcome->front)
      if (plan != outcome->best->plan) of_population.front.push_back(reports_of(population, plan));
    if (outcome->limit_reached) of_population.notes.emplace_back("the policy's number of plans was used up; the front holds the best of those tried");
    plans.push_back(std::move(of_population));
  }
  return plans;
}

}  // namespace candour::answer
