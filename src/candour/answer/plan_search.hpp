#pragma once
// The search for the most detailed plan that gives nobody away (design.md section 7).

#include <candour/answer/lattice.hpp>
#include <candour/base/digest.hpp>
#include <candour/policy/policy.hpp>
#include <candour/protect/detail.hpp>
#include <candour/protect/draft.hpp>
#include <candour/truth/population.hpp>
#include <candour/truth/secret.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace candour::answer {

/// What is searched for: one population with what was asked about it.
struct PlanTask {
  const truth::Population* truth = nullptr;
  const std::vector<table::TableDesign>* asked = nullptr;
  const protect::CoverageOfQuestions* coverage = nullptr;
  const policy::Policy* policy = nullptr;
  base::SecretKey key = {};                                     ///< of the secret factor in the loss of hidden cells
  protect::Treatment treatment = protect::Treatment::suppress;  ///< suppress: after the exact plans, hiding cells is tried too
  std::size_t front_size = 1;                                   ///< how many plans of the front are wanted; 1: the best alone
  std::vector<table::PublishedStatement> statements = {};       ///< that go out whatever the plan: units of the cost estimate
};

/// A draft of one population that has its evidence.
struct PlannedDraft {
  protect::Plan plan;
  table::PublishedPopulation published;
  table::Evidence evidence;
  protect::Detail detail;
};

/// Why a plan was not taken, as far as the search looked.
enum class PlanVerdict { safe, leaks, undecided };

/// Asked whether a draft may go out, once its evidence is found: the attack and the gate. A refusal moves the search on.
using Acceptance = std::function<bool(const PlannedDraft&)>;

/// How a search ended.
struct PlanOutcome {
  std::optional<PlannedDraft> best;  ///< empty only if not even "withhold all" was accepted
  std::vector<protect::Plan> front;  ///< the best exact plan, and safe exact plans that trade one question's or variable's detail against another's
  std::int64_t plans_tried = 0;
  bool limit_reached = false;  ///< the policy's number of plans was used up: what is best is best of those tried
};

/// Tries plans from the most detailed down, first question by question, then together; pruning only where an exact plan certainly leaks (then every finer
/// exact plan does). The first plan found safe has the greatest detail of all safe exact plans: detail never grows from finer to coarser. Then single
/// questions are made finer with some cells hidden, as long as the detail grows.
[[nodiscard]] base::Result<PlanOutcome> search_plans(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept);

/// The exact plans without pruning or order: every plan of the lattice is tried. For tests; cost: the product of the lattices' sizes.
[[nodiscard]] base::Result<PlanOutcome> exhaustive_search(const PlanTask& task, const std::vector<truth::Secret>& secrets, const Acceptance& accept);

}  // namespace candour::answer
