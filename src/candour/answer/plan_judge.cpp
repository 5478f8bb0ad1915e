#include <candour/answer/plan_judge.hpp>

#include <candour/assess/secrets.hpp>
#include <candour/protect/suppress/plain_suppression.hpp>
#include <candour/table/worlds.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <span>

namespace candour::answer {

using protect::Plan;
using protect::QuestionPlan;

namespace {

constexpr std::int64_t enough_small_counts = 12;

// Over all searches for hidden cells of a population: what bounds their cost.
constexpr std::int64_t secrets_looked_at_for_hiding = 60'000;
constexpr std::int64_t searches_for_hiding = 120;

// What bounds the cost of changing figures.
constexpr std::size_t few_secrets = 200;
constexpr std::int64_t secrets_looked_at_for_changing = 8'000;
constexpr std::int64_t most_tries_at_changing = 24;

// What bounds the cost of marks.
constexpr std::int64_t secrets_looked_at_for_marks = 8'000;
constexpr std::int64_t most_tries_at_marking = 6;

// "by quarter"; nothing where even the total is missed.
std::string what_is_missed(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& finer, const QuestionPlan& taken) {
  return finer.is_total_only() ? std::string() : protect::words_of_what_more(space, asked, finer, taken);
}

std::string figures_are(const std::string& missed) { return missed.empty() ? "The total is" : fmt::format("Figures {} are", missed); }

std::string not_given_beside_the_rest(const std::vector<std::string>& missed) {
  if (missed.size() == 1)
    return fmt::format("{} not given: together with the other figures of this answer {} could point to a person.", figures_are(missed.front()),
                       missed.front().empty() ? "it" : "they");
  const auto all_but_last = std::span(missed).first(missed.size() - 1);
  return fmt::format("Not given are figures {}; and {}. Together with the other figures of this answer they could point to a person.",
                     fmt::join(all_but_last, "; "), missed.back());
}

// The place, among all tables of a plan, of the marked table that another plan lacks.
std::uint32_t number_of_marked(const std::vector<table::TableDesign>& asked, const Plan& plan, const Plan& without) {
  std::size_t number = 0;
  for (const table::TableDesign& design : asked) {
    number += protect::tables_of(plan[design.question]).size();
    if (plan[design.question].marked && !without[design.question].marked) break;
  }
  return static_cast<std::uint32_t>(number - 1);
}

// Which sums of atoms a draft hides.
std::set<std::vector<table::AtomIndex>> hidden_sums_of(const table::PublishedPopulation& published) {
  std::set<std::vector<table::AtomIndex>> sums;
  for (const table::PublishedTable& table : published.tables) {
    const table::TableLayout layout(*published.space, table.design);
    for (table::CellIndex cell = 0; cell < table.cells.size(); ++cell)
      if (table::is_suppressed(table.cells[cell])) sums.insert(layout.atoms(cell));
  }
  return sums;
}

}  // namespace

PlanJudge::PlanJudge(const PlanTask& task, const std::vector<truth::Secret>& secrets, const std::vector<QuestionMargins>& questions)
    : task_(task), secrets_(secrets), questions_(questions) {}

table::PublishedPopulation PlanJudge::tables(const Plan& plan, const protect::HiddenPattern& hidden) const {
  table::PublishedPopulation published = protect::publish(*task_.truth, protect::designs_of(*task_.truth->space, *task_.asked, plan), hidden, *task_.coverage,
                                                          protect::conventions_of(*task_.asked, plan, task_.policy->convention));
  if (task_.change) protect::change_figures(*task_.asked, plan, *task_.change, published, task_.known);
  published.statements = statements_beside(published.tables);
  return published;
}

std::vector<table::PublishedStatement> PlanJudge::statements_beside(const std::vector<table::PublishedTable>& tables) const {
  std::vector<table::PublishedStatement> statements = task_.statements;
  for (const JoinedVariable& joined : task_.joined) {
    const auto shows = [&](const table::ShownVariable& shown) { return shown.variable == joined.variable; };
    if (std::any_of(tables.begin(), tables.end(), [&](const auto& table) { return std::any_of(table.design.by.begin(), table.design.by.end(), shows); }))
      statements.push_back(joined.statement);
  }
  return statements;
}

protect::Detail PlanJudge::detail(const Plan& plan) const { return protect::detail_of(*task_.truth, tables(plan, {}), *task_.asked, task_.pins.weights); }

// How many cells (margins too) have 1 to T-1 records, and whether some cell has 1 to T-1 people.
PlanJudge::Smallness PlanJudge::smallness(const table::TableDesign& design) {
  std::vector<std::vector<int>> levels;
  for (const table::ShownVariable& shown : design.by) levels.push_back(shown.levels);
  const auto [at, is_new] = smallness_.try_emplace({design.question, design.id, std::move(levels)});
  if (!is_new) return at->second;
  const std::int64_t minimum = task_.policy->minimum_frequency.minimum;
  const table::TableLayout layout(*task_.truth->space, design);
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const std::vector<table::AtomIndex> atoms = layout.atoms(cell);
    const std::int64_t records = truth::records_in(*task_.truth, atoms);
    if (records == 0) continue;
    at->second.shows_what_was_hidden = at->second.shows_what_was_hidden || task_.stays_hidden.contains(atoms);
    if (records < minimum) ++at->second.small_records;
    at->second.small_people = at->second.small_people || truth::people_in(*task_.truth, atoms) < minimum;
  }
  return at->second;
}

