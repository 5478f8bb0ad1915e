#pragma once
// Two by two, all inner cells hidden, margins shown: 3 7 / 6 8. Every world is the truth shifted by s along the one cycle.

#include <candour/certify/certify.hpp>

#include "tiny_population.hpp"

namespace candour::test_support {

struct SquareCase {
  std::vector<truth::Population> truth;
  std::vector<std::vector<table::TableDesign>> asked;
  table::Draft draft;
  std::vector<knowledge::Finding> findings;
  policy::Policy policy;

  explicit SquareCase(std::vector<std::int64_t> counts = {3, 7, 6, 8}) {
    const auto space = space_over({{flat_hierarchy("x", 2), table::Role::identifying}, {flat_hierarchy("y", 2), table::Role::identifying}});
    truth = {population_of(space, std::move(counts))};
    asked = {{full_design(*space)}};
    draft.published = {{space, {table_hiding(truth[0], asked[0][0], {4, 5, 7, 8})}, {}, {}}};
    draft.evidence = {{{shift(-2), shift(4)}, {{"q1/a|a/minimum", {0, 1}}}}};
    policy.intruders = {{"the public", policy::IntruderKind::the_public, 0},
                        {"someone who knows that a person is in the data", policy::IntruderKind::knows_presence, 0},
                        {"a person in the data", policy::IntruderKind::person_in_the_data, 1},
                        {"two people in the data", policy::IntruderKind::people_in_the_data, 2}};
  }
  static table::Move shift(std::int64_t s) { return {{0, s}, {1, -s}, {2, -s}, {3, s}}; }
  [[nodiscard]] std::variant<certify::Sealed, certify::Refusal> certified() const {
    return certify::certify({&truth, &asked, &draft, &findings, {}, {}, {}}, policy);
  }
  /// The code of the first reason for a refusal; empty if it was sealed.
  [[nodiscard]] std::string refusal() const {
    const auto outcome = certified();
    const auto* refused = std::get_if<certify::Refusal>(&outcome);
    return refused == nullptr ? "" : refused->reasons.at(0).code;
  }
};

}  // namespace candour::test_support
