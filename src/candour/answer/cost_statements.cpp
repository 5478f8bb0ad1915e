#include <candour/answer/cost_statements.hpp>

#include <candour/table/table_design.hpp>

#include <fmt/format.h>

namespace candour::answer {
namespace {

// All that a question counts.
std::vector<table::LeafRange> whole_box(const table::AtomSpace& space) {
  std::vector<table::LeafRange> box;
  for (const table::Variable& variable : space.variables) box.push_back({0, static_cast<table::LeafIndex>(variable.hierarchy.leaf_count())});
  return box;
}

table::Claim claim_of(const GatheredPopulation& population, table::QuestionIndex question, std::int64_t units) {
  std::vector<table::LeafRange> box = whole_box(*population.truth.space);
  const std::int64_t counted = truth::records_in(population.truth, table::atoms_in_box(*population.truth.space, question, box));
  if (units == counted) return table::CountBetween{question, std::move(box), units, units};
  if (units > counted) return table::CountBetween{question, std::move(box), 0, units};
  return table::NoClaim{};
}

}  // namespace

base::Result<std::vector<table::PublishedStatement>> cost_statements(const request::Case& the_case, const GatheredPopulation& population,
                                                                     const policy::Policy& policy) {
  std::vector<table::PublishedStatement> statements;
  for (const request::CostItem& item : the_case.costs) {
    const auto question = population.truth.space->find_question(item.question);
    if (!item.shows_units || !item.units || !question) continue;
    if (*item.units > 0 && *item.units < policy.minimum_frequency.minimum)
      return base::fail({base::Cause::wrong_input,
                         "answer.cost_units",
                         {(the_case.folder / "case.toml").string()},
                         fmt::format("the cost estimate of question {} shows fewer units than the policy's minimum, expected hours only", item.question),
                         "leave shows_units out: the letter then gives the hours"});
    statements.push_back({fmt::format("cost-{}", statements.size() + 1), item.question, table::StatementPlace::cost,
                          fmt::format("The estimate of cost for question {} rests on {} {}, at {} minutes each.", item.question, *item.units, item.unit,
                                      item.minutes->to_text()),
                          claim_of(population, *question, *item.units)});
  }
  return statements;
}

}  // namespace candour::answer
