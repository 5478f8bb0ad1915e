#pragma once
// What must not be learnt from a population, by the policy: generated once, for the finest tables asked for.

#include <candour/base/result.hpp>
#include <candour/policy/policy.hpp>
#include <candour/table/draft.hpp>
#include <candour/truth/population.hpp>
#include <candour/truth/secret.hpp>

#include <vector>

namespace candour::assess {

/// Lists the secrets of a population, ordered by id without repeats.
///
/// For each question q of the finest designs asked: every cell (margins included, all levels shown by the design) with 1 to T-1 records or people
/// (minimum frequency); for each pair of nested questions, the records counted by the outer and not by the inner one in the same cell (nested
/// difference); for every group (cell over identifying variables, below the whole population) and every sensitive variable or nested question, the
/// group's atoms outside the shared category where, but for at most the largest coalition's people, all members share it (group disclosure).
/// Takes: `asked`, at least one design a question, finest levels; the truth; the policy.
/// Gives: secrets whose `atoms` are sums of records. Errors: wrong_input "assess.people_unknown" where the policy forbids unknown people.
/// Cost: cells of the asked designs times their atoms.
/// Source: design.md section 4; methods.md section 1.5.
[[nodiscard]] base::Result<std::vector<truth::Secret>> secrets_of(const truth::Population& population, const std::vector<table::TableDesign>& asked,
                                                                  const policy::Policy& policy);

/// A sum that follows from the published figures alone: a residual of one published sum (its hidden cells together), or the difference of two published
/// cells of which one contains the other.
struct DerivedSum {
  std::vector<table::AtomIndex> atoms;  ///< ascending
  std::int64_t value = 0;
  std::vector<table::CellReference> plus;   ///< published cells that add
  std::vector<table::CellReference> minus;  ///< published cells that are taken off
};
/// Lists the derived sums of a draft that are neither 0 nor pass the minimum (on records, and on people where known): each is a leak by itself.
/// Cost: pairs of published cells that contain one another.
[[nodiscard]] std::vector<DerivedSum> failing_derived_sums(const truth::Population& population, const table::PublishedPopulation& published,
                                                           const policy::Policy& policy);

}  // namespace candour::assess
