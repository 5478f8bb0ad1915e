#pragma once
// A secret: a sum of atoms that must not be learnt, and how far from it an intruder's worlds must reach.

#include <candour/table/atoms.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace candour::truth {

/// The rule that makes it a secret.
enum class SecretRule {
  minimum_frequency,  ///< a count from 1 to T-1 of records or people
  nested_difference,  ///< in one question and not in a question inside it: a count from 1 to T-1
  group_disclosure,   ///< all of a group share a sensitive category (methods.md section 1.5)
  manual,             ///< marked by the officer, with a reason
};

/// Whose sum the reach speaks of, where a coalition knows its own records.
enum class ReachOf {
  the_rest,   ///< the sum less the coalition's own records: counts of a minimum frequency, and group disclosure
  the_whole,  ///< the sum itself: records taken as amounts, where what is learnt of the rest is learnt to the same unit
};

/// Over the worlds, the sum of the atoms (less the coalition's own part, if `reach_of` is the rest) must take a value of at most `reach_down` and one of at
/// least `reach_up`.
///
/// For a minimum frequency T: reach_down 1, reach_up T. For a cell of T records or more by fewer than T people the reach is that of an amount: the
/// records less and plus p% of the largest contributor (at least 1), of the whole. For group disclosure: the atoms of the group *outside* the shared category,
/// reach_up 1. docs/decisions/0001-what-an-intruder-knows.md says exactly what each intruder holds in hand. A coalition that owns the whole sum has nothing
/// left to learn, except in group disclosure, where the group outside the coalition must not be empty
/// (`group` then holds all its atoms).
struct Secret {
  std::string id;  ///< stable: question, categories, rule: "q2/2024-03,18-24,*/minimum"
  SecretRule rule = SecretRule::minimum_frequency;
  std::vector<table::AtomIndex> atoms;  ///< ascending
  std::vector<table::AtomIndex> group;  ///< group disclosure only: all atoms of the group, ascending
  ReachOf reach_of = ReachOf::the_rest;
  std::optional<std::int64_t> reach_down;
  std::optional<std::int64_t> reach_up;
};

}  // namespace candour::truth
