#pragma once
// Atoms: the finest cells of a population, in which every published figure is a sum.

#include <candour/table/hierarchy.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace candour::table {

using VariableIndex = std::uint32_t;
using QuestionIndex = std::uint32_t;
using MembershipIndex = std::uint32_t;
using AtomIndex = std::uint64_t;

/// What an outsider could match on, what must not be learnt, or both (design.md section 4, group disclosure).
enum class Role { identifying, sensitive, both };

struct Variable {
  std::string name;   ///< as in the case file
  std::string label;  ///< as readers see it: "Age band"
  Role role = Role::identifying;
  Hierarchy hierarchy;
};

/// A question about a population: which of its records it counts.
struct CountedQuestion {
  std::string id;     ///< the question's number in the request, or the name of an earlier release
  std::string label;  ///< "arrested"
  /// Leaves of the period variable that the answer covers; empty where the question has no gaps in its coverage.
  std::vector<bool> covered_periods;
};

/// A population: the records (of one kind of event) that several questions ask about, cut into atoms.
///
/// An atom is one leaf of each variable together with one *membership*: the set of questions that count its records. Nested questions
/// ("counted", "arrested", "cautioned") share a population, so the memberships possible are few. Atoms are numbered with the membership
/// running fastest, then the last variable. Nothing here is secret.
struct AtomSpace {
  std::string id;
  std::string label;
  std::vector<Variable> variables;
  std::vector<CountedQuestion> questions;
  std::vector<std::uint32_t> memberships;  ///< bit q set: question q counts these records; ascending, none empty
  std::optional<VariableIndex> period;     ///< the variable that coverage speaks of

  [[nodiscard]] AtomIndex count() const;
  [[nodiscard]] AtomIndex index(std::span<const LeafIndex> leaves, MembershipIndex membership) const;
  /// Splits an atom into its leaves (one a variable) and its membership.
  void split(AtomIndex atom, std::span<LeafIndex> leaves, MembershipIndex& membership) const;
  /// Says whether question q counts the atom's records: its membership holds q and its period is covered.
  [[nodiscard]] bool counts(QuestionIndex question, std::span<const LeafIndex> leaves, MembershipIndex membership) const;
  [[nodiscard]] std::optional<QuestionIndex> find_question(std::string_view id) const;
  [[nodiscard]] std::optional<VariableIndex> find_variable(std::string_view name) const;
};

}  // namespace candour::table
