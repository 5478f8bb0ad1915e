#pragma once
// Whether the changed figures of a draft are changed as the policy says, and one count always to one figure.

#include <candour/certify/certify.hpp>
#include <candour/policy/policy.hpp>
#include <candour/table/draft.hpp>

#include <vector>

namespace candour::certify {

/// Gives "certify.change_not_permitted" for a figure rounded or with noise in a way that the policy does not name (what its symbol promises would be another
/// thing than the policy says), and "certify.figure_drawn_twice" for a count that two tables show as two figures: a reader could average them.
/// Cost: the atoms of the changed cells.
[[nodiscard]] std::vector<RefusalReason> faults_of_changes(const table::PublishedPopulation& published, const policy::Policy& policy);

}  // namespace candour::certify