bool PlanJudge::shows_small_count(MarginOfQuestion margin) {
  const Smallness found = smallness(questions_[margin.question].design(*task_.truth->space, margin.margin));
  return found.small_records > 0 || found.small_people || found.shows_what_was_hidden;
}

bool PlanJudge::shows_what_was_hidden(MarginOfQuestion margin) {
  return !task_.stays_hidden.empty() && smallness(questions_[margin.question].design(*task_.truth->space, margin.margin)).shows_what_was_hidden;
}

base::Result<protect::EvidenceSearch> PlanJudge::evidence(const table::PublishedPopulation& published, protect::Effort effort) {
  CANDOUR_TRY(worlds, table::worlds_of(published, task_.policy->minimum_frequency.minimum));
  return protect::find_evidence(*task_.truth, worlds, secrets_, *task_.policy, protect::StopAt::first_unprotected, experience_, effort);
}

std::vector<MarginOfQuestion> PlanJudge::margins_of(const Plan& plan) const {
  std::vector<MarginOfQuestion> margins;
  for (std::size_t q = 0; q < questions_.size(); ++q)
    for (const protect::Margin& margin : plan[questions_[q].asked().question].margins) margins.push_back({q, questions_[q].find(margin)});
  return margins;
}

// The coarsest margin that shows a cell of a plan's table.
MarginOfQuestion PlanJudge::margin_of(const table::PublishedPopulation& published, table::CellReference cell) const {
  const table::TableDesign& design = published.tables[cell.table].design;
  const auto question = static_cast<std::size_t>(
      std::find_if(questions_.begin(), questions_.end(), [&](const QuestionMargins& q) { return q.asked().question == design.question; }) - questions_.begin());
  const auto& asked = questions_[question].asked().by;
  protect::Margin margin(asked.size(), 0);
  const std::vector<table::NodeIndex> nodes = table::TableLayout(*published.space, design).nodes(cell.cell);
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (std::size_t v = 0; v < asked.size(); ++v)
      if (asked[v].variable == design.by[i].variable) margin[v] = published.space->variables[asked[v].variable].hierarchy.level(nodes[i]);
  return {question, questions_[question].find(std::move(margin))};
}

// Tables are left out one after another while a figure of the rest still certainly gives the secret away.
std::vector<MarginOfQuestion> PlanJudge::leaking_together(const Plan& plan, const std::string& secret) const {
  const std::vector<truth::Secret> alone{*std::find_if(secrets_.begin(), secrets_.end(), [&](const truth::Secret& s) { return s.id == secret; })};
  std::vector<MarginOfQuestion> leaking = margins_of(plan);
  for (std::size_t i = leaking.size(); i-- > 0 && leaking.size() > 1;) {
    std::vector<MarginOfQuestion> rest = leaking;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    Plan fewer(plan.size());
    for (const MarginOfQuestion& margin : rest) {
      QuestionPlan& of_question = fewer[questions_[margin.question].asked().question];
      of_question.margins.push_back(questions_[margin.question].margin(margin.margin));
    }
    for (QuestionPlan& of_question : fewer) of_question = protect::normal_form(std::move(of_question));
    const auto worlds = table::worlds_of(tables(fewer, {}), task_.policy->minimum_frequency.minimum);
    if (!worlds) continue;
    protect::Experience none;
    const auto found =
        protect::find_evidence(*task_.truth, *worlds, alone, *task_.policy, protect::StopAt::first_unprotected, none, protect::Effort::caps_only);
    if (!found.unprotected.empty() && found.unprotected.front().why == protect::Unprotected::Why::proved_to_leak) leaking = std::move(rest);
  }
  return leaking;
}

