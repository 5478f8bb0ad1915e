#pragma once
// The search for the most detailed plan that gives nobody away (design.md section 7).

#include <candour/answer/lattice.hpp>
#include <candour/base/digest.hpp>
#include <candour/knowledge/knowledge.hpp>
#include <candour/policy/policy.hpp>
#include <candour/protect/changed_figures.hpp>
#include <candour/protect/detail.hpp>
#include <candour/protect/draft.hpp>
#include <candour/truth/population.hpp>
#include <candour/truth/secret.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace candour::answer {

/// What the officer settled before the search.
struct Pins {
  std::vector<std::pair<table::VariableIndex, table::VariableIndex>> never_crossed;  ///< no table holds both
  std::vector<table::VariableIndex> kept;                                            ///< every question asked by it gives it on its own, at the level asked
  protect::DetailWeights weights;
};

/// A variable whose small categories were joined, and what goes out with every table that shows it: how, and all that this says of the counts.
struct JoinedVariable {
  table::VariableIndex variable = 0;
  table::PublishedStatement statement;
};

/// Asked about tables and witnesses that fit them: what every intruder finds.
using FindingsIn = std::function<std::vector<knowledge::Finding>(const table::PublishedPopulation&, const table::Evidence&)>;

/// What is searched for: one population with what was asked about it.
struct PlanTask {
  const truth::Population* truth = nullptr;
  const std::vector<table::TableDesign>* asked = nullptr;
  const protect::CoverageOfQuestions* coverage = nullptr;
  const policy::Policy* policy = nullptr;
  base::SecretKey key = {};                                     ///< of the secret factor in the loss of hidden cells
  protect::Treatment treatment = protect::Treatment::suppress;  ///< suppress: after the exact plans, hiding cells is tried too
  std::size_t front_size = 1;                                   ///< how many plans of the front are wanted; 1: the best alone
  Pins pins = {};
  std::size_t pick = 0;                                    ///< the plan of the front that the officer picked, counted from 1; 0: the best
  std::vector<table::PublishedStatement> statements = {};  ///< that go out whatever the plan: units of the cost estimate
  std::vector<JoinedVariable> joined = {};
  std::set<std::vector<table::AtomIndex>> stays_hidden = {};   ///< sums that an earlier answer hid: no table shows one unless it is nought
  std::optional<protect::FigureChange> change = std::nullopt;  ///< given: after hiding, figures of finer margins are changed where that tells more
  protect::KnownCounts known = {};                             ///< that stay exact even then: earlier releases show them so
  std::function<bool(const table::PublishedPopulation&)> affords_noise =
      {};                              ///< whether the population's budget leaves room for a draft's noise; empty: it does
  FindingsIn marks_beside = {};        ///< given: after hiding, a finer table is added whose figures are hidden wherever a witness changes them
  std::int64_t most_plans_met = 1500;  ///< whose detail is reckoned; then the search goes straight down: counted, so that results can be repeated
};

/// A draft of one population that has its evidence.
struct PlannedDraft {
  protect::Plan plan;
  table::PublishedPopulation published;
  table::Evidence evidence;
  protect::Detail detail;
  std::vector<knowledge::Finding> findings = {};  ///< what the attack found, once it was asked
};

/// Why a plan was not taken, as far as the search looked.
enum class PlanVerdict { safe, leaks, undecided };

/// Asked whether a draft may go out, once its evidence is found: the attack, which writes down its findings, and the gate. A refusal moves the search on.
using Acceptance = std::function<bool(PlannedDraft&)>;

/// One plan of the front: it cannot be improved in one thing without losing in another.
struct FrontPlan {
  protect::Plan plan;
  protect::Detail detail;
};

/// How a search ended.
struct PlanOutcome {
  std::optional<PlannedDraft> best;  ///< empty only if not even "withhold all" was accepted, or if no plan with what is pinned was
  std::vector<FrontPlan> front;      ///< number 1 is the best plan with nothing hidden; then others that trade one thing's detail against another's
  std::int64_t plans_tried = 0;      ///< judged: their tables made, derived sums and evidence looked for
  std::int64_t plans_met = 0;        ///< whose detail was reckoned
  std::int64_t plans_in_all = 0;     ///< exact ones, of all questions together: what trying every plan would judge (QuestionMargins::plans_in_all)
  bool limit_reached = false;        ///< the policy's number of plans was used up, or too many were met to follow each: what is best is best of those tried
  bool stopped = false;              ///< somebody asked for a stop: the same
  /// No exact plan has more: the greatest share among those not looked at. Equal to the best's where the search came to its end.
  std::int64_t bound = 0;
};

/// Tries plans from the most detailed down: every set of margins, each at its own levels, for all questions together. Begins with everything that shows no
/// small count; wherever some margins certainly leak together, every plan that holds them all is left out, and no other plan is. The first plan found
/// safe has the greatest detail of all safe exact plans: detail never grows from finer to coarser. Then margins are added in which some cells are hidden, as
/// long as the detail grows, then margins whose figures are rounded; attack and gate are asked of the last draft, and of those before where it is refused.
/// Looks at base::stop_asked between plans.
[[nodiscard]] base::Result<PlanOutcome> search_plans(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept);

/// The detail of everything together whose own tables show no small count: no safe exact plan has more. Cost: the cells of all margins.
[[nodiscard]] protect::Detail most_without_small_counts(const PlanTask& task);

/// The exact plans without pruning or order: every combination of plans of all questions is tried. For tests; cost: the product of the lattices' sizes.
[[nodiscard]] base::Result<PlanOutcome> exhaustive_search(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept);

}  // namespace candour::answer
