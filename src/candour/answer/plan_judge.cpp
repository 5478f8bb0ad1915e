#include <candour/answer/plan_judge.hpp>

#include <candour/assess/secrets.hpp>
#include <candour/protect/suppress/plain_suppression.hpp>
#include <candour/table/worlds.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::answer {

using protect::Plan;
using protect::QuestionPlan;

namespace {

constexpr std::int64_t enough_small_counts = 12;

// Over all searches for hidden cells of a population: what bounds their cost.
constexpr std::int64_t secrets_looked_at_for_hiding = 60000;
constexpr std::int64_t searches_for_hiding = 120;

std::string what_is_missed(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& finer, const QuestionPlan& taken) {
  if (finer.crossing == protect::Crossing::total_only) return "The total is";
  return fmt::format("Figures {} are", protect::words_of_what_more(space, asked, finer, taken));
}

}  // namespace

PlanJudge::PlanJudge(const PlanTask& task, const std::vector<truth::Secret>& secrets, const std::vector<QuestionLattice>& lattices)
    : task_(task), secrets_(secrets), lattices_(lattices) {}

table::PublishedPopulation PlanJudge::tables(const Plan& plan, const protect::HiddenPattern& hidden) const {
  table::PublishedPopulation published =
      protect::publish(*task_.truth, protect::designs_of(*task_.truth->space, *task_.asked, plan), hidden, *task_.coverage, task_.policy->convention);
  published.statements = task_.statements;
  return published;
}

protect::Detail PlanJudge::detail(const Plan& plan) const { return protect::detail_of(*task_.truth, tables(plan, {}), *task_.asked); }

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
    if (records < minimum) ++at->second.small_records;
    at->second.small_people = at->second.small_people || truth::people_in(*task_.truth, atoms) < minimum;
  }
  return at->second;
}

bool PlanJudge::has_small_cell(const table::TableDesign& design) { return smallness(design).small_records > 0 || smallness(design).small_people; }

// Where few counts are small, saying that some are would tie each of them to the others; such a reason is given without the claim.
bool PlanJudge::has_many_small_counts(const table::TableDesign& design) { return smallness(design).small_records >= enough_small_counts; }

base::Result<protect::EvidenceSearch> PlanJudge::evidence(const table::PublishedPopulation& published) {
  CANDOUR_TRY(worlds, table::worlds_of(published, task_.policy->minimum_frequency.minimum));
  return protect::find_evidence(*task_.truth, worlds, secrets_, *task_.policy, protect::StopAt::first_unprotected, experience_);
}

base::Result<PlanVerdict> PlanJudge::verdict(const Plan& plan) {
  ++judged_;
  const auto designs = protect::designs_of(*task_.truth->space, *task_.asked, plan);
  if (std::any_of(designs.begin(), designs.end(), [&](const auto& design) { return has_small_cell(design); })) return PlanVerdict::leaks;
  const table::PublishedPopulation published = tables(plan, {});
  if (!assess::failing_derived_sums(*task_.truth, published, *task_.policy).empty()) return PlanVerdict::leaks;
  CANDOUR_TRY(found, evidence(published));
  if (found.unprotected.empty()) return PlanVerdict::safe;
  return found.unprotected.front().why == protect::Unprotected::Why::proved_to_leak ? PlanVerdict::leaks : PlanVerdict::undecided;
}

base::Result<std::optional<PlannedDraft>> PlanJudge::draft(const Plan& plan) { return draft(plan, {}); }

base::Result<std::optional<PlannedDraft>> PlanJudge::suppressed_draft(const Plan& plan, const protect::Detail& to_beat) {
  ++judged_;
  protect::PlainSuppressionTask task{task_.truth, protect::designs_of(*task_.truth->space, *task_.asked, plan), {}, task_.coverage, task_.policy, &secrets_,
                                     task_.key};
  for (const table::TableDesign& design : task.designs) task.treatments.push_back(plan[design.question].treatment);
  const std::int64_t affordable = secrets_looked_at_for_hiding / std::max<std::int64_t>(1, static_cast<std::int64_t>(secrets_.size()));
  task.most_searches = std::min(affordable, searches_for_hiding) - searches_for_hiding_;
  if (task.most_searches <= 0) return std::optional<PlannedDraft>();
  const auto primary = protect::primary_pattern(task);
  if (!primary || !(protect::detail_of(*task_.truth, tables(plan, *primary), *task_.asked) > to_beat)) return std::optional<PlannedDraft>();
  const protect::PlainSuppression found = protect::suppress_plainly(
      task, [&](const table::PublishedPopulation& published) { return assess::failing_derived_sums(*task_.truth, published, *task_.policy).empty(); });
  searches_for_hiding_ += found.searches;
  if (found.standing != protect::SuppressionStanding::is_protected) return std::optional<PlannedDraft>();
  return draft(plan, found.hidden);
}

base::Result<std::optional<PlannedDraft>> PlanJudge::draft(const Plan& plan, const protect::HiddenPattern& hidden) {
  for (const Reasons kind : {Reasons::with_claims, Reasons::without_claims}) {
    table::PublishedPopulation published = tables(plan, hidden);
    for (table::PublishedStatement& statement : reasons(plan, kind)) published.statements.push_back(std::move(statement));
    CANDOUR_TRY(found, evidence(published));
    if (!found.unprotected.empty()) continue;
    protect::Detail detail = protect::detail_of(*task_.truth, published, *task_.asked);
    return std::optional(PlannedDraft{plan, std::move(published), std::move(found.evidence), detail});
  }
  return std::optional<PlannedDraft>();
}

std::vector<table::PublishedStatement> PlanJudge::reasons(const Plan& plan, Reasons kind) {
  std::vector<table::PublishedStatement> statements;
  for (const QuestionLattice& lattice : lattices_) {
    QuestionPlan taken = plan[lattice.asked().question];
    taken.treatment = protect::Treatment::exact;
    for (std::size_t i = 0; i < lattice.size(); ++i) {
      if (lattice.plan(i) != taken) continue;
      for (const std::size_t finer : lattice.finer(i)) {
        statements.push_back(reason(lattice, finer, plan, kind));
        statements.back().id = fmt::format("reason-{}", statements.size());
      }
    }
  }
  return statements;
}

table::PublishedStatement PlanJudge::reason(const QuestionLattice& lattice, std::size_t finer, const Plan& plan, Reasons kind) {
  const table::AtomSpace& space = *task_.truth->space;
  const std::string& number = space.questions[lattice.asked().question].id;
  const std::string words = what_is_missed(space, lattice.asked(), lattice.plan(finer), plan[lattice.asked().question]);
  table::PublishedStatement statement{"", number, table::StatementPlace::reason, "", table::NoClaim{}};
  const std::vector<table::TableDesign> known = protect::designs_of(space, lattice.asked(), plan[lattice.asked().question]);
  if (kind == Reasons::with_claims) {
    for (table::TableDesign& design : protect::designs_of(space, lattice.asked(), lattice.plan(finer))) {
      if (std::find(known.begin(), known.end(), design) != known.end() || !has_many_small_counts(design)) continue;
      const std::int64_t minimum = task_.policy->minimum_frequency.minimum;
      statement.text =
          fmt::format("{} not given: in them at least one count would lie between 1 and {}, and so small a count could point to a person.", words, minimum - 1);
      statement.claim = table::SmallCountsIn{std::move(design), minimum};
      return statement;
    }
  }
  statement.text = fmt::format("{} not given: together with the other figures of this answer they could point to a person.", words);
  return statement;
}

}  // namespace candour::answer