base::Result<Judgement> PlanJudge::judge(const Plan& plan) {
  ++judged_;
  for (const MarginOfQuestion& margin : margins_of(plan))
    if (shows_small_count(margin)) return Judgement{PlanVerdict::leaks, {margin}};
  const table::PublishedPopulation published = tables(plan, {});
  std::optional<std::vector<MarginOfQuestion>> fewest;
  for (const assess::DerivedSum& sum : assess::failing_derived_sums(*task_.truth, published, *task_.policy)) {
    std::vector<MarginOfQuestion> margins;
    for (const auto* cells : {&sum.plus, &sum.minus})
      for (const table::CellReference& cell : *cells) margins.push_back(margin_of(published, cell));
    std::sort(margins.begin(), margins.end());
    margins.erase(std::unique(margins.begin(), margins.end()), margins.end());
    if (!fewest || std::make_pair(margins.size(), margins) < std::make_pair(fewest->size(), *fewest)) fewest = std::move(margins);
  }
  if (fewest) return Judgement{PlanVerdict::leaks, *std::move(fewest)};
  CANDOUR_TRY(found, evidence(published));
  if (found.unprotected.empty()) return Judgement{};
  if (found.unprotected.front().why != protect::Unprotected::Why::proved_to_leak) return Judgement{PlanVerdict::undecided, {}};
  return Judgement{PlanVerdict::leaks, leaking_together(plan, found.unprotected.front().secret)};
}

base::Result<PlanVerdict> PlanJudge::verdict(const Plan& plan) {
  CANDOUR_TRY(judged, judge(plan));
  return judged.verdict;
}

base::Result<std::optional<PlannedDraft>> PlanJudge::draft(const Plan& plan) { return draft(plan, {}); }

std::vector<std::vector<table::CellReference>> PlanJudge::cells_of_failing_sums(const table::PublishedPopulation& published) const {
  std::vector<std::vector<table::CellReference>> cells;
  for (assess::DerivedSum& sum : assess::failing_derived_sums(*task_.truth, published, *task_.policy)) {
    cells.push_back(std::move(sum.plus));
    cells.back().insert(cells.back().end(), sum.minus.begin(), sum.minus.end());
  }
  return cells;
}

protect::PlainSuppressionTask PlanJudge::hiding(const Plan& plan) const {
  protect::PlainSuppressionTask task{task_.truth, protect::designs_of(*task_.truth->space, *task_.asked, plan), {}, task_.coverage, task_.policy, &secrets_,
                                     task_.key};
  for (const table::TableDesign& design : task.designs) task.treatments.push_back(plan[design.question].treatment);
  const std::int64_t affordable = secrets_looked_at_for_hiding / std::max<std::int64_t>(1, static_cast<std::int64_t>(secrets_.size()));
  // Where small categories were joined, little is left to hide.
  const std::int64_t together = std::min(affordable, searches_for_hiding) / (task_.joined.empty() ? 1 : 4);
  task.most_searches = together - searches_for_hiding_;
  task.stays_hidden = task_.stays_hidden;
  return task;
}

bool PlanJudge::may_search_for_hiding() const { return hiding(Plan(task_.truth->space->questions.size())).most_searches > 0; }

std::int64_t PlanJudge::tries_at_changing() const {
  return std::clamp<std::int64_t>(secrets_looked_at_for_changing / std::max<std::int64_t>(1, static_cast<std::int64_t>(secrets_.size())), 2,
                                  most_tries_at_changing);
}

std::optional<protect::Detail> PlanJudge::most_with_hidden(const Plan& plan) const {
  const auto primary = protect::primary_pattern(hiding(plan));
  if (!primary) return std::nullopt;
  return protect::detail_of(*task_.truth, tables(plan, *primary), *task_.asked, task_.pins.weights);
}

