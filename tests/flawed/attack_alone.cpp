// A whole program that attacks a published table: only what the public sees goes in, and nothing of the stages inside the wall is linked.

#include <candour/attack/attack.hpp>

#include <iostream>
#include <memory>

int main() {
  using namespace candour;
  auto space = std::make_shared<table::AtomSpace>();
  space->id = "stops and searches";
  space->variables.push_back({"month", "Month", table::Role::identifying,
                              table::Hierarchy::flat("month", {{"08", "", "August"}, {"09", "", "September"}, {"10", "", "October"}}).value()});
  space->questions.push_back({"1", "counted", {}});
  space->memberships = {1};
  const table::TableDesign design{"q1-month", 0, {{0, {0, 1}}}, table::Unit::records};
  const table::PublishedTable published{
      "Counted by month", design, table::ZeroConvention::hidden_at_least_one, 0, {table::Value{41}, table::Value{17}, table::Value{21}, table::Suppressed{}}};
  const auto findings = attack::attack({space, {published}, {}, {}}, {design},
                                       {{"the public", 0, knowledge::Presence::unknown}, knowledge::MethodKnowledge::policy_numbers, 5, {}});
  for (const knowledge::Finding& finding : findings)
    for (const knowledge::Derivation& derivation : finding.derivations) std::cout << derivation.text << '\n';
  return findings.empty() ? 1 : 0;
}
