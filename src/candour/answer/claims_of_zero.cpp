#include <candour/answer/claims_of_zero.hpp>

#include <candour/table/table_design.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::answer {
namespace {

bool is_fed_by_counts(const request::Case& the_case, const request::Question& question) {
  return std::ranges::any_of(the_case.holdings, [&](const request::CaseHolding& holding) {
    return holding.id == question.source.holding && holding.kind == request::HoldingKind::counts;
  });
}

bool says_so(const request::Case& the_case, const request::Question& question) {
  return std::ranges::any_of(the_case.findings, [&](const request::OfficerFinding& finding) {
    return finding.kind == "nothing-counted" && (finding.question.empty() || finding.question == question.number);
  });
}

std::vector<table::LeafRange> box_of(const table::AtomSpace& space, table::LeafIndex period) {
  std::vector<table::LeafRange> box;
  for (const table::Variable& variable : space.variables) box.push_back({0, static_cast<table::LeafIndex>(variable.hierarchy.leaf_count())});
  box[*space.period] = {period, period + 1};
  return box;
}

}  // namespace

base::Result<base::Done> check_claims_of_zero(const request::Case& the_case, const GatheredPopulation& population) {
  const table::AtomSpace& space = *population.truth.space;
  if (!space.period) return base::Done{};
  const table::Hierarchy& periods = space.variables[*space.period].hierarchy;
  for (const request::Question& question : the_case.questions) {
    const auto index = space.find_question(question.number);
    if (!index || !is_fed_by_counts(the_case, question) || says_so(the_case, question)) continue;
    const std::vector<bool>& covered = space.questions[*index].covered_periods;
    for (table::LeafIndex leaf = 0; leaf < periods.leaf_count(); ++leaf) {
      if (!covered.empty() && !covered[leaf]) continue;
      if (truth::records_in(population.truth, table::atoms_in_box(space, *index, box_of(space, leaf))) > 0) continue;
      return base::fail(
          {base::Cause::wrong_input,
           "answer.claim_of_zero",
           {(the_case.folder / "case.toml").string()},
           fmt::format("question {} counts nothing at all in {} and has no coverage that says why, expected a [[question.coverage]] or [[did_not_run]] stretch",
                       question.number, periods.code(periods.node_of_leaf(leaf))),
           "if somebody looked and counted none, say so: [[finding]] with kind = \"nothing-counted\""});
    }
  }
  return base::Done{};
}

}  // namespace candour::answer