base::Result<std::optional<PlannedDraft>> PlanJudge::suppressed_draft(const Plan& plan, const PlannedDraft& coarser) {
  ++judged_;
  protect::PlainSuppressionTask task = hiding(plan);
  task.experience = &experience_;
  task.statements_beside = [&](const table::PublishedPopulation& published) { return statements_beside(published.tables); };
  task.hidden_before = hidden_sums_of(coarser.published);
  task.failing_sums = [&](const table::PublishedPopulation& published) { return cells_of_failing_sums(published); };
  task.worth_having = [&](const table::PublishedPopulation& published) {
    return protect::detail_of(*task_.truth, published, *task_.asked, task_.pins.weights) > coarser.detail;
  };
  const protect::PlainSuppression found =
      protect::suppress_plainly(task, [&](const table::PublishedPopulation& published) { return cells_of_failing_sums(published).empty(); });
  searches_for_hiding_ += found.searches;
  if (found.standing != protect::SuppressionStanding::is_protected) return std::optional<PlannedDraft>();
  return draft(plan, found.hidden);
}

// The same sums are hidden wherever the plan's tables show them, and those that an earlier answer hid.
protect::HiddenPattern PlanJudge::hidden_as_in(const Plan& plan, const PlannedDraft& coarser) const {
  protect::HiddenPattern pattern;
  std::set<std::vector<table::AtomIndex>> sums = hidden_sums_of(coarser.published);
  sums.insert(task_.stays_hidden.begin(), task_.stays_hidden.end());
  if (sums.empty()) return pattern;
  const std::vector<table::TableDesign> designs = protect::designs_of(*task_.truth->space, *task_.asked, plan);
  for (std::uint32_t number = 0; number < designs.size(); ++number) {
    const table::TableLayout layout(*task_.truth->space, designs[number]);
    for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell)
      if (const auto atoms = layout.atoms(cell); sums.contains(atoms) && truth::records_in(*task_.truth, atoms) > 0) pattern.insert({number, cell});
  }
  return pattern;
}

protect::Detail PlanJudge::changed_detail(const Plan& plan, const PlannedDraft& coarser) const {
  return protect::detail_of(*task_.truth, tables(plan, hidden_as_in(plan, coarser)), *task_.asked, task_.pins.weights);
}

base::Result<std::optional<PlannedDraft>> PlanJudge::changed_draft(const Plan& plan, const PlannedDraft& coarser) {
  ++judged_;
  const protect::HiddenPattern hidden = hidden_as_in(plan, coarser);
  const table::PublishedPopulation published = tables(plan, hidden);
  if (task_.affords_noise && !task_.affords_noise(published)) return std::optional<PlannedDraft>();
  if (!assess::failing_derived_sums(*task_.truth, published, *task_.policy).empty()) return std::optional<PlannedDraft>();
  if (secrets_.size() > few_secrets) {  // a program for each open secret would take minutes: what local searches leave open counts as open
    CANDOUR_TRY(found, evidence(published, protect::Effort::local_only));
    if (!found.unprotected.empty()) return std::optional<PlannedDraft>();
  }
  return draft(plan, hidden);
}

std::int64_t PlanJudge::tries_at_marking() const {
  return std::clamp<std::int64_t>(secrets_looked_at_for_marks / std::max<std::int64_t>(1, static_cast<std::int64_t>(secrets_.size())), 1,
                                  most_tries_at_marking);
}

// Groups that everybody sees to share a category, if they have a member; nothing where something else is found, which no further mark mends.
std::vector<std::vector<table::AtomIndex>> PlanJudge::groups_seen_to_share(const table::PublishedPopulation& published, const table::Evidence& evidence) const {
  std::vector<std::vector<table::AtomIndex>> outside;
  for (knowledge::Finding& finding : task_.marks_beside(published, evidence))
    if (finding.kind == knowledge::FindingKind::shown_homogeneous) outside.push_back(std::move(finding.atoms));
  return outside;
}

