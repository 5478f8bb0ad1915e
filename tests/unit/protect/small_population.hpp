#pragma once
// Made-up populations for the tests of protect: months of two quarters by age, one question inside another.

#include <candour/policy/policy.hpp>
#include <candour/table/table_design.hpp>
#include <candour/truth/population.hpp>

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace candour::test {

inline table::Hierarchy months() {
  return table::Hierarchy::build("month", {"total", "quarter", "month"},
                                 {{"total", "", "Total"},
                                  {"q1", "total", "First quarter"},
                                  {"m1", "q1", "January"},
                                  {"m2", "q1", "February"},
                                  {"q2", "total", "Second quarter"},
                                  {"m4", "q2", "April"},
                                  {"m5", "q2", "May"}})
      .value();
}

inline table::Hierarchy ages() { return table::Hierarchy::flat("age", {{"young", "", "Young"}, {"middle", "", "Middle"}, {"old", "", "Old"}}).value(); }

/// Four months by three ages; question 2 lies inside question 1 where `nested`.
inline std::shared_ptr<table::AtomSpace> small_space(bool nested) {
  auto space = std::make_shared<table::AtomSpace>();
  space->id = "road";
  space->label = "people met";
  space->variables.push_back({"month", "Month", table::Role::identifying, months()});
  space->variables.push_back({"age", "Age", table::Role::identifying, ages()});
  space->questions.push_back({"1", "counted", {}});
  space->memberships = {1};
  if (nested) {
    space->questions.push_back({"2", "arrested", {}});
    space->memberships = {1, 3};
  }
  space->period = 0;
  return space;
}

inline table::TableDesign asked_of(table::QuestionIndex question) {
  return {"q" + std::to_string(question + 1), question, {{0, {0, 1, 2}}, {1, {0, 1}}}, table::Unit::records};
}

/// Counts by atom; everybody has one record, so each record is a person.
inline truth::Population population_of(std::shared_ptr<const table::AtomSpace> space, std::vector<std::int64_t> counts) {
  truth::Population truth;
  truth.space = std::move(space);
  truth.counts = std::move(counts);
  truth.people = truth::PeopleKnown::known;
  for (table::AtomIndex atom = 0; atom < truth.counts.size(); ++atom)
    for (std::int64_t i = 0; i < truth.counts[atom]; ++i) truth.contributions.push_back({atom, truth.person_count++, 1});
  return truth;
}

inline policy::Policy policy_with(std::int64_t minimum) {
  policy::Policy policy = policy::shipped_policy();
  policy.minimum_frequency.minimum = minimum;
  return policy;
}

}  // namespace candour::test
