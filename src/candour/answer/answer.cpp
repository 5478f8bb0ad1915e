#include <candour/answer/answer.hpp>

#include <candour/answer/documents.hpp>
#include <candour/answer/prepare.hpp>
#include <candour/answer/prepared_case.hpp>
#include <candour/answer/private_files.hpp>
#include <candour/answer/records_of_case.hpp>
#include <candour/answer/two_desks.hpp>
#include <candour/answer/way_out.hpp>
#include <candour/base/text.hpp>
#include <candour/certify/certify.hpp>
#include <candour/certify/seal_text.hpp>
#include <candour/notice/account.hpp>
#include <candour/release/authority_picture.hpp>
#include <candour/table/canonical.hpp>

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
  if (!named.empty()) {
    error.sentence += fmt::format("; what is already published gives somebody away without it: {}", base::listed(named));
    return error;
  }
  std::vector<std::string> ids;
  for (const table::Release& release : prepared.earlier[population].releases) ids.push_back(release.id);
  error.sentence += fmt::format("; beside what is already published not all that the policy protects can be shown to stay open: {}", base::listed(ids));
  return error;
}

std::size_t figures_in(const table::PublishedPopulation& published) {
  std::size_t figures = 0;
  for (const table::PublishedTable& table : published.tables)
    figures +=
        static_cast<std::size_t>(std::count_if(table.cells.begin(), table.cells.end(), [](const auto& cell) { return table::exact_value(cell).has_value(); }));
  return figures;
}

// Which releases, each by itself, keep the answer from being what it would be alone. For those whose arithmetic no finding tells: no proof was found beside
// them.
std::vector<std::string> in_the_way_alone(const PreparedCase& prepared, std::size_t p, const protect::Plan& alone) {
  constexpr std::size_t most_tried = 5;
  const std::vector<table::Release>& releases = prepared.earlier[p].releases;
  if (releases.size() == 1) return {releases.front().id};
  std::vector<std::string> named;
  if (releases.size() > most_tried) return named;
  for (const table::Release& release : releases) {
    const auto beside = beside_only(prepared, p, release);
    if (!beside) continue;
    const auto outcome = search_population(*beside, p, 1);
    if (outcome && (!outcome->best || outcome->best->plan != alone)) named.push_back(release.id);
  }
  return named;
}

