#pragma once
// The hiding places of Office Open XML that one element or one part gives away, as data.

#include <candour/inspect/package/rule_scanner.hpp>

#include <optional>
#include <span>

namespace candour::inspect {

/// A part known by its root element: harmless in itself, or a finding.
struct RootRule {
  std::string_view root;
  std::optional<FindingKind> kind;
};

/// A part, of whatever content, known by the relationship that leads to it.
struct ReachRule {
  std::string_view relationship;  ///< last word of the type
  FindingKind kind;
};

[[nodiscard]] std::span<const ElementRule> package_element_rules();
[[nodiscard]] const RootRule* find_root_rule(std::string_view root);
[[nodiscard]] const ReachRule* find_reach_rule(std::string_view relationship);

}  // namespace candour::inspect
