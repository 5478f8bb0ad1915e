#pragma once
// Random tiny problems: a population, what was asked, and a draft that some protector could have made.

#include <candour/policy/policy.hpp>
#include <candour/table/draft.hpp>
#include <candour/truth/population.hpp>

#include "oracle.hpp"

#include <cstdint>
#include <random>
#include <vector>

namespace candour::oracle {

struct Problem {
  truth::Population truth;
  std::vector<table::TableDesign> asked;
  table::PublishedPopulation published;
  policy::Policy policy;
};

/// Draws a problem: two or three variables (flat or with a level between), one to three nested questions, sometimes with a gap in their coverage, 4 to 20
/// records of people with one to three each (told apart, partly, or not), minimum 2 to 4, intruders, and for each question a full cross, pairs, one-way
/// tables or the total, recoded or not, exact, with cells hidden at random or until no sum gives one away; statements and earlier tables now and then.
[[nodiscard]] Problem random_problem(std::uint64_t seed);

/// The same problem as the oracle sees it.
[[nodiscard]] Truth truth_of(const Problem& problem);
[[nodiscard]] Rules rules_of(const policy::Policy& policy);

}  // namespace candour::oracle