base::Result<std::optional<PlannedDraft>> PlanJudge::marked_draft(const Plan& plan, const PlannedDraft& coarser) {
  ++judged_;
  const std::vector<table::TableDesign> designs = protect::designs_of(*task_.truth->space, *task_.asked, plan);
  protect::HiddenPattern hidden = hidden_as_in(plan, coarser);
  const std::uint32_t number = number_of_marked(*task_.asked, plan, coarser.plan);
  std::erase_if(hidden, [&](const auto& place) { return place.first == number; });
  protect::MarkedTableTask task{task_.truth, task_.policy, &secrets_, tables(plan, hidden), number};
  task.seed = base::keyed_hash(task_.key, designs[number].id);
  task.stays_hidden = task_.stays_hidden;
  task.failing_sums = [&](const table::PublishedPopulation& published) { return cells_of_failing_sums(published); };
  task.groups_seen_to_share = [&](const auto& published, const table::Evidence& evidence) { return groups_seen_to_share(published, evidence); };
  const auto marks = protect::mark_what_changes(task, experience_);
  if (!marks) return std::optional<PlannedDraft>();
  return draft(plan, *marks);
}

base::Result<std::optional<PlannedDraft>> PlanJudge::without_what_follows(const PlannedDraft& draft) {
  protect::PlainSuppressionTask task = hiding(draft.plan);
  task.experience = &experience_;
  task.statements_beside = [&](const table::PublishedPopulation& published) { return statements_beside(published.tables); };
  task.hidden_before = hidden_sums_of(draft.published);
  const auto pass = [&](const table::PublishedPopulation& published) { return cells_of_failing_sums(published).empty(); };
  const auto hidden = protect::without_what_follows(task, pass);
  if (!hidden) return std::optional<PlannedDraft>();
  return this->draft(draft.plan, *hidden);
}

base::Result<std::optional<PlannedDraft>> PlanJudge::draft(const Plan& plan, const protect::HiddenPattern& hidden) {
  for (const Reasons kind : {Reasons::with_claims, Reasons::without_claims}) {
    table::PublishedPopulation published = tables(plan, hidden);
    for (table::PublishedStatement& statement : reasons(plan, kind)) published.statements.push_back(std::move(statement));
    // Beside hidden cells the claims of the reasons are worth local searches; without them the evidence of the pattern is at hand.
    const bool beside_hidden = !hidden.empty() && kind == Reasons::with_claims;
    CANDOUR_TRY(found, evidence(published, beside_hidden ? protect::Effort::local_only : protect::Effort::thorough));
    if (!found.unprotected.empty()) continue;
    protect::Detail detail = protect::detail_of(*task_.truth, published, *task_.asked, task_.pins.weights);
    return std::optional(PlannedDraft{plan, std::move(published), std::move(found.evidence), detail});
  }
  return std::optional<PlannedDraft>();
}

// For each question a sentence for every next finer margin of which something may be claimed, and one sentence that names all the others.
std::vector<table::PublishedStatement> PlanJudge::reasons(const Plan& plan, Reasons kind) {
  std::vector<table::PublishedStatement> statements;
  const auto give = [&](const QuestionMargins& question, std::string text, table::Claim claim) {
    const std::string& number = task_.truth->space->questions[question.asked().question].id;
    statements.push_back({fmt::format("reason-{}", statements.size() + 1), number, table::StatementPlace::reason, std::move(text), std::move(claim)});
  };
  for (std::size_t q = 0; q < questions_.size(); ++q) {
    const QuestionPlan& taken = plan[questions_[q].asked().question];
    std::vector<std::string> unclaimed;
    for (const std::size_t finer : questions_[q].next(questions_[q].set_of(taken))) {
      const QuestionPlan step{{questions_[q].margin(finer)}, protect::Treatment::exact};
      std::string missed = what_is_missed(*task_.truth->space, questions_[q].asked(), step, taken);
      if (auto claim = kind == Reasons::with_claims ? small_counts_in({q, finer}) : std::nullopt) {
        give(questions_[q],
             fmt::format("{} not given: in them at least one count would lie between 1 and {}, and so small a count could point to a person.",
                         figures_are(missed), claim->minimum - 1),
             *std::move(claim));
      } else {
        unclaimed.push_back(std::move(missed));
      }
    }
    if (!unclaimed.empty()) give(questions_[q], not_given_beside_the_rest(unclaimed), table::NoClaim{});
  }
  return statements;
}

// Where few counts are small, saying that some are would tie each of them to the others; then nothing is claimed.
std::optional<table::SmallCountsIn> PlanJudge::small_counts_in(MarginOfQuestion margin) {
  table::TableDesign design = questions_[margin.question].design(*task_.truth->space, margin.margin);
  if (smallness(design).small_records < enough_small_counts) return std::nullopt;
  return table::SmallCountsIn{std::move(design), task_.policy->minimum_frequency.minimum};
}

}  // namespace candour::answer
