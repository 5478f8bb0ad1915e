#pragma once
// The units of a cost estimate as published statements: "330 filed searches" is a count like any other, and is attacked like one.

#include <candour/answer/gather.hpp>
#include <candour/policy/policy.hpp>

#include <vector>

namespace candour::answer {

/// Gives a statement for each line of the ledger that shows its units and belongs to a question of the population. What it lets a reader conclude is its claim:
/// the question's count where the units are as many, no more than the units where they are more.
///
/// Errors wrong_input: "answer.cost_units" where the units are fewer than the policy's minimum and not none: the letter then shows hours only.
[[nodiscard]] base::Result<std::vector<table::PublishedStatement>> cost_statements(const request::Case& the_case, const GatheredPopulation& population,
                                                                                   const policy::Policy& policy);

}  // namespace candour::answer
