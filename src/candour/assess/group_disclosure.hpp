#pragma once
// Group disclosure: all members of a group, but for a coalition, share a sensitive category.

#include <candour/policy/policy.hpp>
#include <candour/table/table_design.hpp>
#include <candour/truth/population.hpp>
#include <candour/truth/secret.hpp>

#include <vector>

namespace candour::assess {

/// Adds the group secrets of one question's finest design.
///
/// A group is a cell over identifying variables with at least one of them below its total, and with at least one record. For each sensitive variable (not
/// itself narrowed by the group) the coarsest category that all members share, but for at most the policy's largest coalition; for each question inside this
/// one, whether all members of the group are in it. The secret is the sum outside the category: some world must hold somebody there.
/// Cost: cells of the design times their atoms times sensitive variables. Source: methods.md section 1.5.
void add_group_disclosure(const truth::Population& population, const table::TableLayout& layout, const policy::Policy& policy,
                          std::vector<truth::Secret>& secrets);

}  // namespace candour::assess