// What was published before, and what of it keeps this answer from saying more: the answer that could be given if nothing had been, held against it.
template <class Answered>
void report_earlier(const PreparedCase& prepared, std::size_t p, const PlanOutcome& outcome, Answered& answered) {
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
  const std::vector<std::string> unproved = named.empty() ? in_the_way_alone(prepared, p, by_itself->best->plan) : std::vector<std::string>();
  answered.beside_earlier.push_back(
      !named.empty() ? fmt::format("population '{}': more could be given if it were not for {}", name, base::listed(named))
      : !unproved.empty()
          ? fmt::format("population '{}': more could be given if it were not for {}, beside which it has no proof", name, base::listed(unproved))
          : fmt::format("population '{}': without the earlier releases more could be given; beside all of them together it has no proof", name));
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
base::Result<certify::Sealed> pass_the_gate(const PreparedCase& prepared, const std::vector<PlanOutcome>& outcomes, const table::Draft& draft) {
  std::vector<truth::Population> truth;
  std::vector<std::vector<table::TableDesign>> asked;
  std::vector<knowledge::Finding> findings;
  for (std::size_t p = 0; p < prepared.gathered.populations.size(); ++p) {
    truth.push_back(prepared.gathered.populations[p].truth);
    asked.push_back(prepared.gathered.populations[p].asked);
    std::vector<knowledge::Finding> found = outcomes[p].best->findings;
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

template <class T>
base::ResultOrErrors<T> with_errors(base::Result<T> result) {
  if (!result) return tl::make_unexpected(base::Errors{std::move(result).error()});
  return std::move(result).value();
}

base::ResultOrErrors<base::Done> release_both(const request::Case& the_case, const std::vector<table::PublishedPopulation>& published,
                                              const std::vector<table::PublishedRecords>& records, const table::Seal& seal, AnsweredCase& answered) {
  CANDOUR_TRY(requester, requester_of(the_case.folder));
  release::ReleaseOrder order;
  order.the_case = &the_case;
  order.requester = requester ? &*requester : nullptr;
  order.published = &published;
  order.records = &records;
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
  CANDOUR_TRY_DONE(add_documents(the_case, order.approval, drafted));
  order.approval = release::ApprovalState::approved;
  CANDOUR_TRY(approved, release::release(order));
  CANDOUR_TRY_DONE(add_documents(the_case, order.approval, approved));
  const std::pair<std::string_view, const std::vector<base::FileToWrite>*> ways_out[] = {
      {"reply", &drafted.reply}, {"public", &drafted.log}, {"reply", &approved.reply}, {"public", &approved.log}};
  CANDOUR_TRY(pictures, with_errors(release::authority_pictures(the_case)));
  for (const auto& [folder, files] : ways_out) {
    if (auto looked = look_before_writing(folder, *files, release::digests_of(pictures)); !looked)
      return tl::make_unexpected(base::Errors{std::move(looked).error()});
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
    if (outcomes[p].stopped) answered.lines.push_back(stopped_note(outcomes[p]));
    if (outcomes[p].limit_reached) answered.lines.push_back("the limit of the search was reached; the answer is the best of those tried");
  }
}

void add_prompts(const request::Case& the_case, const std::vector<table::PublishedPopulation>& published, const std::vector<table::PublishedRecords>& records,
                 AnsweredCase& answered) {
  const auto facts = notice::facts_of(the_case, published, records);
  if (!facts) return;
  for (const std::string& prompt : notice::prompts_of(the_case, *facts)) answered.lines.push_back("to consider: " + prompt);
}

// What goes out one by one is known to everybody who reads the tables beside it.
std::vector<EarlierRelease> with_records(std::vector<EarlierRelease> earlier, const RecordsOfCase& records) {
  for (EarlierRelease& one : records.as_earlier()) earlier.push_back(std::move(one));
  return earlier;
}

bool has_tables(const table::Draft& draft) {
  return std::any_of(draft.published.begin(), draft.published.end(), [](const table::PublishedPopulation& population) { return !population.tables.empty(); });
}

// From what is counted to what is sealed.
struct Decided {
  std::vector<PlanOutcome> outcomes;
  table::Draft draft;
  certify::Sealed sealed;
};

base::ResultOrErrors<Decided> decide(const PreparedCase& prepared, const std::optional<Picked>& picked) {
  CANDOUR_TRY(outcomes, with_errors(search_all(prepared, picked)));
  table::Draft draft = draft_of(outcomes);
  CANDOUR_TRY(sealed, with_errors(pass_the_gate(prepared, outcomes, draft)));
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
  CANDOUR_TRY(records, records_of_case(options));
  CANDOUR_TRY(prepared, prepare_case(options.case_folder, with_records(options.earlier, records)));
  CANDOUR_TRY(decided, decide(prepared, options.picked));
  std::vector<base::FileToWrite> of_records;
  if (!records.questions.empty()) {
    CANDOUR_TRY(sealed, with_errors(seal_records(records, std::move(decided.sealed.seal), has_tables(decided.draft))));
    of_records = private_record_files(records, sealed);
    decided.sealed.seal = std::move(sealed.seal);
  }
  const std::vector<table::PublishedRecords> published_records = records.published();
  AnsweredCase answered;
  report(prepared, decided.outcomes, answered);
  report_records(records, answered);
  add_prompts(prepared.the_case, decided.draft.published, published_records, answered);
  for (std::size_t p = 0; p < decided.outcomes.size(); ++p) report_earlier(prepared, p, decided.outcomes[p], answered);
  CANDOUR_TRY_DONE(release_both(prepared.the_case, decided.draft.published, published_records, decided.sealed.seal, answered));
  prepared.gathered.quality.insert(prepared.gathered.quality.end(), records.quality.begin(), records.quality.end());
  answered.private_files = private_files({&prepared, &decided.outcomes, &decided.sealed, &decided.draft, &options.picked, &published_records});
  answered.private_files.insert(answered.private_files.end(), std::make_move_iterator(of_records.begin()), std::make_move_iterator(of_records.end()));
  return answered;
}

base::ResultOrErrors<ProtectedOrder> protect_order(request::Case the_case, policy::Policy policy, const std::vector<request::DetailWishes>& wishes,
                                                   const std::vector<EarlierRelease>& earlier) {
  // The other desk holds the answer against the categories of its own case: none are joined here.
  std::vector<request::DetailWishes> as_given = wishes;
  std::vector<std::string> not_joined;
  for (request::DetailWishes& one : as_given) {
    if (!one.may_join.empty())
      not_joined.push_back(fmt::format("population '{}': {} may be joined where the case is answered at one desk; for an order nothing is joined",
                                       one.population, base::listed(one.may_join)));
    one.may_join.clear();
  }
  CANDOUR_TRY(prepared, prepare(std::move(the_case), std::move(policy), as_given, earlier));
  CANDOUR_TRY(decided, decide(prepared, std::nullopt));
  ProtectedOrder order;
  report(prepared, decided.outcomes, order);
  std::move(not_joined.begin(), not_joined.end(), std::back_inserter(order.lines));
  for (std::size_t p = 0; p < decided.outcomes.size(); ++p) report_earlier(prepared, p, decided.outcomes[p], order);
  for (const GatheredPopulation& population : prepared.gathered.populations)
    order.extracted_on.emplace_back(population.id, extracted_on(prepared.the_case, population.id));
  order.published = certify::published_text(decided.draft.published);
  order.seal = certify::seal_text(decided.sealed.seal);
  order.people_unknown = questions_without_people(prepared.the_case);
  order.private_files = private_files({&prepared, &decided.outcomes, &decided.sealed, &decided.draft, nullptr, nullptr});
  return order;
}

base::ResultOrErrors<AnsweredCase> answer_from_handover(const std::filesystem::path& case_folder, const Handover& handover) {
  CANDOUR_TRY(the_case, request::load_case(case_folder));
  CANDOUR_TRY(policy, policy_of(the_case));
  the_case.costs.insert(the_case.costs.end(), handover.hours.begin(), handover.hours.end());
  CANDOUR_TRY_DONE(check_before_records(the_case));
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
  add_prompts(the_case, published, {}, answered);
  CANDOUR_TRY_DONE(release_both(the_case, published, {}, seal, answered));
  CANDOUR_TRY(facts, notice::facts_of(the_case, published));
  answered.private_files.push_back({"account.html", notice::account_html(the_case, facts)});
  return answered;
}

base::ResultOrErrors<std::vector<PopulationPlans>> plans_of_case(const AnswerOptions& options) {
  AnswerOptions as_asked = options;
  as_asked.microdata = Microdata::as_the_case_asks;
  CANDOUR_TRY(records, records_of_case(as_asked));
  CANDOUR_TRY(prepared, prepare_case(options.case_folder, with_records(options.earlier, records)));
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
    if (outcome->limit_reached) of_population.notes.emplace_back("the limit of the search was reached; the front holds the best of those tried");
    plans.push_back(std::move(of_population));
  }
  return plans;
}

}  // namespace candour::answer
